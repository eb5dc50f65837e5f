// Probes for indicators: their formulas, and each part of the way from value to points.
#pragma once

#include "engine/program/probe_walk.h"

namespace steelyard {

void ProbeScores(ProbeList& list);

}  // namespace steelyard
