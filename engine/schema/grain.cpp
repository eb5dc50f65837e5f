// Links followed upwards: declared ones, and those to tables of pairs. Each table is looked at
// once, however many ways lead to it.
#include "engine/schema/grain.h"

#include <algorithm>
#include <vector>

namespace steelyard {

std::vector<TableId> TablesAbove(const Schema& schema, TableId table) {
  std::vector<TableId> above;
  if (!table.valid()) return above;
  std::vector<bool> seen(schema.tables.size(), false);
  seen[table.index()] = true;
  std::vector<TableId> open = {table};
  for (size_t next = 0; next < open.size(); ++next) {
    const TableSchema& declared = schema.table(open[next]);
    const auto visit = [&](TableId up) {
      if (seen[up.index()]) return;
      seen[up.index()] = true;
      open.push_back(up);
      above.push_back(up);
    };
    for (const ParentLink& link : declared.parents) visit(link.parent);
    for (const TableId pair : declared.pairs) visit(pair);
  }
  return above;
}

bool IsAncestor(const Schema& schema, TableId ancestor, TableId table) {
  const std::vector<TableId> above = TablesAbove(schema, table);
  return std::find(above.begin(), above.end(), ancestor) != above.end();
}

bool IsDated(const Schema& schema, TableId table) {
  if (!table.valid() || !schema.period) return false;
  if (schema.table(table).pairs_of.valid()) return IsDated(schema, schema.table(table).pairs_of);
  if (schema.table(table).time >= 0) return true;
  const std::vector<TableId> above = TablesAbove(schema, table);
  return std::any_of(above.begin(), above.end(), [&](TableId up) {
    return !schema.table(up).pairs_of.valid() && schema.table(up).time >= 0;
  });
}

bool Reaches(const Schema& schema, Grain fine, Grain coarse) {
  if (coarse.table.valid() && coarse.table != fine.table &&
      !IsAncestor(schema, coarse.table, fine.table)) {
    return false;
  }
  return !coarse.periodic || fine.periodic || IsDated(schema, fine.table);
}

std::optional<Grain> Join(const Schema& schema, Grain a, Grain b) {
  Grain joined;
  if (!b.table.valid() || a.table == b.table || IsAncestor(schema, b.table, a.table)) {
    joined.table = a.table;
  } else if (!a.table.valid() || IsAncestor(schema, a.table, b.table)) {
    joined.table = b.table;
  } else {
    return std::nullopt;
  }
  joined.periodic = (a.periodic || b.periodic) && !IsDated(schema, joined.table);
  return joined;
}

}  // namespace steelyard
