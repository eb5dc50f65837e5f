#include "engine/scoring/number_column.h"

#include <algorithm>
#include <cmath>

namespace steelyard {

DecimalColumn DecimalColumn::Of(const fast::Bound& bound) {
  constexpr double kLargestWhole = 0x1p51;
  constexpr int kMostPlaces = 15;
  DecimalColumn column;
  column.places = bound.grid.places;
  if (bound.grid.divisor != 1 || bound.grid.factor != 1 || column.places > kMostPlaces) {
    return column;
  }
  column.scale = fast::Power10(column.places);
  column.is_one = bound.size * column.scale < kLargestWhole && bound.error * column.scale < 0.2;
  return column;
}

Number DecimalColumn::At(double value) const {
  return Number::Scaled(std::llrint(value * scale), places);
}

NumberColumn NumberColumn::Of(const ResultColumn& column) {
  NumberColumn numbers;
  const Number scale = column.type.unit.Scale();
  numbers.unit = scale.ToDouble();
  numbers.in_doubles = scale == Number(mpq_class(numbers.unit));
  numbers.shape.places = column.decimals;
  if (column.type.form == NumberForm::kMoney) {
    constexpr int kMoneyPlaces = 2;
    numbers.shape.min_places =
        column.decimals ? std::clamp(*column.decimals, 0, kMoneyPlaces) : kMoneyPlaces;
    numbers.shape.is_money = !column.decimals;
  }
  return numbers;
}

Doubt NumberColumn::DoubtOf(const fast::Bound& bound) const {
  Doubt doubt{bound.error, bound.relative, false, false};
  const double near_zero = fast::Tolerance(bound, fast::Bound()) + bound.size * 2 * fast::kUnit;
  doubt.zero = fast::Separated(bound, fast::Bound(), near_zero);
  if (unit != 1) {  // dividing rounds once more
    doubt.error = (doubt.error / unit + bound.size / unit * fast::kUnit) * (1 + 0x1p-20);
    doubt.relative = (doubt.relative + 2 * fast::kUnit) * (1 + 0x1p-20);
    return doubt;
  }
  if (!shape.places) return doubt;
  fast::Bound half;  // in steps of half of the last place
  half.grid = half.plain = {1, std::max(*shape.places, shape.min_places) + 1, 1};
  doubt.half = fast::Separated(bound, half, bound.error + bound.size * 4 * fast::kUnit);
  return doubt;
}

}  // namespace steelyard
