// Hash-consing: a node's contents as a text, looked up before it is added.
#include "engine/program/builder.h"

#include <algorithm>

#include "engine/base/check.h"

namespace steelyard {
namespace {

std::string TextOf(const Value& value) {
  if (value.missing()) return "m" + std::to_string(static_cast<int>(value.why().cause));
  if (value.is_number()) return "n" + value.number().ToFraction();
  if (value.is_bool()) return value.truth() ? "t" : "f";
  if (value.is_text()) return "s" + std::to_string(value.text().size()) + ":" + value.text();
  if (value.is_date()) return "d" + std::to_string(value.date().days);
  if (value.is_datetime()) return "D" + std::to_string(value.datetime().micros);
  return "p" + value.period().ToString();
}

void AppendIds(std::string& key, const std::vector<NodeId>& ids) {
  key += "(";
  for (const NodeId id : ids) key += std::to_string(id.value) + ",";
  key += ")";
}

template <class... Numbers>
void AppendNumbers(std::string& key, Numbers... numbers) {
  ((key += std::to_string(static_cast<int64_t>(numbers)) + ";"), ...);
}

std::string KeyOf(const Node& node) {
  std::string key;
  AppendNumbers(key, node.kind, node.table.table.value, node.table.periodic,
                node.column.table.value, node.column.column, node.run, node.map, node.aggregate,
                node.frame, node.rank, node.time, node.n, node.condition.value, node.extra.value,
                node.all_periods, node.count_rows, node.source.table.value, node.source.periodic);
  AppendIds(key, node.inputs);
  AppendIds(key, node.keys);
  AppendIds(key, node.here_keys);
  // The type is shown, not computed with; constants of one value and two units stay two.
  if (node.kind == NodeKind::kConstant) {
    key += TextOf(node.constant) + node.type.ToString();
    AppendNumbers(key, node.span.file.value, node.span.begin, node.span.end);
  }
  return key;
}

}  // namespace

std::vector<NodeId> Reads(const Node& node) {
  std::vector<NodeId> reads = node.inputs;
  reads.insert(reads.end(), node.keys.begin(), node.keys.end());
  reads.insert(reads.end(), node.here_keys.begin(), node.here_keys.end());
  if (node.condition.valid()) reads.push_back(node.condition);
  if (node.extra.valid()) reads.push_back(node.extra);
  return reads;
}

Builder::Builder(const Schema& schema) { program_.schema = &schema; }

NodeId Builder::Add(Node node) {
  std::string key = KeyOf(node);
  if (const auto found = known_.find(key); found != known_.end()) return found->second;
  program_.nodes.push_back(std::move(node));
  const NodeId id{static_cast<int32_t>(program_.nodes.size() - 1)};
  known_.emplace(std::move(key), id);
  return id;
}

NodeId Builder::Constant(Value value, Type type) {
  Node node;
  node.constant = std::move(value);
  node.type = std::move(type);
  return Add(std::move(node));
}

NodeId Builder::Input(ColumnId column) {
  Node node;
  node.kind = NodeKind::kInput;
  node.column = column;
  node.table.table = column.table;
  node.type = program_.schema->column(column).type;
  return Add(std::move(node));
}

NodeId Builder::Run(RunFigure figure, bool periods) {
  Node node;
  node.kind = NodeKind::kRun;
  node.run = figure;
  node.table.periodic = periods;
  node.type = Type::Of(figure == RunFigure::kPeriod ? TypeKind::kPeriod : TypeKind::kDate);
  return Add(std::move(node));
}

NodeId Builder::At(NodeId id, Grain table) {
  const Node& from = node(id);
  if (from.kind == NodeKind::kConstant || from.table == table) return id;
  STEELYARD_CHECK(Reaches(*program_.schema, table, from.table));
  Node gather;
  gather.kind = NodeKind::kGather;
  gather.table = table;
  gather.type = from.type;
  gather.span = from.span;
  gather.inputs = {id};
  return Add(std::move(gather));
}

NodeId Builder::InForce(const std::optional<Date>& from, const std::optional<Date>& until) {
  const Type truth = Type::Of(TypeKind::kBool);
  NodeId holds = Constant(true, truth);
  const NodeId as_of = Run(RunFigure::kAsOf, program_.schema->period.has_value());
  const auto date = [&](Date day) { return Constant(day, Type::Of(TypeKind::kDate)); };
  if (from) {
    const NodeId begun = Map(MapOp::kGreaterEqual, {as_of, date(*from)}, truth);
    holds = Map(MapOp::kAnd, {holds, begun}, truth);
  }
  if (until) {
    const NodeId open = Map(MapOp::kLessEqual, {as_of, date(*until)}, truth);
    holds = Map(MapOp::kAnd, {holds, open}, truth);
  }
  return holds;
}

// What is missing remembers the formula that it comes from.
NodeId Builder::Folded(Value value, Type type, Span span) {
  Node node;
  if (value.missing()) node.span = span;
  node.constant = std::move(value);
  node.type = std::move(type);
  return Add(std::move(node));
}

// A choice that is already made, and what adding nothing leaves: the column it comes to.
std::optional<NodeId> Builder::Shortcut(MapOp op, const std::vector<NodeId>& inputs) const {
  const auto constant = [&](size_t i) -> const Value* {
    const Node& input = node(inputs[i]);
    return input.kind == NodeKind::kConstant ? &input.constant : nullptr;
  };
  const auto is = [&](size_t i, const Value& value) {
    return constant(i) != nullptr && !constant(i)->missing() && *constant(i) == value;
  };
  switch (op) {
    case MapOp::kIf:
    case MapOp::kIfTrue:
      if (is(0, true)) return inputs[1];
      if (is(0, false)) return inputs[2];
      break;
    case MapOp::kAdd:
      if (is(0, Number(0))) return inputs[1];
      if (is(1, Number(0))) return inputs[0];
      break;
    case MapOp::kAnd:
      if (inputs.size() == 2 && is(0, true)) return inputs[1];
      if (inputs.size() == 2 && is(1, true)) return inputs[0];
      break;
    case MapOp::kOr:
      if (inputs.size() == 2 && is(0, false)) return inputs[1];
      if (inputs.size() == 2 && is(1, false)) return inputs[0];
      break;
    default: break;
  }
  return std::nullopt;
}

NodeId Builder::Map(MapOp op, std::vector<NodeId> inputs, Type type, Span span) {
  if (const auto made = Shortcut(op, inputs)) return *made;
  Grain table;
  bool constant = true;
  for (const NodeId input : inputs) {
    constant = constant && node(input).kind == NodeKind::kConstant;
    const auto joined = Join(*program_.schema, table, node(input).table);
    STEELYARD_CHECK(joined.has_value());
    table = *joined;
  }
  if (constant) {
    std::vector<Value> operands;
    for (const NodeId input : inputs) operands.push_back(node(input).constant);
    return Folded(ApplyMap(op, operands), std::move(type), span);
  }
  for (NodeId& input : inputs) input = At(input, table);
  Node map;
  map.kind = NodeKind::kMap;
  map.map = op;
  map.table = table;
  map.type = std::move(type);
  map.span = span;
  map.inputs = std::move(inputs);
  return Add(std::move(map));
}

}  // namespace steelyard
