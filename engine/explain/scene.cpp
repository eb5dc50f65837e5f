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
  if (!node.valid()) return std::nullopt;
  const Node& computed = scene.program.node(node);
  if (computed.kind == NodeKind::kConstant) return computed.constant;
  if (scene.evaluation.columns[node.index()].empty()) return std::nullopt;
  const auto row = RowOf(scene, here, computed.table);
  if (!row) return std::nullopt;
  return scene.evaluation.at(node, *row);
}

std::optional<Value> ValueAt(const Scene& scene, TermId term, const Here& here) {
  const NodeId node = scene.program.trace.terms[term.index()];
  if (node.valid()) return ValueAt(scene, node, here);
  return ConstantValue(scene.model, term);
}

std::vector<int32_t> PeersOf(const Scene& scene, const Node& node, size_t row) {
  const Grain axis{TableId::None(), true};
  const Schema& schema = *scene.program.schema;
  const bool by_period = !node.all_periods && schema.period &&
                         (node.source.periodic || IsDated(schema, node.source.table));
  const auto& here_keys = node.frame == FrameKind::kRank ? node.keys : node.here_keys;
  const auto* periods = by_period ? &scene.links.Link(node.source, axis) : nullptr;
  const int32_t period = by_period ? scene.links.Link(node.table, axis)[row] : 0;
  std::vector<int32_t> peers;
  for (size_t peer = 0; peer < scene.links.Rows(node.source); ++peer) {
    if (by_period && (period == kNoRow || (*periods)[peer] != period)) continue;
    bool same = true;
    for (size_t i = 0; same && i < node.keys.size(); ++i) {
      const Value& key = scene.evaluation.at(node.keys[i], peer);
      same = !key.missing() && key == scene.evaluation.at(here_keys[i], row);
    }
    if (same) peers.push_back(static_cast<int32_t>(peer));
  }
  return peers;
}

}  // namespace steelyard
