// Where files of rule tests are.
#pragma once

#include <string>
#include <vector>

#include "engine/diag/diagnostic.h"

namespace steelyard {

// By its name.
bool IsTestFile(const std::string& path);

// The files among `paths`, and those named `*.test.yaml` in its folders and in theirs: sorted, each
// once. Folders whose names begin with a dot are passed over. What is not there is reported.
std::vector<std::string> FindTestFiles(const std::vector<std::string>& paths, DiagnosticSink& sink);

}  // namespace steelyard
