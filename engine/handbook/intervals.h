// Which values a band takes, as an interval, once the bands above it have taken theirs.
#pragma once

#include <optional>
#include <vector>

#include "engine/check/model.h"

namespace steelyard {

struct ValueInterval {
  std::optional<Number> low;  // empty: without end
  std::optional<Number> high;
  bool low_closed = false;
  bool high_closed = false;
};

// The values for which a condition on the value of an indicator holds; empty where it is no
// comparison with constants.
std::optional<ValueInterval> IntervalOf(const Model& model, TermId condition, DefinitionId value);
// What is left of `interval` without those before it; empty where that is nothing, or in pieces.
std::optional<ValueInterval> Without(ValueInterval interval,
                                     const std::vector<ValueInterval>& before);

}  // namespace steelyard
