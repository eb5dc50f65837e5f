// Adds to a program the probes by which tests tell what they reach.
#pragma once

#include "engine/program/terms.h"

namespace steelyard {

// After everything else has been lowered. What no output depends on gets no probe, nor what depends
// on nothing: no test could make it come out another way.
void AddProbes(const Model& model, Builder& builder, TermLowering& terms);

}  // namespace steelyard
