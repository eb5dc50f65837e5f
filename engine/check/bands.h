// Which values the bands of a score take: intervals of exact numbers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/number.h"
#include "engine/check/model.h"

namespace steelyard {

// Numbers from `low` to `high`; without an end: no limit on that side.
struct Interval {
  std::optional<Number> low;
  std::optional<Number> high;
  bool low_open = false;  // `low` itself is outside
  bool high_open = false;
  bool empty() const;
};

// Does `a` begin below `b`?
bool BeginsBefore(const Interval& a, const Interval& b);

// A union of intervals, rising, apart from each other.
using IntervalSet = std::vector<Interval>;

IntervalSet Everything();
IntervalSet Union(const IntervalSet& a, const IntervalSet& b);
IntervalSet Intersection(const IntervalSet& a, const IntervalSet& b);
IntervalSet Complement(const IntervalSet& set);
// The numbers x for which the comparison `x op bound` holds.
IntervalSet ValuesWhere(MapOp op, const Number& bound);
// The comparison with its sides changed: `a < b` is `b > a`.
MapOp Mirrored(MapOp op);

// The values of definition `subject` for which `condition` holds; empty where the condition depends
// on anything else.
std::optional<IntervalSet> HoldsFor(const Model& model, TermId condition, DefinitionId subject);

// `>= 72 h`, `50 < … < 60`, in the unit of `type`.
std::string Describe(const Interval& interval, const Type& type);

}  // namespace steelyard
