// Finds tables by name and puts them in order, parents first.
#include "engine/schema/schema.h"

namespace steelyard {

TableId Schema::FindTable(std::string_view id) const {
  for (size_t i = 0; i < tables.size(); ++i) {
    if (tables[i].id == id) return TableId{static_cast<int32_t>(i)};
  }
  return TableId::None();
}

// Takes, again and again, the first table in file order whose parents are all placed.
std::vector<TableId> Schema::TopologicalOrder() const {
  std::vector<TableId> order;
  std::vector<bool> placed(tables.size(), false);
  const auto ready = [&](size_t i) {
    for (const ParentLink& link : tables[i].parents) {
      if (link.parent.valid() && !placed[link.parent.index()]) return false;
    }
    return !placed[i];
  };
  while (order.size() < tables.size()) {
    size_t next = 0;
    while (next < tables.size() && !ready(next)) ++next;
    if (next == tables.size()) return {};
    placed[next] = true;
    order.push_back(TableId{static_cast<int32_t>(next)});
  }
  return order;
}

bool IsRead(const TableSchema& table) { return table.needed && !table.pairs_of.valid(); }

std::vector<bool> ColumnsToRead(const Schema& schema, const TableSchema& table) {
  std::vector<bool> read(table.columns.size());
  for (size_t i = 0; i < read.size(); ++i) read[i] = table.columns[i].needed;
  for (const int32_t column : table.key) read[static_cast<size_t>(column)] = true;
  for (const ParentLink& link : table.parents) {
    if (link.column >= 0 && IsRead(schema.table(link.parent))) {
      read[static_cast<size_t>(link.column)] = true;
    }
  }
  if (schema.period && table.time >= 0) read[static_cast<size_t>(table.time)] = true;
  for (size_t i = 0; i < read.size(); ++i) read[i] = read[i] && !table.columns[i].computed;
  return read;
}

}  // namespace steelyard
