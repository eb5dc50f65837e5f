// Reads the heading line, and finds out how the file is written.
#include "engine/data/csv_header.h"

#include <algorithm>
#include <utility>

#include "engine/data/cell_text.h"
#include "engine/data/input_file.h"

namespace steelyard {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr size_t kFirstBytes = size_t{1} << 16;

// Line feeds unless the beginning of the file has none at all.
char FindLineBreak(std::string_view beginning) {
  const bool feeds = beginning.find('\n') != std::string_view::npos;
  return !feeds && beginning.find('\r') != std::string_view::npos ? '\r' : '\n';
}

bool LooksUtf16(std::string_view beginning) {
  return beginning.starts_with("\xFF\xFE") || beginning.starts_with("\xFE\xFF") ||
         beginning.substr(0, 2).find('\0') != std::string_view::npos;
}

// Pairs of a lead byte and a trail byte as GBK has them.
bool LooksGbk(std::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x80) continue;
    if (lead == 0x80 || lead == 0xFF || ++i == text.size()) return false;
    const auto trail = static_cast<unsigned char>(text[i]);
    if (trail < 0x40 || trail == 0x7F || trail == 0xFF) return false;
  }
  return true;
}

// The beginning of a file, more of it as it is asked for.
class Beginning {
 public:
  explicit Beginning(const std::string& path) : file_(path) { More(); }

  bool failed() const { return failed_; }
  bool whole() const { return whole_; }
  std::string_view text() const { return text_; }
  void More() {
    const size_t old = text_.size();
    const size_t wanted = std::max(kFirstBytes, old);
    text_.resize(old + wanted);
    const int64_t got = file_.is_open() ? file_.Read(old, text_.data() + old, wanted) : -1;
    failed_ = got < 0;
    text_.resize(old + static_cast<size_t>(std::max<int64_t>(got, 0)));
    whole_ = text_.size() < old + wanted;
  }

 private:
  InputFile file_;
  std::string text_;
  bool whole_ = false;
  bool failed_ = false;
};

// The first record that is not blank; false where there is none.
bool FirstRecord(Beginning& beginning, uint64_t offset, CsvHeader& header, CsvRecord& record) {
  header.next_line = 1;
  header.next_offset = offset;
  for (;;) {
    const std::string_view rest = beginning.text().substr(header.next_offset);
    if (rest.empty() && beginning.whole()) return false;
    if (rest.empty() || !CutCsvRecord(rest, beginning.whole(), header.dialect, record, nullptr)) {
      beginning.More();
      continue;
    }
    header.next_line += record.lines;
    header.next_offset += record.taken;
    if (!record.blank) return true;
  }
}

// Of the separators that leave no quote inside a cell, the one that makes the most cells; if none
// does so, of them all.
char FindSeparator(Beginning& beginning, uint64_t offset, CsvHeader header) {
  char best = ',';
  char broken = 0;  // the first one that cannot make sense of the quotes
  std::pair<bool, size_t> most = {false, 0};
  for (const char separator : {',', ';', '\t', '|'}) {
    CsvRecord record;
    header.dialect.separator = separator;
    if (!FirstRecord(beginning, offset, header, record)) break;
    const std::pair<bool, size_t> fit = {!record.unusual, record.cells};
    if (record.flaw == CsvFlaw::kQuote) {
      if (broken == 0) broken = separator;
    } else if (fit > most) {
      most = fit;
      best = separator;
    }
  }
  // Quotes inside cells by one reading and out of place by another: they are out of place.
  return broken != 0 && !most.first ? broken : best;
}

}  // namespace

CsvHeader ReadCsvHeader(const std::string& path, char separator) {
  CsvHeader header;
  Beginning beginning(path);
  if (beginning.failed()) {
    header.status = CsvHeader::Status::kUnreadable;
    return header;
  }
  if (LooksUtf16(beginning.text())) {
    header.status = CsvHeader::Status::kUtf16;
    return header;
  }
  const uint64_t offset = beginning.text().starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  header.dialect.line_break = FindLineBreak(beginning.text());
  header.dialect.separator = separator != 0 ? separator : FindSeparator(beginning, offset, header);
  CsvRecord record;
  if (!FirstRecord(beginning, offset, header, record)) {
    header.status = CsvHeader::Status::kEmpty;
  } else if (record.flaw == CsvFlaw::kNotUtf8 || record.flaw == CsvFlaw::kNulByte) {
    header.status = CsvHeader::Status::kNotUtf8;
    header.looks_gbk = record.flaw == CsvFlaw::kNotUtf8 && LooksGbk(record.text);
  } else if (record.flaw != CsvFlaw::kNone) {
    header.status = CsvHeader::Status::kBrokenQuote;
  } else {
    header.headings = SplitRecord(record.text, header.dialect.separator);
  }
  if (beginning.failed()) header.status = CsvHeader::Status::kUnreadable;
  return header;
}

std::vector<std::string> SplitRecord(std::string_view text, char separator) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"' && quoted && at + 1 < text.size() && text[at + 1] == '"') {
      cells.back() += '"';
      ++at;
    } else if (c == '"' && (quoted || cells.back().find_first_not_of(' ') == std::string::npos)) {
      quoted = !quoted;
    } else if (c == separator && !quoted) {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  for (std::string& cell : cells) cell = std::string(TrimBlanks(cell));
  return cells;
}

}  // namespace steelyard
