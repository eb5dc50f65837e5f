// A file that comes by columns, in pieces of some blocks each, so that pieces can be read by any
// thread.
#pragma once

#include <memory>
#include <vector>

#include "engine/data/cell_block.h"
#include "engine/data/cell_texts.h"
#include "engine/data/database.h"
#include "engine/data/piece_plan.h"

namespace steelyard {

// Some blocks, one behind the other.
struct ColumnPiece {
  uint64_t number = 0;  // from 0
  uint64_t row = 1;     // its first, as rows of the file are counted
  std::vector<std::unique_ptr<ColumnBlock>> blocks;
};

class ColumnPieces {
 public:
  explicit ColumnPieces(ColumnStream& stream) : stream_(stream) {}

  // The next piece; false at the end. One thread at a time.
  bool Next(ColumnPiece& piece);

 private:
  ColumnStream& stream_;
  uint64_t number_ = 0;
  uint64_t row_ = 1;
};

// Reads one piece after the other; used by one thread at a time.
class ColumnReader {
 public:
  explicit ColumnReader(const PiecePlan& plan) : plan_(plan), block_(plan) {}

  PieceRows Read(const ColumnPiece& piece);

 private:
  void Take(const ColumnBlock& block, uint64_t first);

  const PiecePlan& plan_;
  CellBlock block_;
  // Those of keys are looked at once more when the piece is put to the others.
  CellTexts texts_;
  std::vector<std::vector<std::string_view>> cells_;  // by part
  PieceRows rows_;
};

}  // namespace steelyard
