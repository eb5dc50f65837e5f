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

}  // namespace steelyard
