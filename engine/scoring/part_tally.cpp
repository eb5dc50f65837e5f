#include "engine/scoring/part_tally.h"

#include <algorithm>

namespace steelyard {

void WrittenSum::Flush() {
  for (size_t places = 0; places < units_.size(); ++places) {
    if (units_[places] != 0) total_ += Number::Scaled(units_[places], static_cast<int>(places));
    units_[places] = 0;
  }
}

void PartTally::CountGrade(std::string_view grade, uint64_t count) {
  const auto known = std::find_if(grades.begin(), grades.end(),
                                  [grade](const auto& entry) { return entry.first == grade; });
  if (known == grades.end()) {
    grades.emplace_back(grade, count);
  } else {
    known->second += count;
  }
}

void Consider(std::optional<BestRow>& best, bool lowest, BestRow row) {
  if (best && row.score == best->score) {
    best->others += 1 + row.others;
  } else if (!best || (lowest ? row.score < best->score : row.score > best->score)) {
    best = std::move(row);
  }
}

void PartTally::Merge(PartTally& later) {
  rows += later.rows;
  incomplete += later.incomplete;
  for (const auto& [grade, count] : later.grades) CountGrade(grade, count);
  flags.resize(std::max(flags.size(), later.flags.size()));
  for (size_t i = 0; i < later.flags.size(); ++i) flags[i] += later.flags[i];
  periods.insert(later.periods.begin(), later.periods.end());
  if (later.lowest) Consider(lowest, true, std::move(*later.lowest));
  if (later.highest) Consider(highest, false, std::move(*later.highest));
  totals.resize(std::max(totals.size(), later.totals.size()));
  for (size_t i = 0; i < later.totals.size(); ++i) {
    later.totals[i].Flush();
    totals[i].Add(later.totals[i].total());
  }
}

}  // namespace steelyard
