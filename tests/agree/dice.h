// Random choices that come out the same on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace steelyard::agree {

class Dice {
 public:
  explicit Dice(uint64_t seed) : engine_(seed * 0x9E3779B97F4A7C15 + 1) {}

  size_t Below(size_t count) { return static_cast<size_t>(engine_() % count); }
  int Between(int least, int most) {
    return least + static_cast<int>(Below(static_cast<size_t>(most - least) + 1));
  }
  // In so many of a hundred throws.
  bool Chance(int percent) { return Between(1, 100) <= percent; }
  template <class T>
  const T& Of(const std::vector<T>& list) {
    return list[Below(list.size())];
  }
  uint64_t Bits() { return engine_(); }

 private:
  std::mt19937_64 engine_;
};

}  // namespace steelyard::agree
