// The files that `score` writes: results, rejects, a receipt, a ledger's record.
#pragma once

#include <optional>
#include <string>

#include "cli/console.h"
#include "engine/receipt.h"
#include "engine/score_to.h"

namespace steelyard {

struct ScoreFiles {
  std::string output;  // empty: standard output, here as for the others none
  std::string format;  // as given; empty: by the output's ending
  std::string rejects;
  std::string receipt;  // as given; empty: beside the output
  bool no_receipt = false;
  std::string ledger;

  bool IsJson() const;
  std::string ReceiptPath() const;
  bool WantsReceipt() const { return !ReceiptPath().empty() || !ledger.empty(); }

  // What is wrong with the options, before anything is read.
  std::optional<std::string> FindMistake(const Console& console) const;
  // A file to be written that has just been read: rules or data would be lost.
  std::optional<std::string> FindOverwritten(const Session& session,
                                             const ScoreOutcome& outcome) const;

  // Writes or prints all of them: a receipt only for results that are there, and a record last.
  // `summary` is told where. `result` has the text of the results.
  ExitCode Write(Session& session, const ScoreOptions& options, const ScoreOutcome& outcome,
                 const InputWatch& watch, ResultFile& result, const Console& console,
                 SummaryInput& summary) const;

 private:
  std::string Ending() const;
  ExitCode WriteResults(Session& session, ResultFile& result, const std::string& rejects_text,
                        const Console& console) const;
  bool AddRecord(Session& session, const Receipt& made, SummaryInput& summary) const;
};

}  // namespace steelyard
