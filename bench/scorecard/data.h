// The rows that speed is measured on: made, not real, and the same on every machine. Two rows in a
// hundred have one to four empty cells, one in a hundred a denominator of zero, and ten in a
// hundred are «round»: their ratios lie exactly on thresholds and their scores on half cents, as
// the figures of people who set targets do.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

// The 23 number columns, in the order of manager.yaml.
enum Figure : size_t {
  kStrategicRevenue,
  kTotalRevenue,
  kAnnualRevenue,
  kServiceCost,
  kRetention,
  kClvTarget,
  kPromoters,
  kDetractors,
  kSurveyed,
  kClosureHours,
  kIssues,
  kHeadcount,
  kEffectiveMonths,
  kCompliantProjects,
  kDeliveredProjects,
  kKeyTalentEnd,
  kKeyTalentStart,
  kHeadcountStart,
  kAdoptedProposals,
  kTotalProposals,
  kOpeningCustomers,
  kLostCustomers,
  kBriberyCases,
  kFigures
};

extern const std::array<std::string_view, kFigures> kFigureNames;

// One row. Figures are whole hundredths, which is how their decimals are exact.
struct Row {
  static constexpr int64_t kMissing = INT64_MIN;
  uint64_t number = 0;  // from 0; the key is made of it
  bool account_manager = false;
  int region = 0;
  std::array<int64_t, kFigures> hundredths{};
};

// Row `number` of the data set; any row can be made without those before it.
Row MakeRow(uint64_t number);

std::string CsvHeading();
void AppendCsv(const Row& row, std::string& out);

}  // namespace bench
