// Which change causes what: the old version takes over the changes of the new one step by step, and
// is scored after each. What a step makes of a result is what its changes cause; from the first
// step to the last these parts add up to the whole, whatever the order.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/compare/change.h"
#include "engine/compare/scored.h"
#include "engine/syntax/rule_file.h"

namespace steelyard {

// Scores rules that may be between two versions; null where they do not hold together, or cannot be
// scored on the data.
using ScoreTree = std::function<std::shared_ptr<const ScoredVersion>(const RuleFile&)>;

struct CauseStep {
  std::vector<size_t> changes;  // in the list of changes, rising. Empty: none of them tells of it
  std::string lower_card;       // the other card that changed, where it is that
  std::shared_ptr<const ScoredVersion> result;  // after this step
};

struct Attribution {
  std::vector<CauseStep> steps;  // the last one's result is that of the new version
  // What the steps do not explain comes last, as a step without changes.
  bool complete = true;
};

struct AttributionInput {
  const RuleFile& before;
  const RuleFile& after;  // with the ids of `before`
  std::shared_ptr<const ScoredVersion> old_result;
  std::shared_ptr<const ScoredVersion> new_result;
  const std::vector<Change>& changes;
};

// Changes are taken in their order. One that cannot stand yet, since it needs a later one, waits
// for that; those that can only stand together are one step.
Attribution Attribute(const AttributionInput& input, const ScoreTree& score);

}  // namespace steelyard
