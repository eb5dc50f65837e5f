// A ledger: receipts in a file, one record a line, each with the hash of the one before. A record
// is only ever added, and a record that is altered, removed, inserted or moved breaks the chain.
// docs/receipts.md has the form of a record and says what the chain cannot tell.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/diag/diagnostic.h"
#include "engine/receipt/receipt.h"

namespace steelyard {

// The last record; its hash stands for all before it.
struct LedgerHead {
  uint64_t sequence = 0;  // 0: there is no record
  std::string hash;
};

// A ledger that is open to add to. No other process adds to it meanwhile.
class LedgerWriter {
 public:
  // Waits for those who are writing. Empty where an error was reported: the file is no ledger, or
  // its last record does not hold, so that nothing can be built on it.
  static std::optional<LedgerWriter> Open(const std::string& path, DiagnosticSink& sink);

  LedgerWriter(LedgerWriter&& other) noexcept
      : path_(std::move(other.path_)),
        file_(std::exchange(other.file_, -1)),
        made_(other.made_),
        size_(other.size_),
        head_(std::move(other.head_)) {}
  LedgerWriter& operator=(LedgerWriter&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(file_, other.file_);
    std::swap(made_, other.made_);
    std::swap(size_, other.size_);
    std::swap(head_, other.head_);
    return *this;
  }
  ~LedgerWriter();  // a new ledger goes again where no record was added

  // Adds a record and puts it on the disk. `folder` is where the receipt's paths are seen from, as
  // seen from the ledger; `time` is when, as text. False where an error was reported, as for a
  // record that is too long; the ledger is then as it was.
  bool Append(const Receipt& receipt, const std::string& folder, const std::string& time,
              DiagnosticSink& sink);
  const LedgerHead& head() const { return head_; }

 private:
  LedgerWriter(std::string path, int file) : path_(std::move(path)), file_(file) {}
  bool ReadHead(DiagnosticSink& sink);
  std::optional<std::string> LastLine() const;

  std::string path_;
  int file_ = -1;
  bool made_ = false;  // by this object
  uint64_t size_ = 0;
  LedgerHead head_;
};

// What is wrong with a chain.
enum class LedgerFlaw : uint8_t {
  kNone,
  kAltered,    // the record was altered: its own hash does not fit
  kTorn,       // the last line breaks off
  kRewritten,  // altered and given a new hash: the next record has the old one
  kRemoved,    // records are missing before this line
  kInserted,   // lines that do not belong
  kCopied,     // inserted, a copy of another record
  kMoved,      // the record stands before the one it follows
};

struct LedgerVerdict {
  LedgerFlaw flaw = LedgerFlaw::kNone;
  uint64_t records = 0;  // lines in the file
  uint64_t good = 0;     // that hold, from the first on
  uint64_t first = 0;    // the records, or lines for kInserted, that are meant, from 1
  uint64_t last = 0;
  uint64_t other = 0;       // kCopied: the original's line; kMoved: the record that must come first
  LedgerHead head;          // of the last record, where all hold
  uint64_t asked_head = 0;  // the record with the hash that was asked for; 0: none has it
};
// Reads the ledger at `path` from end to end. `head`, where it is not empty, is looked for. Empty
// where the file cannot be read, which is reported.
std::optional<LedgerVerdict> VerifyLedger(const std::string& path, const std::string& head,
                                          DiagnosticSink& sink);

}  // namespace steelyard
