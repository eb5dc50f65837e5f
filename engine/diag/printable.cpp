#include "engine/diag/printable.h"

#include "engine/base/text.h"

namespace steelyard {

namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr char32_t kByteOrderMark = 0xFEFF;

bool IsControl(char32_t point) { return point < 0x20 || (point >= 0x7F && point < 0xA0); }

// Marks that can make a line look like another one.
bool TurnsDirection(char32_t point) {
  return point == 0x061C || point == 0x200E || point == 0x200F ||
         (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

// U+2028 and U+2029 end a line like `\n`.
bool IsBlankLike(char32_t point) {
  return point == U'\t' || point == U'\n' || point == U'\r' || point == 0x2028 || point == 0x2029;
}

}  // namespace

size_t AppendPrintable(std::string_view text, size_t offset, std::string& out) {
  const CodePoint point = DecodeAt(text, offset);
  if (IsBlankLike(point.value)) {
    out += ' ';
  } else if (IsControl(point.value) || TurnsDirection(point.value)) {
    AppendUtf8(kReplacement, out);
  } else if (point.value != kByteOrderMark) {
    AppendUtf8(point.value, out);
  }
  return point.length;
}

std::string Printable(std::string_view text, size_t limit) {
  std::string shown;
  size_t count = 0;
  for (size_t at = 0; at < text.size(); ++count) {
    if (count == limit) return shown + "…";
    at += AppendPrintable(text, at, shown);
  }
  return shown;
}

}  // namespace steelyard
