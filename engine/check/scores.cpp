// Indicators: their values, and how values become points.
#include <algorithm>
#include <tuple>

#include "engine/base/check.h"
#include "engine/base/text.h"
#include "engine/check/checking.h"
#include "engine/check/curves.h"
#include "engine/check/literals.h"
#include "engine/check/range.h"

namespace steelyard {
namespace {

const Type kBool = Type::Of(TypeKind::kBool);

void ReportEmptyRange(Checking& checking, const ValueRange& range) {
  checking.sink.Report(DiagKind::kEmptyRange, range.span,
                       {range.low.source.text, range.high.source.text});
}

// The indicator's own value, for its score, target and audit range.
TermId ValueTerm(Checking& checking, const IndicatorModel& indicator) {
  const Term& value = checking.model.term(indicator.value);
  Term term;
  term.kind = TermKind::kDefinition;
  term.definition = indicator.definition;
  term.type = value.type;
  term.grain = value.grain;
  term.span = indicator.decl->id.span;
  return checking.model.Add(std::move(term));
}

// One indicator's score, from its declaration to the term of its points.
class ScoreWalker {
 public:
  ScoreWalker(Checking& checking, IndicatorModel& indicator, Ranges& ranges)
      : checking_(checking),
        indicator_(indicator),
        decl_(*indicator.decl),
        judged_{*indicator.decl, indicator.definition, checking.model.term(indicator.value).type,
                ranges.Of(indicator.value)} {
    place_.context = checking.schema().subject;
    place_.value = indicator.definition;
  }

  void Run() {
    ReadCap();
    if (decl_.score.form == ScoreForm::kNone) return;
    const TermId raw = Raw();
    if (HasError(checking_, raw)) return;
    const Span span = decl_.score.span;
    const TermId clamped =
        MapTerm(checking_, MapOp::kClamp, {raw, Plain(Number(0)), Plain(indicator_.cap)},
                Type::Plain(), span);
    // Points are for values: where there is none, the indicator's `missing:` decides.
    indicator_.points = MapTerm(checking_, MapOp::kGiven, {Value(), clamped}, Type::Plain(), span);
    indicator_.has_points = true;
  }

 private:
  TermId Plain(const Number& number) {
    return NumberTerm(checking_, number, Type::Plain(), decl_.score.span);
  }

  void ReadCap() {
    if (!decl_.score.cap.present()) return;
    if (const auto cap = RequirePoints(checking_, decl_.score.cap)) {
      indicator_.cap = *cap;
    }
  }

  TermId Value() { return ValueTerm(checking_, indicator_); }

  const Type& ValueType() const { return checking_.model.term(indicator_.value).type; }

  TermId Raw() {
    const TermId value = Value();
    const bool numeric = ValueType().IsNumber();
    const ScoreForm form = decl_.score.form;
    if (!numeric && form != ScoreForm::kBands && form != ScoreForm::kFormula) {
      checking_.sink
          .Report(DiagKind::kNotANumber, decl_.score.span, {FormWord(form), Describe(ValueType())})
          .Because(HelpKind::kScoreOther, {BandsExample()});
      return ErrorTerm(checking_, decl_.score.span);
    }
    switch (form) {
      case ScoreForm::kLinear: return Linear(value);
      case ScoreForm::kBands: return Bands();
      case ScoreForm::kRatio: return Ratio(value);
      case ScoreForm::kTiers: return Tiers(value);
      case ScoreForm::kEvents: return value;
      case ScoreForm::kRating: return Rating(value);
      default: return OwnFormula();
    }
  }

  static const char* FormWord(ScoreForm form) {
    constexpr const char* kWords[] = {"score", "linear", "bands",  "ratio",
                                      "tiers", "events", "rating", "formula"};
    return kWords[static_cast<size_t>(form)];
  }

  // Bands that would score a value that is not a number.
  std::string BandsExample() const {
    const Type& type = ValueType();
    if (type.kind == TypeKind::kBool) return "{value: 100, else: 0}";
    const bool known = type.kind == TypeKind::kEnum && type.values && !type.values->empty();
    const std::string example = known            ? "'" + type.values->front() + "'"
                                : IsMoment(type) ? "2026-01-01"
                                                 : "'…'";
    return std::string("{\"") + (IsMoment(type) ? "< " : "= ") + example + "\": 100, else: 60}";
  }

  // Constant points, which must lie between 0 and the cap.
  std::optional<Number> Points(const Formula& formula) {
    const auto points = RequirePoints(checking_, formula);
    if (points && (points->Sign() < 0 || *points > indicator_.cap)) {
      Diagnostic& diagnostic =
          checking_.sink.Report(DiagKind::kPointsOutside, formula.span,
                                {FormatSignificant(*points), FormatSignificant(indicator_.cap)});
      if (points->Sign() > 0) diagnostic.Because(HelpKind::kSayCap, {FormatSignificant(*points)});
      return std::nullopt;
    }
    return points;
  }

  // A constant that goes with the value in unit.
  std::optional<Number> Level(const Formula& formula, TermId value) {
    Place place;
    place.stage = Stage::kConstant;
    TermId level = CheckWhole(checking_, formula, place);
    if (HasError(checking_, level) || !Comparable(checking_, value, level, "score", formula.span)) {
      return std::nullopt;
    }
    const auto constant = ConstantValue(checking_.model, level);
    if (!constant || !constant->is_number()) {
      checking_.sink.Report(DiagKind::kNotConstant, formula.span).Because(HelpKind::kConstantIs);
      return std::nullopt;
    }
    return constant->number();
  }

  TermId Linear(TermId value) {
    std::vector<std::pair<Number, Step>> curve;
    bool failed = decl_.score.linear.empty();
    for (const CurvePoint& point : decl_.score.linear) {
      const auto at = Level(point.at, value);
      const auto points = Points(point.points);
      failed = failed || !at || !points;
      if (!at || !points) continue;
      if (std::any_of(curve.begin(), curve.end(), [&](const auto& p) { return p.first == *at; })) {
        checking_.sink.Report(DiagKind::kPointTwice, point.at.span,
                              {"`" + point.at.source.text + "`"});
        failed = true;
      }
      curve.push_back({*at, {point.at.source.text, *points, point.points.span}});
    }
    if (failed) return ErrorTerm(checking_, decl_.score.span);
    std::sort(curve.begin(), curve.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<Step> steps;
    std::vector<TermId> operands = {value};
    for (const auto& [at, step] : curve) {
      steps.push_back(step);
      operands.push_back(NumberTerm(checking_, at, ValueType(), step.span));
      operands.push_back(Plain(step.points));
    }
    JudgeDirection(checking_, judged_, steps);
    if (!decl_.score.extend) JudgeCurve(checking_, judged_, curve);
    return MapTerm(checking_, decl_.score.extend ? MapOp::kLinearExtend : MapOp::kLinear,
                   std::move(operands), Type::Plain(), decl_.score.span);
  }

  TermId Bands() {
    std::vector<TermId> conditions;
    std::vector<TermId> points;
    bool failed = false;
    for (const Band& band : decl_.score.bands) {
      TermId condition;
      if (!band.is_else) {
        condition = RequireBool(checking_, CheckWhole(checking_, band.condition, place_));
        failed = failed || HasError(checking_, condition);
      }
      const auto number = Points(band.points);
      failed = failed || !number;
      conditions.push_back(condition);
      points.push_back(number ? Plain(*number) : TermId::None());
    }
    if (failed || conditions.empty()) return ErrorTerm(checking_, decl_.score.span);
    std::vector<Number> numbers;
    for (const TermId id : points) numbers.push_back(checking_.model.term(id).constant.number());
    JudgeBands(checking_, judged_, conditions, numbers);
    Term nothing;
    nothing.constant = MissingCause::kWritten;
    nothing.type = Type::Of(TypeKind::kNothing);
    nothing.span = decl_.score.span;
    TermId result = checking_.model.Add(std::move(nothing));
    for (size_t i = conditions.size(); i-- > 0;) {
      result = conditions[i].valid()
                   ? MapTerm(checking_, MapOp::kIf, {conditions[i], points[i], result},
                             Type::Plain(), decl_.score.span)
                   : points[i];
    }
    return result;
  }

  // A formula of the subject that goes with the value in unit.
  TermId PeerLevel(const Formula& formula, TermId& value) {
    TermId level =
        RequireGrain(checking_, CheckWhole(checking_, formula, place_), checking_.model.subject);
    if (HasError(checking_, level) || !Comparable(checking_, value, level, "score", formula.span)) {
      return ErrorTerm(checking_, formula.span);
    }
    return level;
  }

  TermId Ratio(TermId value) {
    const Span span = decl_.score.span;
    const TermId target = PeerLevel(decl_.score.target, value);
    if (HasError(checking_, target)) return target;
    const TermId hundred = Plain(Number(100));
    const bool lower = decl_.better == Better::kLower;
    const TermId quotient = MapTerm(checking_, MapOp::kDivide,
                                    lower ? std::vector{target, value} : std::vector{value, target},
                                    Type::Plain(), span);
    const TermId points =
        MapTerm(checking_, MapOp::kMultiply, {quotient, hundred}, Type::Plain(), span);
    if (!lower) return points;
    // Nothing at all of what should be low is the best there is: no division by it.
    const TermId zero = NumberTerm(checking_, Number(0), ValueType(), span);
    const TermId none = MapTerm(checking_, MapOp::kLessEqual, {value, zero}, kBool, span);
    return MapTerm(checking_, MapOp::kIf, {none, Plain(indicator_.cap), points}, Type::Plain(),
                   span);
  }

  // Between two levels points are in proportion; below the first there are none.
  TermId Tiers(TermId value) {
    const Span span = decl_.score.span;
    const bool lower = decl_.better == Better::kLower;
    const auto levels = Levels(value);
    if (!levels || !LevelsRise(*levels, lower)) return ErrorTerm(checking_, span);
    JudgeLevels(*levels, lower);
    TermId result = Plain(Number(0));
    for (size_t i = 0; i < levels->size(); ++i) {
      const auto& [points, level, tier] = (*levels)[i];
      if (i > 0) {
        const auto& [points_before, before, tier_before] = (*levels)[i - 1];
        result = MapTerm(checking_, MapOp::kIf,
                         {Reached(value, before, lower),
                          Between(value, {before, level}, points_before, points), result},
                         Type::Plain(), span);
      }
      result = MapTerm(checking_, MapOp::kIf, {Reached(value, level, lower), Plain(points), result},
                       Type::Plain(), span);
    }
    return result;
  }

  using TierLevel = std::tuple<Number, TermId, const Tier*>;

  // By rising points, whatever the order in the file.
  std::optional<std::vector<TierLevel>> Levels(TermId value) {
    std::vector<TierLevel> levels;
    bool failed = false;
    for (const Tier& tier : decl_.score.tiers) {
      const TermId level = PeerLevel(tier.at, value);
      const auto points = Points(tier.points);
      failed = failed || HasError(checking_, level) || !points;
      if (!failed) levels.emplace_back(*points, level, &tier);
    }
    if (failed) return std::nullopt;
    std::stable_sort(levels.begin(), levels.end(), [](const TierLevel& a, const TierLevel& b) {
      return std::get<0>(a) < std::get<0>(b);
    });
    return levels;
  }

  // More points must be harder to reach; told where the levels are constants.
  bool LevelsRise(const std::vector<TierLevel>& levels, bool lower) {
    for (size_t i = 1; i < levels.size(); ++i) {
      const auto before = ConstantValue(checking_.model, std::get<1>(levels[i - 1]));
      const auto after = ConstantValue(checking_.model, std::get<1>(levels[i]));
      if (!before || !after || !before->is_number() || !after->is_number()) continue;
      if (lower ? after->number() < before->number() : after->number() > before->number()) continue;
      checking_.sink.Report(
          DiagKind::kTierOrder, std::get<2>(levels[i])->at.span,
          {std::get<2>(levels[i])->level.text, std::get<2>(levels[i - 1])->level.text});
      return false;
    }
    return true;
  }

  // Levels that are constants, as a curve: no points on the wrong side of the first one.
  void JudgeLevels(const std::vector<TierLevel>& levels, bool lower) {
    std::vector<std::pair<Number, Step>> curve;
    for (const auto& [points, level, tier] : levels) {
      const auto at = ConstantValue(checking_.model, level);
      if (!at || !at->is_number()) return;
      const Step step = {tier->at.source.text, points, tier->at.span};
      if (curve.empty()) curve.push_back({at->number(), {step.at, Number(), step.span}});
      curve.push_back({at->number(), step});
    }
    if (lower) std::reverse(curve.begin(), curve.end());
    JudgeCurve(checking_, judged_, curve);
  }

  TermId Reached(TermId value, TermId level, bool lower) {
    return MapTerm(checking_, lower ? MapOp::kLessEqual : MapOp::kGreaterEqual, {value, level},
                   kBool, decl_.score.span);
  }

  TermId Between(TermId value, std::pair<TermId, TermId> levels, const Number& from,
                 const Number& to) {
    const Span span = decl_.score.span;
    const TermId done =
        MapTerm(checking_, MapOp::kSubtract, {value, levels.first}, ValueType(), span);
    const TermId whole =
        MapTerm(checking_, MapOp::kSubtract, {levels.second, levels.first}, ValueType(), span);
    const TermId share = MapTerm(checking_, MapOp::kDivide, {done, whole}, Type::Plain(), span);
    const TermId more =
        MapTerm(checking_, MapOp::kMultiply, {share, Plain(to - from)}, Type::Plain(), span);
    return MapTerm(checking_, MapOp::kAdd, {Plain(from), more}, Type::Plain(), span);
  }

  // The lowest mark of the scale earns 0, the highest 100.
  TermId Rating(TermId value) {
    const auto low = RequireNumber(checking_, decl_.score.scale.low, ValueType());
    const auto high = RequireNumber(checking_, decl_.score.scale.high, ValueType());
    if (!low || !high) return ErrorTerm(checking_, decl_.score.span);
    if (*high <= *low) {
      ReportEmptyRange(checking_, decl_.score.scale);
      return ErrorTerm(checking_, decl_.score.span);
    }
    JudgeCurve(checking_, judged_,
               {{*low, {"", Number(0), decl_.score.scale.span}},
                {*high, {"", Number(100), decl_.score.scale.span}}});
    return MapTerm(
        checking_, MapOp::kLinear,
        {value, NumberTerm(checking_, *low, ValueType(), decl_.score.span), Plain(Number(0)),
         NumberTerm(checking_, *high, ValueType(), decl_.score.span), Plain(Number(100))},
        Type::Plain(), decl_.score.span);
  }

  TermId OwnFormula() {
    const TermId points = RequireGrain(
        checking_, CheckWhole(checking_, decl_.score.formula, place_), checking_.model.subject);
    if (HasError(checking_, points)) return points;
    const Type& type = checking_.model.term(points).type;
    if (type.IsNumber() && type.unit.plain()) return points;
    checking_.sink.Report(DiagKind::kExpectedType, decl_.score.formula.span,
                          {"`number`", Describe(type)});
    return ErrorTerm(checking_, decl_.score.span);
  }

  Checking& checking_;
  IndicatorModel& indicator_;
  const IndicatorDecl& decl_;
  Judged judged_;
  Place place_;
};

// The points of the events that took place, added.
TermId EventsTerm(Checking& checking, const IndicatorDecl& decl) {
  Place place;
  place.context = checking.schema().subject;
  const Span span = decl.score.span;
  TermId sum = NumberTerm(checking, Number(0), Type::Plain(), span);
  bool failed = false;
  for (const EventItem& item : decl.score.events) {
    Expr name;
    name.kind = ExprKind::kName;
    name.text = NormalizeName(item.column.text);
    name.span = item.column.span;
    ExprTree tree;
    tree.root = tree.Add(std::move(name));
    const TermId happened =
        RequireBool(checking, CheckExpression(checking, tree, tree.root, place));
    const auto points = RequirePoints(checking, item.points);
    failed = failed || HasError(checking, happened) || !points;
    if (failed) continue;
    const TermId earned = MapTerm(checking, MapOp::kIf,
                                  {happened, NumberTerm(checking, *points, Type::Plain(), span),
                                   NumberTerm(checking, Number(0), Type::Plain(), span)},
                                  Type::Plain(), span);
    sum = MapTerm(checking, MapOp::kAdd, {sum, earned}, Type::Plain(), span);
  }
  return failed ? TermId::None() : sum;
}

void CheckRange(Checking& checking, IndicatorModel& indicator) {
  const ValueRange& range = indicator.decl->audit_range;
  if (!range.present()) return;
  const Type type = checking.model.term(indicator.value).type;
  const auto low = RequireNumber(checking, range.low, type);
  const auto high = RequireNumber(checking, range.high, type);
  if (!low || !high) return;
  if (*high < *low) return ReportEmptyRange(checking, range);
  const TermId x = ValueTerm(checking, indicator);
  const TermId below = MapTerm(
      checking, MapOp::kLess, {x, NumberTerm(checking, *low, type, range.span)}, kBool, range.span);
  const TermId above =
      MapTerm(checking, MapOp::kGreater, {x, NumberTerm(checking, *high, type, range.span)}, kBool,
              range.span);
  indicator.audit = MapTerm(checking, MapOp::kOr, {below, above}, kBool, range.span);
}

void CheckWeightRange(Checking& checking, IndicatorModel& indicator) {
  const ValueRange& range = indicator.decl->weight_range;
  if (!range.present()) return;
  const auto low = RequireNumber(checking, range.low, Type::Plain());
  const auto high = RequireNumber(checking, range.high, Type::Plain());
  if (!low || !high) return;
  if (*high < *low) return ReportEmptyRange(checking, range);
  indicator.weight_range.emplace(*low, *high);
}

void CheckMissing(Checking& checking, IndicatorModel& indicator) {
  const MissingDecl& own = indicator.decl->missing;
  const MissingDecl& decl = own.policy == MissingPolicy::kDefault ? checking.file.missing : own;
  indicator.missing =
      decl.policy == MissingPolicy::kDefault ? MissingPolicy::kRedistribute : decl.policy;
  if (decl.policy != MissingPolicy::kPoints) return;
  const auto points = RequirePoints(checking, decl.points);
  if (!points) return;
  if (points->Sign() < 0 || *points > indicator.cap) {
    checking.sink.Report(DiagKind::kPointsOutside, decl.points.span,
                         {FormatSignificant(*points), FormatSignificant(indicator.cap)});
  }
  indicator.missing_points = NumberTerm(checking, *points, Type::Plain(), decl.span);
}

void CheckLife(Checking& checking, IndicatorModel& indicator) {
  const IndicatorDecl& decl = *indicator.decl;
  indicator.status = decl.status;
  const bool backwards = decl.from && decl.until && *decl.until < *decl.from;
  if (!backwards) {  // reported
    indicator.from = decl.from;
    indicator.until = decl.until;
  }
  if (!decl.replaced_by.present()) return;
  const std::string name = NormalizeName(decl.replaced_by.text);
  const auto found = checking.indicators.find(name);
  if (found == checking.indicators.end()) {
    ReportUnknownIndicator(checking, decl.replaced_by.text, decl.replaced_by.span);
  } else if (checking.model.indicators[static_cast<size_t>(found->second)].decl == &decl) {
    checking.sink.Report(DiagKind::kSelfReplaced, decl.replaced_by.span, {decl.id.text});
  }
}

void CheckShown(Checking& checking, IndicatorModel& indicator) {
  indicator.shown = checking.model.term(indicator.value).type;
  const Word& decimals = indicator.decl->decimals;
  if (decimals.present()) {
    if (const auto number = Number::FromDecimal(decimals.text)) {
      const auto places = number->ToInt64();
      if (places && *places >= 0 && *places <= 30) indicator.decimals = static_cast<int>(*places);
    }
  }
  if (indicator.decl->display.text == "percent") return;
  ShowIn(checking, indicator.decl->display, indicator.shown);
}

// A target is a condition on the value; a plain level means: this much or better.
TermId TargetTerm(Checking& checking, IndicatorModel& indicator, const Formula& target) {
  Place place;
  place.context = checking.schema().subject;
  place.value = indicator.definition;
  TermId term = RequireGrain(checking, CheckWhole(checking, target, place), checking.model.subject);
  if (HasError(checking, term)) return term;
  const TypeKind kind = checking.model.term(term).type.kind;
  if (kind == TypeKind::kBool || kind == TypeKind::kNothing) return term;
  const bool lower = indicator.decl->better == Better::kLower;
  return CompareTerms(checking, lower ? Op::kLessEqual : Op::kGreaterEqual,
                      ValueTerm(checking, indicator), term, target.span);
}

struct Target {
  TermId condition;
  TermId attainment;  // not valid: the condition is not one of more or less than a level
};

// `value >= level` is attained by value ÷ level, `value <= level` by level ÷ value.
TermId AttainmentTerm(Checking& checking, const IndicatorModel& indicator, TermId condition) {
  const Term& compared = checking.model.term(condition);
  if (compared.kind != TermKind::kMap || compared.inputs.size() != 2) return TermId::None();
  const bool up = compared.map == MapOp::kGreaterEqual || compared.map == MapOp::kGreater;
  const bool down = compared.map == MapOp::kLessEqual || compared.map == MapOp::kLess;
  const TermId value = compared.inputs[0];
  const TermId level = compared.inputs[1];
  const Term& left = checking.model.term(value);
  const bool of_value =
      left.kind == TermKind::kDefinition && left.definition == indicator.definition;
  if ((!up && !down) || !of_value || !left.type.IsNumber()) return TermId::None();
  // A level of 0 has no shares.
  const auto constant = ConstantValue(checking.model, level);
  if (constant && constant->is_number() && constant->number().Sign() <= 0) return TermId::None();
  const std::vector<TermId> parts = up ? std::vector{value, level} : std::vector{level, value};
  return MapTerm(checking, MapOp::kDivide, parts, Type::WithUnit(Unit(), NumberForm::kPercent),
                 compared.span);
}

Target MakeTarget(Checking& checking, IndicatorModel& indicator, const Formula& formula) {
  Target target;
  target.condition = TargetTerm(checking, indicator, formula);
  if (!HasError(checking, target.condition)) {
    target.attainment = AttainmentTerm(checking, indicator, target.condition);
  }
  return target;
}

// The target of the last date that has come.
void CheckDatedTargets(Checking& checking, IndicatorModel& indicator) {
  std::vector<const DatedFormula*> dated;
  for (const DatedFormula& entry : indicator.decl->dated_targets) dated.push_back(&entry);
  std::stable_sort(dated.begin(), dated.end(), [](const DatedFormula* a, const DatedFormula* b) {
    return *a->from < *b->from;
  });
  bool all_attained = true;
  for (const DatedFormula* entry : dated) {
    if (!entry->formula.parsed()) continue;
    const Target target = MakeTarget(checking, indicator, entry->formula);
    if (HasError(checking, target.condition)) continue;
    const Span span = entry->formula.span;
    const Type condition = checking.model.term(target.condition).type;
    const Type percent = Type::WithUnit(Unit(), NumberForm::kPercent);
    if (!indicator.target.valid()) {
      indicator.target = ConstantTerm(checking, MissingCause::kNotInForce, condition, span);
      indicator.attainment = ConstantTerm(checking, MissingCause::kNotInForce, percent, span);
    }
    indicator.target =
        FromDateTerm(checking, *entry->from, target.condition, indicator.target, condition, span);
    all_attained = all_attained && target.attainment.valid();
    if (!all_attained) continue;
    indicator.attainment = FromDateTerm(checking, *entry->from, target.attainment,
                                        indicator.attainment, percent, span);
  }
  if (!all_attained) indicator.attainment = TermId::None();
}

void CheckTarget(Checking& checking, IndicatorModel& indicator) {
  const Formula& formula = indicator.decl->target;
  if (!formula.parsed()) return CheckDatedTargets(checking, indicator);
  const Target target = MakeTarget(checking, indicator, formula);
  if (HasError(checking, target.condition)) return;
  indicator.target = target.condition;
  indicator.attainment = target.attainment;
}

void CheckWhen(Checking& checking, IndicatorModel& indicator) {
  if (!indicator.decl->when.present()) return;
  indicator.when = SubjectCondition(checking, indicator.decl->when, Stage::kValues);
}

}  // namespace

void ShowIn(Checking& checking, const Word& word, Type& shown) {
  if (!word.present()) return;
  if (TimeSymbol(word.text) && shown.unit.IsTime()) {
    shown.unit = shown.unit.ShownIn(*TimeSymbol(word.text));
    return;
  }
  const auto unit = Unit::Parse(word.text);
  if (!unit || !unit->SameDimensions(shown.unit)) return ReportBadUnit(checking, word, shown);
  shown.unit = *unit;
}

TermId ValueWithoutFormula(Checking& checking, DefinitionId id) {
  const Definition& definition = checking.model.definition(id);
  if (definition.kind != DefinitionKind::kIndicator) return TermId::None();
  const IndicatorDecl& decl =
      *checking.model.indicators[static_cast<size_t>(definition.indicator)].decl;
  if (decl.score.form == ScoreForm::kEvents) return EventsTerm(checking, decl);
  const auto column = checking.schema().subject.valid()
                          ? LookupColumn(checking, checking.schema().subject, definition.id)
                          : std::nullopt;
  if (!column) {
    if (!checking.schema().subject.valid()) return TermId::None();  // reported
    checking.sink.Report(DiagKind::kNoFormula, decl.id.span,
                         {decl.id.text, checking.SubjectName()});
    return TermId::None();
  }
  Expr name;
  name.kind = ExprKind::kName;
  name.text = checking.TableName(checking.schema().subject);
  name.text2 = definition.id;
  name.span = decl.id.span;
  ExprTree tree;
  tree.root = tree.Add(std::move(name));
  Place place;
  place.context = checking.schema().subject;
  const TermId term = CheckExpression(checking, tree, tree.root, place);
  return HasError(checking, term) ? TermId::None() : term;
}

void CheckIndicators(Checking& checking) {
  Figures figures(checking.model);
  Ranges ranges(checking.model, figures);
  for (IndicatorModel& indicator : checking.model.indicators) {
    if (!checking.IsResolved(indicator.definition)) continue;  // offered by a library, not used
    CheckLife(checking, indicator);
    CheckWeightRange(checking, indicator);
    CheckWhen(checking, indicator);
    indicator.value = checking.model.definition(indicator.definition).term;
    if (!indicator.value.valid()) continue;
    CheckShown(checking, indicator);
    CheckRange(checking, indicator);
    CheckTarget(checking, indicator);
    ScoreWalker(checking, indicator, ranges).Run();
    CheckMissing(checking, indicator);
  }
}

}  // namespace steelyard
