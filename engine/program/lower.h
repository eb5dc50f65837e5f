// Model to program. Equal sub-expressions become one column, and what depends on nothing is
// computed here, once.
#pragma once

#include "engine/check/model.h"
#include "engine/program/program.h"

namespace steelyard {

// The whole scorecard: indicators, weights, score, grade, what follows. The program points into the
// model's schema; the model must outlive it.
Program Lower(const Model& model);

// The same with its trace, for explanations.
Program LowerTraced(const Model& model);

// The same, and with it the probes by which tests tell what they reach.
Program LowerWithProbes(const Model& model);

// One formula by itself; the node is the program's `score`.
Program LowerFormula(const Model& model, TermId term);

}  // namespace steelyard
