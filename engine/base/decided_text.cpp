#include "engine/base/decided_text.h"

#include <algorithm>
#include <array>
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
constexpr double kUnit = 0x1p-53;
constexpr double kSlack = 1 + 0x1p-20;

constexpr std::array<double, kMostPlaces + 1> kPowers = {
    1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

constexpr std::array<uint64_t, 19> kWholePowers = {1ULL,
                                                   10ULL,
                                                   100ULL,
                                                   1000ULL,
                                                   10000ULL,
                                                   100000ULL,
                                                   1000000ULL,
                                                   10000000ULL,
                                                   100000000ULL,
                                                   1000000000ULL,
                                                   10000000000ULL,
                                                   100000000000ULL,
                                                   1000000000000ULL,
                                                   10000000000000ULL,
                                                   100000000000000ULL,
                                                   1000000000000000ULL,
                                                   10000000000000000ULL,
                                                   100000000000000000ULL,
                                                   1000000000000000000ULL};

// 00, 01, … 99.
constexpr std::array<char, 200> MakePairs() {
  std::array<char, 200> pairs{};
  for (size_t i = 0; i < 100; ++i) {
    pairs[2 * i] = static_cast<char>('0' + i / 10);
    pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
  return pairs;
}
constexpr std::array<char, 200> kPairs = MakePairs();

// Exactly so many digits, with zeros in front.
void WriteDigits(uint64_t number, int digits, char* out) {
  int at = digits;
  while (at >= 2) {
    at -= 2;
    std::memcpy(out + at, &kPairs[2 * (number % 100)], 2);
    number /= 100;
  }
  if (at == 1) out[0] = static_cast<char>('0' + number % 10);
}

int DigitsOf(uint64_t number) {
  int digits = 1;
  while (digits < static_cast<int>(kWholePowers.size()) &&
         number >= kWholePowers[static_cast<size_t>(digits)]) {
    ++digits;
  }
  return digits;
}

// The decimal exponent of a number of at least 1e-8. Beside a power of ten it may be one off, which
// makes no difference there: both give the same text.
int ExponentOf(double size) {
  int exponent = 0;
  if (size >= 1) {
    while (exponent < 15 && size >= kPowers[static_cast<size_t>(exponent) + 1]) ++exponent;
    return exponent;
  }
  while (size * kPowers[static_cast<size_t>(-exponent)] < 1) --exponent;
  return exponent;
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
  const double below = std::floor(scaled);
  const double tolerance = (error * power + scaled * kUnit) * kSlack;
  const double past_half = scaled - below - 0.5;
  auto units = static_cast<int64_t>(below);
  if (std::fabs(past_half) <= tolerance) {
    // A half that was scaled exactly is one.
    const bool exact = past_half == 0 && error == 0 && std::fma(size, power, -scaled) == 0;
    if (!exact && !(doubt.half && shape.places)) return std::nullopt;
    ++units;
  } else if (past_half > 0) {
    ++units;
  }
  return Rounded{value < 0 ? -units : units, *places};
}

char* WriteWhole(uint64_t number, char* out) {
  const int digits = DigitsOf(number);
  WriteDigits(number, digits, out);
  return out + digits;
}

char* WriteRounded(const Rounded& rounded, int min_places, char* out) {
  int places = rounded.places;
  auto units = static_cast<uint64_t>(rounded.units < 0 ? -rounded.units : rounded.units);
  if (units == 0) places = min_places;
  while (places >= min_places + 4 && units % 10000 == 0) {
    units /= 10000;
    places -= 4;
  }
  while (places > min_places && units % 10 == 0) {
    units /= 10;
    --places;
  }
  if (rounded.units < 0) *out++ = '-';
  if (places == 0) return WriteWhole(units, out);
  if (places >= static_cast<int>(kWholePowers.size())) {  // 0.00…
    *out++ = '0';
    *out++ = '.';
    const int zeros = places - 18;
    std::memset(out, '0', static_cast<size_t>(zeros));
    WriteDigits(units, 18, out + zeros);
    return out + places;
  }
  const uint64_t power = kWholePowers[static_cast<size_t>(places)];
  out = WriteWhole(units / power, out);
  *out++ = '.';
  WriteDigits(units % power, places, out);
  return out + places;
}

}  // namespace steelyard
