// Which probes of a program a run has reached.
#pragma once

#include <vector>

#include "engine/exact/evaluate.h"

namespace steelyard {

// By probe. `rows`: those of the subject's table (times periods) that are scored or rejected; a
// probe of other tables is reached by any row.
std::vector<bool> ReachedProbes(const Program& program, const Evaluation& evaluation,
                                const std::vector<size_t>& rows);

}  // namespace steelyard
