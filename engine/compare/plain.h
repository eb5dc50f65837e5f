// Files of tests and of house rules compared: entry by entry, as YAML has them.
#pragma once

#include <string>
#include <vector>

#include "engine/compare/change.h"
#include "engine/rulefile/yaml_node.h"
#include "engine/source/source.h"

namespace steelyard {

struct PlainVersion {
  const YamlNode& root;
  const SourceFile& file;
  std::string path;  // as it is shown
};

// `section` is kTests or kPolicy.
std::vector<Change> ComparePlain(const PlainVersion& before, const PlainVersion& after,
                                 Section section);

}  // namespace steelyard
