// What `steelyard new` writes: a small scorecard with data, tests and house rules that all pass.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/steelyard.h"

namespace steelyard {

struct StarterFile {
  std::string_view language;  // en, zh
  std::string_view path;      // from the folder: `data/sale.csv`
  std::string_view text;
};
std::vector<StarterFile> AllStarterFiles();  // made of rules/starter/
std::vector<StarterFile> StarterFiles(Language language);

// Writes them into a folder, which is made where there is none. False where an error was reported:
// a folder that holds anything is left alone.
bool WriteStarter(Session& session, const std::string& folder, Language language);

}  // namespace steelyard
