// Where each byte of a decoded YAML text stands in the file. YAML folds lines, doubles quotes and
// writes escapes; a message about the third word of a folded formula must still point at that word.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace steelyard {

// `begin` is where the text starts in `source`: its first character, quote, `|` or `>`. `value` is
// what the YAML reader made of it. Walks both side by side and returns one offset for each byte of
// `value` and one for its end; empty where they cannot be brought together.
std::optional<std::vector<uint32_t>> AlignText(std::string_view source, size_t begin,
                                               std::string_view value);

// The offset of the quote that closes the one at `begin`; empty if there is none.
std::optional<size_t> FindClosingQuote(std::string_view source, size_t begin);

}  // namespace steelyard
