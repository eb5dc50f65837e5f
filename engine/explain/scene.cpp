#include "engine/explain/scene.h"

#include "engine/check/check.h"

namespace steelyard {

std::optional<size_t> RowOf(const Scene& scene, const Here& here, Grain grain) {
  if (grain == here.grain) return here.row;
  if (!grain.table.valid() && !grain.periodic) return 0;
  if (!Reaches(*scene.program.schema, here.grain, grain)) return std::nullopt;
  const int32_t row = scene.links.Link(here.grain, grain)[here.row];
  if (row == kNoRow) return std::nullopt;
  return static_cast<size_t>(row);
}

std::optional<Value> ValueAt(const Scene& scene, NodeId node, const Here& here) {
  if (!node.valid() || scene.evaluation.columns[node.index()].empty()) return std::nullopt;
  const auto row = RowOf(scene, here, scene.program.node(node).table);
  if (!row) return std::nullopt;
  return scene.evaluation.at(node, *row);
}

std::optional<Value> ValueAt(const Scene& scene, TermId term, const Here& here) {
  const NodeId node = scene.program.trace.terms[term.index()];
  if (node.valid()) return ValueAt(scene, node, here);
  return ConstantValue(scene.model, term);
}

}  // namespace steelyard
