// What a summary says of a part of the results, added up as they are written.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/decided_text.h"
#include "engine/base/number.h"
#include "engine/report/tally.h"

namespace steelyard {

// The first of the rows with the lowest or the highest score.
struct BestRow {
  Number score;
  std::string key;
  std::string period;
  uint64_t others = 0;
};

// A sum of amounts as they are written.
class WrittenSum {
 public:
  void Add(const Rounded& amount) {
    int64_t& sum = units_[static_cast<size_t>(amount.places)];
    sum += amount.units;
    if (sum > kFull || sum < -kFull) Flush();
  }
  void Add(const Number& amount) { total_ += amount; }
  void Flush();
  const Number& total() const { return total_; }  // of what was flushed

 private:
  static constexpr int64_t kFull = int64_t{1} << 60;
  std::array<int64_t, 24> units_{};  // by places
  Number total_;
};

struct PartTally {
  uint64_t rows = 0;
  uint64_t incomplete = 0;
  std::vector<std::pair<std::string, uint64_t>> grades;  // as met
  std::vector<uint64_t> flags;                           // by column of ids and flag, in order
  std::set<int32_t> periods;
  std::optional<BestRow> lowest;
  std::optional<BestRow> highest;
  std::vector<WrittenSum> totals;  // by column; of those that can be totalled

  void CountGrade(std::string_view grade, uint64_t count);
  void Merge(PartTally& later);
};

// A row's score, against the best so far.
void Consider(std::optional<BestRow>& best, bool lowest, BestRow row);

}  // namespace steelyard
