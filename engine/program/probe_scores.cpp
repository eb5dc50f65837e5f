#include "engine/program/probe_scores.h"

#include "engine/check/range.h"

namespace steelyard {
namespace {

const Type kBool = Type::Of(TypeKind::kBool);

class ScoreProber {
 public:
  ScoreProber(ProbeList& list, const IndicatorModel& indicator, Interval possible)
      : list_(list),
        model_(list.model()),
        indicator_(indicator),
        decl_(*indicator.decl),
        possible_(std::move(possible)),
        walk_(list, indicator.id, indicator.name, {decl_.score.span, decl_.id.span}) {}

  void Run() {
    walk_.Visit(indicator_.value, NodeId::None());
    walk_.Visit(indicator_.when, NodeId::None());
    walk_.Visit(indicator_.target, NodeId::None());
    if (indicator_.audit.valid()) ProbeAudit();
    if (!indicator_.has_points || !indicator_.scored) return;
    points_ = list_.Lower(indicator_.points);
    applies_ = list_.Applies(indicator_);
    ProbeMissing();
    const TermId clamped = At(indicator_.points).inputs[1];
    ProbeForm(At(clamped).inputs[0]);
  }

 private:
  const Term& At(TermId id) const { return model_.term(id); }

  Probe Start(ProbeKind kind, Span span, std::string text = "") const {
    Probe probe;
    probe.kind = kind;
    probe.span = span;
    probe.id = indicator_.id;
    probe.name = indicator_.name;
    probe.text = std::move(text);
    return probe;
  }

  void Add(Probe probe, NodeId reached) {
    probe.reached = list_.Both(applies_, reached);
    list_.Add(std::move(probe), points_);
  }

  void ProbeAudit() {
    const NodeId outside = list_.Lower(indicator_.audit);
    Probe probe = Start(ProbeKind::kAlert, decl_.audit_range.span);
    probe.id += ".audit";
    probe.outcome = ProbeOutcome::kHolds;
    probe.reached = outside;
    list_.Add(probe, outside);
    probe.outcome = ProbeOutcome::kFails;
    probe.reached = list_.Not(outside);
    list_.Add(std::move(probe), outside);
  }

  // Where someone has written what is to be done.
  void ProbeMissing() {
    const bool own = decl_.missing.policy != MissingPolicy::kDefault;
    const bool of_file = model_.file->missing.policy != MissingPolicy::kDefault;
    if ((!own && !of_file) || !CanBeMissing(model_, indicator_.value)) return;
    Add(own ? Start(ProbeKind::kMissing, decl_.missing.span)
            : Start(ProbeKind::kMissing, decl_.id.span, Word(indicator_.missing)),
        list_.IsMissing(points_));
  }

  static std::string Word(MissingPolicy policy) {
    constexpr const char* kWords[] = {"", "redistribute", "zero", "points", "carry", "error"};
    return kWords[static_cast<size_t>(policy)];
  }

  void ProbeForm(TermId raw) {
    switch (decl_.score.form) {
      case ScoreForm::kBands: return ProbeBands(raw);
      case ScoreForm::kLinear:
      case ScoreForm::kRating: return ProbeCurve(At(raw));
      case ScoreForm::kTiers: return ProbeTiers(raw);
      default: break;
    }
    walk_.Visit(raw, applies_);
    if (decl_.score.form == ScoreForm::kRatio || decl_.score.cap.present()) ProbeCap(raw);
  }

  void ProbeCap(TermId raw) {
    const Span span = decl_.score.cap.present() ? decl_.score.cap.span : decl_.score.span;
    const NodeId cap = list_.builder().Constant(indicator_.cap);
    const NodeId value = list_.Lower(raw);
    const NodeId capped = list_.builder().Map(MapOp::kGreaterEqual, {value, cap}, kBool);
    Probe probe = Start(ProbeKind::kCap, span, FormatSignificant(indicator_.cap));
    probe.outcome = ProbeOutcome::kHolds;
    Add(probe, capped);
    probe.outcome = ProbeOutcome::kFails;
    Add(std::move(probe), list_.Not(capped));
  }

  // Each takes what the bands above it leave.
  void ProbeBands(TermId raw) {
    NodeId open = applies_;
    for (const Band& band : decl_.score.bands) {
      if (band.is_else) return Add(Start(ProbeKind::kBand, band.span, "else"), open);
      const Term& choice = At(raw);
      const TermId condition = choice.inputs[0];
      const NodeId holds = list_.Lower(condition);
      // A condition on the value alone says no more than its band.
      if (!HoldsFor(model_, condition, indicator_.definition)) walk_.VisitBelow(condition, open);
      Add(Start(ProbeKind::kBand, band.span, band.condition.source.text), list_.Both(open, holds));
      open = list_.Both(open, list_.Not(holds));
      raw = choice.inputs[2];
    }
  }

  // The stretches between the points, and what lies beyond the first and the last one. A point
  // belongs to the stretch below it; the first and the last one to what lies beyond.
  void ProbeCurve(const Term& curve) {
    const std::vector<TermId>& inputs = curve.inputs;
    std::optional<Number> before;
    for (size_t i = 1; i + 1 < inputs.size(); i += 2) {
      const Term& at = At(inputs[i]);
      Interval stretch;
      stretch.low = before;
      stretch.low_open = true;
      stretch.high = at.constant.number();
      stretch.high_open = before.has_value() && i + 3 > inputs.size();
      AddStretch(curve, stretch, SpanOf(at));
      before = at.constant.number();
    }
    Interval rest;
    rest.low = before;
    AddStretch(curve, rest, SpanOf(At(inputs[inputs.size() - 2])));
  }

  Span SpanOf(const Term& at) const {
    return decl_.score.form == ScoreForm::kRating ? decl_.score.scale.span : at.span;
  }

  void AddStretch(const Term& curve, const Interval& stretch, Span span) {
    if (Intersection({stretch}, {possible_}).empty()) return;
    const NodeId value = list_.Lower(curve.inputs[0]);
    NodeId inside;
    const auto bound = [&](const std::optional<Number>& number, MapOp op) {
      if (!number) return;
      const NodeId limit = list_.builder().Constant(*number, At(curve.inputs[0]).type);
      inside = list_.Both(inside, list_.builder().Map(op, {value, limit}, kBool));
    };
    bound(stretch.low, stretch.low_open ? MapOp::kGreater : MapOp::kGreaterEqual);
    bound(stretch.high, stretch.high_open ? MapOp::kLess : MapOp::kLessEqual);
    Add(Start(ProbeKind::kSegment, span, Describe(stretch, indicator_.shown)), inside);
  }

  // From the hardest level down; the checker asks for each in turn.
  void ProbeTiers(TermId raw) {
    NodeId open = applies_;
    TermId level;
    std::string word;
    while (At(raw).kind == TermKind::kMap && At(raw).map == MapOp::kIf &&
           At(raw).span == decl_.score.span) {
      const Term& choice = At(raw);
      const Term& reached = At(choice.inputs[0]);
      if (!level.valid() || reached.inputs[1] != level) {
        level = reached.inputs[1];
        walk_.Visit(level, applies_);
        const Tier* tier = TierAt(level);
        word = tier == nullptr ? "" : tier->level.text;
        const NodeId holds = list_.Lower(choice.inputs[0]);
        Add(Start(ProbeKind::kSegment, tier == nullptr ? At(level).span : tier->level.span, word),
            list_.Both(open, holds));
        open = list_.Both(open, list_.Not(holds));
      }
      raw = choice.inputs[2];
    }
    Add(Start(ProbeKind::kSegment, decl_.score.span, "< " + word), open);
  }

  const Tier* TierAt(TermId level) const {
    for (const Tier& tier : decl_.score.tiers) {
      if (tier.at.span.begin <= At(level).span.begin && At(level).span.end <= tier.at.span.end &&
          tier.at.span.file == At(level).span.file) {
        return &tier;
      }
    }
    return nullptr;
  }

  ProbeList& list_;
  const Model& model_;
  const IndicatorModel& indicator_;
  const IndicatorDecl& decl_;
  Interval possible_;
  ProbeWalk walk_;
  NodeId points_;
  NodeId applies_;
};

}  // namespace

void ProbeScores(ProbeList& list) {
  const Model& model = list.model();
  Figures figures(model);
  Ranges ranges(model, figures);
  for (const IndicatorModel& indicator : model.indicators) {
    if (!IsShown(model, indicator) || !indicator.value.valid()) continue;
    ScoreProber(list, indicator, ranges.Of(indicator.value)).Run();
  }
}

}  // namespace steelyard
