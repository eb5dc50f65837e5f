// How one figure of a result came about, in a few lines: for failing tests, and wherever a whole
// explanation would be too much.
#pragma once

#include <string>
#include <vector>

#include "engine/diag/diagnostic.h"
#include "engine/explain/scene.h"

namespace steelyard {

// `heading` is that of a column of the results (`attainment`, `attainment.points`, `score`,
// `grade`, an outcome, `vetoes` …), `row` a row of the program's table of subjects
// (ScoreOutcome::subject_rows). At most `most` lines, the last one `…` where there would be more;
// none for a heading about which there is nothing to tell, such as a key.
std::vector<std::string> DerivationLines(const Scene& scene, const std::string& heading, size_t row,
                                         Language language, size_t most = 12);

}  // namespace steelyard
