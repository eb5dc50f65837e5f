#include "engine/handbook/intervals.h"

#include "engine/check/check.h"

namespace steelyard {
namespace {

MapOp TurnedRound(MapOp op) {
  switch (op) {
    case MapOp::kLess: return MapOp::kGreater;
    case MapOp::kLessEqual: return MapOp::kGreaterEqual;
    case MapOp::kGreater: return MapOp::kLess;
    case MapOp::kGreaterEqual: return MapOp::kLessEqual;
    default: return op;
  }
}

std::optional<ValueInterval> Compared(MapOp op, const Number& level) {
  switch (op) {
    case MapOp::kLess: return ValueInterval{{}, level, false, false};
    case MapOp::kLessEqual: return ValueInterval{{}, level, false, true};
    case MapOp::kGreater: return ValueInterval{level, {}, false, false};
    case MapOp::kGreaterEqual: return ValueInterval{level, {}, true, false};
    case MapOp::kEqual: return ValueInterval{level, level, true, true};
    default: return std::nullopt;
  }
}

// The narrower of two lower (upper) ends.
void Narrow(ValueInterval& interval, const ValueInterval& by) {
  if (by.low &&
      (!interval.low || *by.low > *interval.low || (*by.low == *interval.low && !by.low_closed))) {
    interval.low = by.low;
    interval.low_closed = by.low_closed;
  }
  if (by.high && (!interval.high || *by.high < *interval.high ||
                  (*by.high == *interval.high && !by.high_closed))) {
    interval.high = by.high;
    interval.high_closed = by.high_closed;
  }
}

bool IsEmpty(const ValueInterval& interval) {
  if (!interval.low || !interval.high) return false;
  if (*interval.low != *interval.high) return *interval.low > *interval.high;
  return !interval.low_closed || !interval.high_closed;
}

// Does it begin (end) no later (earlier) than the other?
bool BeginsBefore(const ValueInterval& a, const ValueInterval& b) {
  if (!a.low || !b.low) return !a.low;
  return *a.low < *b.low || (*a.low == *b.low && (a.low_closed || !b.low_closed));
}
bool EndsAfter(const ValueInterval& a, const ValueInterval& b) {
  if (!a.high || !b.high) return !a.high;
  return *a.high > *b.high || (*a.high == *b.high && (a.high_closed || !b.high_closed));
}

}  // namespace

std::optional<ValueInterval> IntervalOf(const Model& model, TermId condition, DefinitionId value) {
  const Term& term = model.term(condition);
  if (term.kind != TermKind::kMap) return std::nullopt;
  if (term.map == MapOp::kAnd) {
    ValueInterval all;
    for (const TermId input : term.inputs) {
      const auto part = IntervalOf(model, input, value);
      if (!part) return std::nullopt;
      Narrow(all, *part);
    }
    return all;
  }
  if (term.inputs.size() != 2) return std::nullopt;
  const auto is_value = [&](TermId id) {
    const Term& side = model.term(id);
    return side.kind == TermKind::kDefinition && side.definition == value;
  };
  const bool left = is_value(term.inputs[0]);
  if (left == is_value(term.inputs[1])) return std::nullopt;
  const auto level = ConstantValue(model, term.inputs[left ? 1 : 0]);
  if (!level || !level->is_number()) return std::nullopt;
  return Compared(left ? term.map : TurnedRound(term.map), level->number());
}

std::optional<ValueInterval> Without(ValueInterval interval,
                                     const std::vector<ValueInterval>& before) {
  for (const ValueInterval& other : before) {
    ValueInterval common = interval;
    Narrow(common, other);
    if (IsEmpty(common)) continue;
    const bool from_below = BeginsBefore(other, interval);
    const bool to_above = EndsAfter(other, interval);
    if (from_below == to_above) return std::nullopt;
    if (from_below) {
      interval.low = other.high;
      interval.low_closed = !other.high_closed;
    } else {
      interval.high = other.low;
      interval.high_closed = !other.low_closed;
    }
  }
  return interval;
}

}  // namespace steelyard
