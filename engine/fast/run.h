// The fast evaluator: a program over tables in double precision, in blocks that stay in the cache,
// on several threads. It knows how far each number may be from the exact one (bound.h); what it
// cannot decide, and what has no fast form, comes from the exact evaluator, cell by cell. So every
// decision is the one that exact arithmetic makes.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "engine/column/table.h"
#include "engine/exact/lazy.h"
#include "engine/fast/runner.h"

namespace steelyard::fast {

class Run {
 public:
  // Computes what `outputs`, nodes of one table (or of one value for all rows), need of other
  // tables. All must outlive it.
  Run(const steelyard::Program& program, const Tables& tables, const RunFrame& frame,
      const std::vector<NodeId>& outputs, size_t threads);
  ~Run();
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  // The tables hold other rows now. Runners made before go on with those.
  void Reload();

  // Rows of the outputs' table.
  size_t rows() const;
  // For one thread; what it gives are blocks of rows with `outputs` in the order asked for.
  Runner MakeRunner() const;
  // The text that a number stands for, in an output of texts.
  const std::string& TextOf(double number) const;
  // The exact value; from any thread.
  Value Exact(NodeId node, size_t row);
  // Lets go of what exact cells were computed from.
  void Forget();

 private:
  class Preparation;
  std::unique_ptr<Preparation> preparation_;
};

}  // namespace steelyard::fast
