// One value of a program let vary: the stretch of values on which everything that is decided on the
// way to a result is decided in the same way.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "engine/check/bands.h"
#include "engine/exact/what_if.h"
#include "engine/explain/monotone.h"
#include "engine/explain/scene.h"

namespace steelyard {

struct Cell {
  NodeId node;
  size_t row = 0;
};

struct StretchAround {
  Interval values;    // ends may be decided otherwise
  bool known = true;  // false: something on the way cannot be followed (a root, a power, …)
};

class Stretches {
 public:
  // `varied` is a cell that holds a number; `result` what depends on it.
  Stretches(const Scene& scene, WhatIf& what_if, Cell varied, Cell result);

  // Sets the cell to x, leaves it so, and looks around.
  StretchAround Around(const Number& x);

 private:
  // A value on the stretch: the same everywhere, a function, or neither.
  struct Course {
    enum Kind : uint8_t { kSame, kFunction, kUnknown } kind = kSame;
    Monotone function;
  };

  void MarkDependent();
  bool IsElsewhere(NodeId id, size_t row) const;
  const Value& Now(NodeId node, size_t row) const { return what_if_.at(node, row); }
  Course Of(NodeId id, size_t row);
  Course Make(const Node& node, size_t row);
  std::vector<size_t> Counted(const Node& node, std::span<const int32_t> rows);
  Course Folded(const Node& node, std::span<const int32_t> rows);
  Course Folded(const Node& node, AggregateOp op, const std::vector<size_t>& rows);
  Course Ranked(const Node& node, size_t row);
  Course OverTime(const Node& node, size_t row);

  Course MakeMap(const Node& node, size_t row);
  Course OfParts(const Node& node, size_t row);
  Course Choice(const Node& node, size_t row);
  Course Arithmetic(const Node& node, size_t row);
  Course Compared(const Node& node, size_t row);
  Course Extreme(const Node& node, size_t row, int wanted);
  Course Clamped(const Node& node, size_t row);
  Course Curve(const Node& node, size_t row);
  Course Stepped(const Node& node, size_t row);
  Course Sum(const Course& a, const Number& value_a, const Course& b, const Number& value_b,
             int sign);
  Course Difference(NodeId a, NodeId b, size_t row);
  static Course Times(const Course& course, const Number& factor);
  Course Quotient(const Course& top, const Number& a, const Course& bottom, const Number& b);

  // The course is decided by being below, at or above a level.
  void Decide(const Course& course, const Number& level);
  Course Unknown() {
    around_.known = false;
    return {Course::kUnknown, {}};
  }

  const Scene& scene_;
  WhatIf& what_if_;
  Cell varied_;
  Cell result_;
  std::vector<bool> dependent_;  // by node: does it hang on the varied cell's
  std::vector<bool> crossing_;   // also for other subjects
  Number x_;
  StretchAround around_;
  std::map<std::pair<int32_t, size_t>, Course> known_;
};

}  // namespace steelyard
