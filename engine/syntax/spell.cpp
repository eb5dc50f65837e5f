// Names, texts and numbers as the grammar reads them back.
#include "engine/syntax/spell.h"

#include <algorithm>
#include <cctype>
#include <iterator>

#include "engine/base/text.h"

namespace steelyard {

namespace {

// The words that grammar/formula.h reserves; a test holds the two against each other.
constexpr std::string_view kReserved[] = {
    "or",   "and",  "in",   "between", "then", "else",  "where",   "per",  "not",  "is",   "if",
    "case", "when", "end",  "among",   "true", "false", "missing", "或者", "或",   "并且", "並且",
    "且",   "属于", "屬於", "介于",    "介於", "则",    "則",      "那么", "那麼", "否则", "否則",
    "其中", "每",   "非",   "如果",    "若",   "真",    "假",      "缺失"};

bool IsPlain(std::string_view name) {
  if (name == "∑") return true;
  if (name.empty() || IsReservedWord(name)) return false;
  if (!IsNameStart(DecodeAt(name, 0).value)) return false;
  for (size_t at = 0; at < name.size();) {
    const CodePoint point = DecodeAt(name, at);
    if (!IsNamePart(point.value)) return false;
    at += point.length;
  }
  return true;
}

// Places after the point that a decimal needs.
int PlacesOf(const Number& number) {
  mpz_class denominator = number.raw().get_den();
  const mp_bitcnt_t twos = mpz_scan1(denominator.get_mpz_t(), 0);
  const mp_bitcnt_t fives =
      mpz_remove(denominator.get_mpz_t(), denominator.get_mpz_t(), mpz_class(5).get_mpz_t());
  return static_cast<int>(std::max(twos, fives));
}

}  // namespace

bool IsReservedWord(std::string_view word) {
  std::string lower(word);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return std::find(std::begin(kReserved), std::end(kReserved), lower) != std::end(kReserved);
}

std::string SpellName(std::string_view name) {
  if (IsPlain(name)) return std::string(name);
  std::string quoted = "`";
  for (const char c : name) {
    if (c == '`') quoted += c;
    quoted += c;
  }
  return quoted + '`';
}

std::string SpellName(const Expr& name) {
  std::string spelled = SpellName(name.text);
  if (!name.text2.empty()) spelled += '.' + SpellName(name.text2);
  return spelled;
}

std::string SpellText(std::string_view text) {
  std::string quoted = "'";
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = DecodeAt(text, at);
    const std::string_view character = text.substr(at, point.length);
    quoted += character;
    if (point.value == U'\'' || point.value == U'＇') quoted += character;
    at += point.length;
  }
  return quoted + '\'';
}

std::string SpellNumber(const Number& number) {
  if (!number.Terminates()) return number.ToFraction();
  return FormatPlaces(number, PlacesOf(number));
}

}  // namespace steelyard
