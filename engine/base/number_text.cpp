// Numbers from text and back.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "engine/base/number.h"
#include "engine/base/number_internal.h"

namespace steelyard {

namespace {

constexpr int kMaxExponent = 400;
constexpr size_t kMaxTextLength = 10'000;  // longer is not a number but an attack
constexpr long kFirstScientific = 15;      // 1e15 and up
constexpr long kLastPlain = -9;            // 1e-9 and up

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Moves the digits at the front of `text` to `digits`; how many there were.
long TakeDigits(std::string_view& text, std::string& digits) {
  long count = 0;
  while (!text.empty() && IsDigit(text.front())) {
    digits += text.front();
    text.remove_prefix(1);
    ++count;
  }
  return count;
}

// Reads `e3`, `E-2`, or nothing. Empty if there is anything else, or too large a number.
std::optional<long> ReadExponent(std::string_view text) {
  if (text.empty()) return 0;
  if (text.front() != 'e' && text.front() != 'E') return std::nullopt;
  text.remove_prefix(1);
  bool negative = false;
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  if (text.empty()) return std::nullopt;
  long exponent = 0;
  for (const char c : text) {
    if (!IsDigit(c)) return std::nullopt;
    exponent = exponent * 10 + (c - '0');
    if (exponent > kMaxExponent) return std::nullopt;
  }
  return negative ? -exponent : exponent;
}

// The decimal exponent of the first digit of |value|, which is not zero.
long DecimalExponent(const mpq_class& value) {
  const mpz_class numerator = abs(value.get_num());
  long exponent = static_cast<long>(mpz_sizeinbase(numerator.get_mpz_t(), 10)) -
                  static_cast<long>(mpz_sizeinbase(value.get_den_mpz_t(), 10)) + 1;
  const auto reaches = [&](long e) {
    const mpz_class power = PowerOfTen(static_cast<unsigned long>(std::labs(e)));
    return e >= 0 ? numerator >= value.get_den() * power : numerator * power >= value.get_den();
  };
  while (!reaches(exponent)) --exponent;  // the guess is at most three too high
  return exponent;
}

void DropTrailingZeros(std::string& text, size_t keep_from) {
  while (text.size() > keep_from && text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
}

// units × 10^-places, written with a point. places >= min_places >= 0.
std::string WriteUnits(const mpz_class& units, long places, long min_places) {
  if (units == 0) places = min_places;
  std::string digits = mpz_class(abs(units)).get_str();
  const auto decimals = static_cast<size_t>(places);
  if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
  if (decimals > 0) {
    const size_t point = digits.size() - decimals;
    digits.insert(point, 1, '.');
    DropTrailingZeros(digits, point + 1 + static_cast<size_t>(min_places));
  }
  return sgn(units) < 0 ? "-" + digits : digits;
}

std::string WriteScientific(const mpq_class& value, long exponent, int digits) {
  mpz_class units = RoundToUnits(value, digits - 1 - exponent);
  std::string text = mpz_class(abs(units)).get_str();
  if (text.size() > static_cast<size_t>(digits)) ++exponent;  // 9.99… became 10
  text.insert(1, 1, '.');
  DropTrailingZeros(text, 2);
  text += exponent < 0 ? "e-" : "e+";
  text += std::to_string(std::labs(exponent));
  return sgn(value) < 0 ? "-" + text : text;
}

}  // namespace

std::optional<Number> Number::FromDecimal(std::string_view text) {
  if (text.size() > kMaxTextLength) return std::nullopt;
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  std::string digits;
  const long whole = TakeDigits(text, digits);
  long decimals = 0;
  if (!text.empty() && text.front() == '.') {
    text.remove_prefix(1);
    decimals = TakeDigits(text, digits);
  }
  if (whole + decimals == 0) return std::nullopt;
  const std::optional<long> exponent = ReadExponent(text);
  if (!exponent) return std::nullopt;

  mpq_class value(mpz_class(digits, 10));
  const long shift = *exponent - decimals;
  const mpz_class power = PowerOfTen(static_cast<unsigned long>(std::labs(shift)));
  if (shift >= 0) {
    value.get_num() *= power;
  } else {
    value.get_den() = power;
    value.canonicalize();
  }
  return Number(negative ? mpq_class(-value) : value);
}

std::optional<Number> Number::FromDouble(double value) {
  if (!std::isfinite(value)) return std::nullopt;
  std::array<char, 32> buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  if (error != std::errc()) return std::nullopt;
  return FromDecimal(std::string_view(buffer.data(), static_cast<size_t>(end - buffer.data())));
}

std::string Number::ToFraction() const { return value_.get_str(); }

std::string FormatPlaces(const Number& x, int places, int min_places) {
  const long kept = std::clamp<long>(min_places, 0, kMaxPlaces);
  const long shown = std::clamp<long>(places, kept, kMaxPlaces);
  if (places >= 0 || kept > 0) return WriteUnits(RoundToUnits(x.raw(), shown), shown, kept);
  return WriteUnits(Round(x, places).raw().get_num(), 0, 0);
}

std::string FormatSignificant(const Number& x, int digits, int min_places) {
  if (x.IsZero()) return FormatPlaces(x, 0, min_places);
  digits = std::clamp(digits, 1, kMaxPlaces);
  const long exponent = DecimalExponent(x.raw());
  if (exponent < kLastPlain || (exponent >= kFirstScientific && exponent >= digits)) {
    return WriteScientific(x.raw(), exponent, digits);
  }
  const long places = std::max(0L, digits - 1 - exponent);
  return FormatPlaces(x, static_cast<int>(places), min_places);
}

}  // namespace steelyard
