// Things that only go by another id in the new version.
#pragma once

#include <string>
#include <vector>

#include "engine/compare/change.h"
#include "engine/syntax/rule_file.h"

namespace steelyard {

struct Rename {
  Section section = Section::kIndicators;
  std::string before;
  std::string after;
};

// Of indicators, parameters, values, outcomes and the like: what a formula may call by its id, and
// what results are headed by. Tables, columns and grades also stand in the data and in results, and
// keep their new ids.
std::vector<Rename> RenamesOf(const std::vector<Change>& changes);

// The new version with the old ids, wherever they stand. Means the same, unless something else goes
// by one of them: whoever takes it looks whether it does.
RuleFile WithOldIds(RuleFile after, const std::vector<Rename>& renames);

}  // namespace steelyard
