// Reads a YAML file to a tree with places.
#pragma once

#include <optional>

#include "engine/diag/diagnostic.h"
#include "engine/rulefile/yaml_node.h"

namespace steelyard {

// Reports everything that is wrong with the file as YAML. Where a single value cannot be read, that
// node is broken and the rest of the tree is good; empty where there is no tree.
std::optional<YamlNode> ReadYaml(FileId file, const SourceFile& source, DiagnosticSink& sink);

}  // namespace steelyard
