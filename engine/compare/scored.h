// One version of the rules and what it makes of the data: its results, and why a row that another
// version has is not among them.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/report/results.h"

namespace steelyard {

// Where a row of results comes from: the key of the subject, and the period, as they are written.
struct RowKey {
  std::vector<std::string> key;
  std::string period;  // empty where the scorecard has none
  auto operator<=>(const RowKey&) const = default;
};

// `missing: error`, and the indicator is missing.
struct RejectedRow {
  std::string indicator;
  std::string reason[2];  // by Language
};

struct ScoredVersion {
  ResultTable table;
  std::map<RowKey, RejectedRow> rejected;
  std::set<std::vector<std::string>> subjects;  // keys of the rows of the subject's table
  std::set<std::string> periods;                // that are scored; empty where there are none
  // Rows of the subject's table: read = used + rejected.
  std::string subject;
  uint64_t read = 0;
  uint64_t used = 0;
};

// Keys of all rows of results, top to bottom.
std::vector<RowKey> KeysOf(const ResultTable& table);

// The column of this heading, or null.
const ResultColumn* ColumnNamed(const ResultTable& table, const std::string& heading);

// Are the cells the same to whoever reads the results? Those that are written alike are, and lists
// of ids in another order; where another unit is shown, the same value is.
bool SameCell(const Value& a, const ResultColumn& column_a, const Value& b,
              const ResultColumn& column_b);

// Do both versions give the same results: the same rows, columns and cells?
bool SameResults(const ResultTable& a, const ResultTable& b);

// The same, column by column, whatever the columns and the ids in lists are called?
bool SameButForIds(const ResultTable& a, const ResultTable& b);

}  // namespace steelyard
