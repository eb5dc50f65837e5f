// The walk through formulas that knows under which conditions each place counts.
#include <algorithm>

#include "engine/check/findings.h"

namespace steelyard {
namespace {

// Deeper than any formula that people write: what lies below is not looked at.
constexpr int kMaxDepth = 2500;
// Nor is a place again, under so many conditions that lead to it.
constexpr size_t kMaxVisits = 8;

}  // namespace

void PlaceWalk::Run(TermId root, std::vector<Need> needs) {
  if (!root.valid()) return;
  needs_ = std::move(needs);
  given_ = needs_.size();
  Go(root);
}

// A place is looked at again under other conditions, but not where it was under fewer.
bool PlaceWalk::IsNew(TermId id) {
  std::vector<Mark> under;
  for (size_t i = given_; i < needs_.size(); ++i) {
    const Need& need = needs_[i];
    under.emplace_back(static_cast<int32_t>(need.kind), need.term.value, need.truths);
  }
  std::sort(under.begin(), under.end());
  std::vector<std::vector<Mark>>& before = seen_[id.value];
  const auto covers = [&](const std::vector<Mark>& fewer) {
    return std::includes(under.begin(), under.end(), fewer.begin(), fewer.end());
  };
  if (before.size() >= kMaxVisits || std::any_of(before.begin(), before.end(), covers)) {
    return false;
  }
  before.push_back(std::move(under));
  return true;
}

void PlaceWalk::Go(TermId id) {
  if (!id.valid() || depth_ >= kMaxDepth || !IsNew(id) || !visit_(id, needs_)) return;
  ++depth_;
  GoInto(model_.term(id));
  --depth_;
}

void PlaceWalk::GoInto(const Term& term) {
  switch (term.kind) {
    case TermKind::kDefinition: Go(model_.definition(term.definition).term); return;
    case TermKind::kMap: GoMap(term); return;
    default: break;
  }
  for (const TermId input : term.inputs) Go(input);
  for (const TermId key : term.keys) Go(key);
  Go(term.condition);
}

void PlaceWalk::GoUnder(TermId id, const std::vector<Need>& more) {
  const size_t before = needs_.size();
  needs_.insert(needs_.end(), more.begin(), more.end());
  Go(id);
  needs_.resize(before);
}

void PlaceWalk::GoMap(const Term& term) {
  const auto input = [&](size_t index) { return term.inputs[index]; };
  switch (term.map) {
    case MapOp::kIf:
    case MapOp::kIfTrue:
      Go(input(0));
      GoUnder(input(1), {Need::Truth(input(0), kHolds)});
      GoUnder(input(2), {Need::Truth(input(0), term.map == MapOp::kIf ? kFails : kHoldsNot)});
      return;
    // Only the last one has nothing to stand in for it.
    case MapOp::kCoalesce: {
      std::vector<Need> others;
      for (size_t i = 0; i + 1 < term.inputs.size(); ++i) {
        others.push_back(Need::Present(input(i), false));
      }
      GoUnder(term.inputs.back(), others);
      return;
    }
    case MapOp::kIsMissing: return;  // that is what is asked
    case MapOp::kAnd: return GoLogic(term, kHoldsOrUnknown);
    case MapOp::kOr: return GoLogic(term, kHoldsNot);
    default:
      for (const TermId id : term.inputs) Go(id);
  }
}

// What one part says does not matter where another decides.
void PlaceWalk::GoLogic(const Term& term, Truths others) {
  for (size_t i = 0; i < term.inputs.size(); ++i) {
    std::vector<Need> needs;
    for (size_t j = 0; j < term.inputs.size(); ++j) {
      if (j != i) needs.push_back(Need::Truth(term.inputs[j], others));
    }
    GoUnder(term.inputs[i], needs);
  }
}

}  // namespace steelyard
