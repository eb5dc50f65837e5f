#include "cli/progress.h"

#include <fmt/format.h>

#include "engine/diag/printable.h"
#include "engine/report/lines.h"

namespace steelyard {

namespace {

constexpr auto kPatience = std::chrono::milliseconds(500);
constexpr auto kPause = std::chrono::milliseconds(200);  // between two states of the line
constexpr size_t kLongestStage = 40;
constexpr std::string_view kClearLine = "\r\x1b[K";

}  // namespace

ProgressLine::ProgressLine(const Console& console, bool wanted) : console_(console) {
  if (wanted && console.interactive()) writer_ = std::thread(&ProgressLine::Run, this);
}

ProgressLine::~ProgressLine() {
  if (!writer_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  stopping_.notify_one();
  writer_.join();
}

void ProgressLine::Show(const std::string& stage, uint64_t done) {
  if (!writer_.joinable()) return;
  const std::lock_guard lock(mutex_);
  stage_ = stage;
  done_ = done;
}

void ProgressLine::Run() {
  std::unique_lock lock(mutex_);
  bool shown = false;
  while (!stopping_.wait_for(lock, shown ? kPause : kPatience, [this] { return stop_; })) {
    console_.Tell(Line());
    shown = true;
  }
  if (shown) console_.Tell(kClearLine);
}

// `order 40,000 · 3 s`.
std::string ProgressLine::Line() const {
  std::string line = std::string(kClearLine) + Printable(stage_, kLongestStage);
  if (done_ > 0) line += " " + GroupDigits(std::to_string(done_));
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - start_);
  return line + fmt::format("{}{} s", line == kClearLine ? "" : " · ", seconds.count());
}

}  // namespace steelyard
