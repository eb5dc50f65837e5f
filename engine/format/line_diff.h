// What changed between two texts, line by line.
#pragma once

#include <string>
#include <string_view>

namespace steelyard {

// As `diff -u` writes it, with three lines around each change; empty where the texts are equal.
std::string UnifiedDiff(std::string_view before, std::string_view after, const std::string& path);

}  // namespace steelyard
