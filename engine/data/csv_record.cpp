// Follows quotes and separators through one record.
#include "engine/data/csv_record.h"

#include <algorithm>
#include <cstring>

#include "engine/base/text.h"
#include "engine/data/csv_bytes.h"

namespace steelyard {
namespace {

constexpr size_t kShownBytes = 500;
// A quoted cell that ends farther into its record is taken for one whose closing quote is missing.
constexpr size_t kLongestRecord = size_t{64} << 20;

CsvFlaw FlawOfBytes(std::string_view text) {
  if (std::memchr(text.data(), 0, text.size()) != nullptr) return CsvFlaw::kNulByte;
  return IsUtf8(text) ? CsvFlaw::kNone : CsvFlaw::kNotUtf8;
}

class Cutter {
 public:
  Cutter(std::string_view text, bool whole, const CsvDialect& dialect, CsvRecord& record,
         std::vector<CsvCell>* cells)
      : text_(text),
        whole_(whole),
        separator_(dialect.separator),
        break_(dialect.line_break),
        other_break_(dialect.line_break == '\n' ? '\r' : '\n'),
        record_(record),
        cells_(cells) {}

  bool Run() {
    record_ = CsvRecord();
    record_.blank = true;
    for (;;) {
      switch (TakeCell()) {
        case Stop::kMore: return false;
        case Stop::kQuote: return CutAtFirstLine();
        case Stop::kBreak: Finish(at_, at_ + 1); return true;
        case Stop::kEnd: Finish(at_, at_); return true;
        case Stop::kSeparator:
          record_.blank = false;
          ++record_.cells;
          ++at_;
          break;
      }
    }
  }

 private:
  enum class Stop : uint8_t { kSeparator, kBreak, kEnd, kMore, kQuote };

  // Goes to the end of a cell.
  Stop TakeCell() {
    const size_t begin = at_;
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    if (at_ == text_.size() || text_[at_] != '"') return TakePlain(begin);
    record_.blank = false;
    if (at_ > begin) record_.unusual = true;
    return TakeQuoted();
  }

  Stop TakePlain(size_t begin) {
    for (; at_ < text_.size() && text_[at_] != separator_ && text_[at_] != break_; ++at_) {
      const char c = text_[at_];
      if (c == '"') record_.unusual = true;
      record_.blank = record_.blank && (c == ' ' || c == '\t' || c == other_break_);
    }
    const Stop stop = Here();
    if (stop == Stop::kMore) return stop;
    const std::string_view cell = WithoutReturns(begin, stop);
    if (cells_ != nullptr) cells_->push_back({cell, false});
    return stop;
  }

  Stop TakeQuoted() {
    const size_t begin = at_ + 1;
    bool doubled = false;
    for (at_ = begin;; at_ += 2, doubled = true) {
      at_ = std::min(text_.find('"', at_), text_.size());
      if (at_ > kLongestRecord) return Stop::kQuote;
      if (at_ == text_.size()) return whole_ ? Stop::kQuote : Stop::kMore;
      if (at_ + 1 == text_.size() && !whole_) return Stop::kMore;
      if (at_ + 1 == text_.size() || text_[at_ + 1] != '"') break;
    }
    if (cells_ != nullptr) cells_->push_back({text_.substr(begin, at_ - begin), doubled});
    const size_t tail = ++at_;
    for (; at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == other_break_); ++at_) {
      if (text_[at_] == ' ') record_.unusual = true;
    }
    const Stop stop = Here();
    if (stop == Stop::kEnd && at_ < text_.size()) return Stop::kQuote;
    if (stop != Stop::kMore) WithoutReturns(tail, stop);
    return stop;
  }

  // What stands here; kEnd also for a byte that ends nothing.
  Stop Here() const {
    if (at_ == text_.size()) return whole_ ? Stop::kEnd : Stop::kMore;
    if (text_[at_] == separator_) return Stop::kSeparator;
    return text_[at_] == break_ ? Stop::kBreak : Stop::kEnd;
  }

  // From `begin` to here, without the carriage returns that belong to a line end. Others are a
  // flaw, and so is a line feed in a file of carriage returns.
  std::string_view WithoutReturns(size_t begin, Stop stop) {
    std::string_view cell = text_.substr(begin, at_ - begin);
    if (break_ == '\n' && stop != Stop::kSeparator) {
      while (cell.ends_with('\r')) cell.remove_suffix(1);
    }
    if (cell.find(other_break_) != std::string_view::npos) record_.flaw = CsvFlaw::kCarriageReturn;
    return cell;
  }

  // Of a record whose quotes are out of place only the first line is given up.
  bool CutAtFirstLine() {
    const size_t end = text_.find(break_);
    if (end == std::string_view::npos && !whole_) return false;
    record_ = CsvRecord();
    record_.flaw = CsvFlaw::kQuote;
    if (end == std::string_view::npos) {
      Finish(text_.size(), text_.size());
    } else {
      Finish(end, end + 1);
    }
    return true;
  }

  void Finish(size_t end, size_t taken) {
    record_.taken = taken;
    record_.text = text_.substr(0, end);
    while (break_ == '\n' && record_.text.ends_with('\r')) record_.text.remove_suffix(1);
    record_.lines = 1 + CountByte(record_.text, break_);
    if (record_.flaw == CsvFlaw::kNone) record_.flaw = FlawOfBytes(record_.text);
  }

  const std::string_view text_;
  const bool whole_;
  const char separator_;
  const char break_;
  const char other_break_;
  CsvRecord& record_;
  std::vector<CsvCell>* const cells_;
  size_t at_ = 0;
};

}  // namespace

bool CutCsvRecord(std::string_view text, bool whole, const CsvDialect& dialect, CsvRecord& record,
                  std::vector<CsvCell>* cells) {
  return Cutter(text, whole, dialect, record, cells).Run();
}

void AppendUndoubled(std::string_view text, std::string& out) {
  for (size_t at = 0; at < text.size(); ++at) {
    out += text[at];
    if (text[at] == '"') ++at;
  }
}

std::string ShownRecord(std::string_view text) {
  std::string shown(text.substr(0, kShownBytes));
  while (const std::optional<size_t> bad = FirstInvalidUtf8(shown)) {
    if (*bad + 4 > shown.size() && text.size() > kShownBytes) {
      shown.resize(*bad);
    } else {
      shown[*bad] = '?';
    }
  }
  std::replace(shown.begin(), shown.end(), '\0', '?');
  return shown;
}

}  // namespace steelyard
