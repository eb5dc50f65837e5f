// Scorecards whose results are a table of another one: the members' results in the card of their
// team, the teams' in that of the company. The lower card is scored first, on the same data, and
// its results are read as the file that `score` would have written.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "engine/check/model.h"
#include "engine/data/load.h"
#include "engine/data/scratch_file.h"
#include "engine/steelyard.h"

namespace steelyard {

// The files of the cards that are being looked at, from the one that was asked for downwards.
using CardChain = std::vector<std::string>;

// A card's file in the form that chains compare.
std::string CardPath(const std::string& path);

// A card that another one names, loaded and checked.
struct Card {
  std::string path;
  RuleFile file;
  Model model;
  DiagnosticSink found;  // warnings
};

// The cards that one run has opened, each once, however many tables name it.
class CardShelf {
 public:
  explicit CardShelf(Session& session) : session_(session) {}

  // Null where the card cannot be used, which is reported to `sink`: at the name where the file is
  // the trouble, inside the file otherwise, and then the first time only.
  const Card* Open(const Word& name, const CardChain& chain, DiagnosticSink& sink);
  // True the first time it is asked about a card.
  bool IsNew(const Card& card) { return seen_.insert(card.path).second; }
  Session& session() { return session_; }

 private:
  Session& session_;
  std::map<std::string, std::unique_ptr<Card>> cards_;  // null where it has errors
  std::set<std::string> seen_;
};

// Where a row was rejected: two cards that read the same rows tell of it once.
using RejectPlace = std::tuple<std::string, uint32_t, std::string, std::string>;
RejectPlace PlaceOf(const RejectLine& reject);

struct LowerCards {
  std::vector<ScratchFile> files;       // kept until the upper card has read them
  std::vector<DataArgument> arguments;  // one for each table of results
  std::vector<std::string> tables;     // names that `--data` may give because a lower card has them
  std::vector<RejectLine> rejects;     // of the lower cards
  std::vector<TableAccount> accounts;  // of their tables
  std::vector<DataFile> data_files;    // that they have read

  // Is the file at this path one of `files`?
  bool IsResults(const std::string& path) const;
  // What rejects should call the file at this path.
  std::string NameOf(const std::string& path) const;
  std::vector<std::string> names;  // by argument
};

// Empty exactly when errors were reported.
std::optional<LowerCards> ScoreLowerCards(CardShelf& shelf, const RuleFile& file,
                                          const Model& model, const ScoreOptions& options,
                                          const CardChain& chain);

// Are the cards that this one looks at in order, and do their results have the columns that are
// read? Errors are reported to `sink`.
void CheckLowerCards(CardShelf& shelf, const RuleFile& file, const Model& model,
                     const CardChain& chain, DiagnosticSink& sink);

// A hash of what a card that is checked means, with the cards below it; `chain` ends with it.
std::string MeaningHash(CardShelf& shelf, const RuleFile& file, const Model& model,
                        const CardChain& chain);

// Scores a card that is checked; `chain` ends with it. Defined where `Score` is.
std::unique_ptr<ScoreOutcome> ScoreCard(CardShelf& shelf, const RuleFile& file, const Model& model,
                                        const ScoreOptions& options, const CardChain& chain);

}  // namespace steelyard
