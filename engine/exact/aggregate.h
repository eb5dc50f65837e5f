// Many values to one, exactly.
#pragma once

#include <vector>

#include "engine/base/value.h"
#include "engine/schema/operation.h"

namespace steelyard {

// The rows that are folded, in order: x, and y where there is a second series (else empty).
struct Series {
  std::vector<const Value*> x;
  std::vector<const Value*> y;
};

// `p` is the percentile asked for, where the operation has one.
Value Fold(AggregateOp op, const Series& series, const Value& p);

// Ranks of all of `x` among themselves; missing cells stay missing.
std::vector<Value> RankAll(RankOp op, const std::vector<const Value*>& x);

}  // namespace steelyard
