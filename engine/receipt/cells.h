// Where two texts of results differ, cell by cell.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace steelyard {

struct CellChange {
  std::string row;    // the keys, joined by ` / `
  uint64_t line = 0;  // in the file
  std::string column;
  std::string expected;
  std::string found;
};

struct CellChanges {
  bool readable = true;  // the file holds a table of this kind
  std::vector<std::string> columns_missing;
  std::vector<std::string> columns_added;
  std::vector<std::string> rows_missing;  // by their keys; the first few
  std::vector<std::string> rows_added;
  uint64_t missing = 0;  // rows
  uint64_t added = 0;
  uint64_t moved = 0;  // rows that stand in another order
  uint64_t cells = 0;  // that differ, of rows in both
  std::optional<CellChange> first;
  uint64_t line = 0;  // the first that differs in any way
};

// `expected` is as the program writes it, `found` anything; both csv or json. Rows are matched by
// their first `keys` columns.
CellChanges CompareCells(std::string_view expected, std::string_view found, bool json, size_t keys);

}  // namespace steelyard
