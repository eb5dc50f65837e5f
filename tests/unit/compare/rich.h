// A scorecard that uses every key of the language, and comparisons of it with what was made of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/compare/change.h"

namespace steelyard {

std::string RichCard();
std::string RichLibrary();

// Compares two texts of a card that may both import `library.yaml`.
std::vector<Change> CompareTexts(const std::string& before, const std::string& after,
                                 const std::string& old_library, const std::string& new_library);
std::vector<Change> CompareTexts(const std::string& before, const std::string& after);

// The first occurrence of `from` in the text replaced; it must be there.
std::string Replaced(std::string text, std::string_view from, std::string_view to);

// `path kind` of each, in one text: what was found.
std::string Found(const std::vector<Change>& changes);

}  // namespace steelyard
