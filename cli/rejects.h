// Rows that could not be used, for people.
#pragma once

#include <string>
#include <vector>

#include "cli/console.h"

namespace steelyard {

// The first 20 with file, line, column, the text found and the reason, and the count of the rest.
std::string RejectsText(const std::vector<RejectLine>& rejects, const Console& console);

}  // namespace steelyard
