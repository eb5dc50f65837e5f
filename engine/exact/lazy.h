// Exact evaluation of single cells: a cell is computed when it is asked for, with just those cells
// that it depends on. This is how rows are decided that the fast evaluator cannot decide.
#pragma once

#include <memory>

#include "engine/exact/evaluate.h"

namespace steelyard {

class LazyEvaluation {
 public:
  // All must outlive it.
  LazyEvaluation(const Program& program, const Tables& tables, const RunFrame& frame);
  ~LazyEvaluation();
  LazyEvaluation(const LazyEvaluation&) = delete;
  LazyEvaluation& operator=(const LazyEvaluation&) = delete;

  // Value of a node in a row of its table, as Evaluate would have it. Good until `Forget`.
  const Value& At(NodeId node, size_t row);
  // Lets go of single cells, which are computed anew where they are asked for again; columns that
  // can only be computed as a whole stay.
  void Forget();
  Links& links();

 private:
  class Cells;
  std::unique_ptr<Cells> cells_;
};

}  // namespace steelyard
