// Puts together what the readers of pieces share.
#include "engine/data/piece_plan.h"

#include <utility>

namespace steelyard {

PiecePlan::PiecePlan(const Schema& own_schema, TableId table_id, std::string own_file,
                     const CsvDialect& own_dialect, std::vector<std::string> own_headings,
                     const std::vector<int32_t>& places, const std::vector<KeyIndex>* own_keys)
    : schema(own_schema),
      id(table_id),
      file(std::move(own_file)),
      dialect(own_dialect),
      headings(std::move(own_headings)),
      parts(PartsOf(own_schema, table_id, places)),
      key_parts(KeyPartsOf(own_schema.table(table_id), parts)),
      keys(own_keys) {}

Table PiecePlan::EmptyTable() const {
  Table empty;
  empty.files.push_back(file);
  empty.parents.resize(table().parents.size());
  for (const ColumnSchema& column : table().columns) {
    empty.columns.push_back(Column::OfType(column.type));
  }
  return empty;
}

void PieceRows::Reserve(const PiecePlan& plan, size_t count) {
  table.source_line.reserve(count);
  for (const ColumnRole& part : plan.parts) {
    std::visit(
        [count](auto& own) {
          if constexpr (requires { own.Reserve(count); }) {
            own.Reserve(count);
          } else {
            own.reserve(count);
          }
        },
        table.columns[part.column].cells);
  }
  if (plan.key_parts.empty()) return;
  keys.Reserve(count);
  key_cells.reserve(count);
}

}  // namespace steelyard
