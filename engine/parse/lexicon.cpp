// Tables, and looking things up in them.
#include "engine/parse/lexicon.h"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <string>

namespace steelyard {

namespace {

struct Pair {
  std::string_view from;
  std::string_view to;
};

constexpr Pair kForeignSigns[] = {
    {"&&", "and"},    {"&", "and"},
    {"∧", "and"},     {"||", "or"},
    {"|", "or"},      {"∨", "or"},
    {"!", "not"},     {"¬", "not"},
    {"**", "^"},      {":=", "="},
    {"≔", "="},       {"=>", ">="},
    {"=<", "<="},     {"===", "="},
    {"!==", "!="},    {"·", "×"},
    {"⋅", "×"},       {"•", "×"},
    {"∙", "×"},       {"—", "-"},
    {"―", "-"},       {"²", "^2"},
    {"³", "^3"},      {"∈", "in"},
    {"∉", "not in"},  {"[", "("},
    {"]", ")"},       {"{", "("},
    {"}", ")"},       {"【", "("},
    {"】", ")"},      {"〔", "("},
    {"〕", ")"},      {";", ","},
    {"~", ".."},      {"‰", "/ 1000"},
    {"√", "sqrt(…)"}, {"?", "if … then … else …"},
};

// Longer words before those they begin with.
constexpr Pair kOperatorWords[] = {
    {"大于等于", ">="}, {"大於等於", ">="}, {"小于等于", "<="}, {"小於等於", "<="},
    {"不大于", "<="},   {"不大於", "<="},   {"不小于", ">="},   {"不小於", ">="},
    {"不低于", ">="},   {"不低於", ">="},   {"不高于", "<="},   {"不高於", "<="},
    {"不等于", "!="},   {"不等於", "!="},   {"大于", ">"},      {"大於", ">"},
    {"小于", "<"},      {"小於", "<"},      {"等于", "="},      {"等於", "="},
    {"超过", ">"},      {"超過", ">"},      {"低于", "<"},      {"低於", "<"},
    {"高于", ">"},      {"高於", ">"},      {"加", "+"},        {"减", "-"},
    {"減", "-"},        {"乘以", "×"},      {"除以", "÷"},      {"by", "per"},
    {"equals", "="},    {"over", "÷"},
};

constexpr std::string_view kCurrencies[] = {"$", "¥", "￥", "€", "£", "＄"};

constexpr std::string_view kOperators[] = {"+",    "-",    "*",    "/",   "^",   "=",
                                           "==",   "!=",   "<>",   "<",   "<=",  ">",
                                           ">=",   "??",   "in",   "is",  "not", "between",
                                           "属于", "屬於", "介于", "介於"};
constexpr std::string_view kChoiceWords[] = {"then", "else", "when", "end",  "则",
                                             "則",   "那么", "那麼", "否则", "否則"};
constexpr std::string_view kCallWords[] = {"where", "per", "among", "其中", "每"};
constexpr std::string_view kMissingWords[] = {"null", "none", "nil", "na", "empty", "blank"};
constexpr std::string_view kOpeners[] = {"如果", "若"};
constexpr std::string_view kInfixWords[] = {"则", "則",   "那么", "那麼", "否则", "否則",
                                            "且", "并且", "並且", "或者", "或"};
constexpr Pair kQuotes[] = {{"“", "”"}, {"‘", "’"}, {"「", "」"}, {"『", "』"}};

template <size_t size>
bool Has(const std::string_view (&words)[size], std::string_view word) {
  return std::any_of(std::begin(words), std::end(words),
                     [&](std::string_view candidate) { return IsWord(word, candidate); });
}

template <size_t size>
std::string_view StartOf(const std::string_view (&words)[size], std::string_view text) {
  for (const std::string_view word : words) {
    if (text.substr(0, word.size()) == word) return word;
  }
  return {};
}

}  // namespace

bool IsWord(std::string_view token, std::string_view word) {
  return std::equal(token.begin(), token.end(), word.begin(), word.end(), [](char a, char b) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(a))) == b;
  });
}

bool IsOperator(std::string_view token) { return Has(kOperators, token); }
bool BelongsToChoice(std::string_view word) { return Has(kChoiceWords, word); }
bool BelongsToCall(std::string_view word) { return Has(kCallWords, word); }
bool MeansMissing(std::string_view word) { return Has(kMissingWords, word); }
bool IsCurrencySign(std::string_view sign) { return Has(kCurrencies, sign); }

std::optional<std::string_view> InsteadOf(std::string_view sign) {
  for (const auto& [from, to] : kForeignSigns) {
    if (sign == from) return to;
  }
  return std::nullopt;
}

std::optional<std::string_view> OperatorInWords(std::string_view word) {
  for (const auto& [from, to] : kOperatorWords) {
    const bool chinese = (from.front() & 0x80) != 0;
    if (chinese ? word.substr(0, from.size()) == from : IsWord(word, from)) return to;
  }
  return std::nullopt;
}

std::string_view ChineseOpener(std::string_view word) {
  const std::string_view opener = StartOf(kOpeners, word);
  return opener.size() < word.size() ? opener : std::string_view();
}

std::string_view ChineseWordAt(std::string_view word) { return StartOf(kInfixWords, word); }

std::string_view ClosingQuote(std::string_view open) {
  for (const auto& [from, to] : kQuotes) {
    if (open == from) return to;
  }
  return open;
}

}  // namespace steelyard
