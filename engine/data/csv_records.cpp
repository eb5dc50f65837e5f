// The scan for ends of records: one pass over the bytes, with a buffer that holds whole records.
#include "engine/data/csv_records.h"

#include <algorithm>
#include <cstring>

#include "engine/base/text.h"

namespace steelyard {
namespace {

constexpr size_t kBlock = size_t{1} << 20;
// A quoted cell longer than this is taken for one whose closing quote is missing.
constexpr size_t kLongestRecord = size_t{64} << 20;

bool IsAscii(std::string_view text) {
  unsigned char any = 0;
  for (const char c : text) any = static_cast<unsigned char>(any | static_cast<unsigned char>(c));
  return any < 0x80;
}

CsvFlaw FlawOfBytes(std::string_view text) {
  if (std::memchr(text.data(), 0, text.size()) != nullptr) return CsvFlaw::kNulByte;
  if (!IsAscii(text) && FirstInvalidUtf8(text)) return CsvFlaw::kNotUtf8;
  return CsvFlaw::kNone;
}

}  // namespace

CsvRecords::CsvRecords(std::istream& file, char separator, char line_break, uint64_t first_line)
    : file_(file), line_break_(line_break), line_(first_line) {
  marks_.fill(Mark::kOther);
  marks_[' '] = Mark::kSpace;
  marks_['\t'] = Mark::kTab;
  marks_['"'] = Mark::kQuote;
  marks_['\r'] = Mark::kOtherBreak;
  marks_['\n'] = Mark::kOtherBreak;
  marks_[static_cast<unsigned char>(separator)] = Mark::kSeparator;
  marks_[static_cast<unsigned char>(line_break)] = Mark::kBreak;
}

bool CsvRecords::Next(CsvRecord& record) {
  Cursor cursor;
  bool ended = Advance(cursor);
  while (!ended && cursor.flaw != CsvFlaw::kQuote) {
    if (cursor.state == State::kQuoted && cursor.at > kLongestRecord) {
      cursor.flaw = CsvFlaw::kQuote;
    } else if (Fill()) {
      ended = Advance(cursor);
    } else if (cursor.state == State::kQuoted) {
      cursor.flaw = CsvFlaw::kQuote;
    } else {
      break;
    }
  }
  if (cursor.at == 0) return false;
  if (cursor.flaw == CsvFlaw::kQuote) {
    CutAtFirstLine(cursor);
    ended = buffer_[begin_ + cursor.at - 1] == line_break_;
  }
  Describe(cursor, ended, record);
  line_ += record.lines;
  begin_ += cursor.at;
  return true;
}

// Goes on until the record ends (true), is found broken, or the buffer is used up.
bool CsvRecords::Advance(Cursor& cursor) const {
  while (begin_ + cursor.at < buffer_.size() && cursor.flaw != CsvFlaw::kQuote) {
    const auto byte = static_cast<unsigned char>(buffer_[begin_ + cursor.at]);
    ++cursor.at;
    if (Step(cursor, marks_[byte])) return true;
  }
  return false;
}

bool CsvRecords::Step(Cursor& cursor, Mark mark) const {
  if (cursor.state == State::kQuoted) {
    StepQuoted(cursor, mark);
    return false;
  }
  if (mark == Mark::kBreak) return true;
  if (mark == Mark::kOtherBreak) {
    // Good only if nothing but the line feed follows; in a file of carriage returns, never.
    ++cursor.returns;
    if (cursor.state == State::kCellStart) cursor.state = State::kPlain;
    if (cursor.state == State::kQuoteSeen) cursor.state = State::kAfterQuoted;
    if (line_break_ == '\r') cursor.flaw = CsvFlaw::kCarriageReturn;
    return false;
  }
  if (cursor.returns > 0) {
    cursor.flaw = CsvFlaw::kCarriageReturn;
    cursor.returns = 0;
  }
  cursor.blank = cursor.blank && (mark == Mark::kSpace || mark == Mark::kTab);
  if (mark == Mark::kSeparator) {
    ++cursor.cells;
    cursor.spaces = 0;
    cursor.state = State::kCellStart;
    return false;
  }
  StepInCell(cursor, mark);
  return false;
}

void CsvRecords::StepInCell(Cursor& cursor, Mark mark) const {
  switch (cursor.state) {
    case State::kCellStart:
      if (mark == Mark::kSpace) {
        ++cursor.spaces;
      } else if (mark == Mark::kQuote) {
        cursor.state = State::kQuoted;
        cursor.unusual = cursor.unusual || cursor.spaces > 0;
      } else {
        cursor.state = State::kPlain;
      }
      break;
    case State::kPlain: cursor.unusual = cursor.unusual || mark == Mark::kQuote; break;
    case State::kQuoteSeen:
      if (mark == Mark::kQuote) {
        cursor.state = State::kQuoted;
        break;
      }
      [[fallthrough]];
    case State::kAfterQuoted:
      cursor.state = State::kAfterQuoted;
      cursor.unusual = true;
      if (mark != Mark::kSpace) cursor.flaw = CsvFlaw::kQuote;
      break;
    case State::kQuoted: break;
  }
}

void CsvRecords::StepQuoted(Cursor& cursor, Mark mark) const {
  if (mark == Mark::kQuote) cursor.state = State::kQuoteSeen;
  if (mark == Mark::kBreak) ++cursor.line_breaks;
}

// Drops what has been used and reads one more block; false at the end of the file.
bool CsvRecords::Fill() {
  buffer_.erase(0, begin_);
  consumed_ += begin_;
  begin_ = 0;
  const size_t old = buffer_.size();
  buffer_.resize(old + kBlock);
  file_.read(buffer_.data() + old, static_cast<std::streamsize>(kBlock));
  buffer_.resize(old + static_cast<size_t>(file_.gcount()));
  return buffer_.size() > old;
}

// Of a record whose quotes are out of place only the first line is given up.
void CsvRecords::CutAtFirstLine(Cursor& cursor) {
  size_t searched = 0;
  size_t line_end = std::string::npos;
  do {
    line_end = buffer_.find(line_break_, begin_ + searched);
    searched = buffer_.size() - begin_;
  } while (line_end == std::string::npos && Fill());
  cursor = Cursor();
  cursor.flaw = CsvFlaw::kQuote;
  cursor.blank = false;
  cursor.at = (line_end == std::string::npos ? buffer_.size() : line_end + 1) - begin_;
}

void CsvRecords::Describe(const Cursor& cursor, bool ended, CsvRecord& record) const {
  std::string_view text = std::string_view(buffer_).substr(begin_, cursor.at);
  size_t returns = 0;
  if (ended) text.remove_suffix(1);
  while (line_break_ == '\n' && text.ends_with('\r')) {
    text.remove_suffix(1);
    ++returns;
  }
  record.text = text;
  record.line = line_;
  record.lines = cursor.line_breaks + 1;
  record.cells = cursor.cells;
  record.blank = cursor.blank;
  record.unusual = cursor.unusual;
  record.flaw = cursor.flaw == CsvFlaw::kNone ? FlawOfBytes(text) : cursor.flaw;
  record.end = ended ? LineEnd::kLf : LineEnd::kNone;
  if (line_break_ == '\r') record.end = LineEnd::kOdd;
  if (returns > 0) record.end = ended && returns == 1 ? LineEnd::kCrLf : LineEnd::kOdd;
}

}  // namespace steelyard
