// The façade of `diff --data`: two versions of a scorecard scored on the same data, whom the
// difference moves, and which change causes it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/compare/change.h"
#include "engine/compare/movers_report.h"
#include "engine/source/source.h"
#include "engine/steelyard.h"

namespace steelyard {

struct CompareDataOptions {
  std::vector<std::string> data;  // as given to --data
  std::string period;             // --period and --as-of, for both versions alike
  std::string as_of;
  std::function<void(const std::string& stage, uint64_t done)> progress;  // may be empty
};

// A rule file as one of the versions to be scored. The same version may be on disk or in a git
// revision: it is read with its imports through the sources that it was compared with.
struct DataVersion {
  std::string path;    // what to open in `sources`
  std::string prefix;  // before the paths of its files where they are shown: `main:`
  SourceSet& sources;
};

struct DataComparison {
  Session session;  // what was read; its sink stays empty
  DataSection section;

  explicit DataComparison(SourceLoader loader) : session(std::move(loader)) {}
};

// `changes` are what was found different between the two.
std::unique_ptr<DataComparison> CompareOnData(const DataVersion& before, const DataVersion& after,
                                              const std::vector<Change>& changes,
                                              const CompareDataOptions& options);

}  // namespace steelyard
