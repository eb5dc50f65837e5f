// Interval reasoning over conditions on one value.
#include "engine/check/bands.h"

#include <algorithm>

#include "engine/check/check.h"

namespace steelyard {
namespace {

// Is there no number between the end of `a` and the start of `b`?
bool Touches(const Interval& a, const Interval& b) {
  if (!a.high || !b.low) return true;
  if (*b.low != *a.high) return *b.low < *a.high;
  return !(a.high_open && b.low_open);
}

void ExtendTo(Interval& a, const Interval& b) {
  if (!a.high) return;
  if (!b.high || *b.high > *a.high) {
    a.high = b.high;
    a.high_open = b.high_open;
  } else if (*b.high == *a.high) {
    a.high_open = a.high_open && b.high_open;
  }
}

Interval Overlap(const Interval& a, const Interval& b) {
  Interval both = BeginsBefore(a, b) ? b : a;
  both.high = a.high;
  both.high_open = a.high_open;
  if (!a.high || (b.high && *b.high < *a.high)) {
    both.high = b.high;
    both.high_open = b.high_open;
  } else if (b.high && *b.high == *a.high) {
    both.high_open = a.high_open || b.high_open;
  }
  return both;
}

bool IsSubject(const Model& model, TermId id, DefinitionId subject) {
  const Term& term = model.term(id);
  return term.kind == TermKind::kDefinition && term.definition == subject;
}

std::optional<IntervalSet> Comparison(const Model& model, const Term& term, DefinitionId subject) {
  const bool left = IsSubject(model, term.inputs[0], subject);
  const bool right = IsSubject(model, term.inputs[1], subject);
  if (left == right) return std::nullopt;
  const auto bound = ConstantValue(model, term.inputs[left ? 1 : 0]);
  if (!bound || !bound->is_number()) return std::nullopt;
  return ValuesWhere(left ? term.map : Mirrored(term.map), bound->number());
}

std::optional<IntervalSet> Membership(const Model& model, const Term& term, DefinitionId subject) {
  if (!IsSubject(model, term.inputs[0], subject)) return std::nullopt;
  IntervalSet set;
  for (size_t i = 1; i < term.inputs.size(); ++i) {
    const auto value = ConstantValue(model, term.inputs[i]);
    if (!value || !value->is_number()) return std::nullopt;
    set = Union(set, ValuesWhere(MapOp::kEqual, value->number()));
  }
  return set;
}

std::optional<IntervalSet> Logic(const Model& model, const Term& term, DefinitionId subject) {
  IntervalSet set = term.map == MapOp::kAnd ? Everything() : IntervalSet{};
  for (const TermId input : term.inputs) {
    const auto part = HoldsFor(model, input, subject);
    if (!part) return std::nullopt;
    set = term.map == MapOp::kAnd ? Intersection(set, *part) : Union(set, *part);
  }
  return set;
}

}  // namespace

IntervalSet ValuesWhere(MapOp op, const Number& bound) {
  switch (op) {
    case MapOp::kLess: return {{std::nullopt, bound, false, true}};
    case MapOp::kLessEqual: return {{std::nullopt, bound, false, false}};
    case MapOp::kGreater: return {{bound, std::nullopt, true, false}};
    case MapOp::kGreaterEqual: return {{bound, std::nullopt, false, false}};
    case MapOp::kEqual: return {{bound, bound, false, false}};
    default: return Complement({{bound, bound, false, false}});
  }
}

MapOp Mirrored(MapOp op) {
  switch (op) {
    case MapOp::kLess: return MapOp::kGreater;
    case MapOp::kLessEqual: return MapOp::kGreaterEqual;
    case MapOp::kGreater: return MapOp::kLess;
    case MapOp::kGreaterEqual: return MapOp::kLessEqual;
    default: return op;
  }
}

bool BeginsBefore(const Interval& a, const Interval& b) {
  if (!a.low || !b.low) return !a.low && b.low;
  if (*a.low != *b.low) return *a.low < *b.low;
  return !a.low_open && b.low_open;
}

bool Interval::empty() const {
  if (!low || !high) return false;
  return *low > *high || (*low == *high && (low_open || high_open));
}

IntervalSet Everything() { return {Interval{}}; }

IntervalSet Union(const IntervalSet& a, const IntervalSet& b) {
  IntervalSet all = a;
  all.insert(all.end(), b.begin(), b.end());
  std::sort(all.begin(), all.end(), BeginsBefore);
  IntervalSet merged;
  for (const Interval& interval : all) {
    if (interval.empty()) continue;
    if (!merged.empty() && Touches(merged.back(), interval)) {
      ExtendTo(merged.back(), interval);
    } else {
      merged.push_back(interval);
    }
  }
  return merged;
}

IntervalSet Intersection(const IntervalSet& a, const IntervalSet& b) {
  IntervalSet common;
  for (const Interval& x : a) {
    for (const Interval& y : b) {
      const Interval both = Overlap(x, y);
      if (!both.empty()) common.push_back(both);
    }
  }
  std::sort(common.begin(), common.end(), BeginsBefore);
  return common;
}

IntervalSet Complement(const IntervalSet& set) {
  IntervalSet rest;
  Interval gap;
  bool open_ended = true;
  for (const Interval& interval : set) {
    if (interval.low) {
      gap.high = interval.low;
      gap.high_open = !interval.low_open;
      if (!gap.empty()) rest.push_back(gap);
    }
    open_ended = interval.high.has_value();
    gap = Interval{};
    gap.low = interval.high;
    gap.low_open = !interval.high_open;
  }
  if (open_ended) rest.push_back(gap);
  return rest;
}

std::optional<IntervalSet> HoldsFor(const Model& model, TermId condition, DefinitionId subject) {
  const Term& term = model.term(condition);
  if (const auto constant = ConstantValue(model, condition)) {
    return constant->holds() ? Everything() : IntervalSet{};
  }
  if (term.kind != TermKind::kMap) return std::nullopt;
  switch (term.map) {
    case MapOp::kEqual:
    case MapOp::kNotEqual:
    case MapOp::kLess:
    case MapOp::kLessEqual:
    case MapOp::kGreater:
    case MapOp::kGreaterEqual: return Comparison(model, term, subject);
    case MapOp::kIn: return Membership(model, term, subject);
    case MapOp::kAnd:
    case MapOp::kOr: return Logic(model, term, subject);
    case MapOp::kNot: {
      const auto inner = HoldsFor(model, term.inputs[0], subject);
      if (!inner) return std::nullopt;
      return Complement(*inner);
    }
    default: return std::nullopt;
  }
}

std::string Describe(const Interval& interval, const Type& type) {
  const std::string unit = type.unit.plain() ? "" : " " + type.unit.ToString();
  const auto shown = [&](const Number& bound) {
    const Number value = bound / type.unit.Scale();
    if (type.form == NumberForm::kPercent) return FormatSignificant(value * Number(100)) + "%";
    return FormatSignificant(value) + unit;
  };
  if (!interval.low && !interval.high) return "any value";
  if (!interval.low) return (interval.high_open ? "< " : "<= ") + shown(*interval.high);
  if (!interval.high) return (interval.low_open ? "> " : ">= ") + shown(*interval.low);
  if (*interval.low == *interval.high) return "= " + shown(*interval.low);
  return shown(*interval.low) + (interval.low_open ? " < value" : " <= value") +
         (interval.high_open ? " < " : " <= ") + shown(*interval.high);
}

}  // namespace steelyard
