// Reads the records of one piece. A reader is used by one thread at a time, for one piece after the
// other.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/data/cell_block.h"
#include "engine/data/csv_bytes.h"
#include "engine/data/csv_pieces.h"
#include "engine/data/piece_plan.h"

namespace steelyard {

class PieceReader {
 public:
  explicit PieceReader(const PiecePlan& plan) : plan_(plan), block_(plan) {}

  PieceRows Read(const CsvPiece& piece);

 private:
  void ReadPlain(std::string_view text);
  size_t ReadOdd(std::string_view text);
  void TakeOdd(const CsvRecord& record);
  std::string_view TextOf(const CsvCell& cell);
  void MakeRoom();

  const PiecePlan& plan_;
  CellBlock block_;
  CsvIndex index_;
  std::vector<CsvCell> cells_;
  PieceRows rows_;
  uint64_t line_ = 1;
};

}  // namespace steelyard
