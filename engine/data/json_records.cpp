// Follows brackets and texts of JSON to the ends of its records.
#include "engine/data/json_records.h"

namespace steelyard {
namespace {

constexpr size_t kBlock = size_t{1} << 20;

bool IsBlank(int c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

}  // namespace

JsonRecords::JsonRecords(std::istream& file) : file_(file) {
  Fill();
  if (buffer_.starts_with("\xEF\xBB\xBF")) at_ = 3;
}

// Drops what lies before the record and reads one more block; false at the end of the file.
bool JsonRecords::Fill() {
  buffer_.erase(0, begin_);
  at_ -= begin_;
  begin_ = 0;
  const size_t old = buffer_.size();
  buffer_.resize(old + kBlock);
  file_.read(buffer_.data() + old, static_cast<std::streamsize>(kBlock));
  buffer_.resize(old + static_cast<size_t>(file_.gcount()));
  return buffer_.size() > old;
}

int JsonRecords::Peek() {
  if (at_ == buffer_.size() && !Fill()) return -1;
  return static_cast<unsigned char>(buffer_[at_]);
}

void JsonRecords::SkipBlanks() {
  for (int c = Peek(); IsBlank(c); c = Peek()) {
    if (c == '\n') ++line_;
    ++at_;
    begin_ = at_;
  }
}

bool JsonRecords::Fail() {
  broken_ = true;
  return false;
}

// Goes to the beginning of the next record.
bool JsonRecords::FindRecord() {
  for (;;) {
    begin_ = at_;
    SkipBlanks();
    const int c = Peek();
    if (c < 0) return in_array_ && expect_ != Expect::kNothing ? Fail() : false;
    empty_ = false;
    if (expect_ == Expect::kNothing) return Fail();
    if (expect_ == Expect::kFirst && c == '[') {
      in_array_ = true;
      expect_ = Expect::kMemberOrEnd;
    } else if (c == ']' && (expect_ == Expect::kMemberOrEnd || expect_ == Expect::kCommaOrEnd)) {
      expect_ = Expect::kNothing;
    } else if (expect_ == Expect::kCommaOrEnd) {
      if (c != ',') return Fail();
      expect_ = Expect::kMember;
    } else {
      return c == ']' || c == '}' || c == ',' ? Fail() : true;
    }
    ++at_;
  }
}

bool JsonRecords::Next(JsonRecord& record) {
  if (broken_ || !FindRecord()) return false;
  record.line = line_;
  TakeValue();
  record.text = std::string_view(buffer_).substr(begin_, at_ - begin_);
  expect_ = in_array_ ? Expect::kCommaOrEnd : Expect::kValue;
  return true;
}

// Takes one value. Outside an array a line that begins with `{` begins a record, so that a bracket
// left open costs its own record only.
void JsonRecords::TakeValue() {
  int depth = 0;
  in_text_ = escaped_ = false;
  bool line_begins = false;
  for (int c = Peek(); c >= 0; c = Peek()) {
    if (line_begins && c == '{' && !in_array_) return;
    line_begins = c == '\n';
    if (depth == 0 && !in_text_ && (IsBlank(c) || c == ',' || c == ']')) return;
    if (c == '\n') ++line_;
    ++at_;
    if (TakeInside(static_cast<char>(c), depth)) return;
  }
}

// True once the value is complete.
bool JsonRecords::TakeInside(char c, int& depth) {
  if (c == '\n') in_text_ = escaped_ = false;  // no JSON text goes over a line's end
  if (in_text_) {
    if (!escaped_ && c == '"') in_text_ = false;
    escaped_ = !escaped_ && c == '\\';
    return !in_text_ && depth == 0;
  }
  if (c == '"') in_text_ = true;
  if (c == '{' || c == '[') ++depth;
  return (c == '}' || c == ']') && --depth <= 0;
}

}  // namespace steelyard
