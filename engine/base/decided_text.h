// Decimal texts of doubles that stand for exact values: a text is given only where every value that
// the double may stand for has it.
#pragma once

#include <cstdint>
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

// The same of sixteen digits, eight in a word, a byte each, the first one lowest.
struct SixteenDigits {
  uint64_t high = 0;
  uint64_t low = 0;
};
char* WriteRounded(const SixteenDigits& digits, bool negative, int places, int min_places,
                   char* out);

// A whole number; likewise.
char* WriteWhole(uint64_t number, char* out);

}  // namespace steelyard
