// Which rows a value belongs to, and which of two is the finer.
#pragma once

#include <compare>
#include <optional>
#include <vector>

#include "engine/schema/schema.h"

namespace steelyard {

// The table one value of a term belongs to. Without a table and not periodic: one value for all.
// `periodic` adds the reporting period: (manager, periodic) has a value for each manager and
// period; without a table it is the axis of periods itself. A table whose rows are dated lies
// within periods already and is never periodic.
struct Grain {
  TableId table;
  bool periodic = false;
  auto operator<=>(const Grain&) const = default;
};

// All that rows of `table` belong to, nearest first, the table itself left out.
std::vector<TableId> TablesAbove(const Schema& schema, TableId table);
// Is `coarse` the same as `fine` or something its rows belong to?
bool Reaches(const Schema& schema, Grain fine, Grain coarse);
// Does a row of this table lie in one reporting period (by its own time or an ancestor's)?
bool IsDated(const Schema& schema, TableId table);
bool IsAncestor(const Schema& schema, TableId ancestor, TableId table);  // strict
// The finer of two grains; empty where neither belongs to the other.
std::optional<Grain> Join(const Schema& schema, Grain a, Grain b);

}  // namespace steelyard
