// The loops of the fast evaluator over a block. One item is one row.
#include <benchmark/benchmark.h>

#include <random>
#include <vector>

#include "engine/fast/kernels.h"

namespace steelyard::fast {
namespace {

// A register: doubles on a boundary that vectors like, from `low` to `high`.
class Register {
 public:
  explicit Register(double low = 0, double high = 0) : cells_(kBlockRows + kRoom) {
    std::mt19937_64 random(20261122);
    std::uniform_real_distribution<double> numbers(low, high);
    for (double& cell : cells_) cell = numbers(random);
  }
  double* data() {
    const auto address = reinterpret_cast<uintptr_t>(cells_.data());
    return cells_.data() + (64 - address % 64) % 64 / sizeof(double);
  }
  Source source() { return {data(), 0}; }

 private:
  static constexpr size_t kRoom = 64 / sizeof(double);
  std::vector<double> cells_;
};

void CountRows(benchmark::State& state) {
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(kBlockRows));
}

void BlockMultiply(benchmark::State& state) {
  Register a(-1e6, 1e6), b(-1e6, 1e6), out;
  for (auto _ : state) {
    BestKernels().multiply(a.source(), b.source(), out.data());
    benchmark::ClobberMemory();
  }
  CountRows(state);
}
BENCHMARK(BlockMultiply);

void BlockDivide(benchmark::State& state) {
  Register a(-1e6, 1e6), b(1, 1e6), out;
  for (auto _ : state) {
    benchmark::DoNotOptimize(BestKernels().divide(a.source(), b.source(), {}, out.data()));
  }
  CountRows(state);
}
BENCHMARK(BlockDivide);

void BlockCompare(benchmark::State& state) {
  Register a(0, 1), out;
  for (auto _ : state) {
    BestKernels().compare(StepKind::kLess, a.source(), {nullptr, 0.5}, {}, out.data());
    benchmark::ClobberMemory();
  }
  CountRows(state);
}
BENCHMARK(BlockCompare);

void BlockChoose(benchmark::State& state) {
  Register condition(0, 1), a(0, 1), b(0, 1), out;
  BestKernels().compare(StepKind::kLess, condition.source(), {nullptr, 0.5}, {}, condition.data());
  for (auto _ : state) {
    BestKernels().choose(StepKind::kIf, condition.source(), a.source(), b.source(), out.data());
    benchmark::ClobberMemory();
  }
  CountRows(state);
}
BENCHMARK(BlockChoose);

void BlockLinearPoints(benchmark::State& state) {
  Step step;
  step.kind = StepKind::kLinear;
  step.pieces = {{0.1, 0, 400}, {0.25, 60, 800.0 / 3}, {0.4, 100, 0}};
  step.last_x = 0.4;
  Register a(0, 0.5), out;
  for (auto _ : state) {
    BestKernels().linear(a.source(), step, out.data());
    benchmark::ClobberMemory();
  }
  CountRows(state);
}
BENCHMARK(BlockLinearPoints);

void BlockRoundToCents(benchmark::State& state) {
  Register a(0, 100), out;
  for (auto _ : state) {
    BestKernels().round(StepKind::kRound, a.source(), 100, {}, out.data());
    benchmark::ClobberMemory();
  }
  CountRows(state);
}
BENCHMARK(BlockRoundToCents);

void BlockDecimalsToDoubles(benchmark::State& state) {
  std::vector<int64_t> whole(kBlockRows);
  for (size_t i = 0; i < whole.size(); ++i) whole[i] = static_cast<int64_t>(i) * 12'345;
  Register out;
  for (auto _ : state) {
    BestKernels().decimals(whole.data(), kBlockRows, 100, out.data());
    benchmark::ClobberMemory();
  }
  CountRows(state);
}
BENCHMARK(BlockDecimalsToDoubles);

}  // namespace
}  // namespace steelyard::fast
