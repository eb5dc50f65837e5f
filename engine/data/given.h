// Rows that are at hand instead of in files, as tests of rules give them: cells are converted and
// keys and parents found in the same way.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/data/load.h"

namespace steelyard {

struct GivenRow {
  uint32_t line = 0;
  std::vector<std::optional<std::string>> cells;  // one for each column of the table
};

// A row that cannot be used.
struct GivenFault {
  TableId table;
  size_t row = 0;  // of those given for the table
  Reject reject;
};

struct GivenSet {
  DataSet data;
  std::vector<GivenFault> faults;
  // By table: for each row that is used, its place among those given.
  std::vector<std::vector<size_t>> used;
};

// `rows` by table; `file` is what messages say they come from.
GivenSet LoadGiven(const Schema& schema, const std::string& file,
                   const std::vector<std::vector<GivenRow>>& rows);

// The column that a heading stands for, -1 where none: by id, name or alias; as written first, then
// in any case and width.
int32_t ColumnOfHeading(const TableSchema& table, const std::string& heading);

}  // namespace steelyard
