// Names with `*` for any characters: `*_time`, `*满意度*`.
#pragma once

#include <string_view>

namespace steelyard {

inline bool HasWildcard(std::string_view pattern) {
  return pattern.find('*') != std::string_view::npos;
}

// Does the whole text fit? Byte for byte: both sides in the form in which names compare.
bool MatchesWildcard(std::string_view pattern, std::string_view text);

}  // namespace steelyard
