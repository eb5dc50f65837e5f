// A YAML tree written again, the same way for everybody: two blanks a level, a blank after each
// colon and comma, lines of 100 columns where they can be broken. Order, comments, blank lines
// between things and what is written in brackets stay as far as they fit.
#pragma once

#include <string>
#include <string_view>

#include "engine/format/scalars.h"
#include "engine/rulefile/yaml_node.h"

namespace steelyard {

struct LayoutOptions {
  bool parts_sections = false;  // a blank line between sections of more than one line
};

std::string LayOut(std::string_view text, const YamlNode& root, const Scalars& scalars,
                   LayoutOptions options);

}  // namespace steelyard
