// Reads a YAML file to a tree with places.
#pragma once

#include <optional>
#include <string_view>

#include "engine/diag/diagnostic.h"
#include "engine/rulefile/yaml_node.h"

namespace steelyard {

// Reports everything that is wrong with the file as YAML. Where a single value cannot be read, that
// node is broken and the rest of the tree is good; empty where there is no tree.
std::optional<YamlNode> ReadYaml(FileId file, const SourceFile& source, DiagnosticSink& sink);

// Adds why a text that has a colon in it is still no key with a value.
void ExplainColon(std::string_view text, Diagnostic& diagnostic);

}  // namespace steelyard
