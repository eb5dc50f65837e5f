// A hash of short texts for tables in memory: 64 bits, quick, and the same on every machine. Not
// for anything that an adversary must not foresee.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace steelyard {

// Both halves of the product of the two, mixed: every bit of either argument reaches every bit.
inline uint64_t MixHash(uint64_t a, uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a ^ 0x9E3779B97F4A7C15U) * (b ^ 0xE7037ED1A0B428DBU);
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

inline uint64_t HashText(std::string_view text) {
  const auto word = [&](size_t at) {
    uint64_t bytes = 0;
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    return bytes;
  };
  const auto half = [&](size_t at) {
    uint32_t bytes = 0;
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    return uint64_t{bytes};
  };
  const size_t size = text.size();
  if (size < 4) {
    uint64_t bytes = 0;
    for (const char c : text) bytes = bytes << 8 | static_cast<unsigned char>(c);
    return MixHash(bytes, size);
  }
  if (size < 8) return MixHash(half(0) << 32 | half(size - 4), size);
  uint64_t hash = size;
  size_t at = 0;
  for (; at + 16 < size; at += 16) hash = MixHash(word(at) ^ hash, word(at + 8));
  if (at + 8 < size) hash = MixHash(word(at) ^ hash, size);
  return MixHash(word(size - 8) ^ hash, size);
}

}  // namespace steelyard
