// Trims and folds the texts of cells.
#include "engine/data/cell_text.h"

#include <algorithm>
#include <array>

#include "engine/base/text.h"

namespace steelyard {
namespace {

constexpr std::string_view kBlanks[] = {
    " ",      "\t", "\r", "\n", "\v", "\f",
    "\u00A0",  // no-break space
    "\u3000",  // ideographic space
    "\uFEFF",  // byte-order mark
};

template <size_t N>
bool IsOneOf(std::string_view text, const std::array<std::string_view, N>& marks) {
  return std::find(marks.begin(), marks.end(), text) != marks.end();
}

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::string_view TrimBlanks(std::string_view text) {
  const auto plain = [](char c) { return c > ' ' && c < 0x7f; };
  for (bool again = true; again && !text.empty();) {
    again = false;
    if (plain(text.front()) && plain(text.back())) break;
    for (const std::string_view blank : kBlanks) {
      if (text.starts_with(blank)) {
        text.remove_prefix(blank.size());
        again = true;
      }
      if (text.ends_with(blank)) {
        text.remove_suffix(blank.size());
        again = true;
      }
    }
  }
  return text;
}

std::string_view FoldCell(std::string_view text, std::string& scratch) {
  if (std::none_of(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; })) return text;
  if (FirstInvalidUtf8(text)) return text;
  scratch.clear();
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = DecodeAt(text, at);
    char32_t folded = FoldWidth(point.value);
    if (folded == U'\u2212') folded = U'-';
    if (folded == U'\uFFE5') folded = U'\u00A5';  // full-width yen sign
    if (folded == U'\uFFE1') folded = U'\u00A3';  // full-width pound sign
    if (folded == U'\u00A0') folded = U' ';
    AppendUtf8(folded, scratch);
    at += point.length;
  }
  return scratch;
}

bool IsNullMark(std::string_view trimmed) {
  static constexpr std::array<std::string_view, 4> kMarks = {"NULL", "null", "#N/A", "#DIV/0!"};
  return trimmed.empty() || IsOneOf(trimmed, kMarks);
}

bool IsBlankMark(std::string_view trimmed) {
  static constexpr std::array<std::string_view, 4> kMarks = {"NA", "N/A", "-", "—"};
  return IsOneOf(trimmed, kMarks);
}

bool EqualIgnoringAsciiCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return Lower(x) == Lower(y); });
}

}  // namespace steelyard
