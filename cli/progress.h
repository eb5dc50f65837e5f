// A line on the terminal that says how far long work has come; nothing where there is no terminal,
// and nothing for work that is done within half a second.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

#include "cli/console.h"

namespace steelyard {

class ProgressLine {
 public:
  ProgressLine(const Console& console, bool wanted);
  // Clears the line.
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void Show(const std::string& stage, uint64_t done);

 private:
  using Clock = std::chrono::steady_clock;

  // Rewrites the line now and then until told to stop: a stage that reports nothing is seen, too.
  void Run();
  std::string Line() const;

  const Console& console_;
  const Clock::time_point start_ = Clock::now();
  std::mutex mutex_;
  std::condition_variable stopping_;
  bool stop_ = false;
  std::string stage_;
  uint64_t done_ = 0;
  std::thread writer_;  // none where nothing is to be shown
};

}  // namespace steelyard
