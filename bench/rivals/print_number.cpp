#include "bench/rivals/print_number.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace bench {

namespace {

constexpr int kDigits = 12;
constexpr int64_t kLimit = 1'000'000'000'000;  // 10 to the power of kDigits
constexpr int kLowest = -6;                    // magnitudes below are left to the standard library

constexpr std::array<char, 200> Pairs() {
  std::array<char, 200> pairs{};
  for (int i = 0; i < 100; ++i) {
    pairs[2 * i] = static_cast<char>('0' + i / 10);
    pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
  return pairs;
}
constexpr std::array<char, 200> kPairs = Pairs();

constexpr std::array<double, 19> kPowers = {1,    1e1,  1e2,  1e3,  1e4,  1e5,  1e6,
                                            1e7,  1e8,  1e9,  1e10, 1e11, 1e12, 1e13,
                                            1e14, 1e15, 1e16, 1e17, 1e18};

void Print12(uint64_t digits, char* to) {
  for (int i = kDigits - 2; i >= 0; i -= 2) {
    std::memcpy(to + i, kPairs.data() + 2 * (digits % 100), 2);
    digits /= 100;
  }
}

// The decimal magnitude of a number from 1e-6 to below 1e11: that of 4.5 is 0.
int Magnitude(double value) {
  int magnitude = kLowest;
  if (value >= 1) {
    magnitude = 0;
    while (value >= kPowers[magnitude + 1]) ++magnitude;
    return magnitude;
  }
  for (magnitude = -1; value * kPowers[-magnitude] < 1;) --magnitude;
  return magnitude;
}

char* PrintWhole(double value, char* to) {
  return std::to_chars(to, to + kLongestNumber, static_cast<int64_t>(value)).ptr;
}

}  // namespace

char* PrintNumber(double value, char* to) {
  if (value != value) return to;
  if (value < 0) {
    *to++ = '-';
    value = -value;
  }
  if (value < 1e11 && value == std::trunc(value)) return PrintWhole(value, to);
  if (value >= 1e11 || value < 1e-6) {
    return std::to_chars(to, to + kLongestNumber, value, std::chars_format::general, kDigits).ptr;
  }
  int magnitude = Magnitude(value);
  auto digits = static_cast<int64_t>(value * kPowers[kDigits - 1 - magnitude] + 0.5);
  if (digits >= kLimit) {
    digits /= 10;
    ++magnitude;
  }
  if (magnitude < 0) {
    std::memcpy(to, "0.00000000", 10);
    to += 1 - magnitude;
    Print12(static_cast<uint64_t>(digits), to);
    char* end = to + kDigits;
    while (end[-1] == '0') --end;
    return end;
  }
  std::array<char, kDigits> text;
  Print12(static_cast<uint64_t>(digits), text.data());
  std::memcpy(to, text.data(), kDigits);
  to[magnitude + 1] = '.';
  std::memcpy(to + magnitude + 2, text.data() + magnitude + 1,
              static_cast<size_t>(kDigits - 1 - magnitude));
  char* end = to + kDigits + 1;
  while (end[-1] == '0') --end;
  return end[-1] == '.' ? end - 1 : end;
}

}  // namespace bench
