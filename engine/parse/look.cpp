// Tokens here are only as exact as messages need them.
#include "engine/parse/look.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <iterator>

#include "engine/base/text.h"
#include "engine/parse/lexicon.h"
#include "engine/syntax/spell.h"

namespace steelyard {

namespace {

constexpr size_t kMaxShownPoints = 40;
constexpr std::string_view kSigns = "&|=<>!*:?~^";

bool IsBlankByte(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool IsDigitByte(char c) { return c >= '0' && c <= '9'; }

// Start of the code point that ends before `at`.
size_t PointBefore(std::string_view text, size_t at) {
  do {
    --at;
  } while (at > 0 && (text[at] & 0xC0) == 0x80);
  return at;
}

size_t EndOfName(std::string_view text, size_t at) {
  while (at < text.size()) {
    const CodePoint point = DecodeAt(text, at);
    if (!IsNamePart(point.value)) break;
    at += point.length;
  }
  return at;
}

size_t EndOfSigns(std::string_view text, size_t at) {
  while (at < text.size() && kSigns.find(text[at]) != std::string_view::npos) ++at;
  return at;
}

size_t EndOfDigits(std::string_view text, size_t at) {
  while (at < text.size() && IsDigitByte(text[at])) ++at;
  return at;
}

// A text or name in quotes, to the quote that ends it or to the end.
size_t EndOfQuoted(std::string_view text, size_t at) {
  const size_t length = DecodeAt(text, at).length;
  const std::string_view closer = ClosingQuote(text.substr(at, length));
  const size_t end = text.find(closer, at + length);
  return end == std::string_view::npos ? text.size() : end + closer.size();
}

bool IsPairOfSigns(std::string_view text) {
  constexpr std::string_view kPairs[] = {"<=", ">=", "<>", "!=", "==", "??", ".."};
  return std::find(std::begin(kPairs), std::end(kPairs), text) != std::end(kPairs);
}

bool OpensQuoted(char32_t point) {
  return std::u32string_view(U"`'\"＂＇“‘「『").find(point) != std::u32string_view::npos;
}

}  // namespace

Extent CharacterAt(const FoldedText& folded, size_t at) {
  if (at >= folded.size()) return {folded.size(), folded.size()};
  return {at, at + DecodeAt(folded.text(), at).length};
}

Extent TokenAt(const FoldedText& folded, size_t at) {
  const std::string_view text = folded.text();
  while (at < text.size() && IsBlankByte(text[at])) ++at;
  if (at == text.size()) return {at, at};
  const CodePoint first = DecodeAt(text, at);
  if (IsNamePart(first.value)) return {at, EndOfName(text, at)};
  if (OpensQuoted(first.value)) return {at, EndOfQuoted(text, at)};
  if (IsPairOfSigns(text.substr(at, 2))) return {at, at + 2};
  return {at, at + first.length};
}

Extent TokenBefore(const FoldedText& folded, size_t at) {
  const std::string_view text = folded.text();
  while (at > 0 && IsBlankByte(text[at - 1])) --at;
  if (at == 0) return {0, 0};
  size_t start = PointBefore(text, at);
  if (IsNamePart(DecodeAt(text, start).value)) {
    while (start > 0 && IsNamePart(DecodeAt(text, PointBefore(text, start)).value)) {
      start = PointBefore(text, start);
    }
    return {start, at};
  }
  if (at >= 2 && IsPairOfSigns(text.substr(at - 2, 2))) return {at - 2, at};
  return {start, at};
}

Extent SignAround(const FoldedText& folded, size_t at) {
  const std::string_view text = folded.text();
  if (at >= text.size() || kSigns.find(text[at]) == std::string_view::npos) {
    return CharacterAt(folded, at);
  }
  size_t start = at;
  while (start > 0 && kSigns.find(text[start - 1]) != std::string_view::npos) --start;
  return {start, EndOfSigns(text, at)};
}

Extent DateLikeAt(const FoldedText& folded, size_t at) {
  const std::string_view text = folded.text();
  size_t end = at;
  while (end < text.size()) {
    const CodePoint point = DecodeAt(text, end);
    const bool joins = point.value == U'-' || point.value == U'/';
    if (!joins && !IsNamePart(point.value)) break;
    end += point.length;
  }
  return {at, end};
}

Extent ThousandsAt(const FoldedText& folded, size_t at) {
  const std::string_view text = folded.text();
  size_t end = EndOfDigits(text, at);
  while (end < text.size() && text[end] == ',' && EndOfDigits(text, end + 1) == end + 4) end += 4;
  const bool decimal =
      end < text.size() && text[end] == '.' && EndOfDigits(text, end + 1) > end + 1;
  return {at, decimal ? EndOfDigits(text, end + 1) : end};
}

std::optional<Extent> ThousandsAround(const FoldedText& folded, size_t comma) {
  const std::string_view text = folded.text();
  size_t start = comma;
  while (start > 0 && IsDigitByte(text[start - 1])) --start;
  if (start == comma || comma - start > 3) return std::nullopt;
  if (start > 0) {
    const char32_t before = DecodeAt(text, PointBefore(text, start)).value;
    if (before == U'.' || IsNamePart(before)) return std::nullopt;
  }
  const Extent number = ThousandsAt(folded, start);
  if (number.end <= comma) return std::nullopt;
  return number;
}

std::optional<Extent> OddNumberAround(const FoldedText& folded, Extent token) {
  const std::string_view text = folded.text();
  const bool joins =
      token.begin < text.size() && (text[token.begin] == '.' || text[token.begin] == '_');
  size_t start = token.begin;
  while (joins && start > 0 &&
         (IsDigitByte(text[start - 1]) || text[start - 1] == '.' || text[start - 1] == '_'))
    --start;
  if (start == token.begin || !IsDigitByte(text[start])) return std::nullopt;
  if (start > 0 && IsNamePart(DecodeAt(text, PointBefore(text, start)).value)) return std::nullopt;
  size_t end = token.begin;
  while (end < text.size() && (IsDigitByte(text[end]) || text[end] == '.' || text[end] == '_'))
    ++end;
  return Extent{start, end};
}

size_t EndOfNames(const FoldedText& folded, Extent token) {
  size_t end = token.end;
  for (Extent next = token; IsNameLike(folded, next); next = TokenAt(folded, end)) end = next.end;
  return end;
}

std::optional<Extent> NameWithOpener(const FoldedText& folded) {
  for (Extent token = TokenAt(folded, 0); token.begin < folded.size();
       token = TokenAt(folded, token.end)) {
    if (!ChineseOpener(folded.Slice(token)).empty()) return token;
  }
  return std::nullopt;
}

std::string Shown(const FoldedText& folded, Extent extent) {
  const std::string_view written = folded.Written(extent);
  std::string shown;
  size_t points = 0;
  for (size_t at = 0; at < written.size(); ++points) {
    if (points == kMaxShownPoints) return shown + "…";
    const CodePoint point = DecodeAt(written, at);
    at += point.length;
    if (point.value == U'`') continue;
    const std::string_view character = written.substr(at - point.length, point.length);
    if (point.value < 0x20) {
      shown += ' ';
    } else if (DisplayWidth(character) == 0 && !IsNamePart(point.value)) {
      shown += fmt::format("U+{:04X}", static_cast<uint32_t>(point.value));
    } else {
      shown += character;
    }
  }
  return shown;
}

bool ClosesLater(const FoldedText& folded, size_t at) {
  const std::string_view text = folded.text();
  int depth = 0;
  while (at < text.size()) {
    const CodePoint point = DecodeAt(text, at);
    if (OpensQuoted(point.value)) {
      at = EndOfQuoted(text, at);
      continue;
    }
    if (point.value == U'(') ++depth;
    if (point.value == U')' && --depth < 0) return true;
    at += point.length;
  }
  return false;
}

bool IsNameLike(const FoldedText& folded, Extent token) {
  if (token.begin == token.end) return false;
  const char32_t first = DecodeAt(folded.text(), token.begin).value;
  return first == U'`' || (IsNameStart(first) && !IsReservedWord(folded.Slice(token)));
}

bool StartsValue(const FoldedText& folded, Extent token) {
  if (token.begin == token.end) return false;
  const char32_t first = DecodeAt(folded.text(), token.begin).value;
  return OpensQuoted(first) || first == U'(' || (first >= U'0' && first <= U'9') ||
         IsNameLike(folded, token);
}

bool IsUnknown(const FoldedText& folded, Extent token) {
  const char32_t first = DecodeAt(folded.text(), token.begin).value;
  if (first < 0x80) {
    return std::string_view("()+-*/^=<>,.:%?'\"`_!").find(static_cast<char>(first)) ==
               std::string_view::npos &&
           !std::isalnum(static_cast<int>(first));
  }
  return !IsNamePart(first) && !OpensQuoted(first) && first != U'∑';
}

}  // namespace steelyard
