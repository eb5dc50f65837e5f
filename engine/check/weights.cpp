// Weights: what each indicator weighs at each date, under each profile and each combination of
// adjustments, and the proof that they always add to 100 % and none is below 0.
#include <algorithm>
#include <map>
#include <set>

#include "engine/base/check.h"
#include "engine/base/text.h"
#include "engine/check/checking.h"

namespace steelyard {
namespace {

// Adjustments that may hold together are tried in all combinations, 2^n of them.
constexpr size_t kMaxAdjustments = 12;

const Number kOne = Number(1);

// One weight an entry gives: to an indicator, or to a dimension as a whole.
struct Share {
  std::vector<int32_t> indicators;
  std::optional<Date> from;
  Number amount;
  Span span;
};

// A stretch of days in which nothing changes by date; without a first day: since ever.
struct Stretch {
  std::optional<Date> first;
};

class WeightWalker {
 public:
  explicit WeightWalker(Checking& checking)
      : checking_(checking), model_(checking.model), decl_(checking.file.weights) {}

  void Run() {
    RegisterDimensions();
    ReadBase();
    for (const ProfileDecl& profile : decl_.profiles) ReadProfile(profile);
    for (const AdjustmentDecl& adjustment : decl_.adjustments) ReadAdjustment(adjustment);
    CheckRangesCanAdd();
    if (failed_) return;
    MakeStretches();
    BuildBase();
    BuildProfiles();
    for (size_t i = 0; i < stretches_.size() && Prove(i); ++i) {
    }
    CheckScores();
  }

 private:
  size_t Count() const { return model_.indicators.size(); }
  const IndicatorModel& At(int32_t index) const {
    return model_.indicators[static_cast<size_t>(index)];
  }

  // --- reading ----------------------------------------------------------------------------------

  void RegisterDimensions() {
    for (const DimensionDecl& dimension : decl_.dimensions) {
      DimensionModel model;
      model.id = NormalizeName(dimension.id.text);
      model.span = dimension.id.span;
      for (const WeightEntry& entry : dimension.entries) {
        const auto index = FindIndicator(entry.indicator);
        if (!index) continue;
        model.indicators.push_back(*index);
        model_.indicators[static_cast<size_t>(*index)].dimension =
            static_cast<int32_t>(model_.dimensions.size());
      }
      if (!model.id.empty()) {
        checking_.dimensions.emplace(model.id, static_cast<int32_t>(model_.dimensions.size()));
      }
      model_.dimensions.push_back(std::move(model));
    }
  }

  std::optional<int32_t> FindIndicator(const Word& word) {
    const auto found = checking_.indicators.find(NormalizeName(word.text));
    if (found != checking_.indicators.end()) return found->second;
    ReportUnknownIndicator(checking_, word.text, word.span);
    failed_ = true;
    return std::nullopt;
  }

  std::optional<Number> Amount(const Formula& formula) {
    if (!formula.parsed()) {
      failed_ = true;
      return std::nullopt;
    }
    const auto amount = RequireNumber(checking_, formula, Type::Plain());
    if (!amount) failed_ = true;
    return amount;
  }

  void ReadBase() {
    std::map<int32_t, Span> seen;
    for (size_t d = 0; d < decl_.dimensions.size(); ++d) {
      const DimensionDecl& dimension = decl_.dimensions[d];
      Number factor = kOne;
      if (dimension.weight.present()) {
        factor = Amount(dimension.weight).value_or(kOne);
        CheckChildren(dimension);
      }
      for (const WeightEntry& entry : dimension.entries) {
        const auto found = checking_.indicators.find(NormalizeName(entry.indicator.text));
        if (found == checking_.indicators.end()) continue;
        const auto [first, is_new] = seen.emplace(found->second, entry.indicator.span);
        if (!is_new) {
          checking_.sink
              .Report(DiagKind::kWeightTwice, entry.indicator.span, {entry.indicator.text})
              .Because(HelpKind::kFirstHere, {}, first->second);
          failed_ = true;
        }
        model_.indicators[static_cast<size_t>(found->second)].scored = true;
        for (const DatedFormula& dated : entry.weight) {
          const auto amount = Amount(dated.formula);
          if (amount)
            base_.push_back({{found->second}, dated.from, *amount * factor, dated.formula.span});
        }
      }
    }
  }

  bool AlwaysCounts(const WeightEntry& entry) const {
    const auto found = checking_.indicators.find(NormalizeName(entry.indicator.text));
    if (found == checking_.indicators.end()) return false;
    const IndicatorModel& indicator = At(found->second);
    return indicator.status == Status::kActive && !indicator.from && !indicator.until;
  }

  // A dimension with a weight of its own: its children share all of it.
  void CheckChildren(const DimensionDecl& dimension) {
    Number sum;
    for (const WeightEntry& entry : dimension.entries) {
      // By date, or of what comes and goes: the proof over all weights finds it.
      if (entry.weight.size() != 1 || entry.weight[0].from || !AlwaysCounts(entry)) return;
      const auto amount = Amount(entry.weight[0].formula);
      if (!amount) return;
      sum += *amount;
    }
    if (sum == kOne || decl_.normalise) return;
    checking_.sink.Report(DiagKind::kWeightsSum, dimension.id.span,
                          {PercentText(sum), " (" + dimension.id.text + ")"});
    failed_ = true;
  }

  // Entries of a profile or adjustment: indicators, or dimensions as a whole.
  std::vector<Share> ReadShares(const std::vector<WeightEntry>& entries) {
    std::vector<Share> shares;
    for (const WeightEntry& entry : entries) {
      std::vector<int32_t> targets;
      const auto dimension = checking_.dimensions.find(NormalizeName(entry.indicator.text));
      if (dimension != checking_.dimensions.end()) {
        targets = model_.dimensions[static_cast<size_t>(dimension->second)].indicators;
      } else if (const auto index = FindIndicator(entry.indicator)) {
        targets = {*index};
        model_.indicators[static_cast<size_t>(*index)].scored = true;
      }
      if (targets.empty()) continue;
      for (const DatedFormula& dated : entry.weight) {
        if (const auto amount = Amount(dated.formula)) {
          shares.push_back({targets, dated.from, *amount, dated.formula.span});
        }
      }
    }
    return shares;
  }

  TermId Condition(const Formula& formula) {
    if (!formula.present()) return TermId::None();
    Place place;
    place.context = checking_.schema().subject;
    return RequireBool(
        checking_, RequireGrain(checking_, CheckWhole(checking_, formula, place), model_.subject));
  }

  void ReadProfile(const ProfileDecl& decl) {
    ProfileModel profile;
    profile.name = decl.name.text;
    profile.span = decl.span;
    profile.when = Condition(decl.when);
    model_.profiles.push_back(std::move(profile));
    profile_shares_.push_back(ReadShares(decl.set));
  }

  void ReadAdjustment(const AdjustmentDecl& decl) {
    AdjustmentModel adjustment;
    adjustment.name = decl.name.text;
    adjustment.span = decl.span;
    adjustment.when = Condition(decl.when);
    adjustment.from = decl.from;
    adjustment.until = decl.until;
    adjustment.rescale = decl.rest == RestPolicy::kRescale;
    ReadChanges(decl.set, true, adjustment);
    ReadChanges(decl.change, false, adjustment);
    model_.adjustments.push_back(std::move(adjustment));
  }

  // An adjustment names indicators one by one, and its own dates say when it holds.
  void ReadChanges(const std::vector<WeightEntry>& entries, bool set, AdjustmentModel& adjustment) {
    for (const WeightEntry& entry : entries) {
      const auto index = FindIndicator(entry.indicator);
      if (!index || entry.weight.empty()) continue;
      if (entry.weight[0].from) {
        checking_.sink.Report(DiagKind::kDatesInAdjustment, entry.weight[0].from_span);
        failed_ = true;
        continue;
      }
      model_.indicators[static_cast<size_t>(*index)].scored = true;
      if (const auto amount = Amount(entry.weight[0].formula)) {
        adjustment.changes.push_back({*index, *amount, set});
      }
    }
  }

  // --- dates ------------------------------------------------------------------------------------

  static Date After(Date date) { return Date{date.days + 1}; }

  // Days on which a weight or the set of indicators in force changes; only what the scorecard's own
  // dates allow is looked at.
  void MakeStretches() {
    std::set<Date> changes;
    const auto add = [&](const std::optional<Date>& date) {
      if (date) changes.insert(*date);
    };
    for (const Share& share : base_) add(share.from);
    for (const auto& shares : profile_shares_) {
      for (const Share& share : shares) add(share.from);
    }
    for (const IndicatorModel& indicator : model_.indicators) {
      add(indicator.from);
      if (indicator.until) add(After(*indicator.until));
    }
    for (const AdjustmentModel& adjustment : model_.adjustments) {
      add(adjustment.from);
      if (adjustment.until) add(After(*adjustment.until));
    }
    const bool since_ever =
        std::any_of(base_.begin(), base_.end(), [](const Share& share) { return !share.from; });
    if (checking_.file.effective.from || since_ever || base_.empty()) {
      stretches_.push_back({checking_.file.effective.from});
    }
    for (const Date date : changes) {
      const DateRange& effective = checking_.file.effective;
      if (effective.from && date <= *effective.from) continue;
      if (effective.until && date > *effective.until) continue;
      stretches_.push_back({date});
    }
  }

  // Is something with these ends in force on the first day of the stretch (and so on all of it)?
  static bool Holds(const Stretch& stretch, const std::optional<Date>& from,
                    const std::optional<Date>& until) {
    if (!stretch.first) return !from;
    return (!from || *from <= *stretch.first) && (!until || *stretch.first <= *until);
  }

  bool Counts(int32_t index, const Stretch& stretch) const {
    const IndicatorModel& indicator = At(index);
    if (indicator.status == Status::kDraft || indicator.status == Status::kTrial) return false;
    return Holds(stretch, indicator.from, indicator.until);
  }

  // The amount of the last entry whose date has come.
  void Apply(const std::vector<Share>& shares, const Stretch& stretch, WeightVector& weights,
             std::set<int32_t>& named) const {
    std::vector<const Share*> order;
    for (const Share& share : shares) order.push_back(&share);
    std::stable_sort(order.begin(), order.end(),
                     [](const Share* a, const Share* b) { return a->from < b->from; });
    for (const Share* share : order) {
      if (!Holds(stretch, share->from, std::nullopt)) continue;
      Number before;
      for (const int32_t index : share->indicators) before += weights[static_cast<size_t>(index)];
      for (const int32_t index : share->indicators) {
        Number& weight = weights[static_cast<size_t>(index)];
        if (share->indicators.size() == 1) {
          weight = share->amount;
        } else if (!before.IsZero()) {
          weight = weight * share->amount / before;
        }
        named.insert(index);
      }
    }
  }

  // Those not named share what is left, in proportion to what they had.
  void Rescale(WeightVector& weights, const std::set<int32_t>& named,
               const Stretch& stretch) const {
    Number taken;
    Number others;
    for (size_t i = 0; i < weights.size(); ++i) {
      const auto index = static_cast<int32_t>(i);
      if (!Counts(index, stretch)) continue;
      (named.count(index) > 0 ? taken : others) += weights[i];
    }
    if (others.IsZero()) return;
    for (size_t i = 0; i < weights.size(); ++i) {
      const auto index = static_cast<int32_t>(i);
      if (named.count(index) > 0 || !Counts(index, stretch)) continue;
      weights[i] = weights[i] * (kOne - taken) / others;
    }
  }

  void Normalise(WeightVector& weights, const Stretch& stretch) const {
    const Number sum = Sum(weights, stretch);
    if (sum.IsZero()) return;
    for (Number& weight : weights) weight = weight / sum;
  }

  Number Sum(const WeightVector& weights, const Stretch& stretch) const {
    Number sum;
    for (size_t i = 0; i < weights.size(); ++i) {
      if (Counts(static_cast<int32_t>(i), stretch)) sum += weights[i];
    }
    return sum;
  }

  // Weights of what is not in force count for nothing.
  void DropAbsent(WeightVector& weights, const Stretch& stretch) const {
    for (size_t i = 0; i < weights.size(); ++i) {
      if (!Counts(static_cast<int32_t>(i), stretch)) weights[i] = Number();
    }
  }

  void BuildBase() {
    for (const Stretch& stretch : stretches_) {
      WeightVector weights(Count());
      std::set<int32_t> named;
      Apply(base_, stretch, weights, named);
      DropAbsent(weights, stretch);
      if (decl_.normalise) Normalise(weights, stretch);
      model_.base_weights.push_back({stretch.first, std::move(weights)});
    }
  }

  void BuildProfiles() {
    for (size_t p = 0; p < model_.profiles.size(); ++p) {
      for (size_t s = 0; s < stretches_.size(); ++s) {
        WeightVector weights = model_.base_weights[s].weights;
        std::set<int32_t> named;
        Apply(profile_shares_[p], stretches_[s], weights, named);
        DropAbsent(weights, stretches_[s]);
        if (decl_.profiles[p].rest == RestPolicy::kRescale) Rescale(weights, named, stretches_[s]);
        if (decl_.normalise) Normalise(weights, stretches_[s]);
        model_.profiles[p].weights.push_back({stretches_[s].first, std::move(weights)});
      }
    }
  }

  // --- proof ------------------------------------------------------------------------------------

  // One outcome of the weights: adjustments that hold, by index, over a profile (or none).
  struct Outcome {
    size_t stretch = 0;
    int profile = -1;
    std::vector<size_t> adjustments;

    bool is_base() const { return profile < 0 && adjustments.empty(); }
  };

  // Says when the outcome comes about.
  void Explain(const Outcome& outcome, Diagnostic& diagnostic) const {
    if (outcome.profile >= 0) {
      diagnostic.Because(HelpKind::kUnderProfile,
                         {model_.profiles[static_cast<size_t>(outcome.profile)].name});
    }
    if (!outcome.adjustments.empty()) {
      std::vector<std::string> names;
      for (const size_t a : outcome.adjustments) names.push_back(NameOf(a));
      diagnostic.Because(HelpKind::kUnderAdjustments, {NameList(names)});
    }
    if (outcome.stretch > 0) {
      diagnostic.Because(HelpKind::kFromDate, {stretches_[outcome.stretch].first->ToString()});
    }
  }

  // Adjustments need no name: the first is then #1.
  std::string NameOf(size_t adjustment) const {
    const std::string& name = model_.adjustments[adjustment].name;
    return name.empty() ? "#" + std::to_string(adjustment + 1) : name;
  }

  void ApplyAdjustment(const AdjustmentModel& adjustment, const Stretch& stretch,
                       WeightVector& weights) const {
    std::set<int32_t> named;
    for (const WeightChange& change : adjustment.changes) {
      Number& weight = weights[static_cast<size_t>(change.indicator)];
      weight = change.set ? change.amount : weight + change.amount;
      named.insert(change.indicator);
    }
    if (adjustment.rescale) Rescale(weights, named, stretch);
  }

  // False where there are too many combinations.
  bool Prove(size_t stretch) {
    const std::vector<size_t> in_time = AdjustmentsIn(stretch);
    if (in_time.size() > kMaxAdjustments) {
      checking_.sink.Report(DiagKind::kTooManyAdjustments, model_.adjustments[in_time[0]].span,
                            {std::to_string(in_time.size()), std::to_string(kMaxAdjustments)});
      return false;
    }
    for (int profile = -1; profile < static_cast<int>(model_.profiles.size()); ++profile) {
      ProveProfile({stretch, profile, {}}, in_time);
    }
    return true;
  }

  std::vector<size_t> AdjustmentsIn(size_t stretch) const {
    std::vector<size_t> in_time;
    for (size_t a = 0; a < model_.adjustments.size(); ++a) {
      const AdjustmentModel& adjustment = model_.adjustments[a];
      if (Holds(stretches_[stretch], adjustment.from, adjustment.until)) in_time.push_back(a);
    }
    return in_time;
  }

  // A mistake is told once, on the first date it shows, and not again for what follows from it.
  void ProveProfile(Outcome outcome, const std::vector<size_t>& in_time) {
    const WeightVector& base = model_.base_weights[outcome.stretch].weights;
    const WeightVector& start = outcome.profile < 0
                                    ? base
                                    : model_.profiles[static_cast<size_t>(outcome.profile)]
                                          .weights[outcome.stretch]
                                          .weights;
    const bool as_wrong_as_base =
        outcome.profile >= 0 && base_failed_ &&
        Sum(start, stretches_[outcome.stretch]) == Sum(base, stretches_[outcome.stretch]);
    if (as_wrong_as_base || told_profiles_.count(outcome.profile) > 0) return;
    const bool fine = ProveOutcome(outcome, start);
    if (outcome.profile < 0) base_failed_ = !fine;
    if (!fine) {
      told_profiles_.insert(outcome.profile);
      return;
    }
    for (size_t subset = 1; subset < (size_t{1} << in_time.size()); ++subset) {
      outcome.adjustments = Chosen(subset, in_time);
      if (outcome.adjustments.empty() || TellsAgain(outcome)) continue;
      WeightVector weights = start;
      for (const size_t a : outcome.adjustments) {
        ApplyAdjustment(model_.adjustments[a], stretches_[outcome.stretch], weights);
      }
      if (!ProveOutcome(outcome, weights)) told_adjustments_.push_back(outcome.adjustments);
    }
  }

  // The adjustments of the combination; none where one that always holds is not among them.
  std::vector<size_t> Chosen(size_t subset, const std::vector<size_t>& in_time) const {
    std::vector<size_t> chosen;
    for (size_t i = 0; i < in_time.size(); ++i) {
      if (((subset >> i) & 1) != 0) {
        chosen.push_back(in_time[i]);
      } else if (!model_.adjustments[in_time[i]].when.valid()) {
        return {};
      }
    }
    return chosen;
  }

  // Is a combination within this one known to be wrong?
  bool TellsAgain(const Outcome& outcome) const {
    return std::any_of(told_adjustments_.begin(), told_adjustments_.end(),
                       [&](const std::vector<size_t>& told) {
                         return std::includes(outcome.adjustments.begin(),
                                              outcome.adjustments.end(), told.begin(), told.end());
                       });
  }

  Span PlaceOf(const Outcome& outcome) const {
    if (!outcome.adjustments.empty()) return model_.adjustments[outcome.adjustments.back()].span;
    if (outcome.profile >= 0) {
      return model_.profiles[static_cast<size_t>(outcome.profile)].span;
    }
    return decl_.span.valid() ? decl_.span : checking_.file.scorecard.span;
  }

  bool ProveOutcome(const Outcome& outcome, const WeightVector& weights) {
    bool fine = true;
    for (size_t i = 0; i < weights.size(); ++i) {
      if (weights[i].Sign() >= 0) continue;
      Explain(outcome,
              checking_.sink.Report(DiagKind::kNegativeWeight, PlaceOf(outcome),
                                    {model_.indicators[i].id, PercentText(weights[i]), ""}));
      fine = false;
    }
    const Number sum = Sum(weights, stretches_[outcome.stretch]);
    if (sum != kOne && !(decl_.normalise && sum.Sign() > 0)) {
      ReportSum(sum, weights, outcome);
      fine = false;
    }
    return CheckRanges(outcome, weights) && fine;
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
    Explain(outcome, diagnostic);
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
          !Counts(static_cast<int32_t>(i), stretches_[outcome.stretch])) {
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
        DiagKind::kWeightOutsideRange, outcome.is_base() ? BaseSpan(i) : PlaceOf(outcome),
        {model_.indicators[i].id, PercentText(weight), PercentText(low) + ".." + PercentText(high),
         ""});
    Explain(outcome, diagnostic);
    diagnostic.Because(HelpKind::kLimitsOfRange, {}, model_.indicators[i].decl->weight_range.span);
    if (!outcome.is_base()) diagnostic.Because(HelpKind::kGiveWhy);
  }

  Span BaseSpan(size_t indicator) const {
    for (const Share& share : base_) {
      if (share.indicators[0] == static_cast<int32_t>(indicator)) return share.span;
    }
    return decl_.span;
  }

  bool SaysWhy(const Outcome& outcome) const {
    if (outcome.profile >= 0 &&
        decl_.profiles[static_cast<size_t>(outcome.profile)].why.present()) {
      return true;
    }
    return std::any_of(outcome.adjustments.begin(), outcome.adjustments.end(),
                       [&](size_t a) { return decl_.adjustments[a].why.present(); });
  }

  // Ranges of what is scored whose low ends are above 100 % together, or high ends below.
  void CheckRangesCanAdd() {
    Number low_sum;
    Number high_sum;
    size_t ranged = 0;
    for (const IndicatorModel& indicator : model_.indicators) {
      if (!indicator.scored) continue;
      if (!indicator.weight_range) return;
      low_sum += indicator.weight_range->first;
      high_sum += indicator.weight_range->second;
      ++ranged;
    }
    if (ranged == 0 || decl_.normalise || (low_sum <= kOne && high_sum >= kOne)) return;
    checking_.sink.Report(DiagKind::kRangesCannotAdd, decl_.span,
                          {PercentText(low_sum), PercentText(high_sum)});
  }

  // What weighs must score; what scores and does not weigh is shown only.
  void CheckScores() {
    const bool weighted = std::any_of(model_.indicators.begin(), model_.indicators.end(),
                                      [](const IndicatorModel& i) { return i.scored; });
    for (const IndicatorModel& indicator : model_.indicators) {
      const bool imported = IsImported(checking_, indicator.decl->id.span);
      if (indicator.scored && indicator.decl->score.form == ScoreForm::kNone) {
        checking_.sink.Report(DiagKind::kNoScore, indicator.decl->id.span, {indicator.id});
      }
      if (weighted && !indicator.scored && !imported && indicator.status == Status::kActive &&
          indicator.decl->score.form != ScoreForm::kNone) {
        checking_.sink.Report(DiagKind::kUnweighted, indicator.decl->id.span, {indicator.id});
      }
    }
  }

  Checking& checking_;
  Model& model_;
  const WeightsDecl& decl_;
  bool failed_ = false;
  std::vector<Share> base_;
  std::vector<std::vector<Share>> profile_shares_;
  std::vector<Stretch> stretches_;
  // What was found wrong, so that it is not told again.
  bool base_failed_ = false;  // in the stretch looked at
  std::set<int> told_profiles_;
  std::vector<std::vector<size_t>> told_adjustments_;
};

}  // namespace

void CheckWeights(Checking& checking) {
  if (!checking.file.weights.span.valid() && checking.model.indicators.empty()) return;
  WeightWalker(checking).Run();
}

}  // namespace steelyard
