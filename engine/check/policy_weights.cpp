// The lines of the house rules that are about weights. What a profile or adjustment brings about on
// purpose, with a `why:`, is let through.
#include "engine/base/text.h"
#include "engine/base/wildcard.h"
#include "engine/check/checking.h"
#include "engine/check/policy.h"

namespace steelyard {

namespace {

// `nps 20% + clv 10%`: the weights of those that are flexible.
std::string FlexibleText(const WeightOutcome& outcome) {
  std::string text;
  for (size_t i = 0; i < outcome.weights.size(); ++i) {
    if (!outcome.indicators[i].decl->flexible || outcome.weights[i].IsZero()) continue;
    text += (text.empty() ? "" : " + ") + outcome.indicators[i].id + " " +
            PercentText(outcome.weights[i]);
  }
  return text;
}

bool Matches(const Word& pattern, const IndicatorModel& indicator) {
  return MatchesWildcard(pattern.text, NormalizeName(indicator.id)) ||
         (!indicator.name.empty() && MatchesWildcard(pattern.text, NormalizeName(indicator.name)));
}

// What only a profile or adjustment does may be meant.
std::vector<Help> When(const WeightOutcome& outcome, const std::string& amount) {
  Diagnostic scratch;
  outcome.explain(amount, scratch);
  if (!outcome.is_base) scratch.Because(HelpKind::kGiveWhyHouse);
  return std::move(scratch.helps);
}

}  // namespace

void PolicyCheck::Prepare(const WeightOutcome& outcome) {
  saw_weights_ = true;
  for (const CountLine& line : policy_.counts) {
    if (Applies(line)) count_lines_.push_back(&line);
  }
  for (const FlexibleLine& line : policy_.flexible) {
    if (Applies(line)) flexible_lines_.push_back(&line);
  }
  for (const WeightLine& line : policy_.weights) {
    if (!Applies(line)) continue;
    WeightTarget target{&line, {}};
    for (size_t i = 0; i < outcome.indicators.size(); ++i) {
      if (Matches(line.indicator, outcome.indicators[i])) target.indicators.push_back(i);
    }
    weight_targets_.push_back(std::move(target));
  }
}

void PolicyCheck::See(const WeightOutcome& outcome) {
  if (!saw_weights_) Prepare(outcome);
  for (size_t i = 0; i < outcome.weights.size(); ++i) {
    if (!outcome.weights[i].IsZero()) weighing_.insert(outcome.indicators[i].decl);
  }
  if (!outcome.is_base && outcome.says_why) return;
  for (const CountLine* line : count_lines_) SeeCount(*line, outcome);
  for (const FlexibleLine* line : flexible_lines_) SeeFlexible(*line, outcome);
  for (const WeightTarget& target : weight_targets_) SeeWeight(target, outcome);
}

// The first time that the line is broken, at this indicator.
bool PolicyCheck::TellsFirst(const PolicyLine& line, size_t indicator) {
  return told_.emplace(&line, indicator).second;
}

void PolicyCheck::SeeCount(const CountLine& line, const WeightOutcome& outcome) {
  int count = 0;
  for (const Number& weight : outcome.weights) count += weight.IsZero() ? 0 : 1;
  const bool many = line.at_most && count > *line.at_most;
  const bool few = line.at_least && count < *line.at_least;
  if ((!many && !few) || !TellsFirst(line, 0)) return;
  const int limit = many ? *line.at_most : *line.at_least;
  Report(line, many ? DiagKind::kTooManyIndicators : DiagKind::kTooFewIndicators, outcome.place,
         {std::to_string(count), std::to_string(limit)}, When(outcome, std::to_string(count)));
}

void PolicyCheck::SeeFlexible(const FlexibleLine& line, const WeightOutcome& outcome) {
  Number share;
  for (size_t i = 0; i < outcome.weights.size(); ++i) {
    if (outcome.indicators[i].decl->flexible) share += outcome.weights[i];
  }
  const bool above = share > line.range.high;
  if ((!above && share >= line.range.low) || !TellsFirst(line, 0)) return;
  std::vector<Help> helps = When(outcome, PercentText(share));
  const std::string list = FlexibleText(outcome);
  helps.insert(helps.begin(), list.empty() ? Help{HelpKind::kMarkFlexible, {}, {}}
                                           : Help{HelpKind::kFlexibleAre, {list}, {}});
  Report(line, above ? DiagKind::kFlexibleAbove : DiagKind::kFlexibleBelow, outcome.place,
         {PercentText(share), PercentText(above ? line.range.high : line.range.low)},
         std::move(helps));
}

void PolicyCheck::SeeWeight(const WeightTarget& target, const WeightOutcome& outcome) {
  const ShareRange& range = target.line->range;
  for (const size_t i : target.indicators) {
    const Number& weight = outcome.weights[i];
    const bool fits = weight >= range.low && weight <= range.high;
    if (fits || weight.IsZero() || !TellsFirst(*target.line, i)) continue;
    Report(*target.line, DiagKind::kWeightOutsideHouse,
           outcome.is_base ? outcome.base_spans[i] : outcome.place,
           {outcome.indicators[i].id, PercentText(weight),
            PercentText(range.low) + ".." + PercentText(range.high)},
           When(outcome, PercentText(weight)));
  }
}

}  // namespace steelyard
