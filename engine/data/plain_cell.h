// Cells in their plainest shapes, read without a detour: `-12.50`, `2026-04-01`. Whatever is not of
// such a shape, good or bad, is left to CellConverter, and what is means here what it means there.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

#include "engine/base/calendar.h"

namespace steelyard {

// mantissa × 10^-scale, as written: `1.50` is 150 and 2.
struct PlainNumber {
  int64_t mantissa = 0;
  uint8_t scale = 0;
};

namespace plain_cell {

constexpr uint64_t kZeros = 0x3030303030303030U;  // eight times the digit 0
constexpr uint64_t kOnes = 0x0101010101010101U;
constexpr uint64_t kHighBits = 0x8080808080808080U;

// Eight bytes, the first of them lowest.
inline uint64_t LoadText(const char* at) {
  uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
  return word;
}

inline bool AreDigits(uint64_t word) {
  const uint64_t values = word ^ kZeros;
  return (((values + 0x7676767676767676U) | values) & kHighBits) == 0;
}

// The value of eight digits, the first of them lowest.
inline uint64_t ValueOf(uint64_t word) {
  word ^= kZeros;
  word = (word * 10 + (word >> 8)) & 0x00FF00FF00FF00FFU;
  word = (word * 100 + (word >> 16)) & 0x0000FFFF0000FFFFU;
  return (word * 10000 + (word >> 32)) & 0xFFFFFFFFU;
}

// A bit in the first byte that is `.`; bytes behind it may have one, too.
inline uint64_t FindPoint(uint64_t word) {
  const uint64_t others = word ^ (kOnes * '.');
  return (others - kOnes) & ~others & kHighBits;
}

// All bits below the lowest that is set; `bits` is not 0.
inline uint64_t Below(uint64_t bits) { return (bits & (~bits + 1)) - 1; }

// Takes the point at the byte whose high bit is the lowest set of `point` out of eight characters:
// those before it move up, and a digit 0 comes in front.
inline uint64_t WithoutPoint(uint64_t word, uint64_t point) {
  const uint64_t before = Below(point) >> 7;  // the bytes before it
  const uint64_t behind = ~(Below(point) << 1 | 1);
  return (word & behind) | (word & before) << 8 | '0';
}

}  // namespace plain_cell

// `-12.50` of at most eight characters. The eight bytes that end where the text does are read.
[[gnu::always_inline]] inline bool ReadShortNumber(std::string_view text, PlainNumber& number) {
  using namespace plain_cell;
  const size_t size = text.size();
  const unsigned unused = 8 * (8 - static_cast<unsigned>(size));
  uint64_t word = LoadText(text.data() + size - 8);
  word = (word >> unused << unused) | (kZeros & ~(~uint64_t{0} << unused));
  size_t digits = size;
  const bool negative = text[0] == '-';
  if (negative) {
    word ^= uint64_t{'-' ^ '0'} << unused;
    --digits;
  }
  number.scale = 0;
  if (const uint64_t point = FindPoint(word); point != 0) {
    number.scale = static_cast<uint8_t>(7 - static_cast<unsigned>(__builtin_ctzll(point)) / 8);
    word = WithoutPoint(word, point);
    --digits;
  }
  if (digits == 0 || digits > 8 || !AreDigits(word)) return false;
  const auto value = static_cast<int64_t>(ValueOf(word));
  number.mantissa = negative ? -value : value;
  return true;
}

// The same of 9 to 16 characters.
[[gnu::always_inline]] inline bool ReadMediumNumber(std::string_view text, PlainNumber& number) {
  using namespace plain_cell;
  const size_t size = text.size();
  const unsigned unused = 8 * (16 - static_cast<unsigned>(size));
  uint64_t high = LoadText(text.data() + size - 16);
  uint64_t low = LoadText(text.data() + size - 8);
  high = (high >> unused << unused) | (kZeros & ~(~uint64_t{0} << unused));
  const bool negative = text[0] == '-';
  if (negative) high ^= uint64_t{'-' ^ '0'} << unused;
  number.scale = 0;
  if (const uint64_t in_high = FindPoint(high); in_high != 0) {
    number.scale = static_cast<uint8_t>(15 - static_cast<unsigned>(__builtin_ctzll(in_high)) / 8);
    high = WithoutPoint(high, in_high);
  } else if (const uint64_t in_low = FindPoint(low); in_low != 0) {
    number.scale = static_cast<uint8_t>(7 - static_cast<unsigned>(__builtin_ctzll(in_low)) / 8);
    low = (WithoutPoint(low, in_low) & ~uint64_t{0xFF}) | high >> 56;
    high = high << 8 | '0';
  }
  if (!AreDigits(high) || !AreDigits(low)) return false;
  const auto value = static_cast<int64_t>(ValueOf(high) * 100'000'000 + ValueOf(low));
  number.mantissa = negative ? -value : value;
  return true;
}

// The same of any length, with up to 18 digits that count.
inline bool ReadLongNumber(std::string_view text, PlainNumber& number) {
  const bool negative = text[0] == '-';
  int64_t value = 0;
  int counted = 0;  // digits from the first that is not 0
  int decimals = -1;
  for (const char c : text.substr(negative ? 1 : 0)) {
    if (c == '.' && decimals < 0) {
      decimals = 0;
      continue;
    }
    if (c < '0' || c > '9') return false;
    if ((value > 0 || c != '0') && ++counted > 18) return false;
    value = value * 10 + (c - '0');
    if (decimals >= 0 && ++decimals > 18) return false;
  }
  number.mantissa = negative ? -value : value;
  number.scale = static_cast<uint8_t>(decimals < 0 ? 0 : decimals);
  return true;
}

// `-?digits[.digits]`, `5.` and `.5` too. False where the text is of no such shape, or too long.
// Sixteen bytes before the end of the text may be read.
[[gnu::always_inline]] inline bool ReadPlainNumber(std::string_view text, PlainNumber& number) {
  if (text.size() - 1 < 8) return ReadShortNumber(text, number);
  if (text.size() - 1 < 16) return ReadMediumNumber(text, number);
  return text.size() > 16 && text.size() <= 40 && ReadLongNumber(text, number);
}

// `2026-04-01`, and a day that there is.
inline std::optional<Date> ReadPlainDate(std::string_view text) {
  using namespace plain_cell;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  // 2026-04- and -01 with their signs made zeros.
  const uint64_t word =
      LoadText(text.data()) ^ (uint64_t{'-' ^ '0'} << 32) ^ (uint64_t{'-' ^ '0'} << 56);
  const auto tens = static_cast<unsigned>(text[8] - '0');
  const auto ones = static_cast<unsigned>(text[9] - '0');
  if (!AreDigits(word) || tens > 9 || ones > 9) return std::nullopt;
  const auto value = static_cast<int>(ValueOf(word));  // 20260040
  return Date::FromYmd(value / 10000, value % 1000 / 10, static_cast<int>(tens * 10 + ones));
}

}  // namespace steelyard
