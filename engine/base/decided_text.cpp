#include "engine/base/decided_text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>

namespace steelyard {
namespace {

constexpr int kMostPlaces = 22;  // 10^22 is the last power of ten that a double holds exactly
constexpr double kSmallest = 1e-8;
constexpr double kLargest = 1e14;
constexpr double kMoneyNeedsPlaces = 1e10;
constexpr int kMoneyPlaces = 2;
constexpr double kLargestUnits = 0x1p50;
constexpr int64_t kLeastUnits = 100'000'000'000;  // of numbers with 12 digits
constexpr double kUnit = 0x1p-53;
constexpr double kSlack = 1 + 0x1p-20;

constexpr std::array<double, kMostPlaces + 1> kPowers = {
    1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

static_assert(std::endian::native == std::endian::little, "digits are put together in words");

// Eight digits, with zeros in front, a byte each, the first one lowest: pairs, then single digits,
// are split off in all parts of a word at once.
inline uint64_t EightDigits(uint32_t number) {
  const uint64_t high = number / 10000;
  const uint64_t low = number % 10000;
  const uint64_t fours = high | (low << 32);
  const uint64_t hundreds = ((fours * 10486) >> 20) & 0x0000007f0000007f;
  const uint64_t pairs = hundreds | ((fours - hundreds * 100) << 16);
  const uint64_t tens = ((pairs * 103) >> 10) & 0x000f000f000f000f;
  return tens | ((pairs - tens * 10) << 8);
}

SixteenDigits DigitsOf(uint64_t number) {
  constexpr uint64_t kHalf = 100'000'000;
  return {EightDigits(static_cast<uint32_t>(number / kHalf)),
          EightDigits(static_cast<uint32_t>(number % kHalf))};
}

// The decimal exponent of a number of at least 1e-8. Beside a power of ten it may be one off, where
// both give the same text.
int ExponentOf(double size) {
  // Binary exponents × log10(2), never too low by more than one.
  uint64_t bits = 0;
  std::memcpy(&bits, &size, sizeof bits);
  const int binary = static_cast<int>((bits >> 52) & 0x7ff) - 1023;
  const int guess = (binary * 1233) >> 12;
  if (guess >= 0) return size >= kPowers[static_cast<size_t>(guess) + 1] ? guess + 1 : guess;
  return size * kPowers[static_cast<size_t>(-guess - 1)] >= 1 ? guess + 1 : guess;
}

std::optional<int> PlacesFor(double size, const NumberShape& shape) {
  if (shape.places) {
    const int places = std::max(*shape.places, shape.min_places);
    return *shape.places < 0 || places > 15 ? std::nullopt : std::optional<int>(places);
  }
  // Close to the limit the exact value may lie on its other side.
  if (size < kSmallest || size > kLargest) return std::nullopt;
  if (shape.is_money && size > kMoneyNeedsPlaces * 0.999) {
    return size < kMoneyNeedsPlaces * 1.001 ? std::nullopt : std::optional<int>(kMoneyPlaces);
  }
  const int places = NumberShape::kSignificantDigits - 1 - ExponentOf(size);
  return std::max({places, 0, shape.min_places});
}

}  // namespace

std::optional<Rounded> RoundDecided(double value, const Doubt& doubt, const NumberShape& shape) {
  const double size = std::fabs(value);
  const double error = std::min(doubt.error, doubt.relative * size);
  if (size <= error || size == 0) {
    if (doubt.zero || doubt.error == 0) return Rounded{0, shape.min_places};
    if (!shape.places) return std::nullopt;
  }
  const std::optional<int> places = PlacesFor(size, shape);
  if (!places) return std::nullopt;
  const double power = kPowers[static_cast<size_t>(*places)];
  const double scaled = size * power;
  if (!(scaled < kLargestUnits)) return std::nullopt;
  auto units = static_cast<int64_t>(scaled);
  const auto below = static_cast<double>(units);
  const double tolerance = (error * power + scaled * kUnit) * kSlack;
  const double past_half = scaled - below - 0.5;
  if (std::fabs(past_half) <= tolerance) {
    // A half that was scaled exactly is one.
    const bool exact = past_half == 0 && error == 0 && std::fma(size, power, -scaled) == 0;
    if (!exact && !(doubt.half && shape.places)) return std::nullopt;
    ++units;
  } else if (past_half > 0) {
    ++units;
  }
  // Below a power of ten there is one more decimal, which rounding has to reach the power from.
  const bool is_power = !shape.places && units == kLeastUnits;
  if (is_power && scaled - tolerance < static_cast<double>(kLeastUnits) - 0.04) return std::nullopt;
  return Rounded{value < 0 ? -units : units, *places};
}

char* WriteWhole(uint64_t number, char* out) {
  constexpr uint64_t kMost = 10'000'000'000'000'000;
  if (number >= kMost) {
    out = WriteWhole(number / kMost, out);
    DigitsOf(number % kMost).Write(0, out);
    return out + SixteenDigits::kCount;
  }
  return WriteRounded(DigitsOf(number), false, 0, 0, out);
}

char* WriteRounded(const Rounded& rounded, int min_places, char* out) {
  const bool negative = rounded.units < 0;
  const auto size = static_cast<uint64_t>(negative ? -rounded.units : rounded.units);
  return WriteRounded(DigitsOf(size), negative, rounded.places, min_places, out);
}

}  // namespace steelyard
