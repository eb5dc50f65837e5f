// An explanation as people read it.
#pragma once

#include "engine/explain/document.h"
#include "engine/explain/explanation.h"

namespace steelyard {

// `rows`: how many of the rows of a figure are told, the largest first.
Document PageOf(const Explanation& explanation, const Model& model, Language language, size_t rows);

}  // namespace steelyard
