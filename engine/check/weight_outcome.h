// What a scorecard's weights can come to: by date, under each profile and each combination of
// adjustments.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/check/model.h"
#include "engine/diag/diagnostic.h"

namespace steelyard {

struct WeightOutcome {
  const std::vector<IndicatorModel>& indicators;
  const WeightVector& weights;          // 0 for what is not in force
  const std::vector<Span>& base_spans;  // where the weights are written, before any profile
  bool is_base = false;
  bool says_why = false;  // a profile or adjustment that brings it about gives its reason
  Span place;
  // Adds when it comes about, and what comes of it then.
  std::function<void(const std::string& amount, Diagnostic&)> explain;
};

class WeightObserver {
 public:
  virtual ~WeightObserver() = default;
  virtual void See(const WeightOutcome& outcome) = 0;
};

}  // namespace steelyard
