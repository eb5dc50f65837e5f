// Why a value is missing, in words.
#pragma once

#include <string>

#include "engine/base/value.h"
#include "engine/column/table.h"
#include "engine/diag/diagnostic.h"
#include "engine/program/program.h"

namespace steelyard {

// `division by zero in `lost ÷ opening``, `the cell `amount` is empty (order.csv:17)`.
std::string CauseText(const Missing& why, const Program& program, const Tables& tables,
                      const SourceSet& sources, Language language);

}  // namespace steelyard
