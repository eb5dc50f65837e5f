// Exact arithmetic and rounding. Reading and writing is in number_text.cpp, roots, powers and
// logarithms in number_functions.cpp.
#include "engine/base/number.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/base/check.h"
#include "engine/base/number_internal.h"

namespace steelyard {

static_assert(sizeof(long) == sizeof(int64_t), "GMP takes machine integers as long");

namespace {

long BitLength(const mpz_class& value) {
  return static_cast<long>(mpz_sizeinbase(value.get_mpz_t(), 2));
}

// Decimal digits of the whole part of |value|, or one more.
long WholeDigitsAtMost(const mpq_class& value) {
  const double bits =
      static_cast<double>(BitLength(value.get_num()) - BitLength(value.get_den()) + 1);
  return std::max(0L, static_cast<long>(bits * 0.30103) + 1);
}

// |numerator| ÷ denominator, a half rounded up.
mpz_class DivideRounded(const mpz_class& numerator, const mpz_class& denominator) {
  const mpz_class twice = abs(numerator) * 2 + denominator;
  mpz_class quotient;
  mpz_fdiv_q(quotient.get_mpz_t(), twice.get_mpz_t(), mpz_class(denominator * 2).get_mpz_t());
  return quotient;
}

// |value| ÷ 2^exponent, rounded to the nearest whole number, a half to the even one.
mpz_class ScaleToEven(const mpq_class& value, long exponent) {
  mpz_class numerator = abs(value.get_num());
  mpz_class denominator = value.get_den();
  if (exponent < 0) {
    numerator <<= static_cast<unsigned long>(-exponent);
  } else {
    denominator <<= static_cast<unsigned long>(exponent);
  }
  mpz_class quotient;
  mpz_class rest;
  mpz_fdiv_qr(quotient.get_mpz_t(), rest.get_mpz_t(), numerator.get_mpz_t(),
              denominator.get_mpz_t());
  const int half = cmp(mpz_class(rest * 2), denominator);
  if (half > 0 || (half == 0 && mpz_odd_p(quotient.get_mpz_t()))) ++quotient;
  return quotient;
}

// The power of two at or just below |value|, which is not zero.
long BinaryExponent(const mpq_class& value) {
  const mpz_class numerator = abs(value.get_num());
  const long guess = BitLength(numerator) - BitLength(value.get_den());
  const int order =
      guess >= 0 ? cmp(numerator, mpz_class(value.get_den() << static_cast<unsigned long>(guess)))
                 : cmp(mpz_class(numerator << static_cast<unsigned long>(-guess)), value.get_den());
  return order >= 0 ? guess : guess - 1;
}

}  // namespace

mpz_class PowerOfTen(unsigned long exponent) {
  mpz_class power;
  mpz_ui_pow_ui(power.get_mpz_t(), 10, exponent);
  return power;
}

mpz_class RoundToUnits(const mpq_class& value, long places) {
  mpz_class units;
  if (places >= 0) {
    units = DivideRounded(value.get_num() * PowerOfTen(static_cast<unsigned long>(places)),
                          value.get_den());
  } else if (-places <= WholeDigitsAtMost(value)) {
    units = DivideRounded(value.get_num(),
                          value.get_den() * PowerOfTen(static_cast<unsigned long>(-places)));
  }  // else the unit is more than twice the value, which rounds to zero
  return sgn(value) < 0 ? mpz_class(-units) : units;
}

Number::Number(int64_t whole) : value_(static_cast<long>(whole)) {}

Number Number::Fraction(int64_t numerator, int64_t denominator) {
  STEELYARD_CHECK(denominator != 0);
  return Number(numerator) / Number(denominator);
}

Number Number::Scaled(int64_t mantissa, int scale) {
  STEELYARD_CHECK(scale >= 0 && scale <= 60);
  mpq_class value(mpz_class(static_cast<long>(mantissa)),
                  PowerOfTen(static_cast<unsigned long>(scale)));
  value.canonicalize();
  return Number(std::move(value));
}

std::optional<int64_t> Number::ToInt64() const {
  if (!IsWhole() || !value_.get_num().fits_slong_p()) return std::nullopt;
  return value_.get_num().get_si();
}

double Number::ToDouble() const {
  if (IsZero()) return 0.0;
  constexpr long kMantissaBits = std::numeric_limits<double>::digits;
  constexpr long kSmallestExponent = -1074;
  if (BitLength(value_.get_num()) <= kMantissaBits &&
      BitLength(value_.get_den()) <= kMantissaBits) {
    return value_.get_num().get_d() / value_.get_den().get_d();  // both exact: rounds once
  }
  const double sign = Sign() < 0 ? -1.0 : 1.0;
  const long first = BinaryExponent(value_);
  if (first > std::numeric_limits<double>::max_exponent) {
    return sign * std::numeric_limits<double>::infinity();
  }
  if (first < kSmallestExponent - 1) return sign * 0.0;
  const long last = std::max(first - kMantissaBits + 1, kSmallestExponent);
  return sign * std::ldexp(ScaleToEven(value_, last).get_d(), static_cast<int>(last));
}

Number Number::operator-() const { return Number(mpq_class(-value_)); }

Number operator+(const Number& a, const Number& b) {
  return Number(mpq_class(a.value_ + b.value_));
}
Number operator-(const Number& a, const Number& b) {
  return Number(mpq_class(a.value_ - b.value_));
}
Number operator*(const Number& a, const Number& b) {
  return Number(mpq_class(a.value_ * b.value_));
}

Number operator/(const Number& a, const Number& b) {
  STEELYARD_CHECK(!b.IsZero());
  return Number(mpq_class(a.value_ / b.value_));
}

Number& Number::operator+=(const Number& other) {
  value_ += other.value_;
  return *this;
}

bool Number::Terminates() const {
  mpz_class rest = value_.get_den();
  const mpz_class two = 2;
  const mpz_class five = 5;
  mpz_remove(rest.get_mpz_t(), rest.get_mpz_t(), two.get_mpz_t());
  mpz_remove(rest.get_mpz_t(), rest.get_mpz_t(), five.get_mpz_t());
  return rest == 1;
}

size_t Number::Bits() const {
  return mpz_sizeinbase(value_.get_num_mpz_t(), 2) + mpz_sizeinbase(value_.get_den_mpz_t(), 2);
}

Number Round(const Number& x, int places) {
  if (x.IsWhole() && places >= 0) return x;
  const long kept = std::min<long>(places, kMaxPlaces);
  const mpz_class units = RoundToUnits(x.raw(), kept);
  if (units == 0) return Number();
  if (kept <= 0) return Number(mpq_class(units * PowerOfTen(static_cast<unsigned long>(-kept))));
  mpq_class rounded(units, PowerOfTen(static_cast<unsigned long>(kept)));
  rounded.canonicalize();
  return Number(std::move(rounded));
}

Number Floor(const Number& x) {
  mpz_class whole;
  mpz_fdiv_q(whole.get_mpz_t(), x.raw().get_num_mpz_t(), x.raw().get_den_mpz_t());
  return Number(mpq_class(whole));
}

Number Ceil(const Number& x) {
  mpz_class whole;
  mpz_cdiv_q(whole.get_mpz_t(), x.raw().get_num_mpz_t(), x.raw().get_den_mpz_t());
  return Number(mpq_class(whole));
}

Number Abs(const Number& x) { return Number(mpq_class(abs(x.raw()))); }

Number Mod(const Number& x, const Number& y) { return x - y * Floor(x / y); }

}  // namespace steelyard
