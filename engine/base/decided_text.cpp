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
constexpr double kUnit = 0x1p-53;
constexpr double kSlack = 1 + 0x1p-20;

constexpr std::array<double, kMostPlaces + 1> kPowers = {
    1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

constexpr int kDigits = 16;  // of any number of units
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

// Exactly sixteen digits, with zeros in front.
struct Digits {
  uint64_t halves[2];

  explicit Digits(const SixteenDigits& digits) : halves{digits.high, digits.low} {}
  explicit Digits(uint64_t number)
      : halves{EightDigits(static_cast<uint32_t>(number / kHalf)),
               EightDigits(static_cast<uint32_t>(number % kHalf))} {}

  // How many there are before the first that is not 0, and up to the last.
  int LeadingZeros() const {
    if (halves[0] != 0) return std::countr_zero(halves[0]) / 8;
    return halves[1] != 0 ? 8 + std::countr_zero(halves[1]) / 8 : kDigits;
  }
  int UpToLast() const {
    if (halves[1] != 0) return kDigits - std::countl_zero(halves[1]) / 8;
    return halves[0] != 0 ? 8 - std::countl_zero(halves[0]) / 8 : 0;
  }
  // From one of them on; sixteen characters are written. The digits are moved in registers, as
  // reading back what was just written would wait for it.
  void Write(int from, char* out) const {
    constexpr uint64_t kZeros = 0x3030303030303030;
    const auto shift = static_cast<unsigned>(from % 8) * 8;
    const uint64_t low = from < 8 ? halves[0] : halves[1];
    const uint64_t high = from < 8 ? halves[1] : 0;
    const uint64_t text[2] = {((low >> shift) | ((high << 1) << (63 - shift))) + kZeros,
                              (high >> shift) + kZeros};
    std::memcpy(out, text, kDigits);
  }

 private:
  static constexpr uint64_t kHalf = 100'000'000;
};

// The decimal exponent of a number of at least 1e-8. Beside a power of ten it may be one off, which
// makes no difference there: both give the same text.
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
  return Rounded{value < 0 ? -units : units, *places};
}

char* WriteWhole(uint64_t number, char* out) {
  constexpr uint64_t kMost = 10'000'000'000'000'000;
  if (number >= kMost) {
    out = WriteWhole(number / kMost, out);
    Digits(number % kMost).Write(0, out);
    return out + kDigits;
  }
  const Digits digits(number);
  const int first = std::min(digits.LeadingZeros(), kDigits - 1);
  digits.Write(first, out);
  return out + (kDigits - first);
}

namespace {

char* WriteDigits(const Digits& digits, bool negative, int places, int min_places, char* out) {
  const bool zero = (digits.halves[0] | digits.halves[1]) == 0;
  if (zero) places = min_places;
  if (negative && !zero) *out++ = '-';
  if (places >= kDigits) {  // 0.00…
    const int zeros = places - kDigits;
    std::memset(out, '0', static_cast<size_t>(zeros) + 2);
    out[1] = '.';
    digits.Write(0, out + 2 + zeros);
    return out + 2 + zeros + digits.UpToLast();
  }
  const int point = kDigits - places;
  const int first = std::min(digits.LeadingZeros(), point - 1);
  const int end = std::max(digits.UpToLast(), point + std::min(min_places, places));
  digits.Write(first, out);
  out += point - first;
  if (end <= point) return out;
  *out++ = '.';
  digits.Write(point, out);
  return out + (end - point);
}

}  // namespace

char* WriteRounded(const SixteenDigits& digits, bool negative, int places, int min_places,
                   char* out) {
  return WriteDigits(Digits(digits), negative, places, min_places, out);
}

char* WriteRounded(const Rounded& rounded, int min_places, char* out) {
  const bool negative = rounded.units < 0;
  const auto size = static_cast<uint64_t>(negative ? -rounded.units : rounded.units);
  return WriteDigits(Digits(size), negative, rounded.places, min_places, out);
}

}  // namespace steelyard
