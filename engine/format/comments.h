// What YAML throws away: comments, and the blank lines between things.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/rulefile/yaml_node.h"

namespace steelyard {

struct Comment {
  uint32_t offset = 0;
  std::string text;     // from `#` to the end of the line. Also `---`, `...` and `%YAML 1.2`
  bool alone = false;   // nothing but dashes before it on its line
  bool spaced = false;  // a blank line above it
  size_t column = 0;    // where it begins, in columns of a terminal
  uint32_t after = 0;   // end of the text or key that was read last before it; 0: none
};

// All comments of a file that could be read as YAML, from first to last.
std::vector<Comment> FindComments(std::string_view text, const YamlNode& root);

// Does the line of the byte at `offset` begin with it, but for blanks and the dashes of lists?
bool BeginsLine(std::string_view text, size_t offset);
// Is the line above that of `offset` a blank one?
bool IsSpaced(std::string_view text, size_t offset);
// How far from the start of its line the byte stands.
size_t ColumnOf(std::string_view text, size_t offset);

}  // namespace steelyard
