// Cells that hold a list of ids, joined by `;`.
#pragma once

#include <string_view>
#include <vector>

#include "engine/report/results.h"

namespace steelyard {

// Vetoes, interlocks, alerts and reviews.
bool HoldsIds(ResultRole role);

// The ids in a cell, in their order; they live as long as the cell.
std::vector<std::string_view> IdsOf(const Value& cell);

}  // namespace steelyard
