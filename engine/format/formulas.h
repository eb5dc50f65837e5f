// Where in a rule file formulas stand.
#pragma once

#include <functional>

#include "engine/syntax/rule_file.h"

namespace steelyard {

// Every formula that was written, in no order that matters; those of keys too.
void EachFormula(RuleFile& file, const std::function<void(Formula&)>& visit);

}  // namespace steelyard
