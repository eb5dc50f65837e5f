// One cell of a result table as text.
#include <algorithm>
#include <cstdint>

#include "engine/base/number.h"
#include "engine/report/results.h"

namespace steelyard {

namespace {

constexpr int kSignificantDigits = 12;
constexpr int kMoneyDecimals = 2;
constexpr int64_t kCentsNeedMoreDigits = 10'000'000'000;  // 12 digits end before the cents

std::string MoneyText(const Number& amount, std::optional<int> decimals) {
  // Who declares whole yuan gets whole yuan; the two decimals are for who says nothing.
  if (decimals) return FormatPlaces(amount, *decimals, std::min(*decimals, kMoneyDecimals));
  if (Abs(amount) >= Number(kCentsNeedMoreDigits)) {
    return FormatPlaces(amount, kMoneyDecimals, kMoneyDecimals);
  }
  return FormatSignificant(amount, kSignificantDigits, kMoneyDecimals);
}

std::string NumberText(const Number& number, const ResultColumn& column) {
  const Number shown = number / column.type.unit.Scale();
  if (column.type.form == NumberForm::kMoney) return MoneyText(shown, column.decimals);
  if (column.decimals) return FormatPlaces(shown, *column.decimals);
  return FormatSignificant(shown, kSignificantDigits);
}

}  // namespace

std::string CellText(const Value& value, const ResultColumn& column) {
  if (value.is_number()) return NumberText(value.number(), column);
  if (value.is_bool()) return value.truth() ? "true" : "false";
  if (value.is_text()) return value.text();
  if (value.is_date()) return value.date().ToString();
  if (value.is_datetime()) return value.datetime().ToString();
  if (value.is_period()) return value.period().ToString();
  return "";
}

}  // namespace steelyard
