#include "engine/explain/figure_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/base/text.h"
#include "engine/report/lines.h"

namespace steelyard {
namespace {

constexpr size_t kWidth = 100;

std::string Words(Language language, const char* english, const char* chinese) {
  return language == Language::kChinese ? chinese : english;
}

bool IsLarger(const UsedRow* a, const UsedRow* b) {
  if (a->value.is_number() != b->value.is_number()) return a->value.is_number();
  return a->value.is_number() && Abs(a->value.number()) > Abs(b->value.number());
}

// `3, 7–9`.
std::string Ranges(const std::vector<uint32_t>& lines) {
  std::string text;
  for (size_t i = 0; i < lines.size();) {
    size_t end = i + 1;
    while (end < lines.size() && lines[end] == lines[end - 1] + 1) ++end;
    text += (text.empty() ? "" : ", ") + std::to_string(lines[i]);
    if (end - i > 1) text += (end - i == 2 ? ", " : "–") + std::to_string(lines[end - 1]);
    i = end;
  }
  return text;
}

std::string Note(const Figure& figure, Language language) {
  if (!figure.cause.empty()) {
    return fmt::format(fmt::runtime(Words(language, " ({})", "（{}）")), figure.cause);
  }
  if (!figure.since.empty()) {
    return fmt::format(fmt::runtime(Words(language, " (since {})", "（自 {} 起）")), figure.since);
  }
  if (!figure.each.empty()) {
    return fmt::format(fmt::runtime(Words(language, " (for each {})", "（每行{}）")), figure.each);
  }
  if (!figure.file.empty()) return fmt::format(" ({}:{})", figure.file, figure.line);
  return "";
}

// The parts on one line, or on several where they are long.
void AddEquation(std::vector<std::string> parts, const std::string& note, size_t indent,
                 std::vector<std::string>& lines) {
  const std::string blanks(indent, ' ');
  parts.back() += note;
  std::string line = blanks;
  for (const std::string& part : parts) line += part;
  if (DisplayWidth(line) <= kWidth || parts.size() < 2) {
    lines.push_back(std::move(line));
    return;
  }
  lines.push_back(blanks + parts[0] + parts[1]);
  for (size_t i = 2; i < parts.size(); ++i) lines.push_back(blanks + "   " + parts[i]);
}

}  // namespace

std::string EquationEnd(const std::string& shown) {
  if (shown.starts_with("≈")) return " ≈ " + shown.substr(std::string("≈").size());
  return " = " + shown;
}

std::vector<std::string> EquationOf(const Figure& figure) {
  const bool condition = figure.type.kind == TypeKind::kBool;
  std::vector<std::string> parts;
  if (!figure.name.empty()) parts.push_back(figure.name);
  for (const std::string* part : {&figure.words, &figure.numbers}) {
    if (part->empty()) continue;
    const char* sign = condition ? ": " : " = ";
    parts.push_back(parts.empty() ? *part : sign + *part);
  }
  if (!figure.shown.empty()) {
    parts.push_back(condition ? " → " + figure.shown : EquationEnd(figure.shown));
  }
  return parts;
}

std::string FoldWords(const Fold& fold, Language language) {
  if (fold.table.empty()) return "";
  const size_t used = fold.used.size();
  const bool chinese = language == Language::kChinese;
  std::string text;
  if (used == fold.belonging) {
    text = chinese ? fmt::format("{} {} 行", fold.table, used)
                   : fmt::format("{} {} {}", used, fold.table, used == 1 ? "row" : "rows");
  } else {
    text = chinese ? fmt::format("{} {} 行中的 {} 行", fold.table, fold.belonging, used)
                   : fmt::format("{} of {} {} rows", used, fold.belonging, fold.table);
  }
  if (fold.missing == 0) return text;
  return text + fmt::format(fmt::runtime(chinese ? "，其中 {} 行没有值" : ", {} without a value"),
                            fold.missing);
}

std::string PlaceWords(const UsedRow& row) {
  if (row.file.empty())
    return row.key + (row.key.empty() || row.period.empty() ? "" : " ") + row.period;
  std::string text = fmt::format("{}:{}", row.file, row.line);
  if (!row.key.empty()) text += " " + row.key;
  if (!row.period.empty()) text += " " + row.period;
  return text;
}

std::vector<std::string> LinesByFile(const Fold& fold, size_t most) {
  std::vector<std::string> files;
  std::map<std::string, std::vector<uint32_t>> lines;
  size_t told = 0;
  for (const UsedRow& row : fold.used) {
    if (row.file.empty() || told++ >= most) continue;
    if (lines.count(row.file) == 0) files.push_back(row.file);
    lines[row.file].push_back(row.line);
  }
  for (std::string& file : files) {
    std::sort(lines[file].begin(), lines[file].end());
    file += ":" + Ranges(lines[file]);
  }
  return files;
}

std::vector<const UsedRow*> RowsToTell(const Fold& fold, size_t most) {
  std::vector<const UsedRow*> rows;
  for (const UsedRow& row : fold.used) rows.push_back(&row);
  if (rows.size() <= most) return rows;
  std::stable_sort(rows.begin(), rows.end(), IsLarger);
  rows.resize(most);
  return rows;
}

void FigureText::Tell(size_t index, size_t indent, std::vector<std::string>& lines) {
  if (!told_.insert(index).second) return;
  const Figure& figure = derivation_.at(index);
  std::vector<std::string> parts = EquationOf(figure);
  if (parts.empty()) parts.push_back("…");
  AddEquation(std::move(parts), Note(figure, derivation_.language()), indent, lines);
  if (figure.fold) TellRows(*figure.fold, indent + 2, lines);
  for (const size_t use : figure.uses) Tell(use, indent + 2, lines);
}

void FigureText::TellRows(const Fold& fold, size_t indent, std::vector<std::string>& lines) const {
  const Language language = derivation_.language();
  const std::string blanks(indent, ' ');
  const std::string words = FoldWords(fold, language);
  if (fold.counted) {
    std::string line = blanks + words;
    for (const std::string& file : LinesByFile(fold, rows_)) {
      line += (line.size() == blanks.size() + words.size() ? ": " : "; ") + file;
    }
    if (fold.used.size() > rows_) line += ", …";
    lines.push_back(std::move(line));
    return;
  }
  if (!words.empty()) lines.push_back(blanks + words + (fold.used.empty() ? "" : ":"));
  const auto rows = RowsToTell(fold, rows_);
  size_t place = 0;
  size_t value = 0;
  for (const UsedRow* row : rows) {
    place = std::max(place, DisplayWidth(PlaceWords(*row)));
    value = std::max(value, DisplayWidth(row->shown));
  }
  for (const UsedRow* row : rows) {
    lines.push_back(blanks + "  " + PadRight(PlaceWords(*row), place) + "  " +
                    PadLeft(row->shown, value));
  }
  if (rows.size() == fold.used.size()) return;
  const std::string rest = Words(language, "and {} more rows", "另有 {} 行");
  lines.push_back(blanks + "  " + fmt::format(fmt::runtime(rest), fold.used.size() - rows.size()));
}

}  // namespace steelyard
