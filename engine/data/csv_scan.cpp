// Reads the heading line, sorts good records from bad ones, and copies the good ones.
#include "engine/data/csv_scan.h"

#include <algorithm>
#include <fstream>
#include <limits>
#include <utility>

#include "engine/base/text.h"
#include "engine/data/cell_text.h"

namespace steelyard {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr size_t kShownBytes = 500;  // of a bad record

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

std::string ReadBeginning(std::istream& file) {
  std::string text(size_t{1} << 16, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<size_t>(file.gcount()));
  file.clear();
  return text;
}

// The first record that is not blank; false where there is none.
bool FirstRecord(std::istream& file, uint64_t offset, CsvHeader& header, CsvRecord& record,
                 std::string& text) {
  file.clear();
  file.seekg(static_cast<std::streamoff>(offset));
  CsvRecords records(file, header.separator, header.line_break);
  bool found = records.Next(record);
  while (found && record.blank) found = records.Next(record);
  if (!found) return false;
  text = record.text;
  header.next_line = record.line + record.lines;
  header.next_offset = offset + records.consumed();
  header.plain = record.line == 1 && record.lines == 1;
  header.end = record.end;
  return true;
}

// Of the separators that leave no quote inside a cell, the one that makes the most cells; if none
// does so, of them all.
char FindSeparator(std::istream& file, uint64_t offset, CsvHeader header) {
  char best = ',';
  char broken = 0;  // the first one that cannot make sense of the quotes
  std::pair<bool, size_t> most = {false, 0};
  for (const char separator : {',', ';', '\t', '|'}) {
    CsvRecord record;
    std::string text;
    header.separator = separator;
    if (!FirstRecord(file, offset, header, record, text)) break;
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

// At most `kShownBytes` of a record, cut between characters; bytes that are no UTF-8 become `?`.
std::string Shown(std::string_view text) {
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

CsvFlaw FlawOf(const CsvRecord& record, size_t cells) {
  if (record.flaw != CsvFlaw::kNone) return record.flaw;
  if (record.cells < cells) return CsvFlaw::kFewCells;
  return record.cells > cells ? CsvFlaw::kManyCells : CsvFlaw::kNone;
}

// With every cell in quotes.
std::string Requoted(const CsvRecord& record, char separator) {
  std::string text;
  for (const std::string& cell : SplitRecord(record.text, separator)) {
    text += text.empty() ? "\"" : std::string{separator, '"'};
    for (const char c : cell) text.append(c == '"' ? 2 : 1, c);
    text += '"';
  }
  return text + '\n';
}

}  // namespace

CsvHeader ReadCsvHeader(const std::string& path, char separator) {
  CsvHeader header;
  std::ifstream file(path, std::ios::binary);
  const std::string beginning = ReadBeginning(file);
  if (file.bad() || !file.is_open()) {
    header.status = CsvHeader::Status::kUnreadable;
    return header;
  }
  if (LooksUtf16(beginning)) {
    header.status = CsvHeader::Status::kUtf16;
    return header;
  }
  const uint64_t offset = beginning.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  header.line_break = FindLineBreak(beginning);
  header.separator = separator != 0 ? separator : FindSeparator(file, offset, header);
  CsvRecord record;
  std::string text;
  if (!FirstRecord(file, offset, header, record, text)) {
    header.status = CsvHeader::Status::kEmpty;
  } else if (record.flaw == CsvFlaw::kNotUtf8 || record.flaw == CsvFlaw::kNulByte) {
    header.status = CsvHeader::Status::kNotUtf8;
    header.looks_gbk = record.flaw == CsvFlaw::kNotUtf8 && LooksGbk(text);
  } else if (record.flaw != CsvFlaw::kNone) {
    header.status = CsvHeader::Status::kBrokenQuote;
  } else {
    header.headings = SplitRecord(text, header.separator);
  }
  return header;
}

CsvScan ScanCsv(const std::string& path, const CsvHeader& header) {
  CsvScan scan;
  std::ifstream file(path, std::ios::binary);
  file.seekg(static_cast<std::streamoff>(header.next_offset));
  CsvRecords records(file, header.separator, header.line_break, header.next_line);
  scan.plain = header.plain && header.end != LineEnd::kOdd;
  CsvRecord record;
  while (records.Next(record)) {
    if (record.end != header.end && record.end != LineEnd::kNone) scan.plain = false;
    const CsvFlaw flaw = FlawOf(record, header.headings.size());
    if (record.blank || record.unusual || flaw != CsvFlaw::kNone) scan.plain = false;
    if (record.blank) continue;
    if (flaw != CsvFlaw::kNone) {
      scan.bad.push_back({record.line, flaw, Shown(record.text)});
      continue;
    }
    scan.lines.push_back(static_cast<uint32_t>(
        std::min<uint64_t>(record.line, std::numeric_limits<uint32_t>::max())));
    scan.longest = std::max(scan.longest, record.text.size());
    scan.breaks_in_quotes = scan.breaks_in_quotes || record.lines > 1;
  }
  scan.failed = !file.is_open() || records.failed();
  return scan;
}

bool CopyGoodRecords(const std::string& path, const CsvHeader& header, std::ostream& out) {
  std::ifstream file(path, std::ios::binary);
  file.seekg(static_cast<std::streamoff>(header.next_offset));
  CsvRecords records(file, header.separator, header.line_break, header.next_line);
  CsvRecord record;
  while (out && records.Next(record)) {
    if (record.blank || FlawOf(record, header.headings.size()) != CsvFlaw::kNone) continue;
    out << Requoted(record, header.separator);
  }
  out.flush();
  return out.good() && file.is_open() && !records.failed();
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
