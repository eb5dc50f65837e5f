// What verifying a receipt or a ledger has found, and how it is told.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/diag/diagnostic.h"
#include "engine/receipt/cells.h"
#include "engine/receipt/ledger.h"

namespace steelyard {

// What a line of a verification is about.
enum class Checked : uint8_t {
  kReceipt,
  kEngine,
  kRules,     // a file
  kMeaning,   // of all rules
  kData,      // a file
  kTable,     // how many rows were read, used and rejected
  kRejected,  // the rejected rows
  kCounts,    // one of the counts, by its name
  kResult,    // the file
  kRejects,   // the file
  kRecomputed,
};

enum class CheckState : uint8_t {
  kSame,
  kChanged,
  kGone,
  kUnreadable,
  kNotRecorded,  // read now, and not in the receipt
  kNotRead,      // in the receipt, and not read now
  kOther,        // differs, and is no fault: another version of the program
  kImpossible,   // could not be done
};

// Which entry of a file is meant.
enum class FileEntry : uint8_t { kContent, kBytes, kPath };

struct ReceiptCheck {
  Checked what = Checked::kReceipt;
  std::string name;  // a path, a table
  CheckState state = CheckState::kSame;
  std::string recorded;  // where they differ: hashes, counts, versions
  std::string found;
  FileEntry entry = FileEntry::kContent;
};

struct VerifyOutcome {
  std::vector<ReceiptCheck> checks;
  bool recomputed = false;
  bool same_result = false;          // what was computed is what the receipt records
  std::optional<CellChanges> cells;  // from the results as computed to the file
  uint64_t rows = 0;                 // computed
  size_t differences = 0;            // checks that do not hold
  bool holds() const { return differences == 0; }
};
// For people, and for machines: docs/receipts.md.
std::string ReceiptVerdictText(const VerifyOutcome& outcome, Language language);
std::string ReceiptVerdictJson(const VerifyOutcome& outcome);

// `asked` is the hash that was looked for; empty: none.
std::string LedgerVerdictText(const LedgerVerdict& verdict, const std::string& asked,
                              Language language);
std::string LedgerVerdictJson(const LedgerVerdict& verdict, const std::string& asked);

}  // namespace steelyard
