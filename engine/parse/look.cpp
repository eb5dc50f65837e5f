// Tokens here are only as exact as messages need them.
#include "engine/parse/look.h"

#include <algorithm>
#include <cctype>
#include <iterator>

#include "engine/base/text.h"
#include "engine/syntax/spell.h"

namespace steelyard {

namespace {

constexpr size_t kMaxShownPoints = 40;
constexpr std::string_view kSigns = "&|=<>!*:?~^";

struct Foreign {
  std::string_view sign;
  std::string_view here;
};

constexpr Foreign kForeign[] = {
    {"&&", "and"},   {"&", "and"},    {"∧", "and"},     {"||", "or"}, {"|", "or"},
    {"∨", "or"},     {"!", "not"},    {"¬", "not"},     {"**", "^"},  {":=", "="},
    {"≔", "="},      {"=>", ">="},    {"=<", "<="},     {"===", "="}, {"!==", "!="},
    {"·", "×"},      {"⋅", "×"},      {"•", "×"},       {"∙", "×"},   {"—", "-"},
    {"——", "-"},     {"―", "-"},      {"√", "sqrt(…)"}, {"²", "^2"},  {"³", "^3"},
    {"∈", "in"},     {"∉", "not in"}, {"[", "("},       {"]", ")"},   {"{", "("},
    {"}", ")"},      {"【", "("},     {"】", ")"},      {"〔", "("},  {"〕", ")"},
    {";", ","},      {"。", "."},     {"~", ".."},      {"…", ".."},  {"?", "if … then … else …"},
    {"‰", "/ 1000"},
};

constexpr std::string_view kCurrencies[] = {"$", "¥", "￥", "€", "£", "＄"};

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

// A text or name in quotes, to the quote that ends it or to the end.
size_t EndOfQuoted(std::string_view text, size_t at) {
  const CodePoint open = DecodeAt(text, at);
  char32_t closer = open.value;
  if (closer == U'“') closer = U'”';
  if (closer == U'‘') closer = U'’';
  if (closer == U'「') closer = U'」';
  if (closer == U'『') closer = U'』';
  at += open.length;
  while (at < text.size()) {
    const CodePoint point = DecodeAt(text, at);
    at += point.length;
    if (point.value == closer) break;
  }
  return at;
}

bool OpensQuoted(char32_t point) {
  return std::u32string_view(U"`'\"＂＇“‘「『").find(point) != std::u32string_view::npos;
}

std::string LowerAscii(std::string_view word) {
  std::string lower(word);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

}  // namespace

Extent CharacterAt(const FoldedText& text, size_t at) {
  if (at >= text.size()) return {text.size(), text.size()};
  return {at, at + DecodeAt(text.text(), at).length};
}

Extent TokenAt(const FoldedText& folded, size_t at) {
  const std::string_view text = folded.text();
  while (at < text.size() && IsBlankByte(text[at])) ++at;
  if (at == text.size()) return {at, at};
  const CodePoint first = DecodeAt(text, at);
  if (IsNamePart(first.value)) return {at, EndOfName(text, at)};
  if (OpensQuoted(first.value)) return {at, EndOfQuoted(text, at)};
  if (text.substr(at, 2) == "..") return {at, at + 2};
  for (const std::string_view sign : {"<=", ">=", "<>", "!=", "==", "??"}) {
    if (text.substr(at, 2) == sign) return {at, at + 2};
  }
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
  for (const std::string_view sign : {"<=", ">=", "<>", "!=", "==", "??", ".."}) {
    if (at >= 2 && text.substr(at - 2, 2) == sign) return {at - 2, at};
  }
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

std::optional<Extent> ThousandsAround(const FoldedText& folded, size_t comma) {
  const std::string_view text = folded.text();
  size_t start = comma;
  while (start > 0 && IsDigitByte(text[start - 1])) --start;
  if (start == comma || comma - start > 3) return std::nullopt;
  if (start > 0) {
    const char32_t before = DecodeAt(text, PointBefore(text, start)).value;
    if (before == U'.' || IsNamePart(before)) return std::nullopt;
  }
  size_t end = comma;
  while (end < text.size() && text[end] == ',') {
    size_t digits = 0;
    while (end + 1 + digits < text.size() && IsDigitByte(text[end + 1 + digits])) ++digits;
    if (digits != 3) break;
    end += 4;
  }
  if (end == comma) return std::nullopt;
  if (end + 1 < text.size() && text[end] == '.' && IsDigitByte(text[end + 1])) {
    for (++end; end < text.size() && IsDigitByte(text[end]);) ++end;
  }
  return Extent{start, end};
}

std::string Shown(const FoldedText& text, Extent extent) {
  const std::string_view written = text.Written(extent);
  std::string shown;
  size_t points = 0;
  for (size_t at = 0; at < written.size(); ++points) {
    if (points == kMaxShownPoints) return shown + "…";
    const CodePoint point = DecodeAt(written, at);
    at += point.length;
    if (point.value == U'`') continue;
    AppendUtf8(point.value < 0x20 ? U' ' : point.value, shown);
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

bool IsNameLike(const FoldedText& text, Extent token) {
  if (token.begin == token.end) return false;
  const char32_t first = DecodeAt(text.text(), token.begin).value;
  return first == U'`' || (IsNameStart(first) && !IsReservedWord(text.Slice(token)));
}

bool StartsValue(const FoldedText& text, Extent token) {
  if (token.begin == token.end) return false;
  const char32_t first = DecodeAt(text.text(), token.begin).value;
  return OpensQuoted(first) || first == U'(' || (first >= U'0' && first <= U'9') ||
         IsNameLike(text, token);
}

bool IsUnknown(const FoldedText& text, Extent token) {
  const char32_t first = DecodeAt(text.text(), token.begin).value;
  if (first < 0x80) {
    return std::string_view("()+-*/^=<>,.:%?'\"`_!").find(static_cast<char>(first)) ==
               std::string_view::npos &&
           !std::isalnum(static_cast<int>(first));
  }
  return !IsNamePart(first) && !OpensQuoted(first) && first != U'∑';
}

bool IsWord(std::string_view token, std::string_view word) { return LowerAscii(token) == word; }

bool IsCurrencySign(std::string_view sign) {
  return std::find(std::begin(kCurrencies), std::end(kCurrencies), sign) != std::end(kCurrencies);
}

std::optional<std::string_view> WrittenHere(std::string_view sign) {
  const auto* const found =
      std::find_if(std::begin(kForeign), std::end(kForeign),
                   [&](const Foreign& foreign) { return foreign.sign == sign; });
  if (found == std::end(kForeign)) return std::nullopt;
  return found->here;
}

std::string_view ChineseOpener(std::string_view token) {
  for (const std::string_view opener : {"如果", "若", "非"}) {
    if (token.size() > opener.size() && token.substr(0, opener.size()) == opener) return opener;
  }
  return {};
}

}  // namespace steelyard
