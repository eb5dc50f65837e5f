// Reads, combines and prints units: products of symbols with whole exponents.
#include "engine/schema/unit.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/base/text.h"

namespace steelyard {
namespace {

constexpr std::string_view kTime = "h";  // the symbol that stands for all units of time
constexpr int kMaxExponent = 99;

struct UnitWord {
  std::string_view word;
  std::string_view symbol;
};

// Abbreviations are taken as they are, so that `D` and `S` stay free; whole words in any case.
constexpr UnitWord kAbbreviations[] = {
    {"s", "s"},  {"min", "min"}, {"h", "h"},      {"d", "d"},    {"w", "w"},
    {"秒", "s"}, {"秒钟", "s"},  {"分钟", "min"}, {"小时", "h"}, {"天", "d"},
    {"日", "d"}, {"周", "w"},    {"星期", "w"},
};
constexpr UnitWord kWords[] = {
    {"sec", "s"},      {"secs", "s"},      {"second", "s"}, {"seconds", "s"}, {"mins", "min"},
    {"minute", "min"}, {"minutes", "min"}, {"hr", "h"},     {"hrs", "h"},     {"hour", "h"},
    {"hours", "h"},    {"day", "d"},       {"days", "d"},   {"week", "w"},    {"weeks", "w"},
};

// Other words for one unit: a rule in 元 and a column in CNY speak of the same money.
constexpr UnitWord kSameAs[] = {
    {"元", "CNY"},         {"人民币", "CNY"},    {"RMB", "CNY"},    {"¥", "CNY"},
    {"美元", "USD"},       {"美金", "USD"},      {"US$", "USD"},    {"欧元", "EUR"},
    {"€", "EUR"},          {"英镑", "GBP"},      {"£", "GBP"},      {"日元", "JPY"},
    {"港元", "HKD"},       {"港币", "HKD"},      {"新台币", "TWD"}, {"人", "person"},
    {"persons", "person"}, {"people", "person"},
};

std::string_view CanonicalSymbol(std::string_view symbol) {
  for (const UnitWord& same : kSameAs) {
    if (same.word == symbol) return same.symbol;
  }
  return symbol;
}

Number HoursIn(std::string_view time_symbol) {
  if (time_symbol == "s") return Number::Fraction(1, 3600);
  if (time_symbol == "min") return Number::Fraction(1, 60);
  if (time_symbol == "d") return Number(24);
  if (time_symbol == "w") return Number(168);
  return Number(1);
}

bool IsCurrencySign(char32_t c) {
  return c == U'$' || c == U'¥' || c == U'€' || c == U'£' || c == U'₩' || c == U'₹';
}

// The digits of `²`, `³` and the like, -1 for anything else.
int SuperscriptDigit(char32_t c) {
  constexpr std::u32string_view kDigits = U"⁰¹²³⁴⁵⁶⁷⁸⁹";
  const size_t at = kDigits.find(c);
  return at == std::u32string_view::npos ? -1 : static_cast<int>(at);
}

// unit := factor ((`·` | `/`) factor)* ; factor := (symbol | `1` | `(` unit `)`) [exponent]
class UnitReader {
 public:
  explicit UnitReader(std::string_view text) : text_(text) {}

  std::optional<Unit> ReadAll() {
    std::optional<Unit> unit = ReadProduct(0);
    SkipBlanks();
    if (!unit || at_ != text_.size()) return std::nullopt;
    return unit;
  }

 private:
  static constexpr int kMaxDepth = 8;

  std::optional<Unit> ReadProduct(int depth) {
    if (depth > kMaxDepth) return std::nullopt;
    std::optional<Unit> left = ReadFactor(depth);
    while (left) {
      const bool over = Take(U'/') || Take(U'÷');
      if (!over && !Take(U'·') && !Take(U'⋅') && !Take(U'*') && !Take(U'×')) break;
      const std::optional<Unit> right = ReadFactor(depth);
      if (!right) return std::nullopt;
      left = over ? left->Over(*right) : left->Times(*right);
    }
    return left;
  }

  std::optional<Unit> ReadFactor(int depth) {
    std::optional<Unit> unit;
    if (Take(U'(')) {
      unit = ReadProduct(depth + 1);
      if (!Take(U')')) return std::nullopt;
    } else if (Take(U'1')) {
      unit = Unit();
    } else {
      unit = ReadSymbol();
    }
    if (!unit) return std::nullopt;
    const std::optional<int> exponent = ReadExponent();
    if (!exponent) return std::nullopt;
    return unit->ToPower(*exponent);
  }

  std::optional<Unit> ReadSymbol() {
    SkipBlanks();
    const size_t begin = at_;
    if (begin < text_.size() && IsCurrencySign(Peek().value)) {
      at_ += Peek().length;
    } else {
      while (at_ < text_.size() && SuperscriptDigit(Peek().value) < 0 &&
             (at_ == begin ? IsNameStart(Peek().value) : IsNamePart(Peek().value))) {
        at_ += Peek().length;
      }
    }
    if (at_ == begin) return std::nullopt;
    const std::string_view symbol = text_.substr(begin, at_ - begin);
    if (const std::optional<std::string_view> time = TimeSymbol(symbol)) {
      // Two different units of time in one text (`h/d`) have no single shown value.
      if (!time_.empty() && time_ != *time) return std::nullopt;
      time_ = *time;
    }
    return Unit::Of(symbol);
  }

  // `^2`, `^-1`, `²`; 1 where there is none, empty where it is none that is meant.
  std::optional<int> ReadExponent() {
    if (Take(U'^')) {
      const int sign = Take(U'-') ? -1 : 1;
      SkipBlanks();
      int value = 0;
      const size_t begin = at_;
      for (; at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9'; ++at_) {
        value = std::min(value * 10 + (text_[at_] - '0'), kMaxExponent + 1);
      }
      if (at_ == begin || value == 0 || value > kMaxExponent) return std::nullopt;
      return sign * value;
    }
    int value = 0;
    while (at_ < text_.size() && SuperscriptDigit(Peek().value) >= 0) {
      value = std::min(value * 10 + SuperscriptDigit(Peek().value), kMaxExponent + 1);
      at_ += Peek().length;
    }
    if (value > kMaxExponent) return std::nullopt;
    return value == 0 ? 1 : value;
  }

  CodePoint Peek() const { return DecodeAt(text_, at_); }

  void SkipBlanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  }

  bool Take(char32_t wanted) {
    SkipBlanks();
    if (at_ == text_.size() || Peek().value != wanted) return false;
    at_ += Peek().length;
    return true;
  }

  std::string_view text_;
  size_t at_ = 0;
  std::string_view time_;  // the unit of time seen
};

void AppendPower(std::string_view symbol, int exponent, std::string& out) {
  if (!out.empty()) out += "·";
  out += symbol;
  if (exponent != 1) out += '^' + std::to_string(exponent);
}

}  // namespace

std::optional<std::string_view> TimeSymbol(std::string_view word) {
  for (const UnitWord& entry : kAbbreviations) {
    if (entry.word == word) return entry.symbol;
  }
  const std::string folded = FoldCase(word);
  for (const UnitWord& entry : kWords) {
    if (entry.word == folded) return entry.symbol;
  }
  return std::nullopt;
}

std::optional<Unit> Unit::Parse(std::string_view text) {
  if (FirstInvalidUtf8(text)) return std::nullopt;
  const std::string normal = NormalizeName(text);
  return UnitReader(normal).ReadAll();
}

Unit Unit::Of(std::string_view symbol) {
  Unit unit;
  if (const std::optional<std::string_view> time = TimeSymbol(symbol)) {
    unit.powers_.emplace_back(kTime, 1);
    unit.time_ = *time;
  } else {
    unit.powers_.emplace_back(CanonicalSymbol(symbol), 1);
  }
  return unit;
}

bool Unit::IsTime() const {
  return powers_.size() == 1 && powers_[0].first == kTime && powers_[0].second == 1;
}

bool Unit::SameDimensions(const Unit& other) const { return powers_ == other.powers_; }

Unit Unit::Times(const Unit& other) const {
  Unit product;
  auto left = powers_.begin();
  auto right = other.powers_.begin();
  while (left != powers_.end() || right != other.powers_.end()) {
    if (right == other.powers_.end() || (left != powers_.end() && left->first < right->first)) {
      product.powers_.push_back(*left++);
    } else if (left == powers_.end() || right->first < left->first) {
      product.powers_.push_back(*right++);
    } else {
      const int exponent = left->second + right->second;
      if (exponent != 0) product.powers_.emplace_back(left->first, exponent);
      ++left;
      ++right;
    }
  }
  return product.ShownIn(time_.empty() ? other.time_ : time_);
}

Unit Unit::Over(const Unit& other) const { return Times(other.ToPower(-1)); }

Unit Unit::ToPower(int exponent) const {
  if (exponent == 0) return {};
  Unit power = *this;
  for (auto& [symbol, own] : power.powers_) own *= exponent;
  return power;
}

std::optional<Unit> Unit::Root(int degree) const {
  if (degree == 0) return std::nullopt;
  Unit root = *this;
  for (auto& [symbol, own] : root.powers_) {
    if (own % degree != 0) return std::nullopt;
    own /= degree;
  }
  return root;
}

Number Unit::Scale() const {
  Number scale(1);
  for (const auto& [symbol, exponent] : powers_) {
    if (symbol != kTime) continue;
    const Number hours = HoursIn(time_);
    for (int i = 0; i < exponent; ++i) scale = scale * hours;
    for (int i = 0; i > exponent; --i) scale = scale / hours;
  }
  return scale;
}

std::string Unit::ToString() const {
  std::string over;
  std::string under;
  int factors_under = 0;
  for (const auto& [symbol, exponent] : powers_) {
    const std::string_view shown = symbol == kTime ? std::string_view(time_) : symbol;
    AppendPower(shown, std::abs(exponent), exponent > 0 ? over : under);
    if (exponent < 0) ++factors_under;
  }
  if (under.empty()) return over;
  if (over.empty()) over = "1";
  return factors_under == 1 ? over + "/" + under : over + "/(" + under + ")";
}

Unit Unit::ShownIn(std::string_view time_symbol) const {
  Unit shown = *this;
  const bool has_time = std::any_of(powers_.begin(), powers_.end(),
                                    [](const auto& power) { return power.first == kTime; });
  if (!has_time) {
    shown.time_.clear();
  } else if (const std::optional<std::string_view> symbol = TimeSymbol(time_symbol)) {
    shown.time_ = *symbol;
  }
  return shown;
}

}  // namespace steelyard
