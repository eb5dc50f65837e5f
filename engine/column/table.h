// Loaded tables: the rows that can be used, with their links to parents as row numbers.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/column/column.h"
#include "engine/schema/schema.h"

namespace steelyard {

inline constexpr int32_t kNoRow = -1;

struct Table {
  size_t rows = 0;
  // As in the schema; computed columns and columns nobody needs stay empty (size 0).
  std::vector<Column> columns;
  // For each parent link of the schema, the parent's row of each row (kNoRow: none).
  std::vector<std::vector<int32_t>> parents;
  // Where a row came from: an index into `files`, and its first line in that file (from 1).
  std::vector<std::string> files;
  std::vector<uint32_t> source_file;  // empty: all from files[0]
  std::vector<uint32_t> source_line;
};

// A whole data set, by TableId.
struct Tables {
  std::vector<Table> tables;

  const Table& at(TableId id) const { return tables[id.index()]; }
};

}  // namespace steelyard
