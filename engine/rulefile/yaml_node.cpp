#include "engine/rulefile/yaml_node.h"

#include <algorithm>

#include "engine/base/text.h"

namespace steelyard {

bool HasKey(const YamlNode& node, std::string_view key) {
  return std::any_of(node.entries.begin(), node.entries.end(), [&](const YamlEntry& entry) {
    return NormalizeName(entry.key.text.text) == key;
  });
}

}  // namespace steelyard
