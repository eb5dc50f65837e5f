#include "engine/compare/scored.h"

#include <algorithm>
#include <string_view>

#include "engine/report/ids.h"

namespace steelyard {

std::vector<RowKey> KeysOf(const ResultTable& table) {
  std::vector<RowKey> keys(table.rows);
  for (const ResultColumn& column : table.columns) {
    for (size_t row = 0; row < table.rows; ++row) {
      if (column.role == ResultRole::kKey) {
        keys[row].key.push_back(CellText(column.cells[row], column));
      } else if (column.role == ResultRole::kPeriod) {
        keys[row].period = CellText(column.cells[row], column);
      }
    }
  }
  return keys;
}

const ResultColumn* ColumnNamed(const ResultTable& table, const std::string& heading) {
  const auto found =
      std::find_if(table.columns.begin(), table.columns.end(),
                   [&](const ResultColumn& column) { return column.heading == heading; });
  return found == table.columns.end() ? nullptr : &*found;
}

bool SameCell(const Value& a, const ResultColumn& column_a, const Value& b,
              const ResultColumn& column_b) {
  if (HoldsIds(column_a.role)) {
    std::vector<std::string_view> ids_a = IdsOf(a);
    std::vector<std::string_view> ids_b = IdsOf(b);
    std::sort(ids_a.begin(), ids_a.end());
    std::sort(ids_b.begin(), ids_b.end());
    return ids_a == ids_b;
  }
  // Missing is not an empty text.
  if (a.missing() || b.missing()) return a.missing() && b.missing();
  if (column_a.type.unit.ToString() != column_b.type.unit.ToString()) return a == b;
  return CellText(a, column_a) == CellText(b, column_b);
}

bool SameResults(const ResultTable& a, const ResultTable& b) {
  if (a.rows != b.rows || a.columns.size() != b.columns.size()) return false;
  const std::vector<RowKey> keys_a = KeysOf(a);
  const std::vector<RowKey> keys_b = KeysOf(b);
  std::map<RowKey, size_t> rows;
  for (size_t row = 0; row < keys_b.size(); ++row) rows[keys_b[row]] = row;
  for (const ResultColumn& column : a.columns) {
    const ResultColumn* other = ColumnNamed(b, column.heading);
    if (other == nullptr) return false;
    for (size_t row = 0; row < a.rows; ++row) {
      const auto found = rows.find(keys_a[row]);
      if (found == rows.end()) return false;
      if (!SameCell(column.cells[row], column, other->cells[found->second], *other)) return false;
    }
  }
  return true;
}

bool SameButForIds(const ResultTable& a, const ResultTable& b) {
  if (a.rows != b.rows || a.columns.size() != b.columns.size()) return false;
  for (size_t i = 0; i < a.columns.size(); ++i) {
    const ResultColumn& one = a.columns[i];
    const ResultColumn& other = b.columns[i];
    if (one.role != other.role) return false;
    for (size_t row = 0; row < a.rows; ++row) {
      const bool same = HoldsIds(one.role)
                            ? IdsOf(one.cells[row]).size() == IdsOf(other.cells[row]).size()
                            : SameCell(one.cells[row], one, other.cells[row], other);
      if (!same) return false;
    }
  }
  return true;
}

}  // namespace steelyard
