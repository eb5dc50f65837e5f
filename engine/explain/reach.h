// What would change the grade: for one indicator alone, the nearest value with which the next grade
// is reached. Found exactly: between the places where something on the way to the grade is decided
// otherwise, the grade is one and the same.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/explain/stretch.h"

namespace steelyard {

enum class ReachStatus : uint8_t {
  kReached,
  kCannot,       // no value does it
  kNotCounted,   // it has no part in the score of this subject on this day
  kNotFollowed,  // texts, dates, or too much on the way: not all values could be tried
};

// The result with some value of the indicator.
struct Outlook {
  Value value;   // of the indicator
  Value points;  // missing where it has none
  Value score;
  std::string grade;
};

struct Reach {
  size_t indicator = 0;  // of Model::indicators
  ReachStatus status = ReachStatus::kCannot;
  Outlook to;           // kReached: with `value`, or just beyond it
  bool beyond = false;  // `value` itself does not reach it, everything close behind it does
  int direction = 0;    // 1 where the value must rise, −1 where it must fall; 0: no numbers
  bool about = false;   // the value is rounded: what lies on the way has no exact inverse
  std::optional<Value> whole;   // for counts: the nearest whole number that reaches it
  std::optional<Outlook> best;  // kCannot: the highest score it can bring about
  std::optional<Outlook> full;  // kCannot: with all the points that it can earn
  std::vector<size_t> vetoes;   // kCannot: that hold all the same, with `best`
};

struct ReachRequest {
  size_t row = 0;             // of the program's table of subjects
  std::string grade;          // as it is
  std::vector<bool> reached;  // by grade of the model: is it what is asked for, or better
};

// `allowed`: values that the indicator can have at all.
Reach FindReach(const Scene& scene, WhatIf& what_if, size_t indicator, const ReachRequest& request,
                const Interval& allowed);

}  // namespace steelyard
