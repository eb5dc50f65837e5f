// A CSV file to columns in memory, with everything that is said about its rows on the way; on
// one thread. One item is one row.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "bench/kernels/figures.h"
#include "engine/check/check.h"
#include "engine/data/load.h"
#include "engine/rulefile/load.h"
#include "engine/steelyard.h"

namespace steelyard {
namespace {

constexpr size_t kRows = 20'000;

// A file that is there as long as this is.
class CsvFile {
 public:
  CsvFile() : path_(std::filesystem::temp_directory_path() / "steelyard-load-bench.csv") {
    std::ofstream(path_, std::ios::binary) << bench::CsvText(kRows);
  }
  ~CsvFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  CsvFile(const CsvFile&) = delete;
  CsvFile& operator=(const CsvFile&) = delete;
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

void LoadCsv(benchmark::State& state) {
  const CsvFile data;
  Session session;
  const auto file = LoadRuleFile(session.sources, "bench/scorecard/manager.yaml", session.sink);
  const auto model = file ? Check(*file, session.sink) : std::nullopt;
  if (!model) {
    state.SkipWithError("run it from the root of the repository");
    return;
  }
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        LoadData(model->schema, {ParseDataArgument(data.path())}, {}, session.sink, {}, 1));
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(kRows));
  state.SetBytesProcessed(state.iterations() *
                          static_cast<int64_t>(std::filesystem::file_size(data.path())));
}
BENCHMARK(LoadCsv)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace steelyard
