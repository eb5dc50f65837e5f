// The beginning of a CSV file: how it is written, and its headings.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/data/csv_record.h"

namespace steelyard {

struct CsvHeader {
  enum class Status : uint8_t { kGood, kEmpty, kNotUtf8, kUtf16, kBrokenQuote, kUnreadable };
  Status status = Status::kGood;
  CsvDialect dialect;
  std::vector<std::string> headings;
  uint64_t next_line = 1;    // the line behind it
  uint64_t next_offset = 0;  // the byte behind it
  bool looks_gbk = false;    // kNotUtf8
};
// `separator` is 0 where it shall be found from the heading line itself: the one of `,` `;` tab `|`
// that leaves no quote inside a cell and makes the most cells, the first if several do.
CsvHeader ReadCsvHeader(const std::string& path, char separator);

// The cells of one record of valid quotes, without their quotes and the blanks around them.
std::vector<std::string> SplitRecord(std::string_view text, char separator);

}  // namespace steelyard
