// Subjects that are not scored.
#pragma once

#include "engine/column/table.h"
#include "engine/report/write.h"
#include "engine/scoring/scene.h"

namespace steelyard {

// A subject that an indicator which is missing keeps from being scored; `value` is the indicator's.
RejectLine RejectOf(const ScoringScene& scene, const Tables& tables,
                    const IndicatorOutput& indicator, const Value& value, size_t subject,
                    int32_t period);

}  // namespace steelyard
