// What a summary says of a result table, counted. Texts are as the user wrote them; whoever shows
// them makes them safe for a terminal.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/number.h"
#include "engine/report/results.h"

namespace steelyard {

struct IdCount {
  std::string id;
  uint64_t count = 0;
};

// The rows that share the lowest or the highest score.
struct Extreme {
  std::string score;
  std::string key;     // of the first one; the parts of a long key joined by ` / `
  std::string period;  // empty where the scorecard has none
  uint64_t others = 0;
};

struct MoneyTotal {
  std::string outcome;
  std::string amount;
  std::string unit;
};

struct Tally {
  uint64_t rows = 0;
  uint64_t periods = 0;         // 0 where the scorecard has none
  std::vector<IdCount> grades;  // as declared, then any others as met
  uint64_t incomplete = 0;      // rows without a score
  std::vector<IdCount> vetoes;  // rows on which each holds, the most frequent first
  std::vector<IdCount> interlocks;
  std::vector<IdCount> alerts;
  std::vector<IdCount> review;
  std::optional<Extreme> lowest;
  std::optional<Extreme> highest;
  std::vector<MoneyTotal> totals;
};

Tally TallyOf(const ResultTable& table);

// Does it make sense to add the column up? Money does, an amount for each of something does not.
bool CanBeTotalled(const ResultColumn& column);
// Of the amounts as they are written, so that the total is what adding up the column gives.
Number TotalOf(const ResultColumn& column);

}  // namespace steelyard
