// The kernels for every kind of machine that this one can run do exact work exactly.
#include "engine/fast/kernels.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <vector>

#include "tests/agree/dice.h"

namespace steelyard::fast {

extern const Kernels kPlainKernels;
#if defined(__x86_64__)
extern const Kernels kAvx2Kernels;
#endif

namespace {

using agree::Dice;
__extension__ using Wide = __int128;

std::vector<const Kernels*> AllKernels() {
  std::vector<const Kernels*> kernels = {&kPlainKernels, &BestKernels()};
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    kernels.push_back(&kAvx2Kernels);
  }
#endif
  return kernels;
}

int64_t AnyWhole(Dice& dice, int bits) {
  const auto size = static_cast<int64_t>(dice.Bits() >> (64 - dice.Between(1, bits)));
  return dice.Chance(30) ? -size : size;
}

// Whole numbers ÷ powers of ten are rounded once.
TEST(Kernels, ReadDecimalsAsTheNearestDoubles) {
  Dice dice(1);
  std::vector<int64_t> from(2 * kBlockRows);
  alignas(64) double out[kBlockRows];
  for (const Kernels* kernels : AllKernels()) {
    for (int block = 0; block < 1000; ++block) {
      const double scale = Power10(dice.Between(0, 18));
      for (int64_t& number : from) number = AnyWhole(dice, 53);
      const size_t rows = dice.Chance(70) ? kBlockRows : dice.Below(kBlockRows);
      kernels->decimals(from.data(), rows, scale, out);
      for (size_t i = 0; i < rows; ++i) {
        ASSERT_EQ(out[i], static_cast<double>(from[i]) / scale) << from[i] << " ÷ " << scale;
      }
    }
  }
}

// a ÷ b is a decimal of so many places exactly where that is not marked.
TEST(Kernels, MarkQuotientsThatAreNoShortDecimals) {
  Dice dice(2);
  alignas(64) double a[kBlockRows];
  alignas(64) double b[kBlockRows];
  alignas(64) double quotient[kBlockRows];
  alignas(64) int64_t rough[kBlockRows];
  for (const Kernels* kernels : AllKernels()) {
    for (int block = 0; block < 1000; ++block) {
      const int places = dice.Between(0, 6);
      const double ten = Power10(places);
      for (size_t i = 0; i < kBlockRows; ++i) {
        b[i] = static_cast<double>(AnyWhole(dice, dice.Chance(50) ? 8 : 50));
        if (b[i] == 0) b[i] = 1;
        a[i] = static_cast<double>(AnyWhole(dice, dice.Chance(50) ? 12 : 50));
        // One beside a decimal.
        if (dice.Chance(40))
          a[i] = std::round(b[i] * dice.Between(1, 1000) / 1000) + dice.Between(-1, 1);
        if (std::fabs(a[i]) >= 0x1p50 || std::fabs(a[i] / b[i]) * ten >= 0x1p50) a[i] = b[i];
        quotient[i] = a[i] / b[i];
      }
      Quotients quotients{{a, 0}, {b, 0}, quotient};
      quotients.places = quotients.shift = ten;
      const size_t count = kernels->roughness(quotients, rough);
      size_t marked = 0;
      for (size_t i = 0; i < kBlockRows; ++i) {
        const Wide above = static_cast<Wide>(a[i]) * static_cast<int64_t>(ten);
        const bool decimal = above % static_cast<Wide>(b[i]) == 0;
        ASSERT_EQ(rough[i] == 0, decimal) << a[i] << " ÷ " << b[i] << " to " << places;
        marked += decimal ? 0 : 1;
      }
      ASSERT_EQ(count, marked);
    }
  }
}

}  // namespace
}  // namespace steelyard::fast
