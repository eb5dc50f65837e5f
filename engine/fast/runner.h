// Runs a plan over rows, block by block, and says which rows it could not decide.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/column/column.h"
#include "engine/fast/plan.h"

namespace steelyard::fast {

// A column that was computed: one number for every row of its table.
struct Computed {
  std::vector<double> values;
  Bound bound;
};

// Where a leaf of a plan is read.
struct LeafSource {
  const Column* column = nullptr;              // of the data, or
  const Computed* computed = nullptr;          // what was computed before
  const std::vector<double>* codes = nullptr;  // of a column of texts: their numbers
  const std::vector<int32_t>* link = nullptr;  // the row there for each row here; null: the same
};

// The results of one block.
struct Block {
  size_t first = 0;  // its first row in the table
  size_t rows = 0;
  std::vector<const double*> values;  // by output, aligned to 64 bytes; not-a-number: missing
  std::vector<Bound> bounds;          // by output
  std::vector<uint32_t> undecided;    // rows, counted from `first`, whose values mean nothing
};

// One thread's registers for one plan.
class Runner {
 public:
  // `leaves` as the plan's. Both must outlive it.
  Runner(const Plan& plan, const std::vector<LeafSource>& leaves);
  ~Runner();
  Runner(Runner&&) noexcept;

  // At most kBlockRows rows. What it gives is good until the next call.
  const Block& Run(size_t first, size_t rows);

 private:
  class Machine;
  std::unique_ptr<Machine> machine_;
};

}  // namespace steelyard::fast
