// A file of rules, of tests or of house rules in its canonical form.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/diag/diagnostic.h"
#include "engine/format/formula_layout.h"
#include "engine/rulefile/yaml_node.h"
#include "engine/source/source.h"

namespace steelyard {

enum class FormatKind : uint8_t {
  kOther,  // not one of ours
  kRules,  // also libraries
  kTests,
  kPolicy,
};
// By the keys at its top.
FormatKind KindOf(const YamlNode& root);

// Empty after a report where it cannot be read as YAML or is not one of ours. Other mistakes are no
// hindrance: a formula that cannot be read stays as it is.
std::optional<std::string> FormatText(FileId file, const SourceFile& source, OperatorStyle style,
                                      DiagnosticSink& sink);

}  // namespace steelyard
