// What is known of a CSV file before DuckDB reads its cells: how it is written, its headings, the
// line of every record, and which records cannot be used. Those are kept out of DuckDB's sight, so
// what it reads is always well formed.
#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "engine/data/csv_records.h"

namespace steelyard {

// The heading line, and how the rest is to be read.
struct CsvHeader {
  enum class Status : uint8_t { kGood, kEmpty, kNotUtf8, kUtf16, kBrokenQuote, kUnreadable };
  Status status = Status::kGood;
  char separator = ',';
  char line_break = '\n';
  std::vector<std::string> headings;
  uint64_t next_line = 1;    // the line behind it
  uint64_t next_offset = 0;  // the byte behind it
  LineEnd end = LineEnd::kLf;
  bool plain = true;       // on the first line, and one line long
  bool looks_gbk = false;  // kNotUtf8
};
// `separator` is 0 where it shall be found from the heading line itself: the one of `,` `;` tab `|`
// that leaves no quote inside a cell and makes the most cells, the first if several do.
CsvHeader ReadCsvHeader(const std::string& path, char separator);

// A record that cannot be used.
struct CsvBadRecord {
  uint64_t line = 0;
  CsvFlaw flaw = CsvFlaw::kNone;
  std::string text;  // its beginning, as valid UTF-8
};

struct CsvScan {
  bool failed = false;          // the file could not be read
  std::vector<uint32_t> lines;  // of the good records
  std::vector<CsvBadRecord> bad;
  bool plain = true;              // DuckDB can read the file as it stands…
  bool breaks_in_quotes = false;  // …though only with one thread
  size_t longest = 0;             // bytes of the longest good record
};
CsvScan ScanCsv(const std::string& path, const CsvHeader& header);

// Writes the good records alone, a quoted cell like the other, each record ended by a line feed.
// False where reading or writing fails.
bool CopyGoodRecords(const std::string& path, const CsvHeader& header, std::ostream& out);

// The cells of one record of valid quotes, without their quotes.
std::vector<std::string> SplitRecord(std::string_view text, char separator);

}  // namespace steelyard
