// Marks backwards from the outputs, then renumbers.
#include "engine/program/prune.h"

namespace steelyard {
namespace {

// Calls `visit` with every node id that stands among the outputs.
template <class SomeProgram, class Visit>
void EachOutput(SomeProgram& program, Visit visit) {
  visit(program.selected);
  for (auto& indicator : program.indicators) {
    visit(indicator.value);
    visit(indicator.points);
    visit(indicator.weight);
    visit(indicator.rejects);
    visit(indicator.attainment);
  }
  visit(program.score);
  visit(program.grade);
  for (auto* list : {&program.vetoes, &program.interlocks, &program.alerts, &program.review,
                     &program.entitlements, &program.targets_missed}) {
    for (auto& flag : *list) visit(flag.holds);
  }
  for (auto& outcome : program.outcomes) visit(outcome.value);
  for (auto& probe : program.probes) visit(probe.reached);
  EachTraced(program.trace, visit);
}

}  // namespace

std::vector<bool> Needed(const Program& program) {
  std::vector<bool> needed(program.nodes.size(), false);
  for (const NodeId output : Outputs(program)) needed[output.index()] = true;
  for (size_t i = program.nodes.size(); i-- > 0;) {
    if (!needed[i]) continue;
    for (const NodeId read : Reads(program.nodes[i])) needed[read.index()] = true;
  }
  // What a formula was worked out from before there were data can be told, and costs nothing.
  for (const NodeId term : program.trace.terms) {
    if (term.valid() && program.node(term).kind == NodeKind::kConstant) needed[term.index()] = true;
  }
  return needed;
}

std::vector<NodeId> Outputs(const Program& program) {
  std::vector<NodeId> outputs;
  EachOutput(program, [&](const NodeId& id) {
    if (id.valid()) outputs.push_back(id);
  });
  return outputs;
}

Program Pruned(const Program& program) {
  const std::vector<bool> needed = Needed(program);
  std::vector<NodeId> renamed(program.nodes.size());
  const auto rename = [&](NodeId& id) {
    if (id.valid()) id = renamed[id.index()];
  };
  Program pruned = program;
  pruned.nodes.clear();
  for (size_t i = 0; i < program.nodes.size(); ++i) {
    if (!needed[i]) continue;
    renamed[i] = NodeId{static_cast<int32_t>(pruned.nodes.size())};
    Node node = program.nodes[i];
    for (auto* list : {&node.inputs, &node.keys, &node.here_keys}) {
      for (NodeId& id : *list) rename(id);
    }
    rename(node.condition);
    rename(node.extra);
    pruned.nodes.push_back(std::move(node));
  }
  EachOutput(pruned, rename);
  for (NodeId& term : pruned.trace.terms) rename(term);
  return pruned;
}

}  // namespace steelyard
