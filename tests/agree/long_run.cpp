// Holds the evaluators against each other until a difference is found or the cases are through:
// steelyard_agree SEED CASES [THREADS]
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <thread>

#include "tests/agree/generate.h"
#include "tests/agree/hold.h"

namespace steelyard::agree {
namespace {

class LongRun {
 public:
  LongRun(uint64_t seed, uint64_t cases) : next_(seed), end_(seed + cases) {}

  int Run(size_t threads) {
    std::vector<std::thread> workers;
    for (size_t i = 0; i < threads; ++i) workers.emplace_back([this] { Work(); });
    for (std::thread& worker : workers) worker.join();
    std::printf("%s: %s\n", found_ ? "stopped" : "no difference", counts_.Text().c_str());
    return found_ ? 1 : 0;
  }

 private:
  void Work() {
    while (!found_) {
      const uint64_t seed = next_++;
      if (seed >= end_) return;
      const Case made = MakeCase(seed);
      const Finding finding = Hold(made, {});
      const std::lock_guard<std::mutex> lock(mutex_);
      counts_.Add(finding.counts);
      if (!finding.refusal.empty() && std::getenv("STEELYARD_AGREE_REFUSALS") != nullptr) {
        std::printf("seed %llu: %s\n", static_cast<unsigned long long>(seed),
                    finding.refusal.c_str());
      }
      if (counts_.cases % kTellEvery == 0) Say(counts_.Text());
      if (finding.difference.empty() || found_) continue;
      found_ = true;
      Report(made, finding);
    }
  }

  static void Say(const std::string& text) {
    std::printf("%s\n", text.c_str());
    std::fflush(stdout);
  }

  static void Report(const Case& made, const Finding& finding) {
    Say("seed " + std::to_string(made.seed) + ": " + finding.difference);
    const Case small = Shrunk(made, {});
    Say("made smaller: " + Hold(small, {}).difference);
    Say(small.Print());
  }

  static constexpr uint64_t kTellEvery = 2000;
  std::atomic<uint64_t> next_;
  const uint64_t end_;
  std::atomic<bool> found_ = false;
  std::mutex mutex_;
  Counts counts_;
};

}  // namespace
}  // namespace steelyard::agree

int main(int count, char** words) {
  if (count < 3) {
    std::fprintf(stderr, "usage: steelyard_agree SEED CASES [THREADS]\n");
    return 2;
  }
  const uint64_t seed = std::strtoull(words[1], nullptr, 10);
  const uint64_t cases = std::strtoull(words[2], nullptr, 10);
  const uint64_t threads = count > 3 ? std::strtoull(words[3], nullptr, 10) : 1;
  return steelyard::agree::LongRun(seed, cases).Run(threads);
}
