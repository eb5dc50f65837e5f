// A scorecard as a handbook for those who are scored.
#pragma once

#include "engine/check/model.h"
#include "engine/handbook/document.h"

namespace steelyard {

Document WriteHandbook(const Model& model, Language language);

}  // namespace steelyard
