// Blocks to rows by way of texts: a value means what the text that DuckDB writes for it means.
#include "engine/data/column_pieces.h"

#include <utility>

namespace steelyard {

bool ColumnPieces::Next(ColumnPiece& piece) {
  // The more rows a piece has, the seldomer its texts are looked for among those of the table.
  constexpr size_t kBlocks = 64;
  piece.blocks.clear();
  piece.number = number_;
  piece.row = row_;
  while (piece.blocks.size() < kBlocks) {
    std::unique_ptr<ColumnBlock> block = stream_.Next();
    if (block == nullptr) break;
    row_ += block->rows();
    piece.blocks.push_back(std::move(block));
  }
  if (piece.blocks.empty()) return false;
  ++number_;
  return true;
}

PieceRows ColumnReader::Read(const ColumnPiece& piece) {
  rows_ = PieceRows();
  rows_.table = plan_.EmptyTable();
  texts_.Clear();
  uint64_t row = piece.row;
  for (const std::unique_ptr<ColumnBlock>& block : piece.blocks) {
    Take(*block, row);
    row += block->rows();
  }
  return std::move(rows_);
}

void ColumnReader::Take(const ColumnBlock& block, uint64_t first) {
  if (plan_.key_parts.empty()) texts_.Clear();
  cells_.resize(plan_.parts.size());
  for (size_t part = 0; part < cells_.size(); ++part) {
    cells_[part] = texts_.Write(block, plan_.parts[part].place);
  }
  for (size_t row = 0; row < block.rows(); ++row) {
    if (block_.full()) block_.Flush(rows_);
    const size_t at = block_.AddOdd(first + row);
    for (size_t part = 0; part < cells_.size(); ++part) block_.Set(at, part, cells_[part][row]);
  }
  block_.Flush(rows_);
}

}  // namespace steelyard
