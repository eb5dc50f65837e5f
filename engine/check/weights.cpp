// Weights: what each indicator weighs at each date, under each profile and each combination of
// adjustments, and the proof that they always add to 100 % and none is below 0.
#include <algorithm>
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
    if (decl_.adjustments.size() > kMaxAdjustments) {
      checking_.sink.Report(
          DiagKind::kTooManyAdjustments, decl_.adjustments[0].span,
          {std::to_string(decl_.adjustments.size()), std::to_string(kMaxAdjustments)});
      return;
    }
    for (size_t i = 0; i < stretches_.size(); ++i) Prove(i);
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
    Diagnostic& diagnostic =
        checking_.sink.Report(DiagKind::kUnknownIndicator, word.span, {word.text});
    std::vector<std::string> names;
    for (const auto& [name, index] : checking_.indicators) names.push_back(name);
    Suggest(diagnostic, word.text, names);
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
    std::set<int32_t> seen;
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
        if (!seen.insert(found->second).second) {
          checking_.sink.Report(DiagKind::kWeightTwice, entry.indicator.span,
                                {entry.indicator.text});
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

  // A dimension with a weight of its own: its children share all of it.
  void CheckChildren(const DimensionDecl& dimension) {
    Number sum;
    for (const WeightEntry& entry : dimension.entries) {
      if (entry.weight.size() != 1) return;  // by date: the proof over all weights finds it
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
    const TermId term = RequireBool(
        checking_, RequireGrain(checking_, CheckWhole(checking_, formula, place), model_.subject));
    if (HasError(checking_, term)) failed_ = true;
    return term;
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
    if (decl.from && decl.until && *decl.until < *decl.from) {
      checking_.sink.Report(DiagKind::kRangeEnds, decl.span);
      failed_ = true;
    }
    for (const Share& share : ReadShares(decl.set)) {
      for (const int32_t index : share.indicators) {
        adjustment.changes.push_back({index, share.amount, true});
      }
    }
    for (const Share& share : ReadShares(decl.change)) {
      for (const int32_t index : share.indicators) {
        adjustment.changes.push_back({index, share.amount, false});
      }
    }
    model_.adjustments.push_back(std::move(adjustment));
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

  // What a combination is called in a message: ` under `director`, `shock`, from 2026-03-01`.
  std::string Where(int profile, size_t subset, size_t stretch) const {
    std::string text;
    const auto add = [&](const std::string& name) { text += (text.empty() ? " [" : " + ") + name; };
    if (profile >= 0) add(model_.profiles[static_cast<size_t>(profile)].name);
    for (size_t a = 0; a < model_.adjustments.size(); ++a) {
      if (((subset >> a) & 1) != 0) add(model_.adjustments[a].name);
    }
    if (stretch > 0) add(stretches_[stretch].first->ToString() + "..");
    return text.empty() ? "" : text + "]";
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

  void Prove(size_t stretch) {
    for (int profile = -1; profile < static_cast<int>(model_.profiles.size()); ++profile) {
      const WeightVector& start =
          profile < 0 ? model_.base_weights[stretch].weights
                      : model_.profiles[static_cast<size_t>(profile)].weights[stretch].weights;
      const size_t before = checking_.sink.error_count();
      ProveOutcome(start, profile, 0, stretch);
      if (checking_.sink.error_count() > before) continue;  // not once more for each combination
      for (size_t subset = 1; subset < (size_t{1} << model_.adjustments.size()); ++subset) {
        if (!Possible(subset, stretch)) continue;
        WeightVector weights = start;
        for (size_t a = 0; a < model_.adjustments.size(); ++a) {
          if (((subset >> a) & 1) != 0) {
            ApplyAdjustment(model_.adjustments[a], stretches_[stretch], weights);
          }
        }
        if (!ProveOutcome(weights, profile, subset, stretch)) break;
      }
    }
  }

  bool Possible(size_t subset, size_t stretch) const {
    for (size_t a = 0; a < model_.adjustments.size(); ++a) {
      const AdjustmentModel& adjustment = model_.adjustments[a];
      const bool chosen = ((subset >> a) & 1) != 0;
      const bool in_time = Holds(stretches_[stretch], adjustment.from, adjustment.until);
      if (chosen && !in_time) return false;
      if (!chosen && in_time && !adjustment.when.valid()) return false;
    }
    return true;
  }

  Span PlaceOf(int profile, size_t subset) const {
    for (size_t a = model_.adjustments.size(); a-- > 0;) {
      if (((subset >> a) & 1) != 0) return model_.adjustments[a].span;
    }
    if (profile >= 0) return model_.profiles[static_cast<size_t>(profile)].span;
    return decl_.span;
  }

  bool ProveOutcome(const WeightVector& weights, int profile, size_t subset, size_t stretch) {
    const std::string where = Where(profile, subset, stretch);
    const Span span = PlaceOf(profile, subset);
    bool fine = true;
    for (size_t i = 0; i < weights.size(); ++i) {
      if (weights[i].Sign() >= 0) continue;
      checking_.sink.Report(DiagKind::kNegativeWeight, span,
                            {model_.indicators[i].id, PercentText(weights[i]), where});
      fine = false;
    }
    const Number sum = Sum(weights, stretches_[stretch]);
    if (sum != kOne && !(decl_.normalise && sum.Sign() > 0)) {
      ReportSum(sum, weights, span, where);
      fine = false;
    }
    return CheckRanges(weights, profile, subset, stretch) && fine;
  }

  void ReportSum(const Number& sum, const WeightVector& weights, Span span,
                 const std::string& where) {
    const bool nothing = std::none_of(model_.indicators.begin(), model_.indicators.end(),
                                      [](const IndicatorModel& i) { return i.scored; });
    if (nothing) {
      checking_.sink.Report(DiagKind::kNothingScored, span);
      return;
    }
    Diagnostic& diagnostic =
        checking_.sink.Report(DiagKind::kWeightsSum, span, {PercentText(sum), where});
    std::string list;
    for (size_t i = 0; i < weights.size(); ++i) {
      if (weights[i].IsZero()) continue;
      list += (list.empty() ? "" : " + ") + model_.indicators[i].id + " " + PercentText(weights[i]);
    }
    diagnostic.Because(HelpKind::kWeightsWere, {list});
    if (sum == Number(100)) {
      diagnostic.Because(HelpKind::kPercentHint, {"28"});
    } else if (!decl_.normalise && where.empty()) {
      diagnostic.Because(HelpKind::kNormaliseHint);
    }
  }

  // A weight may leave its range only where the profile or adjustment that moved it says why.
  bool CheckRanges(const WeightVector& weights, int profile, size_t subset, size_t stretch) {
    const WeightVector& base = model_.base_weights[stretch].weights;
    bool fine = true;
    for (size_t i = 0; i < weights.size(); ++i) {
      const IndicatorDecl& decl = *model_.indicators[i].decl;
      if (!decl.weight_range.present() || !Counts(static_cast<int32_t>(i), stretches_[stretch])) {
        continue;
      }
      if (!model_.indicators[i].scored) continue;
      const bool changed = profile >= 0 || subset != 0;
      if (changed && (weights[i] == base[i] || SaysWhy(profile, subset))) continue;
      const auto low = RequireNumber(checking_, decl.weight_range.low, Type::Plain());
      const auto high = RequireNumber(checking_, decl.weight_range.high, Type::Plain());
      if (!low || !high || (weights[i] >= *low && weights[i] <= *high)) continue;
      ReportRange(i, weights[i], *low, *high, profile, subset, stretch);
      fine = false;
    }
    return fine;
  }

  void ReportRange(size_t i, const Number& weight, const Number& low, const Number& high,
                   int profile, size_t subset, size_t stretch) {
    const bool changed = profile >= 0 || subset != 0;
    Diagnostic& diagnostic = checking_.sink.Report(
        DiagKind::kWeightOutsideRange, changed ? PlaceOf(profile, subset) : BaseSpan(i),
        {model_.indicators[i].id, PercentText(weight), PercentText(low) + ".." + PercentText(high),
         Where(profile, subset, stretch)});
    diagnostic.Because(HelpKind::kLimitsOfRange, {}, model_.indicators[i].decl->weight_range.span);
    if (changed) diagnostic.Because(HelpKind::kGiveWhy);
  }

  Span BaseSpan(size_t indicator) const {
    for (const Share& share : base_) {
      if (share.indicators[0] == static_cast<int32_t>(indicator)) return share.span;
    }
    return decl_.span;
  }

  bool SaysWhy(int profile, size_t subset) const {
    if (profile >= 0 && decl_.profiles[static_cast<size_t>(profile)].why.present()) return true;
    for (size_t a = 0; a < decl_.adjustments.size(); ++a) {
      if (((subset >> a) & 1) != 0 && decl_.adjustments[a].why.present()) return true;
    }
    return false;
  }

  // Ranges of what is scored whose low ends are above 100 % together, or high ends below.
  void CheckRangesCanAdd() {
    Number low_sum;
    Number high_sum;
    size_t ranged = 0;
    for (const IndicatorModel& indicator : model_.indicators) {
      if (!indicator.scored) continue;
      if (!indicator.decl->weight_range.present()) return;
      const auto low = RequireNumber(checking_, indicator.decl->weight_range.low, Type::Plain());
      const auto high = RequireNumber(checking_, indicator.decl->weight_range.high, Type::Plain());
      if (!low || !high) return;
      low_sum += *low;
      high_sum += *high;
      ++ranged;
    }
    if (ranged == 0 || decl_.normalise || (low_sum <= kOne && high_sum >= kOne)) return;
    checking_.sink.Report(DiagKind::kRangesCannotAdd, decl_.span,
                          {PercentText(low_sum), PercentText(high_sum)});
  }

  // What weighs must score; what scores and does not weigh is shown only.
  void CheckScores() {
    for (const IndicatorModel& indicator : model_.indicators) {
      const bool imported = indicator.decl->id.span.file != checking_.file.file;
      if (indicator.scored && indicator.decl->score.form == ScoreForm::kNone) {
        checking_.sink.Report(DiagKind::kNoScore, indicator.decl->id.span, {indicator.id});
      }
      if (!indicator.scored && !imported && indicator.status == Status::kActive &&
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
};

}  // namespace

void CheckWeights(Checking& checking) {
  if (!checking.file.weights.span.valid() && checking.model.indicators.empty()) return;
  WeightWalker(checking).Run();
}

}  // namespace steelyard
