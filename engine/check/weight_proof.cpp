// Every outcome of the weights is computed that the conditions of profiles and adjustments allow.
#include "engine/check/weight_proof.h"

#include <algorithm>
#include <array>

#include "engine/base/text.h"
#include "engine/check/figures.h"
#include "engine/check/possible.h"
#include "engine/check/range.h"

namespace steelyard {
namespace {

// So many combinations of adjustments are tried at one date, under one profile.
constexpr size_t kMaxCombinations = 4096;
// So many steps are taken in all to find those that can occur.
constexpr size_t kMaxSteps = 2000000;

const Number kOne = Number(1);

// One outcome of the weights: adjustments that hold, by index, over a profile (or none).
struct Outcome {
  size_t stretch = 0;
  int profile = -1;
  std::vector<size_t> adjustments;

  bool is_base() const { return profile < 0 && adjustments.empty(); }
};

class WeightProof {
 public:
  WeightProof(Checking& checking, const std::vector<WeightStretch>& stretches,
              const std::vector<Span>& base_spans)
      : checking_(checking),
        model_(checking.model),
        decl_(checking.file.weights),
        stretches_(stretches),
        base_spans_(base_spans),
        figures_(checking.model),
        ranges_(checking.model, figures_),
        possibility_(checking.model, figures_, ranges_) {}

  void Run() {
    for (const AdjustmentModel& adjustment : model_.adjustments) {
      leaves_.emplace_back();
      std::set<int32_t> seen;
      AddLeaves(adjustment.when, leaves_.back(), seen);
    }
    std::set<int32_t> seen;
    for (const ProfileModel& profile : model_.profiles) {
      AddLeaves(profile.when, profile_leaves_, seen);
    }
    AddLeaves(model_.subject_where, profile_leaves_, seen);
    for (size_t i = 0; i < stretches_.size() && CheckRangesCanAdd(i); ++i) {
    }
    for (size_t i = 0; i < stretches_.size() && Prove(i); ++i) {
    }
  }

 private:
  using Needs = std::vector<Need>;

  // --- what can occur ---------------------------------------------------------------------------

  // The figures that a condition looks at: conditions without a common one go with each other.
  void AddLeaves(TermId root, std::set<int32_t>& leaves, std::set<int32_t>& seen) {
    std::vector<TermId> left = {root};
    while (!left.empty()) {
      TermId id = left.back();
      left.pop_back();
      if (!id.valid()) continue;
      id = figures_.Behind(id);
      if (!seen.insert(id.value).second) continue;
      const Term& term = model_.term(id);
      if (term.kind == TermKind::kMap) {
        left.insert(left.end(), term.inputs.begin(), term.inputs.end());
      } else {
        leaves.insert(figures_.Of(id));
      }
    }
  }

  Need DatesOf(size_t stretch) const {
    return Need::Dates(stretches_[stretch].first, stretches_[stretch].last);
  }

  // That the profile is the first whose condition holds; without one, that none does. Without a
  // condition it always holds.
  std::optional<Needs> NeedsOf(const Outcome& outcome) const {
    Needs needs = {DatesOf(outcome.stretch)};
    if (model_.subject_where.valid()) needs.push_back(Need::Truth(model_.subject_where, kHolds));
    const auto count = static_cast<int>(model_.profiles.size());
    const int before = outcome.profile < 0 ? count : outcome.profile;
    for (int p = 0; p < before; ++p) {
      const TermId when = model_.profiles[static_cast<size_t>(p)].when;
      if (!when.valid()) return std::nullopt;
      needs.push_back(Need::Truth(when, kHoldsNot));
    }
    if (outcome.profile >= 0) {
      const TermId when = model_.profiles[static_cast<size_t>(outcome.profile)].when;
      if (when.valid()) needs.push_back(Need::Truth(when, kHolds));
    }
    return needs;
  }

  // The combinations that can occur, those of fewer adjustments before those that hold them.
  struct Trial {
    Outcome outcome;
    std::vector<size_t> in_time;
    Needs profile;                                 // what the profile needs
    std::vector<std::pair<size_t, Need>> decided;  // what the adjustments tried so far need
    size_t tried = 0;
  };

  // Decides about the adjustments below `left`, the last one first, so that the combinations come
  // in rising order. False where there are too many.
  bool Try(Trial& trial, size_t left, const WeightVector& start) {
    if (left == 0) return TryCombination(trial, start);
    const size_t adjustment = trial.in_time[left - 1];
    const TermId when = model_.adjustments[adjustment].when;
    steps_ += 1 + trial.decided.size() / 32;
    if (steps_ > kMaxSteps) return false;
    if (when.valid() && Follows(trial, adjustment, kHoldsNot)) return Try(trial, left - 1, start);
    const bool follows = !when.valid() || Follows(trial, adjustment, kHolds);
    if (!follows) {
      trial.decided.emplace_back(adjustment, Need::Truth(when, kHoldsNot));
      if (CanOccur(trial, adjustment) && !Try(trial, left - 1, start)) return false;
      trial.decided.back().second.truths = kHolds;
    }
    bool fine = true;
    if (follows || CanOccur(trial, adjustment)) {
      trial.outcome.adjustments.insert(trial.outcome.adjustments.begin(), adjustment);
      fine = Try(trial, left - 1, start);
      trial.outcome.adjustments.erase(trial.outcome.adjustments.begin());
    }
    if (!follows) trial.decided.pop_back();
    return fine;
  }

  // Does it follow from a decision before, by itself, that the adjustment holds, or that it does
  // not? Then it need not be decided, nor be thought of again. Asked of those that hold, which
  // exclude others, and of the last one, which may be a step of a ladder.
  bool Follows(const Trial& trial, size_t adjustment, Truths truths) {
    const auto follows = [&](const std::pair<size_t, Need>& decision) {
      return Excludes(decision, adjustment, truths == kHolds ? kHoldsNot : kHolds);
    };
    if (trial.decided.empty()) return false;
    if (follows(trial.decided.back())) return true;
    return std::any_of(trial.decided.rbegin(), trial.decided.rend(), [&](const auto& decision) {
      return decision.second.truths == kHolds && follows(decision);
    });
  }

  // Remembered: the same two meet again and again.
  bool Excludes(const std::pair<size_t, Need>& decision, size_t adjustment, Truths truths) {
    const auto& [other, need] = decision;
    const auto key = std::array<size_t, 4>{other, need.truths, adjustment, truths};
    const auto found = exclusions_.find(key);
    if (found != exclusions_.end()) return found->second;
    const TermId when = model_.adjustments[adjustment].when;
    const bool excludes =
        Meet(leaves_[other], leaves_[adjustment]) && !CanHold({need, Need::Truth(when, truths)});
    return exclusions_.emplace(key, excludes).first->second;
  }

  bool CanHold(const Needs& needs) {
    const bool can = possibility_.CanHold(needs);
    steps_ += possibility_.effort();
    return can;
  }

  // May the last decision be added to those before it? Only those that share a figure with it,
  // directly or by way of others, have a say.
  bool CanOccur(const Trial& trial, size_t adjustment) {
    std::set<int32_t> shared = leaves_[adjustment];
    Needs needs = {DatesOf(trial.outcome.stretch), trial.decided.back().second};
    std::vector<bool> taken(trial.decided.size(), false);
    taken.back() = true;
    bool with_profile = false;
    for (bool more = true; more;) {
      more = false;
      if (!with_profile && Meet(shared, profile_leaves_)) {
        with_profile = more = true;
        shared.insert(profile_leaves_.begin(), profile_leaves_.end());
        needs.insert(needs.end(), trial.profile.begin(), trial.profile.end());
      }
      for (size_t i = 0; i < trial.decided.size(); ++i) {
        const std::set<int32_t>& leaves = leaves_[trial.decided[i].first];
        if (taken[i] || !Meet(shared, leaves)) continue;
        taken[i] = more = true;
        shared.insert(leaves.begin(), leaves.end());
        needs.push_back(trial.decided[i].second);
      }
    }
    if (needs.size() > 2) return CanHold(needs);
    return CanOccurAlone(trial.outcome.stretch, adjustment, needs);
  }

  static bool Meet(const std::set<int32_t>& a, const std::set<int32_t>& b) {
    return std::any_of(a.begin(), a.end(), [&](int32_t x) { return b.count(x) > 0; });
  }

  // Asked again and again: remembered.
  bool CanOccurAlone(size_t stretch, size_t adjustment, const Needs& needs) {
    const auto key = std::vector<size_t>{stretch, adjustment, needs[1].truths};
    const auto found = alone_.find(key);
    if (found != alone_.end()) return found->second;
    return alone_.emplace(key, CanHold(needs)).first->second;
  }

  // --- trying them ------------------------------------------------------------------------------

  // False where there are too many combinations.
  bool Prove(size_t stretch) {
    const std::vector<size_t> in_time = AdjustmentsIn(stretch);
    for (int profile = -1; profile < static_cast<int>(model_.profiles.size()); ++profile) {
      if (ProveProfile({stretch, profile, {}}, in_time)) continue;
      checking_.sink.Report(DiagKind::kTooManyAdjustments, model_.adjustments[in_time[0]].span,
                            {std::to_string(in_time.size()), std::to_string(kMaxCombinations)});
      return false;
    }
    return true;
  }

  std::vector<size_t> AdjustmentsIn(size_t stretch) const {
    std::vector<size_t> in_time;
    for (size_t a = 0; a < model_.adjustments.size(); ++a) {
      const AdjustmentModel& adjustment = model_.adjustments[a];
      if (stretches_[stretch].Holds(adjustment.from, adjustment.until)) in_time.push_back(a);
    }
    return in_time;
  }

  // A mistake is told once, on the first date it shows, and not again for what follows from it.
  bool ProveProfile(const Outcome& outcome, const std::vector<size_t>& in_time) {
    const auto needs = NeedsOf(outcome);
    if (!needs || !possibility_.CanHold(*needs)) return true;
    const WeightVector& base = model_.base_weights[outcome.stretch].weights;
    const WeightVector& start = outcome.profile < 0
                                    ? base
                                    : model_.profiles[static_cast<size_t>(outcome.profile)]
                                          .weights[outcome.stretch]
                                          .weights;
    const WeightStretch& stretch = stretches_[outcome.stretch];
    const bool as_wrong_as_base = outcome.profile >= 0 && base_failed_.count(outcome.stretch) > 0 &&
                                  SumOf(model_, start, stretch) == SumOf(model_, base, stretch);
    if (as_wrong_as_base || told_profiles_.count(outcome.profile) > 0) return true;
    if (!ProveOutcome(outcome, start)) {
      if (outcome.profile < 0) base_failed_.insert(outcome.stretch);
      told_profiles_.insert(outcome.profile);
      return true;
    }
    Trial trial;
    trial.outcome = outcome;
    trial.in_time = in_time;
    trial.profile = *needs;
    if (in_time.size() > kMaxCombinations) return false;
    return Try(trial, in_time.size(), start);
  }

  bool TryCombination(Trial& trial, const WeightVector& start) {
    const Outcome& outcome = trial.outcome;
    if (++trial.tried > kMaxCombinations) return false;
    if (outcome.adjustments.empty() || TellsAgain(outcome)) return true;
    WeightVector weights = start;
    for (const size_t a : outcome.adjustments) {
      ApplyAdjustment(model_.adjustments[a], stretches_[outcome.stretch], weights);
    }
    if (!ProveOutcome(outcome, weights)) told_adjustments_.push_back(outcome.adjustments);
    return true;
  }

  void ApplyAdjustment(const AdjustmentModel& adjustment, const WeightStretch& stretch,
                       WeightVector& weights) const {
    std::set<int32_t> named;
    for (const WeightChange& change : adjustment.changes) {
      Number& weight = weights[static_cast<size_t>(change.indicator)];
      weight = change.set ? change.amount : weight + change.amount;
      named.insert(change.indicator);
    }
    if (adjustment.rescale) Rescale(model_, weights, named, stretch);
  }

  // Is a combination within this one known to be wrong?
  bool TellsAgain(const Outcome& outcome) const {
    return std::any_of(told_adjustments_.begin(), told_adjustments_.end(),
                       [&](const std::vector<size_t>& told) {
                         return std::includes(outcome.adjustments.begin(),
                                              outcome.adjustments.end(), told.begin(), told.end());
                       });
  }

  bool ProveOutcome(const Outcome& outcome, const WeightVector& weights) {
    bool fine = true;
    for (size_t i = 0; i < weights.size(); ++i) {
      if (weights[i].Sign() >= 0) continue;
      Explain(outcome, weights[i],
              checking_.sink.Report(DiagKind::kNegativeWeight, PlaceOf(outcome),
                                    {model_.indicators[i].id, PercentText(weights[i]), ""}));
      fine = false;
    }
    const Number sum = SumOf(model_, weights, stretches_[outcome.stretch]);
    if (sum != kOne && !(decl_.normalise && sum.Sign() > 0)) {
      ReportSum(sum, weights, outcome);
      fine = false;
    }
    // Parts are held against limits as what they come to.
    WeightVector shares = weights;
    if (decl_.normalise && sum.Sign() > 0) {
      for (Number& share : shares) share = share / sum;
    }
    if (fine) Show(outcome, shares);
    return CheckRanges(outcome, shares) && fine;
  }

  void Show(const Outcome& outcome, WeightVector weights) const {
    if (checking_.observer == nullptr) return;
    for (size_t i = 0; i < weights.size(); ++i) {
      if (!Counts(model_, i, stretches_[outcome.stretch])) weights[i] = Number();
    }
    const auto explain = [&](const std::string& amount, Diagnostic& diagnostic) {
      Explain(outcome, amount, diagnostic);
    };
    checking_.observer->See({model_.indicators, weights, base_spans_, outcome.is_base(),
                             SaysWhy(outcome), PlaceOf(outcome), explain});
  }

  // --- telling ----------------------------------------------------------------------------------

  // Says when the outcome comes about, and what comes of it:
  // «`director` + `policy shock`, 2026-03-01..2026-06-30: 95%».
  void Explain(const Outcome& outcome, const Number& amount, Diagnostic& diagnostic) const {
    Explain(outcome, PercentText(amount), diagnostic);
  }

  void Explain(const Outcome& outcome, const std::string& amount, Diagnostic& diagnostic) const {
    std::string names;
    if (outcome.profile >= 0) {
      names = "`" + model_.profiles[static_cast<size_t>(outcome.profile)].name + "`";
    }
    const bool no_profile =
        outcome.profile < 0 && !model_.profiles.empty() && !outcome.adjustments.empty();
    for (const size_t a : outcome.adjustments) {
      names += (names.empty() && !no_profile ? "`" : " + `") + NameOf(a) + "`";
    }
    if (stretches_.size() > 1) {
      names += (names.empty() ? "" : ", ") + DatesText(AllDaysOf(outcome));
    }
    if (names.empty()) return;
    diagnostic.Because(no_profile ? HelpKind::kCaseNoProfile : HelpKind::kCase, {names, amount});
  }

  // The days from the stretch on in which the same adjustments change the same weights.
  WeightStretch AllDaysOf(const Outcome& outcome) const {
    const std::vector<DatedWeights>& start =
        outcome.profile < 0 ? model_.base_weights
                            : model_.profiles[static_cast<size_t>(outcome.profile)].weights;
    WeightStretch days = stretches_[outcome.stretch];
    for (size_t next = outcome.stretch + 1; next < stretches_.size(); ++next) {
      const bool in_time =
          std::all_of(outcome.adjustments.begin(), outcome.adjustments.end(), [&](size_t a) {
            const AdjustmentModel& adjustment = model_.adjustments[a];
            return stretches_[next].Holds(adjustment.from, adjustment.until);
          });
      if (!in_time || start[next].weights != start[outcome.stretch].weights) break;
      days.last = stretches_[next].last;
    }
    return days;
  }

  static std::string DatesText(const WeightStretch& stretch) {
    return (stretch.first ? stretch.first->ToString() : "") + ".." +
           (stretch.last ? stretch.last->ToString() : "");
  }

  // Adjustments need no name: the first is then #1.
  std::string NameOf(size_t adjustment) const {
    const std::string& name = model_.adjustments[adjustment].name;
    return name.empty() ? "#" + std::to_string(adjustment + 1) : name;
  }

  Span PlaceOf(const Outcome& outcome) const {
    if (!outcome.adjustments.empty()) return model_.adjustments[outcome.adjustments.back()].span;
    if (outcome.profile >= 0) {
      return model_.profiles[static_cast<size_t>(outcome.profile)].span;
    }
    return WholePlace();
  }

  Span WholePlace() const {
    return decl_.span.valid() ? decl_.span : checking_.file.scorecard.span;
  }

  void ReportSum(const Number& sum, const WeightVector& weights, const Outcome& outcome) {
    const bool nothing = std::none_of(model_.indicators.begin(), model_.indicators.end(),
                                      [](const IndicatorModel& i) { return i.scored; });
    if (nothing) {
      checking_.sink.Report(DiagKind::kNothingScored, PlaceOf(outcome));
      return;
    }
    Diagnostic& diagnostic =
        checking_.sink.Report(DiagKind::kWeightsSum, PlaceOf(outcome), {PercentText(sum), ""});
    Explain(outcome, sum, diagnostic);
    std::string list;
    const Number* first = nullptr;
    for (size_t i = 0; i < weights.size(); ++i) {
      if (weights[i].IsZero()) continue;
      if (first == nullptr) first = &weights[i];
      list += (list.empty() ? "" : " + ") + model_.indicators[i].id + " " + PercentText(weights[i]);
    }
    if (!list.empty()) diagnostic.Because(HelpKind::kWeightsWere, {list});
    if (sum == Number(100) && first != nullptr) {
      diagnostic.Because(HelpKind::kPercentHint, {FormatSignificant(*first)});
    } else if (!decl_.normalise && outcome.is_base() && outcome.stretch == 0) {
      diagnostic.Because(HelpKind::kNormaliseHint);
    }
  }

  // A weight may leave its range only where the profile or adjustment that moved it says why.
  bool CheckRanges(const Outcome& outcome, const WeightVector& weights) {
    const WeightVector& base = model_.base_weights[outcome.stretch].weights;
    bool fine = true;
    for (size_t i = 0; i < weights.size(); ++i) {
      const IndicatorModel& indicator = model_.indicators[i];
      if (!indicator.weight_range || !indicator.scored ||
          !Counts(model_, i, stretches_[outcome.stretch])) {
        continue;
      }
      if (!outcome.is_base() && (weights[i] == base[i] || SaysWhy(outcome))) continue;
      const auto& [low, high] = *indicator.weight_range;
      if (weights[i] >= low && weights[i] <= high) continue;
      ReportRange(i, weights[i], outcome);
      fine = false;
    }
    return fine;
  }

  void ReportRange(size_t i, const Number& weight, const Outcome& outcome) {
    const auto& [low, high] = *model_.indicators[i].weight_range;
    Diagnostic& diagnostic = checking_.sink.Report(
        DiagKind::kWeightOutsideRange, outcome.is_base() ? base_spans_[i] : PlaceOf(outcome),
        {model_.indicators[i].id, PercentText(weight), PercentText(low) + ".." + PercentText(high),
         ""});
    Explain(outcome, weight, diagnostic);
    diagnostic.Because(HelpKind::kLimitsOfRange, {}, model_.indicators[i].decl->weight_range.span);
    if (!outcome.is_base()) diagnostic.Because(HelpKind::kGiveWhy);
  }

  bool SaysWhy(const Outcome& outcome) const {
    if (outcome.profile >= 0 &&
        decl_.profiles[static_cast<size_t>(outcome.profile)].why.present()) {
      return true;
    }
    return std::any_of(outcome.adjustments.begin(), outcome.adjustments.end(),
                       [&](size_t a) { return decl_.adjustments[a].why.present(); });
  }

  // Ranges whose low ends are above 100 % together, or high ends below: told once.
  bool CheckRangesCanAdd(size_t stretch) {
    Number low;
    Number high;
    size_t ranged = 0;
    bool all = true;
    for (size_t i = 0; i < model_.indicators.size(); ++i) {
      const IndicatorModel& indicator = model_.indicators[i];
      if (!indicator.scored || !Counts(model_, i, stretches_[stretch])) continue;
      all = all && indicator.weight_range;
      if (!indicator.weight_range) continue;
      low += indicator.weight_range->first;
      high += indicator.weight_range->second;
      ++ranged;
    }
    if (ranged == 0 || (low <= kOne && (!all || high >= kOne))) return true;
    const DiagKind kind = all ? DiagKind::kRangesCannotAdd : DiagKind::kRangesTooHigh;
    Diagnostic& diagnostic =
        checking_.sink.Report(kind, WholePlace(), {PercentText(low), PercentText(high)});
    if (stretches_.size() > 1) {
      diagnostic.Because(HelpKind::kWeightsWere, {DatesText(stretches_[stretch])});
    }
    return false;
  }

  Checking& checking_;
  const Model& model_;
  const WeightsDecl& decl_;
  const std::vector<WeightStretch>& stretches_;
  const std::vector<Span>& base_spans_;
  Figures figures_;
  Ranges ranges_;
  Possibility possibility_;
  std::vector<std::set<int32_t>> leaves_;  // by adjustment
  std::set<int32_t> profile_leaves_;
  std::map<std::vector<size_t>, bool> alone_;
  std::map<std::array<size_t, 4>, bool> exclusions_;
  size_t steps_ = 0;
  // What was found wrong, so that it is not told again.
  std::set<size_t> base_failed_;  // stretches
  std::set<int> told_profiles_;
  std::vector<std::vector<size_t>> told_adjustments_;
};

}  // namespace

bool WeightStretch::Holds(const std::optional<Date>& from, const std::optional<Date>& until) const {
  if (!first) return !from;
  return (!from || *from <= *first) && (!until || *first <= *until);
}

bool Counts(const Model& model, size_t indicator, const WeightStretch& stretch) {
  const IndicatorModel& found = model.indicators[indicator];
  if (found.status == Status::kDraft || found.status == Status::kTrial) return false;
  // Retired without a last day: no day is known on which it still counted.
  if (found.status == Status::kRetired && !found.until) return false;
  return stretch.Holds(found.from, found.until);
}

Number SumOf(const Model& model, const WeightVector& weights, const WeightStretch& stretch) {
  Number sum;
  for (size_t i = 0; i < weights.size(); ++i) {
    if (Counts(model, i, stretch)) sum += weights[i];
  }
  return sum;
}

void Rescale(const Model& model, WeightVector& weights, const std::set<int32_t>& named,
             const WeightStretch& stretch) {
  Number taken;
  Number others;
  for (size_t i = 0; i < weights.size(); ++i) {
    if (!Counts(model, i, stretch)) continue;
    (named.count(static_cast<int32_t>(i)) > 0 ? taken : others) += weights[i];
  }
  if (others.IsZero()) return;
  for (size_t i = 0; i < weights.size(); ++i) {
    if (named.count(static_cast<int32_t>(i)) > 0 || !Counts(model, i, stretch)) continue;
    weights[i] = weights[i] * (kOne - taken) / others;
  }
}

void ProveWeights(Checking& checking, const std::vector<WeightStretch>& stretches,
                  const std::vector<Span>& base_spans) {
  WeightProof(checking, stretches, base_spans).Run();
}

}  // namespace steelyard
