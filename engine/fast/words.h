// Texts as numbers: equal texts have equal ones.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace steelyard::fast {

class Words {
 public:
  double NumberOf(const std::string& text) {
    const auto [at, added] = numbers_.try_emplace(text, texts_.size());
    if (added) texts_.push_back(&at->first);
    return static_cast<double>(at->second);
  }
  const std::string& TextOf(double number) const { return *texts_[static_cast<size_t>(number)]; }
  size_t size() const { return texts_.size(); }
  // Forgets those that were numbered after the first so many.
  void Shrink(size_t size) {
    for (; texts_.size() > size; texts_.pop_back()) numbers_.erase(numbers_.find(*texts_.back()));
  }

 private:
  std::unordered_map<std::string, size_t> numbers_;
  std::vector<const std::string*> texts_;  // keys of numbers_, which stay where they are
};

}  // namespace steelyard::fast
