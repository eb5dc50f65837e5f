// Cutting CSV text into cells, and reading their numbers.
#include <benchmark/benchmark.h>

#include <algorithm>

#include "bench/kernels/figures.h"
#include "engine/data/csv_bytes.h"
#include "engine/data/csv_record.h"
#include "engine/data/plain_cell.h"

namespace steelyard {
namespace {

constexpr size_t kRows = 2'000;
constexpr size_t kRoom = 64;  // bytes on either side of a text that may be read

std::string Padded(const std::string& text) {
  return std::string(kRoom, ' ') + text + std::string(kRoom, ' ');
}

void IndexCells(benchmark::State& state) {
  const std::string padded = Padded(bench::CsvText(kRows));
  const std::string_view text = std::string_view(padded).substr(kRoom, padded.size() - 2 * kRoom);
  CsvIndex index;
  for (auto _ : state) {
    IndexCsv(text, {}, index);
    benchmark::DoNotOptimize(index.ends.data());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(text.size()));
}
BENCHMARK(IndexCells);

// Record by record, as texts with quotes in them are cut.
void CutRecords(benchmark::State& state) {
  const std::string text = bench::CsvText(kRows);
  std::vector<CsvCell> cells;
  for (auto _ : state) {
    for (std::string_view rest = text; !rest.empty();) {
      CsvRecord record;
      cells.clear();
      CutCsvRecord(rest, true, {}, record, &cells);
      rest.remove_prefix(record.taken);
      benchmark::DoNotOptimize(cells.data());
    }
  }
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(text.size()));
}
BENCHMARK(CutRecords);

void CheckUtf8(benchmark::State& state) {
  const std::string text = bench::CsvText(kRows);
  for (auto _ : state) benchmark::DoNotOptimize(IsUtf8(text));
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(text.size()));
}
BENCHMARK(CheckUtf8);

// One item is one cell.
void ReadPlainNumbers(benchmark::State& state) {
  const std::vector<std::string> texts = bench::FigureTexts(kRows / 10);
  std::string all(kRoom, ' ');
  std::vector<std::pair<size_t, size_t>> places;
  for (const std::string& text : texts) {
    places.emplace_back(all.size(), text.size());
    all += text + ",";
  }
  for (auto _ : state) {
    for (const auto& [at, size] : places) {
      PlainNumber number;
      benchmark::DoNotOptimize(ReadPlainNumber({all.data() + at, size}, number));
      benchmark::DoNotOptimize(number);
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(places.size()));
}
BENCHMARK(ReadPlainNumbers);

}  // namespace
}  // namespace steelyard
