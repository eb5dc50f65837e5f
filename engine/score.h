// Scoring once rules are checked and data are at hand: what `score` and `test` share.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "engine/data/load.h"
#include "engine/periods.h"
#include "engine/program/program.h"
#include "engine/steelyard.h"

namespace steelyard {

// A result table with its columns and without rows.
ResultTable ResultColumns(const Model& model, const Program& program);

// A subject that `missing: error` kept from being scored.
struct RejectedSubject {
  size_t row = 0;                // of the subject's table
  std::optional<Period> period;  // empty where the scorecard has none
  size_t line = 0;               // in the outcome's rejects
};

struct ScoreInput {
  const Session& session;
  const Model& model;
  const Program& program;
  const DataSet& data;
  const RunPlan& plan;
};
std::unique_ptr<ScoreOutcome> ScoreTables(const ScoreInput& input,
                                          std::vector<RejectedSubject>* rejected);

}  // namespace steelyard
