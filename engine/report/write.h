// Result tables as CSV and JSON texts, and as a summary for people.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/diag/diagnostic.h"
#include "engine/report/results.h"
#include "engine/report/tally.h"

namespace steelyard {

// RFC 4180 with `\n` line ends; fields quoted only where they must be.
std::string ToCsv(const ResultTable& table);
// A list of objects, one a row, keys in column order; numbers as JSON numbers with the digits of
// CellText, missing as null, id lists as arrays of texts, dates as texts.
std::string ToJson(const ResultTable& table);

// One row that was not scored, for the rejects file and the screen.
struct RejectLine {
  std::string table;
  std::string file;
  uint32_t line = 0;
  std::string column;
  std::string text;
  std::string code;       // `wrong_type`, `duplicate_key` …
  std::string reason[2];  // by Language
};

// As CSV: table, file, line, column, text, code, reason.
std::string RejectsCsv(const std::vector<RejectLine>& rejects, Language language);

// What happened to the rows of one table.
struct TableAccount {
  std::string table;
  uint64_t read = 0;
  uint64_t used = 0;
  uint64_t rejected = 0;
};

struct SummaryInput {
  const ResultTable* table = nullptr;
  std::shared_ptr<const Tally> tally;  // instead of the table's, which then has no rows
  std::string scorecard;
  std::string title;
  std::vector<TableAccount> accounts;  // the subject's table first
  uint64_t subjects_scored = 0;        // subjects, not subjects × periods
  uint64_t subjects_not_selected = 0;  // left out by `subject: where`
  std::vector<std::pair<std::string, uint64_t>> rejects_by_reason;
  std::string output;   // where the results went; empty: standard output
  std::string rejects;  // where the rejects went; empty: shown
  std::string receipt;  // likewise; empty: there is none
  std::string ledger;   // the file that a record was added to; empty: none
  uint64_t ledger_record = 0;
  std::string ledger_head;  // the record's hash
};

// How many scored, the grades, vetoes that fired, the lowest and highest, where the results went.
std::string Summary(const SummaryInput& input, Language language);

}  // namespace steelyard
