// House rules, held against a scorecard.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/check/weight_outcome.h"
#include "engine/diag/diagnostic.h"
#include "engine/syntax/policy.h"
#include "engine/syntax/rule_file.h"

namespace steelyard {

// Is the line for the card of this id?
bool AppliesTo(const PolicyLine& line, std::string_view card);
// Not for what is off.
Severity SeverityOf(Demand demand);

// First shown to `Check`, which lets it see the weights; then `CheckFile` looks at the rest.
// Breaches are as grave as their line says. All of it must outlive the check.
class PolicyCheck : public WeightObserver {
 public:
  PolicyCheck(const Policy& policy, const RuleFile& file, DiagnosticSink& sink);

  void See(const WeightOutcome& outcome) override;
  void CheckFile();

 private:
  // An indicator of the card, and where the card takes it up.
  struct Carried {
    const IndicatorDecl* decl;
    Span place;
    bool counts;
  };

  bool Applies(const PolicyLine& line) const;
  // What was found, what may be done about it, the line's reason, and where the line stands.
  void Report(const PolicyLine& line, DiagKind kind, Span span, std::vector<std::string> args,
              std::vector<Help> helps = {});
  std::vector<const Carried*> Matching(const std::vector<Word>& patterns) const;
  std::vector<const Carried*> Matching(const Word& pattern) const {
    return Matching(std::vector{pattern});
  }

  // --- policy.cpp ---
  void Carry();
  void CarryWeighted(const std::vector<WeightEntry>& entries);
  void CheckChecklists(const Carried& carried);
  void CheckChecklist(const ChecklistLine& line, const Carried& carried);
  std::vector<const ChecklistItem*> ItemsOf(const ChecklistLine& line) const;
  std::string ListsThatFail(const ChecklistLine& line) const;
  void CheckSources(const SourceLine& line);
  void CheckSource(const SourceLine& line, const Carried& carried);
  void CheckExcluded(const ExcludedLine& line);
  void CheckLevels(const LevelLine& line);
  void CheckPair(const PairLine& line);
  void CheckIds(const IdLine& line);
  void CheckAdjustments(const KeysLine& line);
  void CheckScorecard(const KeysLine& line);

  // --- policy_weights.cpp ---
  struct WeightTarget {
    const WeightLine* line;
    std::vector<size_t> indicators;  // those that it names, by index
  };
  void Prepare(const WeightOutcome& outcome);
  void SeeCount(const CountLine& line, const WeightOutcome& outcome);
  void SeeFlexible(const FlexibleLine& line, const WeightOutcome& outcome);
  void SeeWeight(const WeightTarget& target, const WeightOutcome& outcome);
  bool TellsFirst(const PolicyLine& line, size_t indicator);

  const Policy& policy_;
  const RuleFile& file_;
  DiagnosticSink& sink_;
  std::vector<Carried> carried_;
  bool saw_weights_ = false;
  // What holds for this card: there may be thousands of outcomes to look at.
  std::vector<const CountLine*> count_lines_;
  std::vector<const FlexibleLine*> flexible_lines_;
  std::vector<WeightTarget> weight_targets_;
  std::set<const IndicatorDecl*> weighing_;
  std::set<std::pair<const PolicyLine*, size_t>> told_;
};

}  // namespace steelyard
