// Doubles to decimal text with 12 significant digits. One item is one number.
#include <benchmark/benchmark.h>

#include <array>
#include <charconv>
#include <random>
#include <vector>

#include "bench/rivals/print_number.h"
#include "engine/base/decided_text.h"

namespace steelyard {
namespace {

using Text = std::array<char, 40>;

// Calls `print(number, text)` for shares, points and amounts.
template <typename Print>
void Numbers(benchmark::State& state, const Print& print) {
  std::mt19937_64 random(20261122);
  std::vector<double> numbers;
  for (const double high : {1.0, 100.0, 1e6}) {
    std::uniform_real_distribution<double> between(0, high);
    for (int i = 0; i < 500; ++i) numbers.push_back(between(random));
  }
  Text text;
  for (auto _ : state) {
    for (const double number : numbers) benchmark::DoNotOptimize(print(number, text.data()));
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(numbers.size()));
}

void PrintDecided(benchmark::State& state) {
  Numbers(state, [](double number, char* text) {
    const auto rounded = RoundDecided(number, {0, 1e-15}, {});
    return rounded ? WriteRounded(*rounded, 0, text) : text;
  });
}
BENCHMARK(PrintDecided);

void PrintByHand(benchmark::State& state) {
  Numbers(state, [](double number, char* text) { return bench::PrintNumber(number, text); });
}
BENCHMARK(PrintByHand);

void PrintToChars12(benchmark::State& state) {
  Numbers(state, [](double number, char* text) {
    return std::to_chars(text, text + 40, number, std::chars_format::general, 12).ptr;
  });
}
BENCHMARK(PrintToChars12);

void PrintToCharsShortest(benchmark::State& state) {
  Numbers(state,
          [](double number, char* text) { return std::to_chars(text, text + 40, number).ptr; });
}
BENCHMARK(PrintToCharsShortest);

}  // namespace
}  // namespace steelyard
