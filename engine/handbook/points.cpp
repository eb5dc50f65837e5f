// How a value becomes points, for each form of a score.
#include <algorithm>

#include "engine/base/check.h"
#include "engine/base/text.h"
#include "engine/check/check.h"
#include "engine/handbook/chapters.h"
#include "engine/handbook/intervals.h"

namespace steelyard {
namespace {

bool HasPercent(const Formula& formula) {
  return std::any_of(formula.tree.nodes.begin(), formula.tree.nodes.end(),
                     [](const Expr& expr) { return expr.percent_literal; });
}

// Does the author speak of the value in per cent?
bool IsPercent(const IndicatorModel& indicator) {
  const IndicatorDecl& decl = *indicator.decl;
  if (!indicator.shown.unit.plain()) return false;
  if (indicator.shown.form == NumberForm::kPercent || decl.display.text == "percent") return true;
  const ScoreDecl& score = decl.score;
  return HasPercent(decl.target) || HasPercent(score.target) || HasPercent(score.scale.low) ||
         std::any_of(score.linear.begin(), score.linear.end(),
                     [](const CurvePoint& point) { return HasPercent(point.at); }) ||
         std::any_of(score.bands.begin(), score.bands.end(),
                     [](const Band& band) { return HasPercent(band.condition); }) ||
         std::any_of(score.tiers.begin(), score.tiers.end(),
                     [](const Tier& tier) { return HasPercent(tier.at); });
}

class Points {
 public:
  Points(Writing& writing, const IndicatorModel& indicator)
      : writing_(writing),
        words_(writing.words),
        model_(writing.model),
        indicator_(indicator),
        score_(indicator.decl->score),
        label_(writing.labels.Of(indicator)),
        percent_(IsPercent(indicator)) {}

  void Write() {
    switch (score_.form) {
      case ScoreForm::kLinear:
      case ScoreForm::kRating: AddCurve(); break;
      case ScoreForm::kBands: Bands(); break;
      case ScoreForm::kRatio: Ratio(); break;
      case ScoreForm::kTiers: Tiers(); break;
      case ScoreForm::kEvents: Events(); break;
      case ScoreForm::kFormula: OwnFormula(); break;
      case ScoreForm::kNone: return;
    }
    AddBounds();
  }

 private:
  std::string InUnit(const Number& value) const {
    return words_.Value(value, indicator_.shown, percent_);
  }
  static std::string Text(const Number& number) { return FormatSignificant(number); }
  std::string Say(std::string_view english, std::string_view chinese) const {
    return words_.Say(english, chinese);
  }

  Sheet NewSheet(Line first) const {
    Sheet sheet;
    sheet.head = {std::move(first), Say("points", "得分")};
    sheet.is_number = {false, true};
    return sheet;
  }

  // The points before they are bounded: `given(value, clamp(raw, 0, cap))`.
  const Term& Raw() const {
    const Term& given = model_.term(indicator_.points);
    const Term& clamped = model_.term(given.inputs[1]);
    STEELYARD_CHECK(clamped.map == MapOp::kClamp);
    return model_.term(clamped.inputs[0]);
  }

  // --- curves -----------------------------------------------------------------------------------

  std::vector<Curve::Point> PointsOf(const Term& line) const {
    std::vector<Curve::Point> points;
    for (size_t i = 1; i + 1 < line.inputs.size(); i += 2) {
      const Number at = model_.term(line.inputs[i]).constant.number();
      points.push_back({at, model_.term(line.inputs[i + 1]).constant.number(), InUnit(at)});
    }
    return points;
  }

  void AddCurve() {
    const Term& line = Raw();
    const bool extend = line.map == MapOp::kLinearExtend;
    Curve curve;
    curve.points = PointsOf(line);
    Sheet sheet = NewSheet(label_);
    for (const Curve::Point& point : curve.points) {
      sheet.rows.push_back({point.label, Text(point.points)});
    }
    writing_.document.Add(std::move(sheet));
    writing_.document.Paragraph(
        extend ? Say("Between two points in proportion; beyond the ends the lines go on.",
                     "两点之间按比例计算；两端之外按同一直线延伸。")
               : Say("Between two points in proportion; beyond the ends level.",
                     "两点之间按比例计算；两端之外取端点的得分。"));
    Example(line, curve.points);
    if (curve.points.size() < 2) return;
    curve.caption = words_.Fill("Points for {}", "{} 的得分曲线", {label_});
    curve.along = label_;
    curve.up = Say("points", "得分");
    curve.highest = std::max(Number(100), indicator_.cap);
    curve.level_beyond = !extend;
    writing_.document.Add(std::move(curve));
  }

  // In the middle of the last stretch that rises or falls, as the engine computes it.
  void Example(const Term& line, const std::vector<Curve::Point>& points) {
    for (size_t i = points.size(); i-- > 1;) {
      const Curve::Point& a = points[i - 1];
      const Curve::Point& b = points[i];
      if (a.points == b.points) continue;
      const Number middle = (a.at + b.at) / Number(2);
      std::vector<Value> operands = {middle};
      for (size_t j = 1; j < line.inputs.size(); ++j) {
        operands.push_back(model_.term(line.inputs[j]).constant);
      }
      const Value points_there = ApplyMap(line.map, operands);
      writing_.document.Paragraph(
          words_.Fill("For example: {} between {} and {} earns {} points.",
                      "例如：{}（{} 与 {} 的中间）得 {} 分。",
                      {InUnit(middle), a.label, b.label, Text(points_there.number())}));
      return;
    }
  }

  // --- bands ------------------------------------------------------------------------------------

  void Bands() {
    Sheet sheet = NewSheet(label_);
    std::vector<ValueInterval> before;
    bool known = true;
    TermId rest = model_.term(model_.term(indicator_.points).inputs[1]).inputs[0];
    for (const Band& band : score_.bands) {
      Line values = Say("all others", "其他");
      if (!band.is_else) {
        const Term& choice = model_.term(rest);
        const auto interval = IntervalOf(model_, choice.inputs[0], indicator_.definition);
        known = known && interval;
        const auto left = known ? Without(*interval, before) : std::nullopt;
        if (interval) before.push_back(*interval);
        values = left ? InWords(*left) : words_.Condition(band.condition);
        rest = choice.inputs[2];
      }
      sheet.rows.push_back({std::move(values), words_.Amount(band.points)});
    }
    writing_.document.Add(std::move(sheet));
    if (!known) {
      writing_.document.Paragraph(Say("The first row that fits counts.", "取第一个符合的档位。"));
    }
  }

  Line InWords(const ValueInterval& interval) const {
    if (interval.low && interval.high) return Both(interval);
    if (interval.low) {
      return interval.low_closed ? words_.Fill("{} and above", "{} 及以上", {InUnit(*interval.low)})
                                 : words_.Fill("above {}", "高于 {}", {InUnit(*interval.low)});
    }
    if (!interval.high) return Say("any value", "任何数值");
    return interval.high_closed ? words_.Fill("{} and below", "{} 及以下", {InUnit(*interval.high)})
                                : words_.Fill("below {}", "低于 {}", {InUnit(*interval.high)});
  }

  Line Both(const ValueInterval& interval) const {
    const std::string low = InUnit(*interval.low);
    const std::string high = InUnit(*interval.high);
    if (*interval.low == *interval.high) return words_.Fill("exactly {}", "恰为 {}", {low});
    const std::string from = interval.low_closed ? words_.Fill("from {}", "{}（含）", {low})
                                                 : words_.Fill("above {}", "{}（不含）", {low});
    const std::string to = interval.high_closed
                               ? words_.Fill(" up to {}", "至 {}（含）", {high})
                               : words_.Fill(" to below {}", "至 {}（不含）", {high});
    return from + to;
  }

  // --- ratio, tiers, events, formula ------------------------------------------------------------

  Math PointsAre(Math what) const {
    return Math::Row({Math::Name(Say("points", "得分")), Math::Sign("="), std::move(what)});
  }

  void Ratio() {
    const bool lower = indicator_.decl->better == Better::kLower;
    Math value = Math::Name(label_);
    Math target = words_.Mathematics(score_.target);
    if (lower) std::swap(value, target);
    Math quotient = {Math::Kind::kFraction, "", {std::move(value), std::move(target)}};
    writing_.document.Formula(
        PointsAre(Math::Row({std::move(quotient), Math::Sign("×"), Math::Number("100")})));
    if (lower) {
      writing_.document.Paragraph(words_.Fill("A value of 0 or below earns {} points.",
                                              "数值为 0 或以下时得 {} 分。",
                                              {Text(indicator_.cap)}));
    }
  }

  std::optional<Number> ConstantOf(const Formula& formula) const {
    if (!formula.parsed()) return std::nullopt;
    const Expr& root = formula.tree.at(formula.tree.root);
    if (root.kind == ExprKind::kNumber) return root.number;
    const DefinitionId id = writing_.labels.DefinitionOf(root);
    if (!id.valid()) return std::nullopt;
    const auto& constant = model_.definition(id).constant;
    return constant && constant->is_number() ? std::optional(constant->number()) : std::nullopt;
  }

  void Tiers() {
    std::vector<const Tier*> tiers;
    for (const Tier& tier : score_.tiers) tiers.push_back(&tier);
    std::stable_sort(tiers.begin(), tiers.end(), [&](const Tier* a, const Tier* b) {
      return ConstantOf(a->points).value_or(Number()) < ConstantOf(b->points).value_or(Number());
    });
    const bool lower = indicator_.decl->better == Better::kLower;
    Sheet sheet = NewSheet(Say("level", "档次"));
    sheet.head.insert(sheet.head.begin() + 1,
                      lower ? words_.Fill("{} at most", "{} 不高于", {label_})
                            : words_.Fill("{} at least", "{} 不低于", {label_}));
    sheet.is_number = {false, false, true};
    for (const Tier* tier : tiers) {
      sheet.rows.push_back(
          {tier->level.text, words_.Amount(tier->at), words_.Amount(tier->points)});
    }
    writing_.document.Add(std::move(sheet));
    writing_.document.Paragraph(
        Say("Between two levels in proportion; 0 points where the first level is not reached; "
            "beyond the "
            "last level its points.",
            "两档之间按比例计算；未达到第一档得 0 分；超过最后一档取该档得分。"));
  }

  void Events() {
    Sheet sheet = NewSheet(Say("event", "事件"));
    for (const EventItem& item : score_.events) {
      Expr name;
      name.kind = ExprKind::kName;
      name.text = NormalizeName(item.column.text);
      name.span = item.column.span;
      sheet.rows.push_back({writing_.labels.Of(name), words_.Amount(item.points)});
    }
    writing_.document.Add(std::move(sheet));
    writing_.document.Paragraph(
        Say("The points of all events that took place are added.", "已发生的各事件得分相加。"));
  }

  void OwnFormula() { writing_.document.Formula(PointsAre(words_.Mathematics(score_.formula))); }

  void AddBounds() {
    writing_.document.Paragraph(words_.Fill("Points are never below 0 and never above {}.",
                                            "得分最低 0 分，最高 {} 分。", {Text(indicator_.cap)}));
  }

  Writing& writing_;
  Sentences& words_;
  const Model& model_;
  const IndicatorModel& indicator_;
  const ScoreDecl& score_;
  std::string label_;
  bool percent_;
};

}  // namespace

void AddPoints(Writing& writing, const IndicatorModel& indicator) {
  Points(writing, indicator).Write();
}

}  // namespace steelyard
