// What yaml-cpp says when it gives up, in words for people who do not know YAML; and, where the
// fault is one value, how to go on without that value so that one run finds more than one mistake.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/diag/diagnostic.h"
#include "engine/rulefile/yaml_build.h"

namespace steelyard {

struct YamlFault {
  std::string message;  // yaml-cpp's own
  size_t offset = 0;    // where it stopped
  std::optional<size_t> open_bracket;
  size_t last_offset = 0;  // where the last thing began that it could read
};

// Bytes to write over with `filler` before the file is read again.
struct Repair {
  ByteRange overwrite;
  char filler = 'x';
  ByteRange broken;  // values that stand here say nothing any more
};

struct FaultReport {
  Diagnostic diagnostic;
  std::optional<Repair> repair;
};

FaultReport ExplainFault(const YamlFault& fault, FileId file, std::string_view text);

}  // namespace steelyard
