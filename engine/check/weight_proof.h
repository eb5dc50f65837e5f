// The proof that weights always add to 100 %, that none is below 0, and that all keep to their
// ranges: at each date, under each profile and each combination of adjustments that can occur.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "engine/check/checking.h"

namespace steelyard {

// Days in which nothing changes by date; without a first day: since ever, without a last: for good.
struct WeightStretch {
  std::optional<Date> first;
  std::optional<Date> last;

  // Is something with these ends in force on the first day (and so on all of them)?
  bool Holds(const std::optional<Date>& from, const std::optional<Date>& until) const;
};

// Does the indicator carry weight then?
bool Counts(const Model& model, size_t indicator, const WeightStretch& stretch);
Number SumOf(const Model& model, const WeightVector& weights, const WeightStretch& stretch);
// Those not named share what is left, in proportion to what they had.
void Rescale(const Model& model, WeightVector& weights, const std::set<int32_t>& named,
             const WeightStretch& stretch);

// `base_spans`: where the weight of each indicator is written. The stretches are those of the
// model's weights, in the same order.
void ProveWeights(Checking& checking, const std::vector<WeightStretch>& stretches,
                  const std::vector<Span>& base_spans);

}  // namespace steelyard
