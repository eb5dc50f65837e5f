// What an explanation looks at: rules that were lowered to be explained (LowerTraced), their data,
// and all columns computed from them (Evaluate with `keep_all`).
#pragma once

#include "engine/check/model.h"
#include "engine/column/table.h"
#include "engine/exact/evaluate.h"
#include "engine/exact/links.h"
#include "engine/program/program.h"
#include "engine/source/source.h"

namespace steelyard {

struct Scene {
  const SourceSet& sources;
  const Model& model;
  const Program& program;
  const Tables& tables;
  const RunFrame& frame;
  const Evaluation& evaluation;
  Links& links;  // of the same program, tables and frame
};

// The row that is looked from.
struct Here {
  Grain grain;
  size_t row = 0;
};

// The row of `grain` that a row belongs to; empty where there is none, or where `grain` is finer.
std::optional<size_t> RowOf(const Scene& scene, const Here& here, Grain grain);
// A column in the row that it belongs to. Empty where a row has many of it, or it was not computed.
std::optional<Value> ValueAt(const Scene& scene, NodeId node, const Here& here);
std::optional<Value> ValueAt(const Scene& scene, TermId term, const Here& here);

// The rows of the node's source that are grouped with a row of the node, whether its condition
// holds for them or not: equal keys, and the same period unless all are taken together.
std::vector<int32_t> PeersOf(const Scene& scene, const Node& node, size_t row);

}  // namespace steelyard
