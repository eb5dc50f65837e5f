// Scores rule and data texts that a test writes down, through the façade.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace steelyard {

struct ScoredText {
  std::string csv;                   // the results; empty where there were errors
  std::string diagnostics;           // rendered, in English
  std::vector<std::string> rejects;  // `file:line column code`
  uint64_t read = 0;
  uint64_t used = 0;
  uint64_t rejected = 0;
};

struct ScoreTextOptions {
  std::string period;
  std::string as_of;
};

// `data`: table name to CSV text.
ScoredText ScoreText(const std::string& rules, const std::map<std::string, std::string>& data,
                     const ScoreTextOptions& options = {});

// The cells of one column of `csv`, top to bottom, joined by blanks; `~` for an empty cell.
std::string ColumnOf(const std::string& csv, const std::string& heading);

// The program of a rule text, as `check --dump` prints it; the diagnostics where it has errors.
std::string DumpText(const std::string& rules);

}  // namespace steelyard
