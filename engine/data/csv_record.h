// One record of a CSV text: where it ends, its cells, and what is wrong with it.
//
// A quote out of place costs its own line only: reading goes on with the next one, so that one
// stray quote does not swallow the rest of the file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace steelyard {

// What is wrong with a record.
enum class CsvFlaw : uint8_t {
  kNone,
  kFewCells,
  kManyCells,
  kQuote,           // text behind a closing quote, or a quote that is never closed
  kCarriageReturn,  // outside quotes and not at the end of the line
  kNulByte,
  kNotUtf8,
};

// How a file is written. `line_break` is '\n' (with '\r' before it or not), or '\r' for files that
// have no line feeds.
struct CsvDialect {
  char separator = ',';
  char line_break = '\n';
};

// A cell as it stands in the text, without the quotes around it.
struct CsvCell {
  std::string_view text;
  bool doubled = false;  // quotes within are doubled
};

struct CsvRecord {
  std::string_view text;          // without its line end
  size_t taken = 0;               // bytes, with its line end
  uint64_t lines = 1;             // that it takes
  size_t cells = 1;               // 1 and more
  CsvFlaw flaw = CsvFlaw::kNone;  // here never a number of cells
  bool blank = false;             // nothing but blanks: no record at all
  bool unusual = false;           // blanks around quotes, or quotes inside a cell without quotes
};

// Cuts the first record off `text`, which is not empty. False where its end is not in sight:
// possible only unless `whole`, which says that the file ends with `text`. Cells are added to
// `cells` unless it is null; they are good only where the record has no flaw.
bool CutCsvRecord(std::string_view text, bool whole, const CsvDialect& dialect, CsvRecord& record,
                  std::vector<CsvCell>* cells);

// `say ""hi""` as `say "hi"`, added to `out`.
void AppendUndoubled(std::string_view text, std::string& out);

// At most the first 500 bytes of a record, cut between characters, as valid UTF-8: other bytes
// become `?`.
std::string ShownRecord(std::string_view text);

}  // namespace steelyard
