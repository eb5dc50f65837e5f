// House rules (`steelyard.policy.yaml`): where they are, and reading them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/diag/diagnostic.h"
#include "engine/source/source.h"
#include "engine/syntax/policy.h"

namespace steelyard {

// `steelyard.policy.yaml`, `sales.policy.yaml`: a file of house rules by its name.
bool IsPolicyPath(std::string_view path);

// The house rules that hold for a rule file: the nearest `steelyard.policy.yaml` in its folder or
// one above, up to the top of the repository (the folder with `.git`) or of the file system. Empty
// where there is none, or after a report where one is there and cannot be read.
std::optional<std::string> FindPolicy(SourceSet& sources, const std::string& rules,
                                      DiagnosticSink& sink);

// Reports everything that is wrong with the file; lines that could not be read are left out. Empty
// only where nothing could be read at all.
std::optional<Policy> LoadPolicy(SourceSet& sources, const std::string& path, DiagnosticSink& sink);

}  // namespace steelyard
