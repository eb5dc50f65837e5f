// Signs, currencies, per cent, 万 and units around the digits of a cell.
#include "engine/data/cell_number.h"

#include <algorithm>

#include "engine/data/cell_text.h"

namespace steelyard {
namespace {

// Ways to write a currency. The first three of a line are its own: a column in `元` is one in CNY;
// the others are shared, and fit whichever currency the column is in.
struct CurrencyWords {
  std::string_view own[4];
  std::string_view shared[2];
};
constexpr CurrencyWords kCurrencies[] = {
    {{"CNY", "RMB", "元", "人民币"}, {"¥", "CN¥"}}, {{"USD", "US$", "美元", "美金"}, {"$", ""}},
    {{"EUR", "€", "欧元", ""}, {"", ""}},           {{"GBP", "£", "英镑", ""}, {"", ""}},
    {{"JPY", "円", "日元", "JP¥"}, {"¥", ""}},      {{"HKD", "HK$", "港元", "港币"}, {"$", ""}},
    {{"TWD", "NT$", "新台币", ""}, {"$", ""}},      {{"SGD", "S$", "新加坡元", ""}, {"$", ""}},
    {{"AUD", "A$", "澳元", "AU$"}, {"$", ""}},      {{"CAD", "C$", "加元", "CA$"}, {"$", ""}},
    {{"KRW", "₩", "韩元", ""}, {"", ""}},           {{"INR", "₹", "卢比", ""}, {"", ""}},
};

bool Holds(const CurrencyWords& words, std::string_view unit) {
  // A column whose unit is the bare sign is in the first currency that has the sign.
  return std::any_of(std::begin(words.own), std::end(words.own),
                     [&](std::string_view word) { return !word.empty() && word == unit; }) ||
         (!words.shared[0].empty() && words.shared[0] == unit);
}

std::vector<std::string> WordsFor(const Type& type) {
  std::vector<std::string> words;
  const std::string unit = type.unit.ToString();
  if (type.form != NumberForm::kMoney || unit.empty()) return words;
  words.push_back(unit);
  for (const CurrencyWords& entry : kCurrencies) {
    if (!Holds(entry, unit)) continue;
    for (const std::string_view word : entry.own) {
      if (!word.empty()) words.emplace_back(word);
    }
    for (const std::string_view word : entry.shared) {
      if (!word.empty()) words.emplace_back(word);
    }
    break;
  }
  return words;
}

bool BeginsNumber(char c) { return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+'; }

// Takes a sign off the text: -1, 1, or 0 where there is none.
int TakeSign(std::string_view& text) {
  if (text.empty() || (text[0] != '-' && text[0] != '+')) return 0;
  const int sign = text[0] == '-' ? -1 : 1;
  text.remove_prefix(1);
  return sign;
}

// `万` is 4, `亿` is 8, `万亿` is 12.
int TakeTenThousands(std::string_view& text) {
  constexpr std::string_view kTenThousand = "万";
  constexpr std::string_view kHundredMillion = "亿";
  int exponent = 0;
  if (text.starts_with(kTenThousand)) {
    exponent += 4;
    text.remove_prefix(kTenThousand.size());
  }
  if (text.starts_with(kHundredMillion)) {
    exponent += 8;
    text.remove_prefix(kHundredMillion.size());
  }
  return exponent;
}

}  // namespace

NumberReader::NumberReader(const Type& type)
    : type_(type), scale_(type.unit.Scale()), currencies_(WordsFor(type)) {}

std::optional<Decimal> NumberReader::Read(std::string_view text) {
  int sign = TakeSign(text);
  const auto digits = std::find_if(text.begin(), text.end(), BeginsNumber);
  const std::string_view prefix = text.substr(0, static_cast<size_t>(digits - text.begin()));
  text.remove_prefix(prefix.size());
  if (!prefix.empty()) {
    if (text.empty() || type_.form != NumberForm::kMoney) return Refuse(HelpKind::kWhyNotNumber);
    if (!IsCurrency(TrimBlanks(prefix))) return Refuse(HelpKind::kWhyUnit);
    if (sign == 0) sign = TakeSign(text);
  }
  bool bad_commas = false;
  std::optional<Decimal> value = Decimal::Take(text, bad_commas);
  if (!value) return Refuse(bad_commas ? HelpKind::kWhyCommas : HelpKind::kWhyNotNumber);
  if (sign < 0) value->Negate();
  if (!text.empty() && !ApplySuffix(TrimBlanks(text), *value)) return std::nullopt;
  return CheckForm(*std::move(value));
}

bool NumberReader::IsCurrency(std::string_view word) const {
  return std::any_of(currencies_.begin(), currencies_.end(),
                     [&](const std::string& own) { return EqualIgnoringAsciiCase(own, word); });
}

// What follows the digits: `%`, or `万` and a currency or unit.
bool NumberReader::ApplySuffix(std::string_view suffix, Decimal& value) {
  if (suffix == "%") {
    value.TimesPowerOfTen(-2);
    why_ = HelpKind::kWhyPerCent;
    return type_.form == NumberForm::kPercent;
  }
  if (type_.form != NumberForm::kPercent && type_.form != NumberForm::kDuration) {
    value.TimesPowerOfTen(TakeTenThousands(suffix));
    suffix = TrimBlanks(suffix);
  }
  return suffix.empty() || IsCurrency(suffix) || ApplyUnit(suffix, value);
}

// A unit of the column's dimensions: `90min` in a column of hours is 1.5.
bool NumberReader::ApplyUnit(std::string_view suffix, Decimal& value) {
  if (suffix != last_suffix_) {
    const std::optional<Unit> unit = Unit::Parse(suffix);
    if (!unit || unit->plain()) {
      why_ = HelpKind::kWhyNotNumber;
      return false;
    }
    if (type_.unit.plain() || !unit->SameDimensions(type_.unit)) {
      why_ = type_.unit.plain() ? HelpKind::kWhyNotNumber : HelpKind::kWhyUnit;
      return false;
    }
    last_suffix_ = suffix;
    last_factor_ = unit->Scale() / scale_;
  }
  value.Times(last_factor_);
  return true;
}

std::optional<Decimal> NumberReader::CheckForm(Decimal value) {
  if (type_.form == NumberForm::kCount) {
    if (!value.IsWhole()) return Refuse(HelpKind::kWhyNotWhole);
    if (value.IsNegative()) return Refuse(HelpKind::kWhyNegativeCount);
  }
  return value;
}

}  // namespace steelyard
