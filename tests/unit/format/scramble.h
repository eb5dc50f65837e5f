// Writes a YAML tree again in a way that no careful author would: any indentation, brackets or
// none, any quotes, comments wherever YAML allows one, blank lines, other line ends.
#pragma once

#include <cstdint>
#include <string>

#include "engine/rulefile/yaml_node.h"

namespace steelyard {

// Equal seeds give equal texts.
std::string Scrambled(const YamlNode& root, bool keeps_quotes, uint32_t seed);

}  // namespace steelyard
