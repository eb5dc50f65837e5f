// The façade to receipts and ledgers: what `score` leaves behind, and what `verify` makes of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/receipt/fingerprint.h"
#include "engine/receipt/ledger.h"
#include "engine/receipt/receipt.h"
#include "engine/receipt/verdict.h"
#include "engine/steelyard.h"

namespace steelyard {

// Makes `watch` see the data files as Score reads them, and the rules' meaning be known.
void PrepareReceipt(ScoreOptions& options, InputWatch& watch);

// Where a run's results go.
struct ResultPlaces {
  std::string seen_from;  // a file: the receipt's paths are seen from its folder
  std::string format;     // csv, json
  std::string output;     // a path; empty: standard output
  std::string rejects;    // likewise; empty: no such file
};
// The text of the results, told by its hash.
struct ResultDigest {
  std::string sha256;
  uint64_t bytes = 0;
};
ResultDigest DigestOf(std::string_view text);

// Empty where a data file changed under the run, which is reported. `rejects` is the text of the
// rejects' file.
std::optional<Receipt> MakeReceipt(Session& session, const ScoreOptions& options,
                                   const ScoreOutcome& outcome, const InputWatch& watch,
                                   const ResultPlaces& places, const ResultDigest& result,
                                   std::string_view rejects);

// A path as seen from the folder of a file: `../rules/team.yaml`.
std::string SeenFrom(const std::string& file, const std::string& path);

// --- verify -------------------------------------------------------------------------------------

enum class VerifiedKind : uint8_t { kReceipt, kLedger, kEmpty };
// Which of them is in this file, or nothing at all? Empty where neither is, or it cannot be read,
// which is reported.
std::optional<VerifiedKind> KindOf(Session& session, const std::string& path);

struct VerifyOptions {
  std::string receipt;
  std::string rules;              // instead of those that the receipt names; empty: those
  std::vector<std::string> data;  // likewise, as given to --data
  std::string result;             // likewise
};

// Empty where the receipt cannot be used, which is reported.
std::optional<VerifyOutcome> VerifyReceipt(Session& session, const VerifyOptions& options);

}  // namespace steelyard
