// The program is followed backwards from the result, with the values that it has now; each
// comparison on the way bounds the stretch.
#include "engine/explain/stretch.h"

#include <algorithm>
#include <functional>

namespace steelyard {
namespace {

bool IsCrossing(const Node& node) {
  return node.kind == NodeKind::kReduce ||
         (node.kind == NodeKind::kFrame && node.frame != FrameKind::kTime);
}

}  // namespace

Stretches::Stretches(const Scene& scene, WhatIf& what_if, Cell varied, Cell result)
    : scene_(scene), what_if_(what_if), varied_(varied), result_(result) {
  MarkDependent();
}

void Stretches::MarkDependent() {
  const Program& program = scene_.program;
  dependent_.assign(program.nodes.size(), false);
  crossing_.assign(program.nodes.size(), false);
  dependent_[varied_.node.index()] = true;
  crossing_[varied_.node.index()] = program.node(varied_.node).table.table != program.subject.table;
  for (size_t i = varied_.node.index() + 1; i < program.nodes.size(); ++i) {
    for (const NodeId read : Reads(program.nodes[i])) {
      if (!dependent_[read.index()]) continue;
      dependent_[i] = true;
      crossing_[i] = crossing_[i] || crossing_[read.index()] || IsCrossing(program.nodes[i]);
    }
  }
}

StretchAround Stretches::Around(const Number& x) {
  what_if_.Set(varied_.node, varied_.row, x);
  x_ = x;
  around_ = {};
  known_.clear();
  Of(result_.node, result_.row);
  return around_;
}

void Stretches::Decide(const Course& course, const Number& level) {
  if (course.kind != Course::kFunction) return;
  around_.values = [&] {
    const Interval side = SameSide(course.function, level, x_);
    const IntervalSet both = Intersection({around_.values}, {side});
    return both.empty() ? Interval{x_, x_, false, false} : both.front();
  }();
}

// Another subject's cells do not hang on this one's, unless something looks across subjects.
bool Stretches::IsElsewhere(NodeId id, size_t row) const {
  const Grain table = scene_.program.node(id).table;
  if (crossing_[id.index()] || table.table != scene_.program.subject.table) return false;
  const auto subject = [&](Grain grain, size_t at) {
    return grain.periodic ? at / scene_.frame.periods.size() : at;
  };
  return subject(table, row) != subject(scene_.program.node(varied_.node).table, varied_.row);
}

Stretches::Course Stretches::Of(NodeId id, size_t row) {
  if (!dependent_[id.index()]) return {};
  const Node& node = scene_.program.node(id);
  if (!node.table.table.valid() && !node.table.periodic) row = 0;
  if (id == varied_.node) {
    return row == varied_.row ? Course{Course::kFunction, Monotone::Itself()} : Course{};
  }
  if (IsElsewhere(id, row)) return {};
  const auto key = std::pair(id.value, row);
  if (const auto found = known_.find(key); found != known_.end()) return found->second;
  const Course course = Make(node, row);
  known_.emplace(key, course);
  return course;
}

Stretches::Course Stretches::Make(const Node& node, size_t row) {
  switch (node.kind) {
    case NodeKind::kMap: return MakeMap(node, row);
    case NodeKind::kGather: {
      const Grain from = scene_.program.node(node.inputs[0]).table;
      const int32_t up = scene_.links.Link(node.table, from)[row];
      return up == kNoRow ? Course{} : Of(node.inputs[0], static_cast<size_t>(up));
    }
    case NodeKind::kReduce: return Folded(node, scene_.links.Members(node.source, node.table)[row]);
    case NodeKind::kFrame: break;
    default: return {};
  }
  for (const NodeId key : node.keys) {
    if (dependent_[key.index()]) return Unknown();
  }
  switch (node.frame) {
    case FrameKind::kRank: return Ranked(node, row);
    case FrameKind::kTime: return OverTime(node, row);
    case FrameKind::kAmong: return Folded(node, PeersOf(scene_, node, row));
  }
  return {};
}

// --- many rows ----------------------------------------------------------------------------------

// The rows that count. What is looked at on the way is decided.
std::vector<size_t> Stretches::Counted(const Node& node, std::span<const int32_t> rows) {
  std::vector<size_t> counted;
  for (const int32_t member : rows) {
    const auto row = static_cast<size_t>(member);
    if (node.condition.valid()) {
      if (Of(node.condition, row).kind == Course::kUnknown) Unknown();
      if (!what_if_.at(node.condition, row).holds()) continue;
    }
    counted.push_back(row);
  }
  return counted;
}

Stretches::Course Stretches::Folded(const Node& node, std::span<const int32_t> rows) {
  return Folded(node, node.aggregate, Counted(node, rows));
}

Stretches::Course Stretches::Folded(const Node& node, AggregateOp op,
                                    const std::vector<size_t>& rows) {
  Course sum;
  Number value;
  int64_t present = 0;
  bool same = true;
  for (const size_t row : rows) {
    const Course course = Of(node.inputs[0], row);
    same = same && course.kind == Course::kSame;
    const Value& now = Now(node.inputs[0], row);
    if (!now.is_number()) continue;
    ++present;
    sum = Sum(sum, value, course, now.number(), 1);
    value += now.number();
  }
  for (size_t i = 1; i < node.inputs.size(); ++i) {
    for (const size_t row : rows) same = same && Of(node.inputs[i], row).kind == Course::kSame;
  }
  if (same || op == AggregateOp::kCount) return {};
  if (op == AggregateOp::kSum) return sum;
  if (op != AggregateOp::kAvg || sum.kind != Course::kFunction) return Unknown();
  const Number share = Number(1) / Number(present);
  sum.function.factor = sum.function.factor * share;
  sum.function.offset = sum.function.offset * share;
  return sum;
}

Stretches::Course Stretches::Ranked(const Node& node, size_t row) {
  const std::vector<size_t> rows = Counted(node, PeersOf(scene_, node, row));
  Course self;
  bool others_same = true;
  bool counted = false;
  MonotoneStage place;
  place.kind = StageKind::kRank;
  for (const size_t peer : rows) {
    const Course course = Of(node.inputs[0], peer);
    if (peer == row) {
      self = course;
      counted = true;
      continue;
    }
    others_same = others_same && course.kind == Course::kSame;
    const Value& now = Now(node.inputs[0], peer);
    if (now.is_number()) place.peers.push_back(now.number());
  }
  if (!counted || (self.kind == Course::kSame && others_same)) return {};
  if (!others_same || self.kind == Course::kUnknown || node.rank != RankOp::kRank) return Unknown();
  std::sort(place.peers.begin(), place.peers.end(), std::greater<>());
  return {Course::kFunction, Then(self.function, std::move(place))};
}

Stretches::Course Stretches::OverTime(const Node& node, size_t row) {
  const size_t now = row % scene_.frame.periods.size();
  const auto n = static_cast<size_t>(std::max(node.n, 0));
  const NodeId x = node.inputs[0];
  if (node.time == TimeOp::kPrevious) return now < n ? Course{} : Of(x, row - n);
  if (node.time == TimeOp::kCarry) {
    for (size_t back = 0; back <= now; ++back) {
      const Course course = Of(x, row - back);
      if (!Now(x, row - back).missing()) return course;
    }
    return {};
  }
  std::vector<size_t> rows;
  for (size_t back = 0; back <= now; ++back) {
    const bool trailing = node.time != TimeOp::kStreak && node.time != TimeOp::kYearToDate;
    const auto year = [&](size_t at) { return scene_.frame.periods[at].end().year(); };
    if (trailing && back >= n) break;
    if (node.time == TimeOp::kYearToDate && year(now - back) != year(now)) break;
    rows.push_back(row - back);
  }
  switch (node.time) {
    case TimeOp::kTrailingSum:
    case TimeOp::kYearToDate: return Folded(node, AggregateOp::kSum, rows);
    case TimeOp::kTrailingAvg: return Folded(node, AggregateOp::kAvg, rows);
    default: return Folded(node, AggregateOp::kMax, rows);  // known only where nothing varies
  }
}

// --- row by row ---------------------------------------------------------------------------------

Stretches::Course Stretches::Sum(const Course& a, const Number& value_a, const Course& b,
                                 const Number& value_b, int sign) {
  if (a.kind == Course::kUnknown || b.kind == Course::kUnknown) return Unknown();
  const Number side(sign);
  if (b.kind == Course::kSame) {
    Course sum = a;
    if (a.kind == Course::kFunction) sum.function.offset += side * value_b;
    return sum;
  }
  Course sum = b;
  sum.function.factor = side * b.function.factor;
  sum.function.offset = side * b.function.offset;
  if (a.kind == Course::kSame) {
    sum.function.offset += value_a;
    return sum;
  }
  if (*a.function.chain != *b.function.chain) return Unknown();
  sum.function.factor += a.function.factor;
  sum.function.offset += a.function.offset;
  return sum.function.factor.IsZero() ? Course{} : sum;
}

Stretches::Course Stretches::Difference(NodeId a, NodeId b, size_t row) {
  const Course left = Of(a, row);
  const Course right = Of(b, row);
  const Value& value_a = Now(a, row);
  const Value& value_b = Now(b, row);
  if (left.kind == Course::kUnknown || right.kind == Course::kUnknown) return Unknown();
  if (!value_a.is_number() || !value_b.is_number()) return {};
  return Sum(left, value_a.number(), right, value_b.number(), -1);
}

Stretches::Course Stretches::MakeMap(const Node& node, size_t row) {
  switch (node.map) {
    case MapOp::kIf:
    case MapOp::kIfTrue:
    case MapOp::kCoalesce:
    case MapOp::kGiven: return Choice(node, row);
    case MapOp::kAdd:
    case MapOp::kSubtract:
    case MapOp::kNegate:
    case MapOp::kMultiply:
    case MapOp::kDivide:
    case MapOp::kSafeDivide:
    case MapOp::kAbs: return Arithmetic(node, row);
    case MapOp::kEqual:
    case MapOp::kNotEqual:
    case MapOp::kLess:
    case MapOp::kLessEqual:
    case MapOp::kGreater:
    case MapOp::kGreaterEqual:
    case MapOp::kIn: return Compared(node, row);
    case MapOp::kMin: return Extreme(node, row, -1);
    case MapOp::kMax: return Extreme(node, row, 1);
    case MapOp::kClamp: return Clamped(node, row);
    case MapOp::kLinear:
    case MapOp::kLinearExtend: return Curve(node, row);
    case MapOp::kRound:
    case MapOp::kFloor:
    case MapOp::kCeil: return Stepped(node, row);
    default: return OfParts(node, row);
  }
}

// What is the same where its parts are, and cannot be followed otherwise.
Stretches::Course Stretches::OfParts(const Node& node, size_t row) {
  bool same = true;
  for (const NodeId input : node.inputs) same = Of(input, row).kind == Course::kSame && same;
  // Of a number only whether it is there: that was decided where it was made.
  if (same || node.map == MapOp::kIsMissing) return {};
  return Unknown();
}

Stretches::Course Stretches::Choice(const Node& node, size_t row) {
  if (node.map == MapOp::kCoalesce) {
    for (const NodeId input : node.inputs) {
      const Course course = Of(input, row);
      if (!Now(input, row).missing()) return course;
    }
    return {};
  }
  if (Of(node.inputs[0], row).kind == Course::kUnknown) Unknown();
  const Value& condition = Now(node.inputs[0], row);
  if (node.map == MapOp::kGiven) return condition.missing() ? Course{} : Of(node.inputs[1], row);
  if (condition.holds()) return Of(node.inputs[1], row);
  if (condition.missing() && node.map == MapOp::kIf) return {};
  return Of(node.inputs[2], row);
}

Stretches::Course Stretches::Arithmetic(const Node& node, size_t row) {
  const Course left = Of(node.inputs[0], row);
  const Value& a = Now(node.inputs[0], row);
  if (node.map == MapOp::kNegate || node.map == MapOp::kAbs) {
    if (!a.is_number()) return left.kind == Course::kUnknown ? Unknown() : Course{};
    if (node.map == MapOp::kAbs) Decide(left, Number());
    const bool turned = node.map == MapOp::kNegate || a.number().Sign() < 0;
    return turned ? Sum({}, Number(), left, a.number(), -1) : left;
  }
  const Course right = Of(node.inputs[1], row);
  const Value& b = Now(node.inputs[1], row);
  if (left.kind == Course::kUnknown || right.kind == Course::kUnknown) return Unknown();
  if (!a.is_number() || !b.is_number()) return {};
  switch (node.map) {
    case MapOp::kAdd: return Sum(left, a.number(), right, b.number(), 1);
    case MapOp::kSubtract: return Sum(left, a.number(), right, b.number(), -1);
    case MapOp::kMultiply:
      if (left.kind == Course::kSame) return Times(right, a.number());
      return right.kind == Course::kSame ? Times(left, b.number()) : Unknown();
    default: break;
  }
  Decide(right, Number());
  if (b.number().IsZero()) {
    return node.map == MapOp::kSafeDivide ? Of(node.inputs[2], row) : Course{};
  }
  return Quotient(left, a.number(), right, b.number());
}

Stretches::Course Stretches::Times(const Course& course, const Number& factor) {
  if (course.kind != Course::kFunction || factor.IsZero()) return {};
  Course product = course;
  product.function.factor = product.function.factor * factor;
  product.function.offset = product.function.offset * factor;
  return product;
}

Stretches::Course Stretches::Quotient(const Course& top, const Number& a, const Course& bottom,
                                      const Number& b) {
  if (bottom.kind == Course::kSame) return Times(top, Number(1) / b);
  const Monotone& f = bottom.function;
  std::optional<Monotone> quotient;
  if (top.kind == Course::kSame) {
    quotient = QuotientOf(f, Number(), a, Number(1), Number());
  } else if (*top.function.chain == *f.chain) {
    const Monotone base{f.chain, Number(1), Number()};
    quotient = QuotientOf(base, top.function.factor, top.function.offset, f.factor, f.offset);
  } else {
    return Unknown();
  }
  return quotient ? Course{Course::kFunction, *quotient} : Course{};
}

// The operands as they compare with the first: that is what decides.
Stretches::Course Stretches::Compared(const Node& node, size_t row) {
  for (size_t i = 1; i < node.inputs.size(); ++i) {
    const Course difference = Difference(node.inputs[0], node.inputs[i], row);
    if (difference.kind == Course::kUnknown) return difference;
    Decide(difference, Number());
  }
  return {};
}

Stretches::Course Stretches::Extreme(const Node& node, size_t row, int wanted) {
  bool unknown = false;
  for (const NodeId input : node.inputs) {
    unknown = Of(input, row).kind == Course::kUnknown || unknown;
  }
  if (unknown) return Unknown();
  NodeId best = node.inputs[0];
  for (const NodeId input : node.inputs) {
    if (Now(input, row).missing()) return {};
    if (CompareValues(Now(input, row), Now(best, row)) * wanted > 0) best = input;
  }
  for (const NodeId input : node.inputs) {
    if (input != best) Decide(Difference(best, input, row), Number());
  }
  return Of(best, row);
}

Stretches::Course Stretches::Clamped(const Node& node, size_t row) {
  for (const NodeId input : node.inputs) {
    if (Of(input, row).kind == Course::kUnknown) return Unknown();
  }
  for (const NodeId input : node.inputs) {
    if (Now(input, row).missing()) return {};
  }
  const Value& x = Now(node.inputs[0], row);
  for (const size_t limit : {1, 2}) {
    Decide(Difference(node.inputs[0], node.inputs[limit], row), Number());
  }
  if (CompareValues(x, Now(node.inputs[1], row)) < 0) return Of(node.inputs[1], row);
  if (CompareValues(x, Now(node.inputs[2], row)) > 0) return Of(node.inputs[2], row);
  return Of(node.inputs[0], row);
}

// Constant corners: on the stretch x stays between two of them.
Stretches::Course Stretches::Curve(const Node& node, size_t row) {
  const Course x = Of(node.inputs[0], row);
  for (size_t i = 1; i < node.inputs.size(); ++i) {
    if (Of(node.inputs[i], row).kind != Course::kSame) return Unknown();
  }
  if (x.kind != Course::kFunction) return x;
  const Number& now = Now(node.inputs[0], row).number();
  const size_t corners = (node.inputs.size() - 1) / 2;
  const auto at = [&](size_t i) { return Now(node.inputs[2 * i + 1], row).number(); };
  const auto points = [&](size_t i) { return Now(node.inputs[2 * i + 2], row).number(); };
  for (size_t i = 0; i < corners; ++i) Decide(x, at(i));
  const bool extend = node.map == MapOp::kLinearExtend && corners > 1;
  if (!extend && (now <= at(0) || now >= at(corners - 1))) return {};
  size_t next = 1;
  while (next + 1 < corners && now > at(next)) ++next;
  const Number slope = (points(next) - points(next - 1)) / (at(next) - at(next - 1));
  const Course line = Times(x, slope);
  if (line.kind != Course::kFunction) return {};
  return Sum(line, Number(), {}, points(next - 1) - slope * at(next - 1), 1);
}

Stretches::Course Stretches::Stepped(const Node& node, size_t row) {
  const Course x = Of(node.inputs[0], row);
  MonotoneStage step;
  step.kind = node.map == MapOp::kFloor  ? StageKind::kFloor
              : node.map == MapOp::kCeil ? StageKind::kCeil
                                         : StageKind::kRound;
  if (node.inputs.size() > 1) {
    if (Of(node.inputs[1], row).kind != Course::kSame) return Unknown();
    const Value& places = Now(node.inputs[1], row);
    const auto whole = places.is_number() ? places.number().ToInt64() : std::nullopt;
    if (!whole || *whole < -30 || *whole > 30) return OfParts(node, row);
    step.places = static_cast<int>(*whole);
  }
  if (x.kind != Course::kFunction) return x;
  return {Course::kFunction, Then(x.function, std::move(step))};
}

}  // namespace steelyard
