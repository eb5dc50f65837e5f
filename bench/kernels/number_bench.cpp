// Exact numbers: read, computed with, compared, and printed. One item is one number.
#include <benchmark/benchmark.h>

#include "bench/kernels/figures.h"
#include "engine/base/number.h"
#include "engine/data/decimal.h"

namespace steelyard {
namespace {

constexpr size_t kRows = 200;

std::vector<Number> Numbers() {
  std::vector<Number> numbers;
  for (const std::string& text : bench::FigureTexts(kRows)) {
    numbers.push_back(*Number::FromDecimal(text));
  }
  return numbers;
}

// Calls `work` with each number and the one after it.
template <typename Work>
void Pairs(benchmark::State& state, const Work& work) {
  const std::vector<Number> numbers = Numbers();
  for (auto _ : state) {
    for (size_t i = 0; i + 1 < numbers.size(); ++i) {
      benchmark::DoNotOptimize(work(numbers[i], numbers[i + 1]));
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(numbers.size() - 1));
}

void TakeDecimal(benchmark::State& state) {
  const std::vector<std::string> texts = bench::FigureTexts(kRows);
  for (auto _ : state) {
    for (const std::string& text : texts) {
      std::string_view rest = text;
      bool bad_commas = false;
      benchmark::DoNotOptimize(Decimal::Take(rest, bad_commas));
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(texts.size()));
}
BENCHMARK(TakeDecimal);

void ExactFromDecimal(benchmark::State& state) {
  const std::vector<std::string> texts = bench::FigureTexts(kRows);
  for (auto _ : state) {
    for (const std::string& text : texts) benchmark::DoNotOptimize(Number::FromDecimal(text));
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(texts.size()));
}
BENCHMARK(ExactFromDecimal);

void ExactAdd(benchmark::State& state) {
  Pairs(state, [](const Number& a, const Number& b) { return a + b; });
}
BENCHMARK(ExactAdd);

void ExactMultiply(benchmark::State& state) {
  Pairs(state, [](const Number& a, const Number& b) { return a * b; });
}
BENCHMARK(ExactMultiply);

void ExactDivide(benchmark::State& state) {
  Pairs(state, [](const Number& a, const Number& b) { return b.IsZero() ? a : a / b; });
}
BENCHMARK(ExactDivide);

void ExactCompare(benchmark::State& state) {
  Pairs(state, [](const Number& a, const Number& b) { return a < b; });
}
BENCHMARK(ExactCompare);

void ExactRoundToCents(benchmark::State& state) {
  Pairs(state, [](const Number& a, const Number&) { return Round(a, 2); });
}
BENCHMARK(ExactRoundToCents);

// Quotients, as most results are.
void ExactPrintTwelveDigits(benchmark::State& state) {
  std::vector<Number> quotients;
  const std::vector<Number> numbers = Numbers();
  for (size_t i = 0; i + 1 < numbers.size(); ++i) {
    if (!numbers[i + 1].IsZero()) quotients.push_back(numbers[i] / numbers[i + 1]);
  }
  for (auto _ : state) {
    for (const Number& quotient : quotients) benchmark::DoNotOptimize(FormatSignificant(quotient));
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(quotients.size()));
}
BENCHMARK(ExactPrintTwelveDigits);

}  // namespace
}  // namespace steelyard
