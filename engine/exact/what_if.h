// What would be if one value were another: only what depends on it is computed again.
#pragma once

#include <memory>

#include "engine/exact/evaluate.h"

namespace steelyard {

class Evaluator;
class ChangedCells;

class WhatIf {
 public:
  // `base` was evaluated with `keep_all`. All must outlive it.
  WhatIf(const Program& program, const Tables& tables, const RunFrame& frame,
         const Evaluation& base);
  ~WhatIf();
  WhatIf(const WhatIf&) = delete;
  WhatIf& operator=(const WhatIf&) = delete;

  // As it was, but for this cell and what follows from it.
  void Set(NodeId node, size_t row, Value value);
  // As it was.
  void Reset();

  const Value& at(NodeId node, size_t row) const;
  // Does the node's value in the row hang on the change as it is set now?
  bool IsChanged(NodeId node, size_t row) const;

 private:
  const Program& program_;
  const Evaluation& base_;
  std::unique_ptr<ChangedCells> changes_;
  std::unique_ptr<Evaluator> evaluator_;
};

}  // namespace steelyard
