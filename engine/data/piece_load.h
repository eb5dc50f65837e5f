// Reads a whole table on several threads: pieces are read by any of them and put together in
// the order of the file, so that the result is the same however many there are.
#pragma once

#include <functional>
#include <vector>

#include "engine/data/column_pieces.h"
#include "engine/data/csv_pieces.h"
#include "engine/data/piece_plan.h"

namespace steelyard {

class PieceLoad {
 public:
  // `keys` takes the keys of the table.
  PieceLoad(const PiecePlan& plan, KeyIndex& keys, std::vector<Reject>& rejects);

  // All pieces there are. `progress` is told the rows read so far, after each piece.
  void Read(CsvPieces& pieces, unsigned threads, const std::function<void(uint64_t)>& progress);
  void Read(ColumnPieces& pieces, unsigned threads, const std::function<void(uint64_t)>& progress);
  // The table and its account.
  Table Finish(TableCount& count);

 private:
  template <class Piece, class Reader, class Pieces>
  void ReadAll(Pieces& pieces, unsigned threads, const std::function<void(uint64_t)>& progress);
  void Merge(PieceRows& rows);
  std::vector<uint32_t> TakeKeys(PieceRows& rows);
  void TakeRejects(PieceRows& rows, size_t& next, size_t row);
  Reject Duplicate(const PieceRows& rows, size_t row, uint32_t first_line) const;
  void AppendColumns(const PieceRows& rows);
  void AppendSome(const PieceRows& rows, const std::vector<uint32_t>& kept);

  const PiecePlan& plan_;
  KeyIndex& keys_;
  std::vector<Reject>& rejects_;
  const size_t rejects_before_;
  Table table_;
  uint64_t read_ = 0;
};

}  // namespace steelyard
