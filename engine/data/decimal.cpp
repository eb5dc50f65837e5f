// Reads and changes the numbers of cells, in 64 bits as long as they fit.
#include "engine/data/decimal.h"

#include <algorithm>

namespace steelyard {
namespace {

constexpr int kMaxExponent = 400;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Whole digits, with commas between groups of three or without any. What stands there instead, such
// as `12,34`, sets `bad`.
std::string TakeWhole(std::string_view& text, bool& bad) {
  std::string digits;
  size_t at = 0;
  size_t group = 0;  // digits since the last comma
  bool commas = false;
  for (; at < text.size(); ++at) {
    if (IsDigit(text[at])) {
      digits += text[at];
      ++group;
    } else if (text[at] == ',' && at > 0 && at + 1 < text.size() && IsDigit(text[at + 1])) {
      bad = bad || group > 3 || (commas && group != 3);
      commas = true;
      group = 0;
    } else {
      break;
    }
  }
  bad = bad || (commas && group != 3);
  text.remove_prefix(at);
  return digits;
}

std::string TakeDigits(std::string_view& text) {
  const size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
  std::string digits(text.substr(0, end));
  text.remove_prefix(end);
  return digits;
}

// `e-2` and the like; nothing is taken where `e` begins a word.
int TakeExponent(std::string_view& text) {
  size_t at = 1;
  if (text.empty() || (text[0] != 'e' && text[0] != 'E')) return 0;
  const bool negative = at < text.size() && text[at] == '-';
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
  if (at == text.size() || !IsDigit(text[at])) return 0;
  int exponent = 0;
  for (; at < text.size() && IsDigit(text[at]); ++at) {
    exponent = std::min(exponent * 10 + (text[at] - '0'), kMaxExponent + 1);
  }
  text.remove_prefix(at);
  return negative ? -exponent : exponent;
}

}  // namespace

std::optional<Decimal> Decimal::Take(std::string_view& text, bool& bad_commas) {
  std::string_view rest = text;
  std::string digits = TakeWhole(rest, bad_commas);
  size_t decimals = 0;
  if (!rest.empty() && rest[0] == '.') {
    rest.remove_prefix(1);
    const std::string fraction = TakeDigits(rest);
    decimals = fraction.size();
    digits += fraction;
  }
  if (digits.empty() || bad_commas) return std::nullopt;
  const int exponent = TakeExponent(rest);
  if (exponent > kMaxExponent || exponent < -kMaxExponent) return std::nullopt;
  text = rest;

  // Zeros at the end of a fraction say nothing, and `0.5000000000000000000` shall stay small.
  while (decimals > 0 && digits.back() == '0') {
    digits.pop_back();
    --decimals;
  }
  const size_t first = std::min(digits.find_first_not_of('0'), digits.size());
  Decimal decimal;
  if (digits.size() - first <= size_t{kMaxScale} && decimals <= size_t{kMaxScale}) {
    for (size_t i = first; i < digits.size(); ++i) {
      decimal.mantissa_ = decimal.mantissa_ * 10 + (digits[i] - '0');
    }
    decimal.scale_ = static_cast<int>(decimals);
    decimal.TimesPowerOfTen(exponent);
    return decimal;
  }
  digits.insert(digits.size() - decimals, ".");
  decimal.wide_ = Number::FromDecimal("0" + digits + "e" + std::to_string(exponent));
  if (!decimal.wide_) return std::nullopt;
  return decimal;
}

Number& Decimal::Widen() {
  if (!wide_) wide_ = Number::Scaled(mantissa_, scale_);
  return *wide_;
}

void Decimal::Negate() {
  if (wide_) {
    wide_ = -*wide_;
  } else {
    mantissa_ = -mantissa_;  // at most 18 digits, or checked when multiplied
  }
}

void Decimal::TimesPowerOfTen(int exponent) {
  if (mantissa_ == 0 && !wide_) return;
  while (!wide_ && exponent != 0) {
    if (exponent > 0 && scale_ > 0) {
      --scale_;
      --exponent;
    } else if (exponent > 0) {
      int64_t next = 0;
      if (__builtin_mul_overflow(mantissa_, int64_t{10}, &next)) break;
      mantissa_ = next;
      --exponent;
    } else if (mantissa_ % 10 == 0) {
      mantissa_ /= 10;
      ++exponent;
    } else if (scale_ < kMaxScale) {
      ++scale_;
      ++exponent;
    } else {
      break;
    }
  }
  if (exponent == 0) return;
  const Number power = *Number::FromDecimal("1e" + std::to_string(exponent));
  Widen() = Widen() * power;
}

void Decimal::Times(const Number& factor) {
  const std::optional<int64_t> whole = factor.ToInt64();
  int64_t product = 0;
  if (!wide_ && whole && !__builtin_mul_overflow(mantissa_, *whole, &product)) {
    mantissa_ = product;
  } else {
    Widen() = Widen() * factor;
  }
}

bool Decimal::IsWhole() const {
  if (wide_) return wide_->IsWhole();
  int64_t mantissa = mantissa_;
  for (int i = 0; i < scale_; ++i) {
    if (mantissa % 10 != 0) return false;
    mantissa /= 10;
  }
  return true;
}

bool Decimal::IsNegative() const { return wide_ ? wide_->Sign() < 0 : mantissa_ < 0; }

Number Decimal::ToNumber() const { return wide_ ? *wide_ : Number::Scaled(mantissa_, scale_); }

std::string Decimal::Canonical() const {
  if (wide_) return wide_->Terminates() ? FormatPlaces(*wide_, 500) : wide_->ToFraction();
  int64_t mantissa = mantissa_;
  int scale = scale_;
  for (; scale > 0 && mantissa % 10 == 0; --scale) mantissa /= 10;
  std::string digits = std::to_string(mantissa);
  if (scale == 0) return digits;
  const size_t sign = mantissa < 0 ? 1 : 0;
  const auto places = static_cast<size_t>(scale);
  if (digits.size() - sign <= places) {
    digits.insert(sign, places + 1 - (digits.size() - sign), '0');
  }
  digits.insert(digits.size() - places, ".");
  return digits;
}

void Decimal::AppendTo(NumberCells& cells) const {
  if (wide_) {
    cells.Append(*wide_);
  } else {
    cells.AppendScaled(mantissa_, scale_);
  }
}

}  // namespace steelyard
