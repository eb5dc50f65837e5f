// Tables as a rule file declares them: what a data set must look like. Made by the checker, read by
// the loader of data, which knows nothing of rules.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/calendar.h"
#include "engine/base/number.h"
#include "engine/base/typed_id.h"
#include "engine/schema/type.h"

namespace steelyard {

using TableId = TypedId<struct TableTag>;

// A column of one table.
struct ColumnId {
  TableId table;
  int32_t column = -1;
  bool valid() const { return column >= 0; }
  size_t index() const { return static_cast<size_t>(column); }
  auto operator<=>(const ColumnId&) const = default;
};

struct ColumnSchema {
  std::string id;
  std::string name;                  // may be empty
  std::vector<std::string> aliases;  // other headings the column may have in a file
  Type type;
  bool computed = false;      // by a formula: not in the data
  bool needed = true;         // some formula, key or link uses it: must be in the data
  std::optional<Number> min;  // in the shown unit, as declared; outside is rejected
  std::optional<Number> max;
};

// A row of this table belongs to the row of `parent` whose key equals the cell in `column`.
struct ParentLink {
  TableId parent;
  int32_t column = -1;
  bool optional = false;  // an empty cell means: no parent; otherwise the row is rejected
};

struct TableSchema {
  std::string id;
  std::string name;
  std::vector<ColumnSchema> columns;
  std::vector<int32_t> key;  // columns; empty where the table has no key
  std::vector<ParentLink> parents;
  int32_t time = -1;   // the column that dates a row, or -1
  bool needed = true;  // some formula looks at it
  // A table that is not in the data: one row for each pair of a row of parents[0] and a row of
  // parents[1] (and period) that occurs in the rows of `pairs_of`. `sum(sale.amount per reseller)`
  // makes one where a reseller does not belong to the subject but a sale belongs to both.
  TableId pairs_of;
  // The tables of pairs made from this one: its rows belong to their rows.
  std::vector<TableId> pairs;
};

struct Schema {
  std::vector<TableSchema> tables;
  TableId subject;
  std::optional<PeriodKind> period;

  const TableSchema& table(TableId id) const { return tables[id.index()]; }
  const ColumnSchema& column(ColumnId id) const { return table(id.table).columns[id.index()]; }
  TableId FindTable(std::string_view id) const;
  // Parents before children; empty if the links run in a circle.
  std::vector<TableId> TopologicalOrder() const;
};

// Is the table read from a file?
bool IsRead(const TableSchema& table);
// By column: must it be read? Those must that formulas need, keys, links to parents that are read,
// and the date of a row where the scorecard has periods.
std::vector<bool> ColumnsToRead(const Schema& schema, const TableSchema& table);

}  // namespace steelyard
