#include "engine/explain/reasons.h"

#include <algorithm>

namespace steelyard {
namespace {

Reason::Kind KindOf(StepKind step) {
  switch (step) {
    case StepKind::kAddition:
    case StepKind::kLimit:
    case StepKind::kAdded: return Reason::kAddition;
    case StepKind::kCapPoints:
    case StepKind::kCapScore: return Reason::kInterlock;
    case StepKind::kVeto: return Reason::kVeto;
    case StepKind::kRound:
    case StepKind::kRoundAgain: break;
  }
  return Reason::kRounding;
}

}  // namespace

std::vector<Reason> ReasonsOf(const Explanation& explanation) {
  std::vector<Reason> reasons;
  if (!explanation.weighted.is_number() || !explanation.score.is_number()) return reasons;
  for (const IndicatorPart& part : explanation.indicators) {
    if (!part.points.is_number()) continue;
    const Number lost = part.share * (Number(100) - part.points.number());
    reasons.push_back({Reason::kIndicator, part.id, part.name, lost});
  }
  Number rounding;
  for (const StepPart& step : explanation.steps) {
    if (!step.before.is_number() || !step.after.is_number()) continue;
    Number lost = step.before.number() - step.after.number();
    // What additions do to the score was told of each of them; what is left is the limit at 0.
    if (step.kind == StepKind::kAdded && step.amount.is_number()) lost += step.amount.number();
    if (KindOf(step.kind) == Reason::kRounding) {
      rounding += lost;
      continue;
    }
    reasons.push_back({KindOf(step.kind), step.id, step.what, lost});
  }
  reasons.push_back({Reason::kRounding, "", "", rounding});
  reasons.erase(std::remove_if(reasons.begin(), reasons.end(),
                               [](const Reason& reason) { return reason.lost.IsZero(); }),
                reasons.end());
  std::stable_sort(reasons.begin(), reasons.end(),
                   [](const Reason& a, const Reason& b) { return a.lost > b.lost; });
  return reasons;
}

}  // namespace steelyard
