// Number: an exact rational, the only kind of number that rules mean (language, «Numbers mean
// what was written»). Addition, subtraction, multiplication, division and whole powers are exact;
// square root, logarithm, exponential and other powers are exact where the result is rational and
// simple to find (a perfect root), and otherwise good to 50 significant decimal digits.
//
// Backed by GMP (rationals) and MPFR (the functions).
#pragma once

#include <gmpxx.h>

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace steelyard {

class Number {
 public:
  Number() = default;  // zero
  Number(int64_t whole);  // NOLINT(google-explicit-constructor): whole numbers are numbers
  static Number Fraction(int64_t numerator, int64_t denominator);  // denominator != 0
  // mantissa × 10^-scale, 0 <= scale <= 60.
  static Number Scaled(int64_t mantissa, int scale);

  // Reads `-12`, `0.5`, `.5`, `5.`, `1.5e3`, `2.9E-2`; nothing else: no blanks, no separators.
  // Empty where the text is not a number, or its exponent is beyond ±400.
  static std::optional<Number> FromDecimal(std::string_view text);
  // The shortest decimal that reads back as `value`; empty for infinities and NaN.
  static std::optional<Number> FromDouble(double value);

  bool IsZero() const { return sgn(value_) == 0; }
  int Sign() const { return sgn(value_); }
  bool IsWhole() const { return value_.get_den() == 1; }
  // The value as a machine number; empty unless it is whole and fits.
  std::optional<int64_t> ToInt64() const;
  double ToDouble() const;  // nearest double

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

// Rounds half away from zero to `places` decimals (negative places: tens, hundreds, …).
Number Round(const Number& x, int places);
Number Floor(const Number& x);
Number Ceil(const Number& x);
Number Abs(const Number& x);
// x − y·floor(x/y): the sign of the divisor, as spreadsheets do. y must not be zero.
Number Mod(const Number& x, const Number& y);

// base^exponent. Whole exponents are exact. Fractional ones are exact where the root is rational,
// otherwise 50 digits. Empty where there is no (finite, real) result: 0 to a negative power, an
// even root of a negative number, or a result too large to hold (over about a million bits).
std::optional<Number> Power(const Number& base, const Number& exponent);
std::optional<Number> Sqrt(const Number& x);  // empty below zero
std::optional<Number> Ln(const Number& x);    // empty at and below zero
std::optional<Number> Exp(const Number& x);   // empty where too large to hold

// Correctly rounded, half away from zero; trailing zeros dropped but `min_places` of them kept;
// never scientific below 1e15 in size, and never at all for FormatPlaces.
std::string FormatPlaces(const Number& x, int places, int min_places = 0);
// To `digits` significant digits; whole numbers below 1e15 are written in full. From 1e15 on, where
// more digits than `digits` would be needed, scientific: `1.23456789012e+18`. Tiny values
// (below 1e-9 in size) scientific too.
std::string FormatSignificant(const Number& x, int digits = 12, int min_places = 0);

}  // namespace steelyard
