// Which periods a run looks at, and the date whose rules apply in each.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/diag/diagnostic.h"
#include "engine/exact/links.h"
#include "engine/program/program.h"

namespace steelyard {

struct RunPlan {
  RunFrame frame;
  // By period of the frame: is it scored (or only history)? Without periods: empty.
  std::vector<bool> scored;
};

// `period` and `as_of` as typed after --period and --as-of; empty: not given. Empty result exactly
// when an error was reported. `also`: further periods that the run has to hold.
std::optional<RunPlan> PlanRun(const Model& model, const Program& program, const Tables& tables,
                               const std::string& period, const std::string& as_of,
                               DiagnosticSink& sink, const std::vector<Period>& also = {});

// Does anything that the program puts out depend on the evaluation date?
bool DependsOnDate(const Program& program);

}  // namespace steelyard
