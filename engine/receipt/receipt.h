// What a receipt says of a result, and its one form as JSON: docs/receipts.md describes each entry.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/diag/diagnostic.h"
#include "engine/report/write.h"

namespace steelyard {

// A file by its content. Paths in a receipt are seen from the receipt's folder.
struct FileRecord {
  std::string path;  // empty: standard output
  std::string sha256;
  uint64_t bytes = 0;
};

struct DataRecord {
  std::string table;
  FileRecord file;
};

// The options that a result depends on.
struct ReceiptCommand {
  std::string rules;
  std::vector<std::string> data;  // as given to --data
  std::string period;             // these two as typed; empty where not given
  std::string as_of;
  std::string format;  // csv, json
};

struct RowRecord {
  uint64_t rows = 0;
  std::string sha256;
};

struct ReceiptCounts {
  uint64_t subjects_scored = 0;
  uint64_t subjects_not_selected = 0;
  uint64_t rows = 0;  // of the result
  uint64_t columns = 0;
};

struct Receipt {
  std::string engine;
  ReceiptCommand command;
  std::string meaning;               // SHA-256 of what the rules mean, lower cards included
  std::vector<FileRecord> rules;     // the card first, then what it imports and reads
  std::vector<DataRecord> data;      // by table
  std::vector<TableAccount> tables;  // the subject's first
  RowRecord rejected;                // which rows, where and why; not in which words
  ReceiptCounts counts;
  FileRecord result;
  std::optional<FileRecord> rejects;  // the file of --rejects
};

// The receipt as JSON with its seal: the last entry, `sha256`, is the hash of all others, written
// without blanks. Beside a result it stands on many lines, in a ledger on one.
std::string ToText(const Receipt& receipt);
std::string ToLine(const Receipt& receipt);
std::string SealOf(const Receipt& receipt);

struct ReadReceipt {
  Receipt receipt;
  bool sealed = false;      // the seal fits
  bool as_written = false;  // byte for byte what ToText or ToLine writes
};
// Empty where an error was reported: no JSON, no receipt, or one of another version. `path` is how
// messages call it.
std::optional<ReadReceipt> ReadReceiptText(std::string_view text, const std::string& path,
                                           DiagnosticSink& sink);

}  // namespace steelyard
