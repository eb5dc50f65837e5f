#include "cli/data_arguments.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace steelyard {

namespace {

bool TakesValue(std::string_view option) {
  constexpr std::array<std::string_view, 8> kOptions = {
      "--data", "-o", "--output", "--format", "--period", "--as-of", "--rejects", "--threads"};
  return std::find(kOptions.begin(), kOptions.end(), option) != kOptions.end();
}

class Spreader {
 public:
  explicit Spreader(const std::vector<std::string>& arguments) : arguments_(arguments) {}

  std::vector<std::string> Run() {
    while (next_ < arguments_.size() && arguments_[next_] != "--") TakeOne();
    const bool more = next_ + 1 < arguments_.size();  // behind the `--`
    while (next_ < arguments_.size()) Keep();
    if (!rules_seen_ && !more && last_added_) {
      spread_.erase(spread_.begin() + static_cast<std::ptrdiff_t>(*last_added_));
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
      last_added_ = spread_.size();
      spread_.emplace_back("--data");
    } else {
      rules_seen_ = true;
    }
    Keep();
  }

  const std::vector<std::string>& arguments_;
  size_t next_ = 0;
  std::vector<std::string> spread_;
  std::optional<size_t> last_added_;  // the `--data` put in last
  bool after_data_ = false;           // among what follows a `--data`
  bool rules_seen_ = false;
};

}  // namespace

void SpreadData(std::vector<std::string>& arguments) { arguments = Spreader(arguments).Run(); }

}  // namespace steelyard
