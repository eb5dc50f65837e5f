// What took how many points.
#pragma once

#include <vector>

#include "engine/explain/explanation.h"

namespace steelyard {

// 100 less the score, by what took it; exactly, so the parts add up. The largest first, ties in the
// order in which things act (indicators as in the file); what gained points comes last, the largest
// gain at the end. Without a score there are none.
std::vector<Reason> ReasonsOf(const Explanation& explanation);

}  // namespace steelyard
