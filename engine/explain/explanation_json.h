// An explanation for machines: docs/explain.md says what stands where.
#pragma once

#include <string>

#include "engine/explain/explanation.h"

namespace steelyard {

std::string ExplanationJson(const Explanation& told, const Model& model);

}  // namespace steelyard
