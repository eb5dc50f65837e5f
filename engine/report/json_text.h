// Texts in JSON.
#pragma once

#include <string>
#include <string_view>

namespace steelyard {

// With its quotes; what is no UTF-8 is replaced.
std::string JsonQuoted(std::string_view text);

}  // namespace steelyard
