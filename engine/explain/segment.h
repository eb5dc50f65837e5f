// Which part of an indicator's score gave its points.
#pragma once

#include <string>

#include "engine/diag/diagnostic.h"
#include "engine/explain/scene.h"

namespace steelyard {

// `>= 50%: 100 points`, `from 80% (60 points) to 100% (100 points): 60 + …`; empty where there are
// no points.
std::string SegmentWords(const Scene& scene, const IndicatorModel& indicator, const Here& here,
                         Language language);

}  // namespace steelyard
