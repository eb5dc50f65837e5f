// YAML to the tree of a file of rule tests.
#pragma once

#include <optional>
#include <string>

#include "engine/diag/diagnostic.h"
#include "engine/source/source.h"
#include "engine/syntax/test_file.h"

namespace steelyard {

// Reports everything that it finds wrong; cases with a mistake are left out. Empty only where there
// is nothing to go on with: file missing, not YAML, no `tests:`.
std::optional<TestFile> LoadTestFile(SourceSet& sources, const std::string& path,
                                     DiagnosticSink& sink);

}  // namespace steelyard
