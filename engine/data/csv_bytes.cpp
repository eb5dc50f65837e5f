// Sixty-four bytes at a time, with a bit for each byte.
#include "engine/data/csv_bytes.h"

#include <algorithm>
#include <bit>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace steelyard {
namespace {

constexpr size_t kBlock = 64;
constexpr uint64_t kHighBits = 0x8080808080808080U;

uint64_t LoadWord(const char* at) {
  uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return word;
}

#if defined(__SSE2__)

// The bytes of a block that are `byte`, the first as the lowest bit.
class Block {
 public:
  explicit Block(const char* at)
      : first_(Load(at)), second_(Load(at + 16)), third_(Load(at + 32)), fourth_(Load(at + 48)) {}
  uint64_t Where(char byte) const {
    const __m128i wanted = _mm_set1_epi8(byte);
    return Bits(first_, wanted) | Bits(second_, wanted) << 16 | Bits(third_, wanted) << 32 |
           Bits(fourth_, wanted) << 48;
  }

 private:
  static __m128i Load(const char* at) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
  }
  static uint64_t Bits(__m128i bytes, __m128i wanted) {
    return static_cast<uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, wanted)));
  }

  __m128i first_;
  __m128i second_;
  __m128i third_;
  __m128i fourth_;
};

#else

class Block {
 public:
  explicit Block(const char* at) : at_(at) {}
  uint64_t Where(char byte) const {
    uint64_t bits = 0;
    for (size_t i = 0; i < kBlock; ++i) bits |= uint64_t{at_[i] == byte} << i;
    return bits;
  }

 private:
  const char* at_;
};

#endif

size_t CountBits(uint64_t bits) {
  bits -= bits >> 1 & 0x5555555555555555U;
  bits = (bits & 0x3333333333333333U) + (bits >> 2 & 0x3333333333333333U);
  return ((bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0FU) * 0x0101010101010101U >> 56;
}

// Writes the offsets of the bits, and up to seven more numbers behind them; how many bits there
// are.
size_t WriteBits(uint64_t bits, uint32_t base, uint32_t* out) {
  constexpr uint64_t kLast = uint64_t{1} << 63;  // so that there always is a bit
  const size_t count = CountBits(bits);
  const auto next = [&] {
    *out++ = base + static_cast<uint32_t>(__builtin_ctzll(bits | kLast));
    bits &= bits - 1;
  };
  const auto two = [&] { next(), next(); };
  for (size_t done = 0; done < count; done += 8) two(), two(), two(), two();
  return count;
}

// Length of the character of UTF-8 at `at`, which is not ASCII; 0 where there is none.
size_t CharacterAt(const unsigned char* at, size_t left) {
  const auto tail = [&](size_t i) { return i < left && (at[i] & 0xC0) == 0x80; };
  const unsigned char lead = at[0];
  if (lead < 0xC2) return 0;
  if (lead < 0xE0) return tail(1) ? 2 : 0;
  if (lead < 0xF0) {
    if (!tail(1) || !tail(2)) return 0;
    const bool overlong = lead == 0xE0 && at[1] < 0xA0;
    const bool surrogate = lead == 0xED && at[1] >= 0xA0;
    return overlong || surrogate ? 0 : 3;
  }
  if (lead > 0xF4 || !tail(1) || !tail(2) || !tail(3)) return 0;
  const bool overlong = lead == 0xF0 && at[1] < 0x90;
  const bool beyond = lead == 0xF4 && at[1] >= 0x90;
  return overlong || beyond ? 0 : 4;
}

}  // namespace

size_t CountByte(std::string_view text, char byte) {
  const char* at = text.data();
  size_t left = text.size();
  size_t count = 0;
#if defined(__SSE2__)
  const __m128i wanted = _mm_set1_epi8(byte);
  while (left >= 16) {
    // A lane counts to 255 at most.
    __m128i sums = _mm_setzero_si128();
    for (size_t i = 0; i < 255 && left >= 16; ++i, at += 16, left -= 16) {
      const __m128i here = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
      sums = _mm_sub_epi8(sums, _mm_cmpeq_epi8(here, wanted));
    }
    const __m128i total = _mm_sad_epu8(sums, _mm_setzero_si128());
    count += static_cast<size_t>(_mm_cvtsi128_si64(total)) +
             static_cast<size_t>(_mm_cvtsi128_si64(_mm_unpackhi_epi64(total, total)));
  }
#endif
  return count + static_cast<size_t>(std::count(at, at + left, byte));
}

bool IsUtf8(std::string_view text) {
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at < end) {
    if (end - at >= 32 &&
        ((LoadWord(at) | LoadWord(at + 8) | LoadWord(at + 16) | LoadWord(at + 24)) & kHighBits) ==
            0) {
      at += 32;
      continue;
    }
    if (end - at >= 8) {
      const uint64_t high = LoadWord(at) & kHighBits;
      if (high == 0) {
        at += 8;
        continue;
      }
      if constexpr (std::endian::native == std::endian::little) at += __builtin_ctzll(high) / 8;
    }
    if ((*at & 0x80) == 0) {
      ++at;
      continue;
    }
    const size_t length =
        CharacterAt(reinterpret_cast<const unsigned char*>(at), static_cast<size_t>(end - at));
    if (length == 0) return false;
    at += length;
  }
  return true;
}

void IndexCsv(std::string_view text, const CsvDialect& dialect, CsvIndex& index) {
  index.count = 0;
  index.breaks.clear();
  index.odd.clear();
  const bool feeds = dialect.line_break == '\n';
  for (size_t at = 0; at < text.size(); at += kBlock) {
    const auto base = static_cast<uint32_t>(at);
    const Block block(text.data() + at);
    const size_t left = text.size() - at;
    const uint64_t inside = left >= kBlock ? ~uint64_t{0} : (uint64_t{1} << left) - 1;
    const uint64_t breaks = block.Where(dialect.line_break) & inside;
    const uint64_t ends = (block.Where(dialect.separator) & inside) | breaks;
    uint64_t odd = block.Where(feeds ? '\r' : '\n');
    if (feeds && odd != 0) {
      const bool next = left > kBlock && text[at + kBlock] == '\n';
      odd &= ~(breaks >> 1 | uint64_t{next} << 63);
    }
    odd = (odd | block.Where('"') | block.Where('\0')) & inside;
    if (index.ends.size() < index.count + kBlock) index.ends.resize(2 * (index.count + kBlock));
    for (uint64_t rest = breaks; rest != 0; rest &= rest - 1) {
      const uint64_t before = ends & ((rest & (~rest + 1)) - 1);
      index.breaks.push_back(static_cast<uint32_t>(index.count + CountBits(before)));
    }
    index.count += WriteBits(ends, base, index.ends.data() + index.count);
    for (; odd != 0; odd &= odd - 1) {
      index.odd.push_back(base + static_cast<uint32_t>(__builtin_ctzll(odd)));
    }
  }
  if (text.empty() || text.back() == dialect.line_break) return;
  index.breaks.push_back(static_cast<uint32_t>(index.count));
  index.ends.resize(std::max(index.ends.size(), index.count + 1));
  index.ends[index.count++] = static_cast<uint32_t>(text.size());
}

}  // namespace steelyard
