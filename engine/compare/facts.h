// A rule file as lines that each say one thing, for programs that compare lines.
#pragma once

#include <string>

#include "engine/syntax/rule_file.h"

namespace steelyard {

// `indicators.nps.formula: avg(survey.likelihood)`. Formulas are printed canonically; where order
// means nothing, lines are sorted.
std::string FactsOf(const RuleFile& file);

}  // namespace steelyard
