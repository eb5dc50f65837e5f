// Comments of a YAML file: what no text of its tree holds.
#pragma once

#include <vector>

#include "engine/rulefile/yaml_node.h"
#include "engine/source/source.h"

namespace steelyard {

// Each from its `#` to the end of its line, in their order. `root` is the file's tree.
std::vector<Span> FindComments(const YamlNode& root, FileId file, const SourceFile& source);

}  // namespace steelyard
