// What the cases of a rule file have reached, and what they have not.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "engine/base/number.h"
#include "engine/diag/diagnostic.h"
#include "engine/program/program.h"

namespace steelyard {

// One thing to reach, at its place in the rules.
struct CoverageItem {
  ProbeKind kind = ProbeKind::kCondition;
  ProbeOutcome outcome = ProbeOutcome::kReached;
  std::string file;
  size_t line = 0;
  size_t column = 0;
  std::string id;    // of the indicator, veto … that it is part of
  std::string name;  // the same, where it has one
  std::string text;  // `>= 90%`, `tier = 'S'`
  bool reached = false;
};

struct RuleCoverage {
  std::string rules;                // the file
  std::vector<CoverageItem> items;  // by place
  size_t reached() const;
};

// Collects over the cases of one rule file.
class CoverageCount {
 public:
  explicit CoverageCount(const Program& program);
  // `program`: that of a case, in which some formulas may have been replaced by values.
  void Take(const Program& program, const std::vector<bool>& reached);
  std::vector<CoverageItem> Items(const SourceSet& sources) const;

 private:
  using Key = std::tuple<Span, ProbeKind, ProbeOutcome, std::string, std::string>;
  static Key KeyOf(const Probe& probe);

  std::map<Key, CoverageItem> items_;
};

// `96.6%`: rounded down, so that 100 % is all.
std::string PercentReached(size_t reached, size_t total);
// Is it at least `percent` per cent, exactly? Where there is nothing to reach, all is reached.
bool ReachesPercent(size_t reached, size_t total, const Number& percent);

std::string_view ToWord(ProbeKind kind);        // `band`
std::string_view ToWord(ProbeOutcome outcome);  // `holds`
// What was not reached, in words: «veto `churn` never fired».
std::string NotReached(const CoverageItem& item, Language language);

}  // namespace steelyard
