#include "engine/column/cell.h"

namespace steelyard {

Value CellAt(const Column& column, size_t row) {
  if (!column.valid.at(row)) return MissingCause::kEmptyCell;
  if (const auto* numbers = std::get_if<NumberCells>(&column.cells)) return numbers->at(row);
  if (const auto* texts = std::get_if<TextCells>(&column.cells)) return texts->at(row);
  if (const auto* bools = std::get_if<std::vector<uint8_t>>(&column.cells)) {
    return (*bools)[row] != 0;
  }
  if (const auto* dates = std::get_if<std::vector<Date>>(&column.cells)) return (*dates)[row];
  return std::get<std::vector<DateTime>>(column.cells)[row];
}

}  // namespace steelyard
