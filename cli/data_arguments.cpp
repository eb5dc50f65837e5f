#include "cli/data_arguments.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace steelyard {

namespace {

bool TakesValue(std::string_view option) {
  constexpr std::array<std::string_view, 9> kOptions = {"--data",    "-o",        "--output",
                                                        "--format",  "--period",  "--as-of",
                                                        "--rejects", "--threads", "--top"};
  return std::find(kOptions.begin(), kOptions.end(), option) != kOptions.end();
}

class Spreader {
 public:
  Spreader(const std::vector<std::string>& arguments, size_t files)
      : arguments_(arguments), files_(files) {}

  std::vector<std::string> Run() {
    while (next_ < arguments_.size() && arguments_[next_] != "--") TakeOne();
    if (next_ < arguments_.size()) Keep();  // the `--`
    for (; next_ < arguments_.size(); ++seen_) Keep();
    for (; seen_ < files_ && !added_.empty(); ++seen_) {
      spread_.erase(spread_.begin() + static_cast<std::ptrdiff_t>(added_.back()));
      added_.pop_back();
    }
    return std::move(spread_);
  }

 private:
  void Keep() { spread_.push_back(arguments_[next_++]); }

  void TakeOne() {
    const std::string& argument = arguments_[next_];
    if (argument.starts_with('-')) {
      after_data_ = argument == "--data" || argument.starts_with("--data=");
      Keep();
      if (TakesValue(argument) && next_ < arguments_.size()) Keep();
      return;
    }
    if (after_data_) {
      added_.push_back(spread_.size());
      spread_.emplace_back("--data");
    } else {
      ++seen_;
    }
    Keep();
  }

  const std::vector<std::string>& arguments_;
  size_t next_ = 0;
  std::vector<std::string> spread_;
  size_t files_;
  std::vector<size_t> added_;  // where a `--data` was put in
  bool after_data_ = false;    // among what follows a `--data`
  size_t seen_ = 0;            // files that stand elsewhere
};

}  // namespace

void SpreadData(std::vector<std::string>& arguments, size_t files) {
  arguments = Spreader(arguments, files).Run();
}

}  // namespace steelyard
