// `based_on:` — an indicator that takes what it does not say itself from another.
#pragma once

#include <vector>

#include "engine/diag/diagnostic.h"
#include "engine/syntax/rule_file.h"

namespace steelyard {

// Completes each of `own` that is based on one of `imported`. One with the id of its base takes the
// base's place: the base is removed from `imported`. A base that is not there is reported.
void Inherit(std::vector<IndicatorDecl>& own, std::vector<IndicatorDecl>& imported,
             DiagnosticSink& sink);

}  // namespace steelyard
