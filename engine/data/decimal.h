// The number of one cell, on its way to a column: a small decimal as a machine number, any other as
// an exact Number. Nearly all cells are small, and those cost no memory.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/number.h"
#include "engine/column/column.h"

namespace steelyard {

class Decimal {
 public:
  // Reads `12`, `.0000`, `5.`, `2.9E-2` without a sign at the beginning of `text`, thousands commas
  // among the whole digits included, and takes what was read off `text`. Empty where there is no
  // number, or one whose commas are not in groups of three (then `bad_commas` is set).
  static std::optional<Decimal> Take(std::string_view& text, bool& bad_commas);

  // A machine number: mantissa() × 10^-scale().
  bool is_small() const { return !wide_.has_value(); }
  int64_t mantissa() const { return mantissa_; }
  int scale() const { return scale_; }  // 0 … kMaxScale

  void Negate();
  void TimesPowerOfTen(int exponent);
  void Times(const Number& factor);

  bool IsWhole() const;
  bool IsNegative() const;
  Number ToNumber() const;
  // mantissa × 10^-scale, 0 <= scale <= kMaxScale.
  static Decimal Small(int64_t mantissa, int scale) {
    Decimal decimal;
    decimal.mantissa_ = mantissa;
    decimal.scale_ = scale;
    return decimal;
  }
  // Shortest decimal, the same for equal values: `1`, `-0.25`; a fraction where no decimal ends.
  std::string Canonical() const;
  void AppendTo(NumberCells& cells) const;

  static constexpr int kMaxScale = 18;

 private:
  Decimal() = default;
  Number& Widen();

  int64_t mantissa_ = 0;
  int scale_ = 0;               // 0 … kMaxScale
  std::optional<Number> wide_;  // instead of the two above
};

}  // namespace steelyard
