#include "engine/compare/attribution.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <set>
#include <utility>

#include "engine/compare/pieces.h"

namespace steelyard {
namespace {

// Beyond these many trials what is left is taken as one step.
constexpr size_t kMaxTrials = 4000;
// With more pieces that wait for each other, pairs are no longer tried one by one.
constexpr size_t kMaxForPairs = 40;

struct Waiting {
  TreePiece piece;
  std::vector<size_t> changes;
};

class Stepper {
 public:
  Stepper(const AttributionInput& input, const ScoreTree& score)
      : input_(input), score_(score), tree_(input.before) {}

  Attribution Run() {
    Queue();
    while (!waiting_.empty()) {
      if (TakeFirst() || TakeTogether()) continue;
      TakeRest();
    }
    Close();
    return std::move(result_);
  }

 private:
  using Chosen = std::vector<size_t>;  // in waiting_, rising

  // Pieces in the order of the changes that tell of them, the others behind.
  void Queue() {
    for (TreePiece& piece : PiecesOf(input_.before, input_.after)) {
      Waiting waiting{std::move(piece), {}};
      for (size_t i = 0; i < input_.changes.size(); ++i) {
        if (Concerns(input_.changes[i], waiting.piece)) waiting.changes.push_back(i);
      }
      waiting_.push_back(std::move(waiting));
    }
    ClaimLeft();
    const auto place = [](const Waiting& waiting) {
      return waiting.changes.empty() ? std::numeric_limits<size_t>::max() : waiting.changes[0];
    };
    std::stable_sort(waiting_.begin(), waiting_.end(),
                     [&](const Waiting& a, const Waiting& b) { return place(a) < place(b); });
  }

  // A piece that no change tells of goes with what is told of the same thing and has no piece.
  void ClaimLeft() {
    std::set<size_t> claimed;
    for (const Waiting& waiting : waiting_) {
      claimed.insert(waiting.changes.begin(), waiting.changes.end());
    }
    for (Waiting& waiting : waiting_) {
      if (!waiting.changes.empty() || waiting.piece.id.empty()) continue;
      for (size_t i = 0; i < input_.changes.size(); ++i) {
        const ChangePath& path = input_.changes[i].old_path;
        const bool same = path.section == waiting.piece.section && path.id == waiting.piece.id;
        if (same && claimed.count(i) == 0) waiting.changes.push_back(i);
      }
    }
  }

  // A step of these, if the rules hold together with them.
  bool Take(const Chosen& chosen) {
    if (++trials_ > kMaxTrials) return false;
    RuleFile next = tree_;
    for (const size_t index : chosen) waiting_[index].piece.take(next);
    std::shared_ptr<const ScoredVersion> scored = score_(next);
    if (scored == nullptr) return false;
    tree_ = std::move(next);
    AddStep(chosen, std::move(scored));
    return true;
  }

  void AddStep(const Chosen& chosen, std::shared_ptr<const ScoredVersion> scored) {
    CauseStep step{ChangesOf(chosen), waiting_[chosen.front()].piece.lower_card, std::move(scored)};
    if (!step.changes.empty()) step.lower_card.clear();
    for (auto index = chosen.rbegin(); index != chosen.rend(); ++index) {
      waiting_.erase(waiting_.begin() + static_cast<std::ptrdiff_t>(*index));
    }
    result_.steps.push_back(std::move(step));
  }

  std::vector<size_t> ChangesOf(const Chosen& chosen) const {
    std::set<size_t> changes;
    for (const size_t index : chosen) {
      changes.insert(waiting_[index].changes.begin(), waiting_[index].changes.end());
    }
    // Another id moves nobody: it is named only where nothing else can be.
    const auto moves = [&](size_t change) {
      return input_.changes[change].effect == ChangeEffect::kResults;
    };
    if (std::any_of(changes.begin(), changes.end(), moves)) {
      std::erase_if(changes, [&](size_t change) { return !moves(change); });
    }
    return {changes.begin(), changes.end()};
  }

  bool TakeFirst() {
    for (size_t i = 0; i < waiting_.size(); ++i) {
      if (Take({i})) return true;
    }
    return false;
  }

  // None can stand alone: the smallest set that can.
  bool TakeTogether() { return TakePair() || TakeGrown(); }

  bool TakePair() {
    if (waiting_.size() > kMaxForPairs) return false;
    for (size_t i = 0; i < waiting_.size(); ++i) {
      for (size_t j = i + 1; j < waiting_.size(); ++j) {
        if (Take({i, j})) return true;
      }
    }
    return false;
  }

  // All of the first ones that it takes, less those that it does without.
  bool TakeGrown() {
    Chosen chosen;
    while (chosen.size() < waiting_.size() && !Holds(chosen)) chosen.push_back(chosen.size());
    for (size_t i = chosen.size(); i-- > 0;) {
      Chosen fewer = chosen;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      if (Holds(fewer)) chosen = std::move(fewer);
    }
    return Take(chosen);
  }

  bool Holds(const Chosen& chosen) {
    if (chosen.empty() || ++trials_ > kMaxTrials) return false;
    RuleFile next = tree_;
    for (const size_t index : chosen) waiting_[index].piece.take(next);
    return score_(next) != nullptr;
  }

  // Everything that is left, as the new version has it.
  void TakeRest() {
    Chosen all(waiting_.size());
    for (size_t i = 0; i < all.size(); ++i) all[i] = i;
    AddStep(all, input_.new_result);
  }

  // The steps must have led to the new version; where they did not, it is said.
  void Close() {
    const ScoredVersion& last =
        result_.steps.empty() ? *input_.old_result : *result_.steps.back().result;
    if (!SameResults(last.table, input_.new_result->table)) {
      result_.complete = false;
      result_.steps.push_back({{}, "", input_.new_result});
    }
    DropSilent();
  }

  // Pieces that no change tells of and that move nothing.
  void DropSilent() {
    std::vector<CauseStep> kept;
    std::shared_ptr<const ScoredVersion> before = input_.old_result;
    for (CauseStep& step : result_.steps) {
      const bool silent = step.changes.empty() && SameResults(before->table, step.result->table);
      before = step.result;
      if (!silent) {
        kept.push_back(std::move(step));
      } else if (!kept.empty()) {
        kept.back().result = before;
      }
    }
    result_.steps = std::move(kept);
  }

  const AttributionInput& input_;
  const ScoreTree& score_;
  RuleFile tree_;
  std::vector<Waiting> waiting_;
  Attribution result_;
  size_t trials_ = 0;
};

}  // namespace

Attribution Attribute(const AttributionInput& input, const ScoreTree& score) {
  return Stepper(input, score).Run();
}

}  // namespace steelyard
