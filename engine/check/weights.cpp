// Weights: what each indicator weighs at each date and under each profile.
#include <algorithm>
#include <map>
#include <set>

#include "engine/base/check.h"
#include "engine/base/text.h"
#include "engine/check/checking.h"
#include "engine/check/weight_proof.h"

namespace steelyard {
namespace {

const Number kOne = Number(1);

// One weight an entry gives: to an indicator, or to a dimension as a whole.
struct Share {
  std::vector<int32_t> indicators;
  std::optional<Date> from;
  Number amount;
  Span span;
  int32_t dimension = -1;  // named as a whole
};

// Of dimensions that have one.
using OwnWeights = std::vector<std::pair<int32_t, Number>>;

class WeightWalker {
 public:
  explicit WeightWalker(Checking& checking)
      : checking_(checking), model_(checking.model), decl_(checking.file.weights) {}

  void Run() {
    RegisterDimensions();
    ReadBase();
    for (const ProfileDecl& profile : decl_.profiles) ReadProfile(profile);
    for (const AdjustmentDecl& adjustment : decl_.adjustments) ReadAdjustment(adjustment);
    if (failed_) return;
    MakeStretches();
    BuildBase();
    BuildProfiles();
    ProveWeights(checking_, stretches_, BaseSpans());
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
        own_weights_.emplace_back(static_cast<int32_t>(d), factor);
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
          if (amount) {
            base_.push_back(
                {{found->second}, dated.from, *amount * factor, dated.formula.span, -1});
          }
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
      int32_t whole = -1;
      const auto dimension = checking_.dimensions.find(NormalizeName(entry.indicator.text));
      if (dimension != checking_.dimensions.end()) {
        whole = dimension->second;
        targets = model_.dimensions[static_cast<size_t>(whole)].indicators;
      } else if (const auto index = FindIndicator(entry.indicator)) {
        targets = {*index};
        model_.indicators[static_cast<size_t>(*index)].scored = true;
      }
      if (targets.empty()) continue;
      for (const DatedFormula& dated : entry.weight) {
        if (const auto amount = Amount(dated.formula)) {
          shares.push_back({targets, dated.from, *amount, dated.formula.span, whole});
        }
      }
    }
    return shares;
  }

  TermId Condition(const Formula& formula) {
    if (!formula.present()) return TermId::None();
    return SubjectCondition(checking_, formula, Stage::kValues);
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
    const DateRange& effective = checking_.file.effective;
    if (effective.from || since_ever || base_.empty()) {
      stretches_.push_back({effective.from, effective.until});
    }
    for (const Date date : changes) {
      if (effective.from && date <= *effective.from) continue;
      if (effective.until && date > *effective.until) continue;
      if (!stretches_.empty()) stretches_.back().last = Date{date.days - 1};
      stretches_.push_back({date, effective.until});
    }
  }

  // Where the weight of each indicator is written.
  std::vector<Span> BaseSpans() const {
    std::vector<Span> spans(Count(), decl_.span);
    for (size_t i = base_.size(); i-- > 0;) {
      spans[static_cast<size_t>(base_[i].indicators[0])] = base_[i].span;
    }
    return spans;
  }

  // Those whose date has come, the latest last.
  static std::vector<Share> InOrder(std::vector<Share> shares, const WeightStretch& stretch) {
    std::stable_sort(shares.begin(), shares.end(),
                     [](const Share& a, const Share& b) { return a.from < b.from; });
    const auto open = [&](const Share& s) { return !stretch.Holds(s.from, std::nullopt); };
    shares.erase(std::remove_if(shares.begin(), shares.end(), open), shares.end());
    return shares;
  }

  // The amount of the last entry whose date has come.
  void Apply(const std::vector<Share>& shares, const WeightStretch& stretch, WeightVector& weights,
             std::set<int32_t>& named) const {
    for (const Share& share : InOrder(shares, stretch)) {
      Number before;
      for (const int32_t index : share.indicators) before += weights[static_cast<size_t>(index)];
      for (const int32_t index : share.indicators) {
        Number& weight = weights[static_cast<size_t>(index)];
        if (share.indicators.size() == 1) {
          weight = share.amount;
        } else if (!before.IsZero()) {
          weight = weight * share.amount / before;
        }
        named.insert(index);
      }
    }
  }

  void Normalise(WeightVector& weights, const WeightStretch& stretch) const {
    const Number sum = SumOf(model_, weights, stretch);
    if (sum.IsZero()) return;
    for (Number& weight : weights) weight = weight / sum;
  }

  // Parts of a dimension that has a weight of its own are parts of that weight.
  void NormaliseWithin(WeightVector& weights, const OwnWeights& own_weights) const {
    for (const auto& [dimension, own] : own_weights) {
      const auto& children = model_.dimensions[static_cast<size_t>(dimension)].indicators;
      Number sum;
      for (const int32_t child : children) sum += weights[static_cast<size_t>(child)];
      if (sum.IsZero()) continue;
      for (const int32_t child : children) {
        Number& weight = weights[static_cast<size_t>(child)];
        weight = weight * own / sum;
      }
    }
  }

  // Weights of what is not in force count for nothing.
  void DropAbsent(WeightVector& weights, const WeightStretch& stretch) const {
    for (size_t i = 0; i < weights.size(); ++i) {
      if (!Counts(model_, i, stretch)) weights[i] = Number();
    }
  }

  void BuildBase() {
    for (const WeightStretch& stretch : stretches_) {
      WeightVector weights(Count());
      std::set<int32_t> named;
      Apply(base_, stretch, weights, named);
      DropAbsent(weights, stretch);
      base_parts_.push_back(weights);
      if (decl_.normalise) {
        NormaliseWithin(weights, own_weights_);
        Normalise(weights, stretch);
      }
      model_.base_weights.push_back({stretch.first, std::move(weights)});
    }
  }

  void BuildProfiles() {
    for (size_t p = 0; p < model_.profiles.size(); ++p) {
      const bool parts = decl_.normalise && decl_.profiles[p].rest != RestPolicy::kRescale;
      for (size_t s = 0; s < stretches_.size(); ++s) {
        WeightVector weights = parts ? PartsUnder(p, s) : SharesUnder(p, s);
        if (decl_.normalise) Normalise(weights, stretches_[s]);
        model_.profiles[p].weights.push_back({stretches_[s].first, std::move(weights)});
      }
    }
  }

  WeightVector SharesUnder(size_t profile, size_t s) const {
    WeightVector weights = model_.base_weights[s].weights;
    std::set<int32_t> named;
    Apply(profile_shares_[profile], stretches_[s], weights, named);
    DropAbsent(weights, stretches_[s]);
    if (decl_.profiles[profile].rest == RestPolicy::kRescale) {
      Rescale(model_, weights, named, stretches_[s]);
    }
    return weights;
  }

  // What a profile gives is parts, as what it leaves alone: a part of its dimension where that has
  // a weight of its own, or else, for a dimension as a whole, that weight.
  WeightVector PartsUnder(size_t profile, size_t s) const {
    std::map<int32_t, Number> own(own_weights_.begin(), own_weights_.end());
    std::vector<Share> shares = profile_shares_[profile];
    for (Share& share : shares) {
      if (share.dimension >= 0) continue;
      const auto found = own.find(At(share.indicators[0]).dimension);
      if (found != own.end()) share.amount = share.amount * found->second;
    }
    WeightVector weights = base_parts_[s];
    std::set<int32_t> named;
    Apply(shares, stretches_[s], weights, named);
    DropAbsent(weights, stretches_[s]);
    for (const Share& share : InOrder(shares, stretches_[s])) {
      const auto found = own.find(share.dimension);
      if (found != own.end()) found->second = share.amount;
    }
    NormaliseWithin(weights, {own.begin(), own.end()});
    return weights;
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
  OwnWeights own_weights_;
  std::vector<WeightVector> base_parts_;  // by stretch, as written
  std::vector<Share> base_;
  std::vector<std::vector<Share>> profile_shares_;
  std::vector<WeightStretch> stretches_;
};

}  // namespace

void CheckWeights(Checking& checking) {
  if (!checking.file.weights.span.valid() && checking.model.indicators.empty()) return;
  WeightWalker(checking).Run();
}

}  // namespace steelyard
