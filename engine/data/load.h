// Data files to tables: this room converts cells to the declared types, finds keys and parents, and
// keeps an account of every row: rows read = used + rejected.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/column/table.h"
#include "engine/diag/diagnostic.h"
#include "engine/schema/schema.h"

namespace steelyard {

// One `--data` argument: a folder, `TABLE=FILE`, or a single file for the subject's table.
struct DataArgument {
  std::string table;  // empty unless TABLE=FILE
  std::string path;
};
DataArgument ParseDataArgument(std::string_view text);
// Is the table meant by this name, its id or its `name:` in any case? Nothing goes by no name.
bool GoesBy(const TableSchema& table, std::string_view name);

enum class RejectReason : uint8_t {
  kWrongType,  // the cell is not of the column's type
  kNotInEnumeration,
  kOutOfRange,  // outside min/max
  kEmptyKey,
  kDuplicateKey,
  kEmptyParent,     // the link to the parent is empty
  kNoSuchParent,    // no row of the parent has this key
  kParentRejected,  // the parent's row was itself rejected
  kMalformedRow,    // not the number of cells that the header has
  kNoDate,          // the table is dated, the scorecard has periods, and the date is missing
  kEvaluation,      // `missing: error` and the indicator was missing (set by scoring)
};

struct Reject {
  TableId table;
  std::string file;
  uint32_t line = 0;
  std::string column;  // heading in the file; empty for malformed rows
  std::string text;    // as found
  RejectReason reason = RejectReason::kWrongType;
  std::string detail;  // the type, range, first line of the key … that makes the reason plain
  std::optional<HelpKind> why;  // the words for exactly this case; without it those of `reason`
};
// A plain sentence: `not a number`, `is above the maximum 12` …
std::string ReasonText(const Reject& reject, Language language);
// A stable word for machines: `wrong_type`, `duplicate_key` …
std::string_view ReasonCode(RejectReason reason);

// One table's account.
struct TableCount {
  TableId table;
  uint64_t read = 0;
  uint64_t used = 0;
  uint64_t rejected = 0;
};

struct DataSet {
  Tables tables;
  std::vector<TableCount> counts;
  std::vector<Reject> rejects;     // by table, then line; one a row (its first reason)
  std::vector<std::string> files;  // that were read, in the order of counts
};

// Called now and then with the rows read so far; may be empty.
using ProgressFn = std::function<void(const std::string& table, uint64_t rows)>;

// Called with each file before anything of it is read; may be empty.
using OpeningFn = std::function<void(const std::string& path)>;

// Binds each needed table to its file and reads it. Empty exactly when an error was reported: a
// file missing, a needed column that no heading fits (with suggestions), a file that is not a
// table. Rejected rows are no errors. `threads` read it, 0: as many as the machine has; what is
// read does not depend on their number.
std::optional<DataSet> LoadData(const Schema& schema, const std::vector<DataArgument>& data,
                                const ProgressFn& progress, DiagnosticSink& sink,
                                const OpeningFn& opening = {}, unsigned threads = 0);

// Writes the rejects as CSV: table, file, line, column, text, code, reason. Through a temporary
// file in the same folder, renamed when complete.
bool WriteRejects(const std::string& path, const Schema& schema, const std::vector<Reject>& rejects,
                  Language language, DiagnosticSink& sink);

}  // namespace steelyard
