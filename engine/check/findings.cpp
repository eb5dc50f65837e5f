// Conditions that can never hold or never fail, divisions by what can be 0, indicators that have
// ended and are still used.
#include "engine/check/findings.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "engine/base/text.h"
#include "engine/check/check.h"

namespace steelyard {
namespace {

class FindingWalker {
 public:
  explicit FindingWalker(Checking& checking)
      : checking_(checking),
        model_(checking.model),
        figures_(checking.model),
        ranges_(checking.model, figures_),
        possibility_(checking.model, figures_, ranges_) {
    if (model_.subject_where.valid()) {
      subject_.push_back(Need::Truth(model_.subject_where, kHolds));
    }
  }

  void Run() {
    JudgeConditions();
    for (const IndicatorModel& indicator : model_.indicators) FindDivision(indicator);
    FindEnded();
  }

 private:
  using Needs = std::vector<Need>;

  bool CanHold(Needs needs, const Need& more) {
    needs.push_back(more);
    return possibility_.CanHold(needs);
  }

  // --- conditions -------------------------------------------------------------------------------

  void JudgeConditions() {
    for (const auto* gates : {&model_.vetoes, &model_.interlocks, &model_.alerts, &model_.additions,
                              &model_.entitlements}) {
      for (const GateModel& gate : *gates) {
        if (!IsImported(checking_, gate.span)) Judge(gate.condition, subject_);
      }
    }
    for (const IndicatorModel& indicator : model_.indicators) {
      if (!IsImported(checking_, indicator.decl->id.span)) Judge(indicator.when, subject_);
    }
    JudgeProfiles();
    for (const AdjustmentModel& adjustment : model_.adjustments) {
      Needs needs = subject_;
      needs.push_back(DatesWithin(adjustment.from, adjustment.until));
      Judge(adjustment.when, needs);
    }
  }

  // The dates that both the card and the thing are in force.
  Need DatesWithin(std::optional<Date> from, std::optional<Date> until) const {
    const DateRange& card = model_.effective;
    if (card.from && (!from || *from < *card.from)) from = card.from;
    if (card.until && (!until || *until > *card.until)) until = card.until;
    return Need::Dates(from, until);
  }

  // The first profile that holds is taken.
  void JudgeProfiles() {
    Needs above = subject_;
    for (const ProfileModel& profile : model_.profiles) {
      if (!profile.when.valid()) return;
      if (Judge(profile.when, subject_) && !CanHold(above, Need::Truth(profile.when, kHolds))) {
        checking_.sink.Report(DiagKind::kProfileNever, profile.span, {profile.name});
      }
      above.push_back(Need::Truth(profile.when, kHoldsNot));
    }
  }

  // May the condition both hold and fail? Told where not. What is `true` or hangs on constants only
  // was written so on purpose.
  bool Judge(TermId condition, const Needs& needs) {
    if (!condition.valid() || ConstantValue(model_, condition)) return true;
    const bool holds = CanHold(needs, Need::Truth(condition, kHolds));
    if (holds && CanHold(needs, Need::Truth(condition, kFails))) return true;
    const Term& term = model_.term(condition);
    if (!holds) {
      const TermId culprit = Culprit(condition, needs);
      Explain(culprit, checking_.sink.Report(DiagKind::kNeverHolds, model_.term(culprit).span));
    } else {
      Explain(condition, checking_.sink.Report(DiagKind::kNeverFails, term.span));
    }
    return holds;
  }

  // The part of a condition that cannot hold by itself.
  TermId Culprit(TermId condition, const Needs& needs) {
    const Term& term = model_.term(condition);
    if (term.kind != TermKind::kMap || term.map != MapOp::kAnd) return condition;
    for (const TermId part : term.inputs) {
      if (!CanHold(needs, Need::Truth(part, kHolds))) return Culprit(part, needs);
    }
    return condition;
  }

  void Explain(TermId condition, Diagnostic& diagnostic) {
    const Term& term = model_.term(condition);
    if (term.kind != TermKind::kMap) return;
    if (term.map == MapOp::kAnd) {
      diagnostic.Because(HelpKind::kPartsExclude);
      return;
    }
    if (term.inputs.size() < 2) return;
    for (size_t i = 0; i < 2; ++i) {
      const Interval range = ranges_.Of(term.inputs[i]);
      if (!ConstantValue(model_, term.inputs[1 - i]) || (!range.low && !range.high)) continue;
      const Type& type = model_.term(term.inputs[i]).type;
      diagnostic.Because(HelpKind::kIsAlways, {Describe(range, type)});
      return;
    }
  }

  // --- divisions --------------------------------------------------------------------------------

  // A weighted indicator without a word on what to do where it has no value: the first division in
  // it that may have none. Row by row, inside an aggregate, what has no value is passed over.
  void FindDivision(const IndicatorModel& indicator) {
    const bool said = indicator.decl->missing.policy != MissingPolicy::kDefault ||
                      checking_.file.missing.policy != MissingPolicy::kDefault;
    const bool here = !IsImported(checking_, indicator.decl->id.span);
    if (said || !here || !indicator.scored || !indicator.has_points) return;
    Needs needs = subject_;
    if (indicator.when.valid()) needs.push_back(Need::Truth(indicator.when, kHolds));
    LookAhead(indicator.value);
    std::vector<TermId> roots = {indicator.value};
    const ScoreForm form = indicator.decl->score.form;
    if (form == ScoreForm::kRatio || form == ScoreForm::kFormula) {
      LookAhead(indicator.points);
      roots.push_back(indicator.points);
    }
    const TermId found = FirstZeroDivisor(roots, needs);
    if (!found.valid()) return;
    checking_.sink.Report(DiagKind::kMayDivideByZero, model_.term(found).span, {indicator.id})
        .Because(HelpKind::kSayMissing)
        .Because(HelpKind::kSayInstead);
  }

  TermId FirstZeroDivisor(const std::vector<TermId>& roots, const Needs& needs) {
    TermId found;
    PlaceWalk walk(model_, [&](TermId id, const Needs& under) {
      if (found.valid()) return false;
      if (const auto known = divisors_.find(id); known != divisors_.end()) {
        // What has none for everybody has none under more conditions either.
        if (!known->second.valid()) return false;
        if (under.size() == subject_.size()) {
          found = known->second;
          return false;
        }
      }
      found = ZeroDivisor(id, under);
      return !found.valid() && GoesInto(model_.term(id));
    });
    for (const TermId root : roots) walk.Run(root, needs);
    return found;
  }

  // Values build one upon the other: what each divides by is looked for once, from below, and not
  // again for every indicator that uses it.
  void LookAhead(TermId root) {
    std::vector<TermId> formulas;
    std::vector<TermId> open = {root};
    while (!open.empty()) {
      const TermId id = open.back();
      open.pop_back();
      if (!id.valid() || !looked_at_.insert(id).second) continue;
      const Term& term = model_.term(id);
      if (!GoesInto(term)) continue;
      if (term.kind == TermKind::kDefinition) {
        open.push_back(model_.definition(term.definition).term);
        if (open.back().valid()) formulas.push_back(open.back());
      }
      open.insert(open.end(), term.inputs.begin(), term.inputs.end());
    }
    std::sort(formulas.begin(), formulas.end());
    for (const TermId formula : formulas) {
      if (divisors_.count(formula) == 0) {
        divisors_.emplace(formula, FirstZeroDivisor({formula}, subject_));
      }
    }
  }

  // An indicator with a weight answers for itself.
  bool GoesInto(const Term& term) const {
    if (term.kind == TermKind::kMap || term.kind == TermKind::kTime) return true;
    if (term.kind != TermKind::kDefinition) return false;
    const Definition& definition = model_.definition(term.definition);
    return definition.indicator < 0 ||
           !model_.indicators[static_cast<size_t>(definition.indicator)].scored;
  }

  // What the term divides by, if that can be 0.
  TermId ZeroDivisor(TermId id, const Needs& under) {
    const Term& term = model_.term(id);
    const bool divides =
        term.kind == TermKind::kMap && (term.map == MapOp::kDivide || term.map == MapOp::kMod);
    if (!divides) return TermId::None();
    Needs needs = under;
    needs.push_back(Need::Present(id, false));  // and it does matter that it is missing
    return CanHold(needs, Need::Equal(term.inputs[1], Number())) ? term.inputs[1] : TermId::None();
  }

  // --- ended indicators -------------------------------------------------------------------------

  // Which formulas use an indicator that ends: what a formula uses comes before it.
  void NoteEnding() {
    uses_ending_.assign(model_.terms.size(), true);
    for (size_t i = 0; i < model_.terms.size(); ++i) {
      const Term& term = model_.terms[i];
      const IndicatorModel* used = Used(term);
      bool uses = used != nullptr && used->until;
      const auto add = [&](TermId id) {
        if (id.valid()) uses = uses || uses_ending_[id.index()];
      };
      if (used == nullptr && term.kind == TermKind::kDefinition) {
        add(model_.definition(term.definition).term);
      }
      std::for_each(term.inputs.begin(), term.inputs.end(), add);
      std::for_each(term.keys.begin(), term.keys.end(), add);
      add(term.condition);
      uses_ending_[i] = uses;
    }
  }

  void FindEnded() {
    const bool any = std::any_of(model_.indicators.begin(), model_.indicators.end(),
                                 [&](const IndicatorModel& i) { return EndsEarly(i, {}); });
    if (!any) return;
    NoteEnding();
    for (const IndicatorModel& indicator : model_.indicators) {
      const bool here = !IsImported(checking_, indicator.decl->id.span);
      if (here && indicator.status != Status::kDraft) FindEnded(indicator.value, indicator.until);
    }
    for (const auto* gates : {&model_.vetoes, &model_.interlocks, &model_.alerts, &model_.additions,
                              &model_.entitlements}) {
      for (const GateModel& gate : *gates) {
        FindEnded(gate.condition, {});
        for (const EffectModel& effect : gate.effects) FindEnded(effect.amount, {});
      }
    }
    for (const OutcomeModel& outcome : model_.outcomes) FindEnded(outcome.term, {});
    FindEndedWeights();
  }

  // Does the indicator end before the card, or before what uses it ends?
  bool EndsEarly(const IndicatorModel& indicator, const std::optional<Date>& user) const {
    if (!indicator.until) return false;
    const auto& card = model_.effective.until;
    return !((user && *user <= *indicator.until) || (card && *card <= *indicator.until));
  }

  const IndicatorModel* Used(const Term& term) const {
    int32_t index = -1;
    if (term.kind == TermKind::kDefinition) index = model_.definition(term.definition).indicator;
    // Its weight has a value still: 0.
    const bool scoring =
        term.kind == TermKind::kScoring &&
        (term.scoring == ScoringFigure::kPoints || term.scoring == ScoringFigure::kAttainment ||
         term.scoring == ScoringFigure::kMeetsTarget);
    if (scoring) index = term.index;
    return index < 0 ? nullptr : &model_.indicators[static_cast<size_t>(index)];
  }

  void FindEnded(TermId root, const std::optional<Date>& user) {
    bool told = false;
    PlaceWalk walk(model_, [&](TermId id, const Needs& under) {
      const Term& term = model_.term(id);
      // Earlier periods know it.
      if (told || term.kind == TermKind::kTime || !uses_ending_[id.index()]) return false;
      const IndicatorModel* used = Used(term);
      if (used == nullptr) return true;
      if (EndsEarly(*used, user)) {
        const Need after = DatesWithin(Date{used->until->days + 1}, user);
        told = CanHold(under, after);
        if (told) ReportEnded(*used, term.span);
      }
      return false;
    });
    walk.Run(root, subject_);
  }

  void ReportEnded(const IndicatorModel& ended, Span span) {
    if (!told_.insert(span).second) return;
    const IndicatorDecl& decl = *ended.decl;
    Diagnostic& diagnostic =
        checking_.sink.Report(DiagKind::kEndedUsed, span, {ended.id, decl.until->ToString()});
    AddSuccessor(decl, diagnostic);
  }

  static void AddSuccessor(const IndicatorDecl& decl, Diagnostic& diagnostic) {
    if (decl.replaced_by.present()) {
      diagnostic.Because(HelpKind::kReplacedBy, {decl.replaced_by.text});
    }
    diagnostic.Because(HelpKind::kEndedHere, {}, decl.id.span);
  }

  // Within the card's dates the weights by date say what counts when.
  void FindEndedWeights() {
    const WeightsDecl& weights = checking_.file.weights;
    for (const DimensionDecl& dimension : weights.dimensions) FindEndedWeights(dimension.entries);
    for (const ProfileDecl& profile : weights.profiles) FindEndedWeights(profile.set);
    for (const AdjustmentDecl& adjustment : weights.adjustments) {
      FindEndedWeights(adjustment.set);
      FindEndedWeights(adjustment.change);
    }
  }

  void FindEndedWeights(const std::vector<WeightEntry>& entries) {
    for (const WeightEntry& entry : entries) {
      const auto found = checking_.indicators.find(NormalizeName(entry.indicator.text));
      if (found == checking_.indicators.end()) continue;
      const IndicatorModel& indicator = model_.indicators[static_cast<size_t>(found->second)];
      const auto& begins = model_.effective.from;
      if (!indicator.until || !begins || *indicator.until >= *begins) continue;
      AddSuccessor(*indicator.decl,
                   checking_.sink.Report(DiagKind::kWeightEnded, entry.indicator.span,
                                         {indicator.id, indicator.until->ToString()}));
    }
  }

  Checking& checking_;
  const Model& model_;
  Figures figures_;
  Ranges ranges_;
  Possibility possibility_;
  std::vector<Need> subject_;  // what holds for all that are scored
  std::set<Span> told_;
  // By formula: the first divisor in it that can be 0 for somebody who is scored; not valid: none.
  std::unordered_map<TermId, TermId> divisors_;
  std::unordered_set<TermId> looked_at_;
  std::vector<bool> uses_ending_;  // by term
};

}  // namespace

void FindAll(Checking& checking) {
  if (!checking.file.scorecard.present() || checking.file.is_command_line) return;
  FindingWalker(checking).Run();
  FindUnused(checking);
}

}  // namespace steelyard
