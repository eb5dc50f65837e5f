// Holds the fast evaluator against the exact one on a case.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "engine/fast/bound.h"
#include "tests/agree/case.h"

namespace steelyard::agree {

struct Counts {
  uint64_t cases = 0;
  uint64_t refused = 0;  // rules that the checker did not take, or data of no use
  uint64_t rows = 0;
  uint64_t exact_rows = 0;  // undecided
  uint64_t cells = 0;
  void Add(const Counts& other);
  std::string Text() const;
};

struct HoldOptions {
  bool texts = true;      // compares the texts of results, too,
  bool all_ways = false;  // in each format, with one thread and with several
  // Change what the fast evaluator gave, to prove that a difference is found; null: nothing.
  double (*change_number)(double number, const fast::Bound& bound) = nullptr;
  void (*change_text)(std::string& results) = nullptr;
};

struct Finding {
  std::string difference;  // empty: there is none
  std::string refusal;     // diagnostics where rules or data were not taken
  Counts counts;
};

// `data`: by table, as CSV.
Finding Hold(const std::string& rules, const std::map<std::string, std::string>& data,
             const HoldOptions& options);
// Every fourth in all ways.
Finding Hold(const Case& made, const HoldOptions& options);

// The smallest case found that still differs.
Case Shrunk(Case made, const HoldOptions& options);

}  // namespace steelyard::agree
