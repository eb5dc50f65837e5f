// Programs as text, for people who want to see what a rule became, and for tests.
#include "engine/base/check.h"
#include "engine/program/program.h"

namespace steelyard {
namespace {

std::string Name(NodeId id) { return "n" + std::to_string(id.value); }

std::string Names(const std::vector<NodeId>& ids) {
  std::string text;
  for (const NodeId id : ids) text += " " + Name(id);
  return text;
}

std::string ConstantText(const Value& value) {
  if (value.missing()) return "missing";
  if (value.is_number()) return value.number().ToFraction();
  if (value.is_bool()) return value.truth() ? "true" : "false";
  if (value.is_text()) return "'" + value.text() + "'";
  if (value.is_date()) return value.date().ToString();
  if (value.is_datetime()) return value.datetime().ToString();
  return value.period().ToString();
}

std::string_view RunWord(RunFigure figure) {
  constexpr std::string_view kWords[] = {"as_of", "period_start", "period_end", "period"};
  return kWords[static_cast<size_t>(figure)];
}

std::string ReduceText(const Schema& schema, const Node& node) {
  std::string text = std::string(ToWord(node.aggregate)) +
                     (node.count_rows ? std::string(" rows") : Names(node.inputs)) + " of " +
                     TableName(schema, node.source);
  if (node.extra.valid()) text += " at " + Name(node.extra);
  if (node.condition.valid()) text += " where " + Name(node.condition);
  return text;
}

std::string FrameText(const Schema& schema, const Node& node) {
  std::string text;
  switch (node.frame) {
    case FrameKind::kTime:
      return "time " + std::string(ToWord(node.time)) + Names(node.inputs) +
             (node.n > 0 && node.time != TimeOp::kStreak ? " over " + std::to_string(node.n) : "");
    case FrameKind::kRank:
      text = "frame " + std::string(ToWord(node.rank)) + Names(node.inputs);
      if (node.condition.valid()) text += " where " + Name(node.condition);
      break;
    case FrameKind::kAmong: text = "frame " + ReduceText(schema, node); break;
  }
  text += node.keys.empty() ? " among all" : " among" + Names(node.keys);
  if (!node.here_keys.empty()) text += " read by" + Names(node.here_keys);
  return text + (node.all_periods ? " all periods" : "");
}

std::string NodeText(const Program& program, const Node& node) {
  switch (node.kind) {
    case NodeKind::kConstant: return "const " + ConstantText(node.constant);
    case NodeKind::kInput: return "input " + program.schema->column(node.column).id;
    case NodeKind::kRun: return "run " + std::string(RunWord(node.run));
    case NodeKind::kMap: return std::string(ToWord(node.map)) + Names(node.inputs);
    case NodeKind::kGather: return "gather" + Names(node.inputs);
    case NodeKind::kReduce: return "reduce " + ReduceText(*program.schema, node);
    case NodeKind::kFrame: return FrameText(*program.schema, node);
  }
  STEELYARD_CHECK(false);
  return "";
}

void AppendFlags(std::string& text, const char* list, const std::vector<FlagOutput>& flags) {
  for (const FlagOutput& flag : flags) {
    text += std::string(list) + " " + flag.id + " = " + Name(flag.holds) + "\n";
  }
}

}  // namespace

std::string TableName(const Schema& schema, Grain table) {
  if (!table.table.valid()) return table.periodic ? "period" : "1";
  const TableSchema& declared = schema.table(table.table);
  std::string name = declared.id;
  if (declared.pairs_of.valid()) name += " × " + schema.table(declared.parents[1].parent).id;
  return name + (table.periodic ? " × period" : "");
}

std::string Dump(const Program& program) {
  std::string text;
  for (size_t i = 0; i < program.nodes.size(); ++i) {
    const Node& node = program.nodes[i];
    text += "n" + std::to_string(i) + " [" + TableName(*program.schema, node.table) +
            "] = " + NodeText(program, node) + "\n";
  }
  for (const IndicatorOutput& indicator : program.indicators) {
    text += "value " + indicator.id + " = " + Name(indicator.value) + "\n";
    if (indicator.points.valid()) {
      text += "points " + indicator.id + " = " + Name(indicator.points) + "\n";
    }
    if (indicator.weight.valid()) {
      text += "weight " + indicator.id + " = " + Name(indicator.weight) + "\n";
    }
  }
  if (program.score.valid()) text += "score = " + Name(program.score) + "\n";
  if (program.grade.valid()) text += "grade = " + Name(program.grade) + "\n";
  AppendFlags(text, "veto", program.vetoes);
  AppendFlags(text, "interlock", program.interlocks);
  AppendFlags(text, "alert", program.alerts);
  AppendFlags(text, "review", program.review);
  for (const OutcomeOutput& outcome : program.outcomes) {
    text += "outcome " + outcome.id + " = " + Name(outcome.value) + "\n";
  }
  AppendFlags(text, "entitlement", program.entitlements);
  for (const IndicatorOutput& indicator : program.indicators) {
    if (!indicator.attainment.valid()) continue;
    text += "attainment " + indicator.id + " = " + Name(indicator.attainment) + "\n";
  }
  AppendFlags(text, "target missed", program.targets_missed);
  return text;
}

}  // namespace steelyard
