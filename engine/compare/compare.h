// Two versions of a scorecard compared by what they mean.
#pragma once

#include <string>
#include <vector>

#include "engine/compare/change.h"
#include "engine/source/source.h"
#include "engine/syntax/rule_file.h"

namespace steelyard {

// One of the two: its tree with everything it imports, and the files that its spans point into.
struct Version {
  const RuleFile& file;
  const SourceSet& sources;
  std::string prefix;  // put before the paths of its files: `main:`
};

// Everything that is different, in the order of the new file's sections; what was removed stands in
// the section it was in. Comments, layout and other ways to write the same thing are no changes.
std::vector<Change> CompareRules(const Version& before, const Version& after);

}  // namespace steelyard
