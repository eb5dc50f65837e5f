// Sums, counts and extremes of the rows that belong to a row of another table, block by block.
//
// Where the numbers added are decimals they are added as whole numbers, which is exact; sums of
// others carry the bound of a sum of doubles (Higham, Accuracy and Stability of Numerical
// Algorithms, 2nd ed., section 4.2).
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/value.h"
#include "engine/fast/runner.h"
#include "engine/schema/operation.h"

namespace steelyard::fast {

// Can it be folded here? The others are left to the exact evaluator.
bool CanFold(AggregateOp op);

class Folder {
 public:
  // `groups`: rows of the table that the results are for.
  Folder(AggregateOp op, size_t groups);

  // The rows of a block that are not undecided: `input` and `condition` number the block's outputs
  // (condition -1: all rows count), `group` tells the group of each row (below 0: none).
  void Add(const Block& block, size_t input, int condition, const int32_t* group);
  // One row that counts, as the exact evaluator has it.
  void Add(const Value& value, int32_t group);
  // What another thread has folded.
  void Merge(const Folder& other);

  // False where a sum is too large to be told exactly here: then nothing means anything.
  bool IsSound() const;
  Computed Finish() const;

 private:
  struct Group {
    int64_t whole = 0;  // sums: of decimals, × 10^places
    double real = 0;    // sums: of other numbers; extremes
    int32_t rows = 0;   // that count; any and all: of those the unknown ones
    int32_t cells = 0;  // that are present; any and all: those that decide
  };
  template <class Body>
  void EachRow(const Block& block, size_t input, int condition, const int32_t* group,
               const Body& body);
  bool AddDecimals(const Block& block, size_t input, int condition, const int32_t* group);
  void AddReals(const Block& block, size_t input, int condition, const int32_t* group);
  void Quantify(const Block& block, size_t input, int condition, const int32_t* group);
  void UsePlaces(int places);
  double Result(const Group& group) const;
  Bound BoundOfSums() const;

  AggregateOp op_;
  std::vector<Group> groups_;
  int places_ = 0;
  double mass_ = 0;   // no sum of whole numbers is larger
  double size_ = 0;   // of the cells
  double error_ = 0;  // of a cell
  bool has_reals_ = false;
  bool has_cells_ = false;
  Bound cells_;  // extremes: of any cell
};

}  // namespace steelyard::fast
