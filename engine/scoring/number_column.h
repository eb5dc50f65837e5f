// How the numbers of a column of results are told and shown, from the bounds of a block.
#pragma once

#include "engine/base/decided_text.h"
#include "engine/base/number.h"
#include "engine/fast/bound.h"
#include "engine/report/results.h"

namespace steelyard {

// Numbers that are decimals, which their doubles tell exactly.
struct DecimalColumn {
  bool is_one = false;  // otherwise the others mean nothing
  double scale = 1;
  int places = 0;

  static DecimalColumn Of(const fast::Bound& bound);
  Number At(double value) const;
};

// How a column's numbers are shown.
struct NumberColumn {
  NumberShape shape;
  double unit = 1;          // they are divided by it
  bool in_doubles = false;  // false: only the exact evaluator's numbers can be shown

  static NumberColumn Of(const ResultColumn& column);
  // What is known of them once they are divided.
  Doubt DoubtOf(const fast::Bound& bound) const;
};

}  // namespace steelyard
