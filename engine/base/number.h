// Number: an exact rational, the only kind of number that rules mean (language, «Numbers mean
// what was written»). Addition, subtraction, multiplication, division and whole powers are exact;
// square root, logarithm, exponential and other powers are exact where the result is rational and
// simple to find (a perfect root), and otherwise good to 50 significant decimal digits.
//
// Backed by GMP (rationals) and MPFR (the functions).
#pragma once

#include <gmpxx.h>

#include <compare>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace steelyard {

class Number {
 public:
  // Zero.
  Number() = default;
  Number(int64_t whole);  // NOLINT(google-explicit-constructor): whole numbers are numbers
  template <std::floating_point Real>
  Number(Real) = delete;  // would cut off the decimals: say FromDouble
  static Number Fraction(int64_t numerator, int64_t denominator);  // denominator != 0
  // mantissa × 10^-scale, 0 <= scale <= 60.
  static Number Scaled(int64_t mantissa, int scale);

  // Reads `-12`, `0.5`, `.5`, `5.`, `1.5e3`, `2.9E-2`; nothing else: no blanks, no separators.
  // Empty where the text is not a number, its exponent is beyond ±400, or it is longer than 10,000
  // characters.
  static std::optional<Number> FromDecimal(std::string_view text);
  // The shortest decimal that reads back as `value`; empty for infinities and NaN.
  static std::optional<Number> FromDouble(double value);

  bool IsZero() const { return sgn(value_) == 0; }
  int Sign() const { return sgn(value_); }
  bool IsWhole() const { return value_.get_den() == 1; }
  // The value as a machine number; empty unless it is whole and fits.
  std::optional<int64_t> ToInt64() const;
  double ToDouble() const;  // nearest double, ties to even; infinite where it is out of range

  Number operator-() const;
  friend Number operator+(const Number& a, const Number& b);
  friend Number operator-(const Number& a, const Number& b);
  friend Number operator*(const Number& a, const Number& b);
  friend Number operator/(const Number& a, const Number& b);  // b must not be zero
  Number& operator+=(const Number& other);
  friend bool operator==(const Number& a, const Number& b) { return a.value_ == b.value_; }
  friend std::strong_ordering operator<=>(const Number& a, const Number& b) {
    const int order = cmp(a.value_, b.value_);
    return order <=> 0;
  }

  // `7/20`, `-3`.
  std::string ToFraction() const;
  // Does the decimal expansion end?
  bool Terminates() const;

  // Bits of numerator and denominator together: what a limit on size looks at.
  size_t Bits() const;

  const mpq_class& raw() const { return value_; }
  explicit Number(mpq_class value) : value_(std::move(value)) {}

 private:
  mpq_class value_;
};

// Rounds half away from zero to `places` decimals (negative places: tens, hundreds, …). More than
// 10,000 places count as 10,000, here and below.
Number Round(const Number& x, int places);
Number Floor(const Number& x);
Number Ceil(const Number& x);
Number Abs(const Number& x);
// x − y·floor(x/y): the sign of the divisor, as spreadsheets do. y must not be zero.
Number Mod(const Number& x, const Number& y);

// base^exponent. Whole exponents are exact. Fractional ones are exact where the root is rational
// (to the 64th root), otherwise 50 digits. 0^0 is 1; the odd roots of negative numbers are
// negative. Empty where there is no (finite, real) result: 0 to a negative power, an even root of a
// negative number, or a result too large, or too small, to hold (over about a million bits).
std::optional<Number> Power(const Number& base, const Number& exponent);
std::optional<Number> Sqrt(const Number& x);  // empty below zero
std::optional<Number> Ln(const Number& x);    // empty at and below zero
std::optional<Number> Exp(const Number& x);   // empty where too large to hold

// Correctly rounded, half away from zero; trailing zeros dropped, but never fewer than `min_places`
// decimals, even where `places` is smaller; no negative zero. Never scientific.
std::string FormatPlaces(const Number& x, int places, int min_places = 0);
// To `digits` significant digits, but never fewer than `min_places` decimals. The whole part is
// written in full below 1e15; from there on, where it has more digits than `digits`, the number is
// scientific: `1.23456789012e+18`. Tiny values (below 1e-9 in size) are scientific too.
std::string FormatSignificant(const Number& x, int digits = 12, int min_places = 0);

}  // namespace steelyard
