// Scoring once rules are checked and data are at hand: what `score` and `test` share.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "engine/data/load.h"
#include "engine/exact/evaluate.h"
#include "engine/lower_cards.h"
#include "engine/periods.h"
#include "engine/program/program.h"
#include "engine/steelyard.h"

namespace steelyard {

// A result table with its columns and without rows.
ResultTable ResultColumns(const Model& model, const Program& program);

// What a card's own tables are read from: its lower cards' results, and what `options` names.
// Files named for tables that only a lower card has are not this card's.
std::vector<DataArgument> ArgumentsFor(const Schema& schema, const ScoreOptions& options,
                                       const LowerCards& lower);

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
// What tests want to know besides the results.
struct ScoreDetail {
  std::vector<RejectedSubject> rejected;
  std::vector<bool> reached;  // by probe of the program
};
std::unique_ptr<ScoreOutcome> ScoreTables(const ScoreInput& input, ScoreDetail* detail);
// The same where the program has been evaluated already.
std::unique_ptr<ScoreOutcome> ScoreEvaluated(const ScoreInput& input, const Evaluation& evaluation,
                                             ScoreDetail* detail);

// The parts of an outcome that do not hang on how scores are computed: rows that were rejected
// before; the account of all rows; the files.
std::unique_ptr<ScoreOutcome> MakeOutcome(const Model& model, const DataSet& data);
void FinishOutcome(const Model& model, const DataSet& data, uint64_t rejected_in_scoring,
                   ScoreOutcome& outcome);
void AddFiles(const Model& model, const DataSet& data, const LowerCards& lower,
              ScoreOutcome& outcome);

// The card of a rule file, checked together with the cards that it looks at; null where errors were
// reported.
std::unique_ptr<Card> OpenCard(CardShelf& shelf, const std::string& rules);

// A card with its data, ready to be evaluated. The card must outlive it.
struct ReadyCard {
  LowerCards lower;
  DataSet data;
  Program program;
  RunPlan plan;
};
// `traced`: the program is to be explained. Empty exactly when errors were reported.
std::optional<ReadyCard> MakeReady(CardShelf& shelf, const RuleFile& file, const Model& model,
                                   const ScoreOptions& options, const CardChain& chain,
                                   bool traced);
// What `score` would put out of it, rejects of lower cards included.
std::unique_ptr<ScoreOutcome> ScoreReady(Session& session, const Model& model,
                                         const ReadyCard& ready, const Evaluation& evaluation,
                                         ScoreDetail* detail);

}  // namespace steelyard
