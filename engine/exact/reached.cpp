#include "engine/exact/reached.h"

#include <algorithm>

namespace steelyard {
namespace {

bool IsReached(const Program& program, const Probe& probe, const Evaluation& evaluation,
               const std::vector<size_t>& rows) {
  const std::vector<Value>& column = evaluation.columns[probe.reached.index()];
  const Node& node = program.node(probe.reached);
  if (node.table == program.subject && node.kind != NodeKind::kConstant && !probe.every_row) {
    return std::any_of(rows.begin(), rows.end(), [&](size_t row) { return column[row].holds(); });
  }
  return std::any_of(column.begin(), column.end(),
                     [](const Value& value) { return value.holds(); });
}

}  // namespace

std::vector<bool> ReachedProbes(const Program& program, const Evaluation& evaluation,
                                const std::vector<size_t>& rows) {
  std::vector<bool> reached;
  for (const Probe& probe : program.probes) {
    reached.push_back(IsReached(program, probe, evaluation, rows));
  }
  return reached;
}

}  // namespace steelyard
