// Cuts a CSV file into records. DuckDB reads the cells but does not tell lines; this follows quotes
// and separators just far enough to know the line of every record and how many cells it has.
//
// A quote out of place costs its own line only: reading goes on with the next one, so that one
// stray quote does not swallow the rest of the file.
#pragma once

#include <array>
#include <cstdint>
#include <istream>
#include <string>
#include <string_view>

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

enum class LineEnd : uint8_t {
  kNone,  // the file ends here
  kLf,
  kCrLf,
  kOdd,  // several carriage returns before the line feed, or one alone
};

struct CsvRecord {
  std::string_view text;          // without its line end
  uint64_t line = 0;              // of its beginning, from 1
  uint64_t lines = 1;             // that it takes
  size_t cells = 0;               // 1 and more
  CsvFlaw flaw = CsvFlaw::kNone;  // here never a number of cells
  bool blank = false;             // nothing but blanks: no record at all
  bool unusual = false;           // blanks around quotes, or quotes inside a cell without quotes
  LineEnd end = LineEnd::kNone;
};

class CsvRecords {
 public:
  // `line_break` is '\n' (with '\r' before it or not), or '\r' for files that have no line feeds.
  // `file` is read from where it stands, which is on line `first_line`.
  CsvRecords(std::istream& file, char separator, char line_break, uint64_t first_line = 1);

  // False at the end of the file. The record is good until the next call.
  bool Next(CsvRecord& record);
  bool failed() const { return file_.bad(); }               // the file could not be read to its end
  uint64_t consumed() const { return consumed_ + begin_; }  // bytes, up to the next record

 private:
  enum class Mark : uint8_t { kOther, kSeparator, kQuote, kBreak, kOtherBreak, kSpace, kTab };
  enum class State : uint8_t {
    kCellStart,    // nothing of the cell but spaces
    kPlain,        // in a cell without quotes
    kQuoted,       // between quotes
    kQuoteSeen,    // behind a quote that ends the cell or is half of a doubled one
    kAfterQuoted,  // spaces behind a quoted cell
  };
  struct Cursor {
    size_t at = 0;  // bytes of the record that have been looked at
    State state = State::kCellStart;
    size_t cells = 1;
    uint64_t line_breaks = 0;
    size_t returns = 0;  // carriage returns just seen
    bool blank = true;
    bool unusual = false;
    size_t spaces = 0;  // that the cell begins with
    CsvFlaw flaw = CsvFlaw::kNone;
  };

  bool Advance(Cursor& cursor) const;
  bool Step(Cursor& cursor, Mark mark) const;
  void StepQuoted(Cursor& cursor, Mark mark) const;
  void StepInCell(Cursor& cursor, Mark mark) const;
  bool Fill();
  void CutAtFirstLine(Cursor& cursor);
  void Describe(const Cursor& cursor, bool ended, CsvRecord& record) const;

  std::istream& file_;
  const char line_break_;
  std::array<Mark, 256> marks_;
  uint64_t line_;
  uint64_t consumed_ = 0;  // bytes no longer in buffer_
  std::string buffer_;
  size_t begin_ = 0;  // of the next record, in buffer_
};

}  // namespace steelyard
