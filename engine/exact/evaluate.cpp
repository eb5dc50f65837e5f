// One node at a time, in order.
#include <algorithm>
#include <map>

#include "engine/base/check.h"
#include "engine/column/cell.h"
#include "engine/exact/aggregate.h"
#include "engine/exact/evaluator.h"
#include "engine/exact/share_out.h"
#include "engine/program/prune.h"

namespace steelyard {
namespace {

// A text by which equal keys are equal; keys that are missing make no group.
bool AppendKey(const Value& value, std::string& key) {
  if (value.missing()) return false;
  std::string text;
  if (value.is_number()) {
    text = value.number().ToFraction();
  } else if (value.is_text()) {
    text = value.text();
  } else if (value.is_bool()) {
    text = value.truth() ? "t" : "f";
  } else if (value.is_date()) {
    text = std::to_string(value.date().days);
  } else if (value.is_datetime()) {
    text = std::to_string(value.datetime().micros);
  } else {
    text = value.period().ToString();
  }
  key += std::to_string(text.size()) + ":" + text;
  return true;
}

}  // namespace

Evaluation Evaluator::Run(bool keep_all) {
  result_.columns.resize(program_.nodes.size());
  CountUses();
  for (size_t i = 0; i < program_.nodes.size(); ++i) {
    if (uses_[i] == 0) continue;
    node_ = static_cast<int32_t>(i);
    const Node& node = program_.nodes[i];
    result_.columns[i] = Compute(node);
    if (!keep_all) Release(node);
  }
  return std::move(result_);
}

void Evaluator::CountUses() {
  uses_.assign(program_.nodes.size(), 0);
  for (const NodeId output : Outputs(program_)) ++uses_[output.index()];
  for (size_t i = program_.nodes.size(); i-- > 0;) {
    if (uses_[i] == 0) continue;
    for (const NodeId read : Reads(program_.nodes[i])) ++uses_[read.index()];
  }
}

void Evaluator::Release(const Node& node) {
  for (const NodeId read : Reads(node)) {
    if (--uses_[read.index()] == 0) {
      result_.columns[read.index()] = std::vector<Value>();
    }
  }
}

const Value& Evaluator::At(NodeId id, size_t row) const {
  if (source_ != nullptr) return source_->Cell(id, row);
  if (changes_ != nullptr) {
    if (const Value* changed = changes_->Find(id, row)) return *changed;
  }
  return columns_->at(id, row);
}

// A missing value that arises here says where.
Value Evaluator::Marked(Value value, size_t row) const {
  if (!value.missing() || value.why().node >= 0) return value;
  Missing why = value.why();
  why.node = node_;
  why.row = static_cast<int32_t>(row);
  return why;
}

std::vector<Value> Evaluator::ComputeColumn(NodeId id) {
  node_ = id.value;
  return Compute(program_.node(id));
}

Value Evaluator::ComputeCell(NodeId id, size_t row) {
  node_ = id.value;
  return ComputeRow(program_.node(id), row);
}

std::vector<Value> Evaluator::Compute(const Node& node) {
  switch (node.kind) {
    case NodeKind::kConstant: return {Marked(node.constant, 0)};
    case NodeKind::kInput: return Input(node);
    case NodeKind::kRun: return RunFigures(node);
    case NodeKind::kMap: return Map(node);
    case NodeKind::kGather: return Gather(node);
    case NodeKind::kReduce: return Reduce(node);
    case NodeKind::kFrame: break;
  }
  switch (node.frame) {
    case FrameKind::kRank: return Rank(node);
    case FrameKind::kTime: return Time(node);
    case FrameKind::kAmong: return Among(node);
  }
  STEELYARD_CHECK(false);
  return {};
}

std::vector<Value> Evaluator::Input(const Node& node) {
  if (!node.column.valid()) return StandIn(node);
  const Column& column = tables_.at(node.column.table).columns[node.column.index()];
  std::vector<Value> values(links_.Rows(node.table));
  STEELYARD_CHECK(column.size() == values.size());
  for (size_t row = 0; row < values.size(); ++row) values[row] = Marked(CellAt(column, row), row);
  return values;
}

std::vector<Value> Evaluator::StandIn(const Node& node) {
  std::vector<Value> values = frame_.stand_ins[static_cast<size_t>(node.n)];
  STEELYARD_CHECK(values.size() == links_.Rows(node.table));
  for (size_t row = 0; row < values.size(); ++row) values[row] = Marked(values[row], row);
  return values;
}

std::vector<Value> Evaluator::RunFigures(const Node& node) {
  std::vector<Value> values;
  for (size_t i = 0; i < links_.Rows(node.table); ++i) {
    switch (node.run) {
      case RunFigure::kAsOf: values.emplace_back(frame_.as_of[i]); break;
      case RunFigure::kPeriodStart: values.emplace_back(frame_.periods[i].start()); break;
      case RunFigure::kPeriodEnd: values.emplace_back(frame_.periods[i].end()); break;
      case RunFigure::kPeriod: values.emplace_back(frame_.periods[i]); break;
    }
  }
  return values;
}

std::vector<Value> Evaluator::Map(const Node& node) {
  std::vector<Value> values(links_.Rows(node.table));
  for (size_t row = 0; row < values.size(); ++row) values[row] = MapRow(node, row);
  return values;
}

Value Evaluator::MapRow(const Node& node, size_t row) {
  operands_.resize(node.inputs.size());
  for (size_t i = 0; i < operands_.size(); ++i) operands_[i] = At(node.inputs[i], row);
  return Marked(ApplyMap(node.map, operands_), row);
}

std::vector<Value> Evaluator::Gather(const Node& node) {
  const auto& link = links_.Link(node.table, program_.node(node.inputs[0]).table);
  std::vector<Value> values(link.size());
  for (size_t row = 0; row < link.size(); ++row) values[row] = GatherRow(node, row, link[row]);
  return values;
}

Value Evaluator::GatherRow(const Node& node, size_t row, int32_t from) const {
  return from == kNoRow ? Marked(MissingCause::kNoParent, row)
                        : At(node.inputs[0], static_cast<size_t>(from));
}

// --- folding ----------------------------------------------------------------------------------

bool Evaluator::Counts(const Node& node, size_t row) const {
  return !node.condition.valid() || At(node.condition, row).holds();
}

void Evaluator::AppendRow(const Node& node, size_t row, Series& series) const {
  series.x.push_back(&At(node.inputs[0], row));
  if (node.inputs.size() > 1) series.y.push_back(&At(node.inputs[1], row));
}

Value Evaluator::FoldRows(const Node& node, std::vector<int32_t> rows, size_t here) {
  if (node.aggregate == AggregateOp::kFirst || node.aggregate == AggregateOp::kLast) {
    SortByTime(node.source, rows);
  }
  Series series;
  for (const int32_t row : rows) {
    if (Counts(node, static_cast<size_t>(row))) {
      AppendRow(node, static_cast<size_t>(row), series);
    }
  }
  static const Value kNothing;
  return Marked(Fold(node.aggregate, series, node.extra.valid() ? At(node.extra, here) : kNothing),
                here);
}

// first and last follow the time of the rows, where they have one.
void Evaluator::SortByTime(Grain source, std::vector<int32_t>& rows) const {
  if (!source.table.valid() || source.periodic) return;
  const int32_t time = program_.schema->table(source.table).time;
  if (time < 0) return;
  const Column& column = tables_.at(source.table).columns[static_cast<size_t>(time)];
  std::stable_sort(rows.begin(), rows.end(), [&](int32_t a, int32_t b) {
    const Value left = CellAt(column, static_cast<size_t>(a));
    const Value right = CellAt(column, static_cast<size_t>(b));
    if (left.missing() || right.missing()) return left.missing() && !right.missing();
    return CompareValues(left, right) < 0;
  });
}

std::vector<Value> Evaluator::Reduce(const Node& node) {
  const auto& members = links_.Members(node.source, node.table);
  std::vector<Value> values(members.size());
  for (size_t row = 0; row < members.size(); ++row) {
    values[row] = FoldRows(node, Rows(members[row].begin(), members[row].end()), row);
  }
  return values;
}

// --- across rows ------------------------------------------------------------------------------

// The group a row is in, by keys and period; empty where a key is missing.
std::optional<std::string> Evaluator::GroupOf(const std::vector<NodeId>& keys, Grain table,
                                              size_t row, bool by_period) {
  std::string key;
  for (const NodeId id : keys) {
    if (!AppendKey(At(id, row), key)) return std::nullopt;
  }
  if (by_period) {
    const int32_t period = links_.Link(table, Grain{TableId::None(), true})[row];
    if (period == kNoRow) return std::nullopt;
    key += "@" + std::to_string(period);
  }
  return key;
}

bool Evaluator::InPeriods(Grain table) const {
  return program_.schema->period && (table.periodic || IsDated(*program_.schema, table.table));
}

std::map<std::string, std::vector<int32_t>> Evaluator::Groups(const Node& node, bool by_period) {
  std::map<std::string, std::vector<int32_t>> groups;
  const size_t rows = links_.Rows(node.source);
  for (size_t row = 0; row < rows; ++row) {
    if (!Counts(node, row)) continue;
    const auto key = GroupOf(node.keys, node.source, row, by_period);
    if (key) groups[*key].push_back(static_cast<int32_t>(row));
  }
  return groups;
}

std::vector<Value> Evaluator::Among(const Node& node) {
  const bool by_period = !node.all_periods && InPeriods(node.source);
  const auto groups = Groups(node, by_period);
  std::map<std::string, Value> folded;
  std::vector<Value> values(links_.Rows(node.table));
  for (size_t row = 0; row < values.size(); ++row) {
    const auto key = GroupOf(node.here_keys, node.table, row, by_period);
    if (!key) {
      values[row] = Marked(MissingCause::kNoRows, row);
      continue;
    }
    // A percentile may differ from row to row; anything else is folded once a group.
    if (const auto known = folded.find(*key); known != folded.end() && !node.extra.valid()) {
      values[row] = known->second;
      continue;
    }
    const auto group = groups.find(*key);
    values[row] =
        FoldRows(node, group == groups.end() ? std::vector<int32_t>() : group->second, row);
    folded[*key] = values[row];
  }
  return values;
}

std::vector<const Value*> Evaluator::Cells(NodeId id, const std::vector<int32_t>& rows) const {
  std::vector<const Value*> cells;
  for (const int32_t row : rows) cells.push_back(&At(id, static_cast<size_t>(row)));
  return cells;
}

// So that a result does not hang on the order in which a file happens to be written.
void Evaluator::SortByKey(Grain grain, std::vector<int32_t>& rows) const {
  const size_t each = grain.periodic ? links_.period_count() : 1;
  const Table& table = tables_.at(grain.table);
  const auto before = [&](int32_t a, int32_t b) {
    for (const int32_t key : program_.schema->table(grain.table).key) {
      const Column& column = table.columns[static_cast<size_t>(key)];
      const Value left = CellAt(column, static_cast<size_t>(a) / each);
      const Value right = CellAt(column, static_cast<size_t>(b) / each);
      if (left.missing() || right.missing()) continue;
      if (const int order = CompareValues(left, right); order != 0) return order < 0;
    }
    return a < b;
  };
  std::stable_sort(rows.begin(), rows.end(), before);
}

std::vector<Value> Evaluator::Rank(const Node& node) {
  std::vector<Value> values(links_.Rows(node.table));
  for (size_t row = 0; row < values.size(); ++row) {
    values[row] = Marked(MissingCause::kNoRows, row);
  }
  for (auto& [key, rows] : Groups(node, !node.all_periods && InPeriods(node.source))) {
    const bool shared = node.rank == RankOp::kShareOut;
    if (shared) SortByKey(node.table, rows);
    const std::vector<const Value*> x = Cells(node.inputs[0], rows);
    const std::vector<Value> ranks =
        shared ? ShareOut(x, Cells(node.inputs[1], rows)) : RankAll(node.rank, x);
    for (size_t i = 0; i < rows.size(); ++i) {
      const auto row = static_cast<size_t>(rows[i]);
      values[row] = Marked(ranks[i], row);
    }
  }
  return values;
}

// --- over time --------------------------------------------------------------------------------

std::vector<Value> Evaluator::Time(const Node& node) {
  const size_t periods = links_.period_count();
  std::vector<Value> values(links_.Rows(node.table));
  for (size_t row = 0; row < values.size(); ++row) values[row] = TimeRow(node, row, periods);
  return values;
}

Value Evaluator::TimeRow(const Node& node, size_t row, size_t periods) {
  const size_t now = row % periods;
  return Marked(TimeValue(node, row - now, now), row);
}

// The rows of one subject begin at `first`, one a period; `now` is the period looked from.
Value Evaluator::TimeValue(const Node& node, size_t first, size_t now) {
  const NodeId x = node.inputs[0];
  const auto n = static_cast<size_t>(node.n);
  switch (node.time) {
    case TimeOp::kPrevious:
      return now < n ? Value(MissingCause::kNoPeriod) : At(x, first + now - n);
    case TimeOp::kStreak: return Streak(x, first, now);
    case TimeOp::kTrailingSum: return Trailing(AggregateOp::kSum, x, first, now, n);
    case TimeOp::kTrailingAvg: return Trailing(AggregateOp::kAvg, x, first, now, n);
    case TimeOp::kTrailingMin: return Trailing(AggregateOp::kMin, x, first, now, n);
    case TimeOp::kTrailingMax: return Trailing(AggregateOp::kMax, x, first, now, n);
    case TimeOp::kYearToDate: return YearToDate(x, first, now);
    case TimeOp::kCarry: return Carry(x, first, now);
  }
  STEELYARD_CHECK(false);
  return {};
}

Value Evaluator::Streak(NodeId x, size_t first, size_t now) {
  int64_t count = 0;
  for (size_t period = now + 1; period-- > 0;) {
    if (!At(x, first + period).holds()) break;
    ++count;
  }
  return Number(count);
}

Value Evaluator::FoldPeriods(AggregateOp op, NodeId x, size_t begin, size_t end) {
  Series series;
  for (size_t row = begin; row <= end; ++row) series.x.push_back(&At(x, row));
  return Fold(op, series, Value());
}

Value Evaluator::Trailing(AggregateOp op, NodeId x, size_t first, size_t now, size_t n) {
  if (now + 1 < n) return MissingCause::kNoPeriod;
  return FoldPeriods(op, x, first + now + 1 - n, first + now);
}

Value Evaluator::YearToDate(NodeId x, size_t first, size_t now) {
  const int year = frame_.periods[now].end().year();
  size_t begin = now;
  while (begin > 0 && frame_.periods[begin - 1].end().year() == year) --begin;
  return FoldPeriods(AggregateOp::kSum, x, first + begin, first + now);
}

Value Evaluator::Carry(NodeId x, size_t first, size_t now) {
  for (size_t period = now + 1; period-- > 0;) {
    if (!At(x, first + period).missing()) return At(x, first + period);
  }
  return At(x, first + now);
}

Evaluation Evaluate(const Program& program, const Tables& tables, const RunFrame& frame,
                    bool keep_all) {
  return Evaluator(program, tables, frame).Run(keep_all);
}

}  // namespace steelyard
