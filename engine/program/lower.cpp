// The scoring stage as columns: points, weights, score, interlocks, vetoes, grade, outcomes. It is
// not a second engine but more of the same program; the steps are those of docs/language.md.
#include "engine/program/lower.h"

#include <algorithm>

#include "engine/base/check.h"
#include "engine/program/probes.h"
#include "engine/program/prune.h"
#include "engine/program/terms.h"

namespace steelyard {
namespace {

const Type kBool = Type::Of(TypeKind::kBool);

class Lowering {
 public:
  explicit Lowering(const Model& model, bool traced = false)
      : model_(model), builder_(model.schema), terms_(model, builder_) {
    builder_.program().subject = model.subject;
    if (!traced) return;
    trace_.emplace();
    trace_->indicators.resize(model.indicators.size());
    terms_.SetApart();
  }

  Program Run(bool with_probes = false) {
    LowerDefinitions();
    if (model_.subject_where.valid()) {
      builder_.program().selected = Subject(terms_.Lower(model_.subject_where));
    }
    for (size_t i = 0; i < model_.indicators.size(); ++i) LowerIndicator(i);
    LowerWeights();
    LowerScore();
    LowerAdditions();
    LowerInterlocks();
    score_ = builder_.Map(MapOp::kRound, {score_, Number(model_.rounding)});
    Step({StepKind::kRound});
    LowerDistribution();
    LowerVetoes();
    LowerAlerts();
    LowerOutcomes();
    LowerPay();
    LowerTargets();
    Finish();
    if (with_probes) AddProbes(model_, builder_, terms_);
    return Pruned(builder_.program());
  }

  Program RunFormula(TermId term) {
    LowerDefinitions();
    builder_.program().score = terms_.Lower(term);
    return Pruned(builder_.program());
  }

 private:
  // Lets constants be written in place.
  struct Builder2 : Builder {
    using Builder::Builder;
    struct Operand {
      NodeId id;
      std::optional<Value> value;
      Operand(NodeId node) : id(node) {}            // NOLINT(google-explicit-constructor)
      Operand(Number number) : value(number) {}     // NOLINT(google-explicit-constructor)
      Operand(bool truth) : value(Value(truth)) {}  // NOLINT(google-explicit-constructor)
    };
    NodeId Map(MapOp op, const std::vector<Operand>& operands, Type type = Type::Plain()) {
      std::vector<NodeId> inputs;
      for (const Operand& operand : operands) {
        inputs.push_back(operand.value ? Constant(*operand.value,
                                                  operand.value->is_bool() ? kBool : Type::Plain())
                                       : operand.id);
      }
      return Builder::Map(op, std::move(inputs), std::move(type));
    }
  };

  NodeId Subject(NodeId id) { return builder_.At(id, model_.subject); }
  // Keeps a column for explanations.
  void Note(NodeId Trace::*place, NodeId id) {
    if (trace_) (*trace_).*place = Subject(id);
  }
  void Note(std::vector<NodeId> Trace::*list, NodeId id) {
    if (trace_) ((*trace_).*list).push_back(Subject(id));
  }
  void Note(size_t indicator, NodeId IndicatorTrace::*place, NodeId id) {
    if (trace_) trace_->indicators[indicator].*place = Subject(id);
  }
  // Where `after` is left out, it is the score as it stands.
  void Step(ScoreStep step) {
    if (!trace_) return;
    if (!step.after.valid()) step.after = score_;
    for (NodeId* id : {&step.holds, &step.amount, &step.after}) {
      if (id->valid()) *id = Subject(*id);
    }
    trace_->steps.push_back(step);
  }
  NodeId None(MissingCause cause, Type type = Type::Plain()) {
    return builder_.Constant(cause, std::move(type));
  }

  // In the order of the file, so that no chain of names is followed far down at once.
  void LowerDefinitions() {
    for (const Definition& definition : model_.definitions) {
      const bool plain = definition.kind != DefinitionKind::kOutcome &&
                         definition.kind != DefinitionKind::kPool && !definition.is_list;
      if (plain && definition.term.valid() && definition.used) terms_.Lower(definition.term);
    }
  }

  // --- indicators -------------------------------------------------------------------------------

  NodeId WithPolicy(const IndicatorModel& indicator, NodeId points) {
    switch (indicator.missing) {
      case MissingPolicy::kZero: return builder_.Map(MapOp::kCoalesce, {points, Number(0)});
      case MissingPolicy::kPoints:
        return builder_.Map(MapOp::kCoalesce, {points, terms_.Lower(indicator.missing_points)});
      case MissingPolicy::kCarry: return terms_.Carried(points);
      default: return points;
    }
  }

  void LowerIndicator(size_t index) {
    const IndicatorModel& indicator = model_.indicators[index];
    points_.push_back(None(MissingCause::kNotInForce));
    LowerTarget(indicator);
    if (!IsShown(model_, indicator)) return;
    IndicatorOutput output;
    output.id = indicator.id;
    output.name = indicator.name;
    output.shown = indicator.shown;
    output.decimals = indicator.decimals;
    NodeId value = terms_.IndicatorValue(model_.definition(indicator.definition));
    if (trace_) trace_->indicators[index].value = value;
    const bool carries = indicator.missing == MissingPolicy::kCarry;
    output.value = Subject(carries ? terms_.Carried(value) : value);
    if (indicator.has_points) {
      const NodeId raw = terms_.Lower(indicator.points);
      const NodeId applies = terms_.Applies(indicator);
      points_.back() = builder_.Map(
          MapOp::kIf, {applies, WithPolicy(indicator, raw), None(MissingCause::kNotInForce)});
      Note(index, &IndicatorTrace::applies, applies);
      Note(index, &IndicatorTrace::raw, raw);
      Note(index, &IndicatorTrace::points, points_.back());
      if (indicator.missing == MissingPolicy::kError && indicator.scored) {
        output.rejects = Subject(builder_.Map(
            MapOp::kAnd, {applies, builder_.Map(MapOp::kIsMissing, {raw}, kBool)}, kBool));
      }
    }
    if (indicator.when.valid() && indicator.scored) {
      const NodeId unknown = builder_.Map(MapOp::kIsMissing, {terms_.Lower(indicator.when)}, kBool);
      builder_.program().review.push_back({indicator.id, Subject(unknown)});
    }
    AlertsOf(indicator, value);
    shown_.push_back(index);
    builder_.program().indicators.push_back(std::move(output));
  }

  void LowerTarget(const IndicatorModel& indicator) {
    const auto lowered = [&](TermId term) {
      return term.valid() ? terms_.Lower(term) : NodeId::None();
    };
    terms_.scoring.meets_target.push_back(lowered(indicator.target));
    terms_.scoring.attainments.push_back(lowered(indicator.attainment));
  }

  // Alerts that an indicator raises by itself.
  void AlertsOf(const IndicatorModel& indicator, NodeId value) {
    if (indicator.audit.valid()) {
      own_alerts_.push_back({indicator.id + ".audit", Subject(terms_.Lower(indicator.audit))});
    }
    if (indicator.missing == MissingPolicy::kCarry) {
      const NodeId lacking = builder_.Map(MapOp::kIsMissing, {value}, kBool);
      const NodeId found = builder_.Map(
          MapOp::kNot, {builder_.Map(MapOp::kIsMissing, {terms_.Carried(value)}, kBool)}, kBool);
      own_alerts_.push_back(
          {indicator.id + ".carried", Subject(builder_.Map(MapOp::kAnd, {lacking, found}, kBool))});
    }
  }

  // --- weights ----------------------------------------------------------------------------------

  // The weight of the last stretch that has begun.
  NodeId ByDate(const std::vector<DatedWeights>& dated, size_t index) {
    NodeId weight = builder_.Constant(Number());
    for (size_t i = 0; i < dated.size(); ++i) {
      const NodeId amount = builder_.Constant(dated[i].weights[index]);
      // Nothing is scored before `effective:` begins, so no earlier weight is looked for.
      const bool always = dated[i].from == model_.effective.from;
      weight = always ? amount
                      : builder_.Map(MapOp::kIf, {builder_.InForce(dated[i].from, std::nullopt),
                                                  amount, weight});
    }
    return weight;
  }

  void LowerWeights() {
    for (size_t i = 0; i < model_.indicators.size(); ++i) {
      NodeId weight = ByDate(model_.base_weights, i);
      Note(i, &IndicatorTrace::base, weight);
      for (size_t p = model_.profiles.size(); p-- > 0;) {
        const ProfileModel& profile = model_.profiles[p];
        const NodeId holds =
            profile.when.valid() ? terms_.Lower(profile.when) : builder_.Constant(true, kBool);
        weight = builder_.Map(MapOp::kIfTrue, {holds, ByDate(profile.weights, i), weight});
      }
      weights_.push_back(weight);
      Note(i, &IndicatorTrace::profile, weight);
    }
    for (const ProfileModel& profile : model_.profiles) {
      Note(&Trace::profiles,
           profile.when.valid() ? terms_.Lower(profile.when) : builder_.Constant(true, kBool));
    }
    for (const AdjustmentModel& adjustment : model_.adjustments) LowerAdjustment(adjustment);
  }

  void LowerAdjustment(const AdjustmentModel& adjustment) {
    NodeId holds = builder_.InForce(adjustment.from, adjustment.until);
    if (adjustment.when.valid()) {
      holds = builder_.Map(MapOp::kAnd, {holds, terms_.Lower(adjustment.when)}, kBool);
    }
    std::vector<bool> named(weights_.size(), false);
    std::vector<NodeId> changed = weights_;
    for (const WeightChange& change : adjustment.changes) {
      const auto i = static_cast<size_t>(change.indicator);
      named[i] = true;
      changed[i] = change.set ? builder_.Constant(change.amount)
                              : builder_.Map(MapOp::kAdd, {changed[i], change.amount});
    }
    if (adjustment.rescale) Rescale(changed, named);
    for (size_t i = 0; i < weights_.size(); ++i) {
      weights_[i] = builder_.Map(MapOp::kIfTrue, {holds, changed[i], weights_[i]});
      if (trace_) trace_->indicators[i].adjusted.push_back(Subject(weights_[i]));
    }
    Note(&Trace::adjustments, holds);
  }

  void Rescale(std::vector<NodeId>& weights, const std::vector<bool>& named) {
    NodeId taken = builder_.Constant(Number());
    NodeId others = builder_.Constant(Number());
    for (size_t i = 0; i < weights.size(); ++i) {
      NodeId& sum = named[i] ? taken : others;
      sum = builder_.Map(MapOp::kAdd, {sum, weights[i]});
    }
    const NodeId left = builder_.Map(MapOp::kSubtract, {Number(1), taken});
    const NodeId factor = builder_.Map(MapOp::kSafeDivide, {left, others, Number(0)});
    for (size_t i = 0; i < weights.size(); ++i) {
      if (!named[i]) weights[i] = builder_.Map(MapOp::kMultiply, {weights[i], factor});
    }
  }

  // --- score ------------------------------------------------------------------------------------

  // Missing indicators weigh nothing: the others share the whole.
  void LowerScore() {
    for (size_t i = 0; i < weights_.size(); ++i) {
      const NodeId lacking = builder_.Map(MapOp::kIsMissing, {points_[i]}, kBool);
      counted_.push_back(builder_.Map(MapOp::kIf, {lacking, Number(0), weights_[i]}));
    }
    const NodeId whole = Sum(counted_);
    score_ = Quotient(Sum(Earned()), whole);
    for (const NodeId weight : counted_) shares_.push_back(Quotient(weight, whole));
    for (const DimensionModel& dimension : model_.dimensions) {
      terms_.scoring.dimension_weights.push_back(Quotient(Sum(Of(dimension, counted_)), whole));
    }
    terms_.scoring.weights = shares_;
    terms_.scoring.score = score_;
    terms_.scoring.grade = None(MissingCause::kWritten);
    TellPoints();
    Note(&Trace::weighted, score_);
    for (size_t i = 0; i < shares_.size(); ++i) Note(i, &IndicatorTrace::share, shares_[i]);
  }

  // Weight × points of each indicator, as the points stand now.
  std::vector<NodeId> Earned() {
    std::vector<NodeId> earned;
    for (size_t i = 0; i < points_.size(); ++i) {
      const NodeId points = builder_.Map(MapOp::kCoalesce, {points_[i], Number(0)});
      earned.push_back(builder_.Map(MapOp::kMultiply, {counted_[i], points}));
    }
    return earned;
  }

  static std::vector<NodeId> Of(const DimensionModel& dimension,
                                const std::vector<NodeId>& by_indicator) {
    std::vector<NodeId> nodes;
    for (const int32_t index : dimension.indicators) {
      nodes.push_back(by_indicator[static_cast<size_t>(index)]);
    }
    return nodes;
  }

  // What formulas see of points from here on; a dimension's are the weighted mean of its
  // children's.
  void TellPoints() {
    terms_.scoring.points = points_;
    terms_.scoring.dimension_points.clear();
    const std::vector<NodeId> earned = Earned();
    for (const DimensionModel& dimension : model_.dimensions) {
      terms_.scoring.dimension_points.push_back(
          Quotient(Sum(Of(dimension, earned)), Sum(Of(dimension, counted_))));
    }
  }

  NodeId Sum(const std::vector<NodeId>& parts) {
    NodeId sum = builder_.Constant(Number());
    for (const NodeId part : parts) sum = builder_.Map(MapOp::kAdd, {sum, part});
    return sum;
  }

  NodeId Quotient(NodeId part, NodeId whole) {
    const NodeId nothing = builder_.Map(MapOp::kEqual, {whole, Number(0)}, kBool);
    return builder_.Map(MapOp::kIf, {nothing, None(MissingCause::kNoRows),
                                     builder_.Map(MapOp::kDivide, {part, whole})});
  }

  // --- gates ------------------------------------------------------------------------------------

  struct Fired {
    NodeId holds;
    NodeId unknown;  // needs review
  };

  Fired Fire(const GateModel& gate, bool negate) {
    NodeId condition = terms_.Lower(gate.condition);
    if (negate) condition = builder_.Map(MapOp::kNot, {condition}, kBool);
    const bool trigger = gate.unknown == UnknownPolicy::kTrigger;
    Fired fired;
    fired.holds = trigger ? builder_.Map(MapOp::kCoalesce, {condition, true}, kBool)
                          : builder_.Map(MapOp::kIfTrue, {condition, true, false}, kBool);
    if (gate.unknown == UnknownPolicy::kReview) {
      fired.unknown = builder_.Map(MapOp::kIsMissing, {condition}, kBool);
    }
    return fired;
  }

  void Flag(const GateModel& gate, const Fired& fired, std::vector<FlagOutput>& list) {
    list.push_back({gate.id, Subject(fired.holds)});
    if (fired.unknown.valid()) {
      builder_.program().review.push_back({gate.id, Subject(fired.unknown)});
    }
  }

  NodeId Amount(const EffectModel& effect) {
    return effect.amount.valid() ? terms_.Lower(effect.amount) : builder_.Constant(Number(1));
  }

  // No veto betters a result.
  NodeId NotBelowZero(NodeId amount) { return builder_.Map(MapOp::kMax, {amount, Number(0)}); }

  void LowerAdditions() {
    NodeId total = builder_.Constant(Number());
    for (const GateModel& gate : model_.additions) {
      const Fired fired = Fire(gate, false);
      Note(&Trace::additions, fired.holds);
      for (const EffectModel& effect : gate.effects) {
        const MapOp op = effect.verb == EffectVerb::kSubtract ? MapOp::kSubtract : MapOp::kAdd;
        const NodeId amount = Amount(effect);
        const NodeId more = builder_.Map(op, {total, amount});
        total = builder_.Map(MapOp::kIfTrue, {fired.holds, more, total});
        Step({StepKind::kAddition, IndexIn(model_.additions, gate), IndexIn(gate.effects, effect),
              -1, fired.holds, amount, total});
      }
      if (fired.unknown.valid()) {
        builder_.program().review.push_back({gate.id, Subject(fired.unknown)});
      }
    }
    if (model_.additions.empty()) return;
    if (model_.additions_limit.valid()) {
      const NodeId limit = terms_.Lower(model_.additions_limit);
      total = builder_.Map(MapOp::kClamp, {total, builder_.Map(MapOp::kNegate, {limit}), limit});
      Step({StepKind::kLimit, -1, -1, -1, NodeId::None(), limit, total});
    }
    const NodeId sum = builder_.Map(MapOp::kAdd, {score_, total});
    score_ = builder_.Map(MapOp::kMax, {sum, Number(0)});
    Step({StepKind::kAdded, -1, -1, -1, NodeId::None(), total, score_});
  }

  void LowerInterlocks() {
    std::vector<NodeId> capped = points_;
    for (const GateModel& gate : model_.interlocks) {
      const Fired fired = Fire(gate, true);
      Note(&Trace::interlocks, fired.holds);
      for (const EffectModel& effect : gate.effects) {
        if (effect.indicator >= 0) {
          CapPoints(capped[static_cast<size_t>(effect.indicator)], effect, fired.holds);
          continue;
        }
        const MapOp op = effect.verb == EffectVerb::kFloor ? MapOp::kMax : MapOp::kMin;
        limits_.push_back({fired.holds, op, Amount(effect), IndexIn(model_.interlocks, gate),
                           IndexIn(gate.effects, effect)});
      }
      Flag(gate, fired, builder_.program().interlocks);
    }
    // Capped points first: the score loses what they lose; then the limits on the score itself.
    for (size_t i = 0; i < capped.size(); ++i) {
      if (capped[i] == points_[i]) continue;
      const NodeId lost = builder_.Map(MapOp::kSubtract, {points_[i], capped[i]});
      const NodeId part = builder_.Map(MapOp::kMultiply, {shares_[i], lost});
      score_ = builder_.Map(MapOp::kSubtract,
                            {score_, builder_.Map(MapOp::kCoalesce, {part, Number(0)})});
      Step({StepKind::kCapPoints, -1, -1, static_cast<int32_t>(i)});
    }
    for (const Limit& limit : limits_) {
      score_ = builder_.Map(MapOp::kIfTrue,
                            {limit.holds, builder_.Map(limit.op, {score_, limit.amount}), score_});
      Step({StepKind::kCapScore, limit.gate, limit.effect, -1, limit.holds, limit.amount});
    }
    points_ = capped;
    TellPoints();
  }

  template <class List, class Item>
  static int32_t IndexIn(const List& list, const Item& item) {
    return static_cast<int32_t>(&item - list.data());
  }

  void CapPoints(NodeId& points, const EffectModel& effect, NodeId holds) {
    const NodeId less = builder_.Map(MapOp::kMin, {points, Amount(effect)});
    points = builder_.Map(MapOp::kIfTrue, {holds, less, points});
  }

  // --- grades and vetoes ------------------------------------------------------------------------

  // Nobody who is rejected stands among the peers of forced grades and pools.
  NodeId Scored() {
    NodeId scored = builder_.Constant(true, kBool);
    for (const IndicatorOutput& indicator : builder_.program().indicators) {
      if (!indicator.rejects.valid()) continue;
      const NodeId kept = builder_.Map(MapOp::kIfTrue, {indicator.rejects, false, true}, kBool);
      scored = builder_.Map(MapOp::kAnd, {scored, kept}, kBool);
    }
    return scored;
  }

  void LowerDistribution() {
    terms_.scoring.scored = Scored();
    if (!model_.distribution) return;
    terms_.scoring.score = score_;
    rank_ = terms_.Lower(model_.distribution->rank);
    peers_ = terms_.Lower(model_.distribution->count);
    Note(&Trace::rank, rank_);
    Note(&Trace::peers, peers_);
  }

  // How many of the peers a share is.
  NodeId Quota(const Number& share) {
    const NodeId exact = builder_.Map(MapOp::kMultiply, {peers_, share});
    switch (model_.distribution->round) {
      case QuotaRounding::kDown: return builder_.Map(MapOp::kFloor, {exact});
      case QuotaRounding::kUp: return builder_.Map(MapOp::kCeil, {exact});
      case QuotaRounding::kNearest: break;
    }
    return builder_.Map(MapOp::kRound, {exact, Number(0)});
  }

  // The grade of a place among the peers. Who stands in no quota keeps the grade of the score, but
  // no better and no worse one than the quotas leave.
  NodeId ForcedIndex(NodeId earned) {
    const DistributionModel& forced = *model_.distribution;
    const auto count = static_cast<int64_t>(model_.grades.size());
    const auto best = static_cast<int64_t>(forced.best.size());
    const auto worst = static_cast<int64_t>(forced.worst.size());
    NodeId index = builder_.Map(MapOp::kClamp, {earned, Number(std::min(best, count - 1)),
                                                Number(std::max(count - 1 - worst, best - 1))});
    if (best == count) index = builder_.Constant(Number(count - 1));
    // From the middle outwards, so that the best and the worst grade have the last word.
    for (size_t i = forced.worst.size(); i-- > 0;) {
      const NodeId first = builder_.Map(MapOp::kSubtract, {peers_, Quota(forced.worst[i].share)});
      const NodeId behind = builder_.Map(MapOp::kGreater, {rank_, first}, kBool);
      index = builder_.Map(MapOp::kIf, {behind, Number(forced.worst[i].grade), index});
    }
    for (size_t i = forced.best.size(); i-- > 0;) {
      const bool last_of_all = best == count && i + 1 == forced.best.size();
      if (last_of_all) continue;
      const NodeId within =
          builder_.Map(MapOp::kLessEqual, {rank_, Quota(forced.best[i].share)}, kBool);
      index = builder_.Map(MapOp::kIf, {within, Number(forced.best[i].grade), index});
    }
    // Who belongs to no group has no peers.
    const NodeId alone = builder_.Map(MapOp::kIsMissing, {rank_}, kBool);
    return builder_.Map(MapOp::kIf, {alone, earned, index});
  }

  // 0 for the best grade.
  NodeId GradeIndex(NodeId score) {
    const auto count = static_cast<int64_t>(model_.grades.size());
    NodeId index = builder_.Constant(Number(count - 1));
    for (int64_t i = count - 1; i-- > 0;) {
      const Number& lowest = model_.grades[static_cast<size_t>(i)].lowest;
      const NodeId reached = builder_.Map(MapOp::kGreaterEqual, {score, lowest}, kBool);
      index = builder_.Map(MapOp::kIf, {reached, Number(i), index});
    }
    return index;
  }

  // All that hold apply, and no order matters: the lowest score of all, the grade it earns, lowered
  // by all downgrades together, or the worst grade that a veto names if that is worse.
  void LowerVetoes() {
    NodeId down = builder_.Constant(Number());
    NodeId worst = builder_.Constant(Number());
    NodeId disqualified = builder_.Constant(false, kBool);
    named_grade_ = builder_.Constant(false, kBool);
    for (const GateModel& gate : model_.vetoes) {
      const Fired fired = Fire(gate, false);
      Note(&Trace::vetoes, fired.holds);
      for (const EffectModel& effect : gate.effects) {
        switch (effect.verb) {
          case EffectVerb::kDowngrade:
            down = builder_.Map(
                MapOp::kIfTrue,
                {fired.holds, builder_.Map(MapOp::kAdd, {down, NotBelowZero(Amount(effect))}),
                 down});
            break;
          case EffectVerb::kGrade:
            named_grade_ = builder_.Map(MapOp::kOr, {named_grade_, fired.holds}, kBool);
            worst = builder_.Map(
                MapOp::kIfTrue,
                {fired.holds, builder_.Map(MapOp::kMax, {worst, Number(effect.grade)}), worst});
            break;
          case EffectVerb::kDisqualify:
            disqualified = builder_.Map(MapOp::kOr, {disqualified, fired.holds}, kBool);
            SetScore(builder_.Constant(Number()), fired.holds);
            break;
          case EffectVerb::kScore: SetScore(Amount(effect), fired.holds); break;
          default: LowerScoreTo(Amount(effect), fired.holds); break;
        }
        if (effect.verb == EffectVerb::kDowngrade || effect.verb == EffectVerb::kGrade) continue;
        Step({StepKind::kVeto, IndexIn(model_.vetoes, gate), IndexIn(gate.effects, effect), -1,
              fired.holds, effect.amount.valid() ? Amount(effect) : NodeId::None()});
      }
      Flag(gate, fired, builder_.program().vetoes);
    }
    score_ = builder_.Map(MapOp::kRound, {score_, Number(model_.rounding)});
    if (!model_.vetoes.empty()) Step({StepKind::kRoundAgain});
    Note(&Trace::down, down);
    Note(&Trace::worst, worst);
    grade_ = GradeText(down, worst, disqualified);
    terms_.scoring.score = score_;
    terms_.scoring.grade = grade_;
  }

  void LowerScoreTo(NodeId limit, NodeId holds) {
    score_ =
        builder_.Map(MapOp::kIfTrue, {holds, builder_.Map(MapOp::kMin, {score_, limit}), score_});
  }

  // `score N` is a result of its own: it stands where there was no score too.
  void SetScore(NodeId amount, NodeId holds) {
    const NodeId lowest =
        builder_.Map(MapOp::kMin, {builder_.Map(MapOp::kCoalesce, {score_, amount}), amount});
    score_ = builder_.Map(MapOp::kIfTrue, {holds, lowest, score_});
  }

  NodeId Text(const std::string& text) {
    return builder_.Constant(text, Type::Of(TypeKind::kText));
  }

  NodeId GradeName(NodeId index) {
    NodeId name = Text(model_.grades.back().id);
    for (size_t i = model_.grades.size() - 1; i-- > 0;) {
      const NodeId here =
          builder_.Map(MapOp::kLessEqual, {index, Number(static_cast<int64_t>(i))}, kBool);
      name = builder_.Map(MapOp::kIf, {here, Text(model_.grades[i].id), name},
                          Type::Of(TypeKind::kText));
    }
    return name;
  }

  NodeId GradeText(NodeId down, NodeId worst, NodeId disqualified) {
    const Type text = Type::Of(TypeKind::kText);
    NodeId name = None(MissingCause::kWritten, text);
    NodeId name_of_worst = name;
    if (!model_.grades.empty()) {
      const Number last(static_cast<int64_t>(model_.grades.size()) - 1);
      NodeId earned = GradeIndex(score_);
      Note(&Trace::earned, earned);
      if (model_.distribution) earned = ForcedIndex(earned);
      Note(&Trace::forced, earned);
      NodeId index = builder_.Map(MapOp::kAdd, {earned, down});
      index = builder_.Map(MapOp::kMin, {builder_.Map(MapOp::kMax, {index, worst}), last});
      name = GradeName(index);
      name_of_worst = GradeName(worst);
    }
    const NodeId lacking = builder_.Map(MapOp::kIsMissing, {score_}, kBool);
    // A grade that a veto names stands without a score too.
    const NodeId open =
        builder_.Map(MapOp::kIf, {named_grade_, name_of_worst, Text("incomplete")}, text);
    name = builder_.Map(MapOp::kIf, {lacking, open, name}, text);
    return builder_.Map(MapOp::kIf, {disqualified, Text("disqualified"), name}, text);
  }

  // --- what is told -----------------------------------------------------------------------------

  void LowerAlerts() {
    for (const GateModel& gate : model_.alerts) {
      const Fired fired = Fire(gate, false);
      Note(&Trace::alerts, fired.holds);
      Flag(gate, fired, builder_.program().alerts);
    }
    for (FlagOutput& alert : own_alerts_) builder_.program().alerts.push_back(std::move(alert));
  }

  void LowerOutcomes() {
    for (const OutcomeModel& outcome : model_.outcomes) {
      OutcomeOutput output;
      output.id = outcome.id;
      output.name = outcome.name;
      output.decimals = outcome.decimals;
      output.value = Subject(terms_.Lower(outcome.term));
      output.shown = builder_.node(output.value).type;
      if (outcome.shown) output.shown.unit = *outcome.shown;
      builder_.program().outcomes.push_back(std::move(output));
    }
  }

  void LowerPay() {
    for (const GateModel& gate : model_.entitlements) {
      const Fired fired = Fire(gate, false);
      Note(&Trace::entitlements, fired.holds);
      Flag(gate, fired, builder_.program().entitlements);
    }
    for (const ReviewModel& review : model_.reviews) {
      builder_.program().review.push_back({review.id, Subject(terms_.Lower(review.condition))});
    }
  }

  // Targets of indicators that count on the day.
  void LowerTargets() {
    for (size_t i = 0; i < shown_.size(); ++i) {
      const IndicatorModel& indicator = model_.indicators[shown_[i]];
      if (!indicator.target.valid()) continue;
      const NodeId met = terms_.scoring.meets_target[shown_[i]];
      const NodeId missed = builder_.Map(
          MapOp::kAnd, {terms_.Applies(indicator), builder_.Map(MapOp::kNot, {met}, kBool)}, kBool);
      builder_.program().targets_missed.push_back({indicator.id, Subject(missed)});
      if (!indicator.attainment.valid()) continue;
      builder_.program().indicators[i].attainment = Subject(terms_.scoring.attainments[shown_[i]]);
    }
  }

  void Finish() {
    Program& program = builder_.program();
    for (size_t i = 0; i < shown_.size(); ++i) {
      const IndicatorModel& indicator = model_.indicators[shown_[i]];
      if (indicator.has_points) program.indicators[i].points = Subject(points_[shown_[i]]);
      if (indicator.scored) program.indicators[i].weight = Subject(shares_[shown_[i]]);
    }
    program.score = Subject(score_);
    program.grade = Subject(grade_);
    if (!trace_) return;
    for (const size_t i : shown_) Note(i, &IndicatorTrace::capped, points_[i]);
    trace_->terms = terms_.Columns();
    program.trace = std::move(*trace_);
  }

  struct Limit {
    NodeId holds;
    MapOp op;
    NodeId amount;
    int32_t gate;
    int32_t effect;
  };

  const Model& model_;
  Builder2 builder_;
  TermLowering terms_;
  std::vector<NodeId> points_;   // by indicator, policies applied
  std::vector<NodeId> weights_;  // after profile and adjustments
  std::vector<NodeId> shares_;   // of the score, missing ones redistributed
  std::vector<size_t> shown_;
  std::vector<FlagOutput> own_alerts_;
  std::vector<Limit> limits_;
  std::vector<NodeId> counted_;  // weights, 0 where the points are missing
  NodeId score_;
  NodeId grade_;
  NodeId named_grade_;  // a veto that names a grade holds
  NodeId rank_;         // among the peers, where grades are forced
  NodeId peers_;        // how many they are
  std::optional<Trace> trace_;
};

}  // namespace

Program Lower(const Model& model) { return Lowering(model).Run(); }

Program LowerWithProbes(const Model& model) { return Lowering(model).Run(true); }

Program LowerTraced(const Model& model) { return Lowering(model, true).Run(); }

Program LowerFormula(const Model& model, TermId term) { return Lowering(model).RunFormula(term); }

}  // namespace steelyard
