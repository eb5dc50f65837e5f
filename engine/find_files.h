// Files below folders, for commands that take either.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "engine/diag/diagnostic.h"

namespace steelyard {

// Is a file to be taken? Called for what is no folder.
using WantedFile = std::function<bool(const std::filesystem::directory_entry& entry)>;

// Those below a folder, as it lists them; hidden folders are passed over. A folder that cannot be
// listed is reported, and what was found until then is given.
std::vector<std::string> FilesBelow(const std::string& folder, const WantedFile& wanted,
                                    DiagnosticSink& sink);

// Files as they are named, and those below folders: sorted, each once. A folder without any is
// reported as `nothing`.
std::vector<std::string> FindFiles(const std::vector<std::string>& paths, const WantedFile& wanted,
                                   DiagKind nothing, DiagnosticSink& sink);

}  // namespace steelyard
