// Decimal texts of doubles that stand for exact values: a text is given only where every value that
// the double may stand for has it.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>

namespace steelyard {

// How a number is written; as FormatSignificant and FormatPlaces write it.
struct NumberShape {
  static constexpr int kSignificantDigits = 12;
  std::optional<int> places;  // so many decimals; otherwise 12 significant digits
  int min_places = 0;
  bool is_money = false;  // without `places`, from 1e10 on: two decimals
};

// What is known of a double.
struct Doubt {
  double error = 0;     // no farther from the exact value than this
  double relative = 0;  // nor than this share of the double
  bool zero = false;    // within the error of 0 it stands for 0
  bool half = false;    // within the error of a half of the last of `places` it stands for that
};

// A rounded number, as units × 10^-places.
struct Rounded {
  int64_t units = 0;
  int places = 0;
};

// Half away from zero. Empty where it cannot be told, or where the text would be scientific.
std::optional<Rounded> RoundDecided(double value, const Doubt& doubt, const NumberShape& shape);

// Writes it with at least so many decimals, further zeros dropped; returns the end. 64 characters
// must be there, some behind the end may be written.
char* WriteRounded(const Rounded& rounded, int min_places, char* out);

// Sixteen digits, with zeros in front: eight in a word, a byte each, the first one lowest.
struct SixteenDigits {
  static constexpr int kCount = 16;

  uint64_t high = 0;
  uint64_t low = 0;

  // How many there are before the first that is not 0, and up to the last.
  int LeadingZeros() const {
    if (high != 0) return std::countr_zero(high) / 8;
    return low != 0 ? 8 + std::countr_zero(low) / 8 : kCount;
  }
  int UpToLast() const {
    if (low != 0) return kCount - std::countl_zero(low) / 8;
    return high != 0 ? 8 - std::countl_zero(high) / 8 : 0;
  }
  // From one of them on; sixteen characters are written. The digits are moved in registers, as
  // reading back what was just written would wait for it.
  void Write(int from, char* out) const {
    constexpr uint64_t kZeros = 0x3030303030303030;
    const auto shift = static_cast<unsigned>(from % 8) * 8;
    const uint64_t first = from < 8 ? high : low;
    const uint64_t second = from < 8 ? low : 0;
    const uint64_t text[2] = {((first >> shift) | ((second << 1) << (63 - shift))) + kZeros,
                              (second >> shift) + kZeros};
    std::memcpy(out, text, kCount);
  }
};

// The same of sixteen digits.
inline char* WriteRounded(const SixteenDigits& digits, bool negative, int places, int min_places,
                          char* out) {
  const bool zero = (digits.high | digits.low) == 0;
  if (zero) places = min_places;
  *out = '-';
  out += negative && !zero ? 1 : 0;
  if (places >= SixteenDigits::kCount) {  // 0.00…
    const int zeros = places - SixteenDigits::kCount;
    std::memset(out, '0', static_cast<size_t>(zeros) + 2);
    out[1] = '.';
    digits.Write(0, out + 2 + zeros);
    return out + 2 + zeros + digits.UpToLast();
  }
  const int point = SixteenDigits::kCount - places;
  const int first = std::min(digits.LeadingZeros(), point - 1);
  const int end = std::max(digits.UpToLast(), point + std::min(min_places, places));
  digits.Write(first, out);
  out += point - first;
  if (end <= point) return out;
  *out++ = '.';
  digits.Write(point, out);
  return out + (end - point);
}

// A whole number; likewise.
char* WriteWhole(uint64_t number, char* out);

}  // namespace steelyard
