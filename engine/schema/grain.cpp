// Which rows a value belongs to, and which of two is the finer.
#include <algorithm>

#include "engine/schema/grain.h"

namespace steelyard {

bool IsDated(const Schema& schema, TableId table) {
  if (!table.valid() || !schema.period) return false;
  const TableSchema& declared = schema.table(table);
  if (declared.time >= 0) return true;
  if (declared.pairs_of.valid()) return IsDated(schema, declared.pairs_of);
  for (const ParentLink& link : declared.parents) {
    if (IsDated(schema, link.parent)) return true;
  }
  return false;
}

bool IsAncestor(const Schema& schema, TableId ancestor, TableId table) {
  if (!table.valid()) return false;
  for (const ParentLink& link : schema.table(table).parents) {
    if (link.parent == ancestor || IsAncestor(schema, ancestor, link.parent)) return true;
  }
  const auto& pairs = schema.table(table).pairs;
  return std::find(pairs.begin(), pairs.end(), ancestor) != pairs.end();
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
