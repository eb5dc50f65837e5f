// A scorecard as a handbook for those who are scored.
#pragma once

#include <vector>

#include "engine/check/model.h"
#include "engine/compare/change.h"
#include "engine/handbook/document.h"

namespace steelyard {

// `changes`: since an earlier version, where one was named.
HandbookDocument WriteHandbook(const Model& model, Language language,
                               const std::vector<Change>* changes = nullptr);

}  // namespace steelyard
