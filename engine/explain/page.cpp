#include "engine/explain/page.h"

#include <fmt/format.h>

#include "engine/explain/figure_text.h"
#include "engine/explain/words.h"

namespace steelyard {
namespace {

constexpr int kDigitsOfBounds = 12;

class Page {
 public:
  Page(const Explanation& explanation, const Model& model, Language language, size_t rows)
      : told_(explanation),
        model_(model),
        language_(language),
        chinese_(language == Language::kChinese),
        text_(explanation.derivation, rows) {}

  Document Make() {
    MakeTop();
    MakeScore();
    MakeGrade();
    MakeReasons();
    MakeReaches();
    for (const IndicatorPart& part : told_.indicators) MakeIndicator(part);
    MakeGates(Say("Vetoes", "否决"), told_.vetoes);
    MakeGates(Say("Interlocks", "联动约束"), told_.interlocks);
    MakeGates(Say("Additions", "加分项"), told_.additions);
    MakeGates(Say("Alerts", "预警"), told_.alerts);
    MakeGates(Say("Entitlements", "非现金奖励"), told_.entitlements);
    MakeOutcomes();
    return std::move(page_);
  }

 private:
  std::string Say(const char* english, const char* chinese) const {
    return chinese_ ? chinese : english;
  }
  template <class... Args>
  std::string Say(const char* english, const char* chinese, const Args&... args) const {
    return fmt::format(fmt::runtime(chinese_ ? chinese : english), args...);
  }
  std::string Shown(const Value& value) const {
    return ShownValue(value, Type::Plain(), language_);
  }
  std::string Percent(const Number& share) const {
    return ShownValue(share, Type::WithUnit(Unit(), NumberForm::kPercent), language_);
  }
  // Minus signs as they stand in formulas.
  std::string Signed(const Number& number) const {
    const std::string digits = Shown(Abs(number));
    return (number.Sign() < 0 ? "−" : "+") + digits;
  }

  DocumentSection& Section(std::string heading, int level = 2) {
    page_.sections.push_back({std::move(heading), level, {}});
    return page_.sections.back();
  }

  // --- result
  // -------------------------------------------------------------------------------------

  std::string Keys() const {
    std::string keys;
    for (const auto& [heading, value] : told_.keys) keys += (keys.empty() ? "" : " ") + value;
    return keys;
  }

  void MakeTop() {
    const std::string card = model_.title.empty() ? model_.scorecard : model_.title;
    page_.title = card + ": " + Keys() + (told_.period.empty() ? "" : ", " + told_.period);
    std::string result = Say("score {}", "总分 {}", told_.score_shown);
    if (!told_.grade.final_grade.empty()) {
      result += Say(", grade {}", "，等级 {}", told_.grade.final_grade);
    }
    page_.summary.push_back(std::move(result));
    std::string rules = Say("by the rules of {}", "按 {} 生效的规则", told_.as_of);
    if (told_.as_of.empty()) rules.clear();
    if (!told_.file.empty()) {
      rules +=
          (rules.empty() ? "" : Say("; ", "；")) + fmt::format("{}:{}", told_.file, told_.line);
    }
    if (!rules.empty()) page_.summary.push_back(std::move(rules));
    if (told_.other_periods.empty()) return;
    std::string periods;
    for (const std::string& period : told_.other_periods) {
      periods += (periods.empty() ? "" : ", ") + period;
    }
    page_.summary.push_back(Say("also has results in {}: ask with --period",
                                "在 {} 也有结果：可用 --period 指定", periods));
  }

  void MakeScore() {
    DocumentSection& section = Section(Say("Score", "总分"));
    DocumentBlock block;
    block.table.heading = {Say("indicator", "指标"), Say("value", "值"), Say("points", "得分"),
                           Say("weight", "权重"), Say("contribution", "贡献")};
    block.table.numbers = {false, true, true, true, true};
    for (const IndicatorPart& part : told_.indicators) {
      const bool counts = part.counted == NotCounted::kCounts;
      block.table.rows.push_back({part.name, part.value_shown,
                                  part.points.missing() ? "" : Shown(part.points),
                                  counts ? Percent(part.share) : Why(part.counted),
                                  counts ? Shown(part.contribution) : ""});
    }
    if (told_.weighted.is_number()) {
      block.table.rows.push_back({Say("together", "合计"), "", "", "", Shown(told_.weighted)});
    }
    section.blocks.push_back(std::move(block));
    DocumentBlock steps;
    for (const StepPart& step : told_.steps) steps.paragraphs.push_back(StepWords(step));
    if (told_.score.missing()) steps.paragraphs.push_back(NoScore());
    if (!steps.paragraphs.empty()) section.blocks.push_back(std::move(steps));
  }

  std::string NoScore() const {
    return Say("no score: no indicator with a weight has points",
               "没有总分：没有任何有权重的指标有得分");
  }

  std::string Why(NotCounted counted) const {
    switch (counted) {
      case NotCounted::kCounts: return "";
      case NotCounted::kNoWeight: return Say("no weight", "无权重");
      case NotCounted::kTrial: return Say("on trial", "试行");
      case NotCounted::kRetired: return Say("retired", "停用");
      case NotCounted::kNotInForce: return Say("not in force", "未生效");
      case NotCounted::kWhen: return Say("does not apply", "不适用");
      case NotCounted::kMissing:
        return Say("no points: weight shared out", "无得分：权重分给其他指标");
    }
    return "";
  }

  std::string StepWords(const StepPart& step) const {
    const std::string change = fmt::format("{} → {}", Shown(step.before), Shown(step.after));
    switch (step.kind) {
      case StepKind::kAddition:
        return Say("addition {} ({}): additions {}", "加分项 {}（{}）：加分合计 {}", step.what,
                   step.effect, change);
      case StepKind::kLimit:
        return Say("limit of additions ±{}: {}", "加分上限 ±{}：{}", Shown(step.amount), change);
      case StepKind::kAdded: return Say("with additions: {}", "加上加分：{}", change);
      case StepKind::kCapPoints:
      case StepKind::kCapScore:
        return Say("interlock {} ({}): {}", "联动约束 {}（{}）：{}", step.what, step.effect,
                   change);
      case StepKind::kVeto:
        return Say("veto {} ({}): {}", "否决 {}（{}）：{}", step.what, step.effect, change);
      case StepKind::kRound:
      case StepKind::kRoundAgain:
        return Say("rounded to {} decimals: {}", "四舍五入到 {} 位小数：{}", model_.rounding,
                   change);
    }
    return change;
  }

  // --- grade
  // --------------------------------------------------------------------------------------

  void MakeGrade() {
    const GradePart& grade = told_.grade;
    if (model_.grades.empty()) return;
    DocumentBlock block;
    if (!grade.earned.empty()) {
      block.paragraphs.push_back(Say("score {}: {}, which begins at {}", "总分 {}：{}，起点为 {}",
                                     told_.score_shown, grade.earned, Shown(*grade.lowest)));
    }
    if (told_.peers_decide) MakeForced(block);
    for (const GatePart& veto : told_.vetoes) {
      if (!veto.holds) continue;
      std::string words = Say("veto {} ({})", "否决 {}（{}）", veto.name, veto.effects);
      if (veto.grade_without && *veto.grade_without != grade.final_grade) {
        words += Say(": without it {}", "：若无此项则为 {}", *veto.grade_without);
      }
      block.paragraphs.push_back(std::move(words));
    }
    block.paragraphs.push_back(Say("grade {}", "等级 {}", grade.final_grade));
    Section(Say("Grade", "等级")).blocks.push_back(std::move(block));
  }

  void MakeForced(DocumentBlock& block) const {
    const GradePart& grade = told_.grade;
    if (grade.rank.missing()) {
      block.paragraphs.push_back(Say("no place among peers: the grade of the score stays",
                                     "不参与强制分布：按总分定等级"));
      return;
    }
    block.paragraphs.push_back(Say("forced distribution: place {} of {} peers: {}",
                                   "强制分布：{1} 名同组对象中排第 {0}：{2}", Shown(grade.rank),
                                   Shown(grade.peers), grade.forced));
  }

  // --- reasons
  // ------------------------------------------------------------------------------------

  std::string ReasonWords(const Reason& reason) const {
    switch (reason.kind) {
      case Reason::kIndicator: return reason.name;
      case Reason::kAddition:
        return reason.name.empty() ? Say("limits of additions", "加分的限制")
                                   : Say("addition {}", "加分项 {}", reason.name);
      case Reason::kInterlock: return Say("interlock {}", "联动约束 {}", reason.name);
      case Reason::kVeto: return Say("veto {}", "否决 {}", reason.name);
      case Reason::kRounding: return Say("rounding", "四舍五入");
    }
    return "";
  }

  void MakeReasons() {
    if (told_.reasons.empty()) return;
    DocumentBlock block;
    block.table.heading = {Say("reason", "原因"), Say("points lost", "失分")};
    block.table.numbers = {false, true};
    for (const Reason& reason : told_.reasons) {
      const std::string lost = reason.lost.Sign() > 0 ? Shown(reason.lost) : Signed(reason.lost);
      block.table.rows.push_back({ReasonWords(reason), lost});
    }
    block.table.rows.push_back({Say("together: 100 less the score", "合计：100 减去总分"),
                                Shown(Number(100) - told_.score.number())});
    Section(Say("Reasons, by points lost", "失分原因")).blocks.push_back(std::move(block));
  }

  // --- what would change it
  // -----------------------------------------------------------------------

  void MakeReaches() {
    if (told_.reaches.empty()) return;
    DocumentBlock block;
    if (told_.peers_decide) {
      block.paragraphs.push_back(Say("the peers decide: what follows holds if their scores stay",
                                     "由同组对象共同决定：以下以他人总分不变为前提"));
    }
    for (const Reach& reach : told_.reaches) block.paragraphs.push_back(ReachWords(reach));
    Section(Say("What would change the grade to {}, each alone", "怎样达到等级 {}（每项单独变化）",
                told_.grade.next))
        .blocks.push_back(std::move(block));
  }

  std::string InUnit(const Reach& reach, const Value& value) const {
    return ShownValue(value, model_.indicators[reach.indicator].shown, language_);
  }

  // A bound that does not end is rounded so that what is shown reaches too; the fraction follows.
  std::string BoundInUnit(const Reach& reach, const Value& value) const {
    const Type& type = model_.indicators[reach.indicator].shown;
    const std::string shown = InUnit(reach, value);
    if (!value.is_number() || !shown.starts_with("≈") || reach.direction == 0) return shown;
    const bool percent = type.form == NumberForm::kPercent && type.unit.plain();
    const Number unit = percent ? Number::Fraction(1, 100) : type.unit.Scale();
    const Number exact = value.number() / unit;
    int places = kDigitsOfBounds - 1;
    for (Number size = Abs(exact); size >= Number(10); size = size / Number(10)) --places;
    Number step(1);
    for (int i = 0; i < std::abs(places); ++i) step = step * Number(10);
    if (places < 0) step = Number(1) / step;
    const Number rounded = (reach.direction > 0 ? Ceil(exact * step) : Floor(exact * step)) / step;
    return InUnit(reach, rounded * unit) +
           Say(" (exactly {})", "（精确值 {}）", exact.ToFraction() + (percent ? "%" : ""));
  }

  std::string ReachWords(const Reach& reach) const {
    const IndicatorModel& indicator = model_.indicators[reach.indicator];
    const std::string name = LabelOf(indicator.name, indicator.id);
    switch (reach.status) {
      case ReachStatus::kNotCounted: return Say("{}: does not count", "{}：不计分", name);
      case ReachStatus::kNotFollowed:
        return Say("{}: none of the values tried reaches it, and not all could be tried",
                   "{}：试过的取值都达不到，且无法尝试全部取值", name);
      case ReachStatus::kCannot: return name + Say(": ", "：") + CannotWords(reach);
      case ReachStatus::kReached: break;
    }
    std::string words = name + Say(": ", "：") + ToWords(reach);
    if (reach.to.score.is_number()) {
      words += Say(" (points {}, score {})", "（得分 {}，总分 {}）", Shown(reach.to.points),
                   Shown(reach.to.score));
    }
    return words;
  }

  // `≥ 95% (now 84%)`, `more than 5`, `at most 3 d`, `true`.
  std::string ToWords(const Reach& reach) const {
    const std::string value =
        reach.about ? InUnit(reach, reach.to.value) : BoundInUnit(reach, reach.to.value);
    std::string words = value;
    if (reach.direction > 0) {
      words = reach.beyond ? Say("more than {}", "大于 {}", value)
                           : Say("at least {}", "至少 {}", value);
    } else if (reach.direction < 0) {
      words = reach.beyond ? Say("less than {}", "小于 {}", value)
                           : Say("at most {}", "至多 {}", value);
    }
    if (reach.whole) {
      words += Say(", so {} as a whole number", "，取整数为 {}", InUnit(reach, *reach.whole));
    }
    if (reach.about) words += Say(", about", "（近似）");
    for (const IndicatorPart& part : told_.indicators) {
      if (part.index != reach.indicator) continue;
      words += Say(" instead of {}", "，现为 {}", part.value_shown);
    }
    return words;
  }

  std::string CannotWords(const Reach& reach) const {
    std::string words;
    const bool full = reach.full && reach.full->score.is_number();
    const IndicatorModel& indicator = model_.indicators[reach.indicator];
    if (full) {
      words = Say("cannot: even {} points give {}", "做不到：即使得 {} 分，总分也只有 {}",
                  Shown(Value(indicator.cap)), Shown(reach.full->score));
    } else {
      words = Say("cannot", "做不到");
    }
    if (reach.best && reach.best->score.is_number() &&
        (!full || reach.best->score.number() < reach.full->score.number())) {
      words +=
          Say("; the best it can bring about is {}", "；它最多带来 {}", Shown(reach.best->score));
    }
    if (told_.grade.next_lowest && !told_.peers_decide) {
      words += Say("; {} begins at {}", "；{} 的起点为 {}", told_.grade.next,
                   Shown(*told_.grade.next_lowest));
    }
    for (const size_t veto : reach.vetoes) {
      words += Say("; veto {} holds all the same", "；否决 {} 仍然成立",
                   LabelOf(model_.vetoes[veto].name, model_.vetoes[veto].id));
    }
    return words;
  }

  // --- indicators
  // ---------------------------------------------------------------------------------

  void MakeIndicator(const IndicatorPart& part) {
    DocumentSection& section =
        Section(part.name == part.id ? part.name : part.name + " (" + part.id + ")");
    DocumentBlock block;
    text_.Tell(part.figure, 0, block.lines);
    section.blocks.push_back(std::move(block));
    DocumentBlock more;
    if (part.carried) {
      more.paragraphs.push_back(
          Say("no value in this period: {} is carried on from the last one that had one",
              "本期没有值：沿用最近一期的值 {}", part.value_shown));
    }
    PointsWords(part, more.paragraphs);
    WeightWords(part, more.paragraphs);
    if (part.target) TargetWords(part, more.paragraphs);
    section.blocks.push_back(std::move(more));
    if (!part.when) return;
    DocumentBlock when;
    text_.Tell(*part.when, 0, when.lines);
    section.blocks.push_back(std::move(when));
  }

  void PointsWords(const IndicatorPart& part, std::vector<std::string>& lines) const {
    if (!model_.indicators[part.index].has_points) return;
    std::string words = Say("points: {}", "得分：{}", Shown(part.points));
    if (!part.segment.empty()) words += Say(" – {}", " – {}", part.segment);
    if (!part.missing_policy.empty()) {
      words += Say(" (missing: {})", "（missing: {}）", part.missing_policy);
    }
    lines.push_back(std::move(words));
    if (part.capped == part.points) return;
    lines.push_back(
        Say("capped by an interlock: {} points", "受联动约束限制：{} 分", Shown(part.capped)));
  }

  void WeightWords(const IndicatorPart& part, std::vector<std::string>& lines) const {
    if (part.weights.empty()) {
      if (part.counted != NotCounted::kCounts) lines.push_back(Why(part.counted));
      return;
    }
    std::string words = Say("weight: {}", "权重：{}", Percent(part.weights.front().after));
    for (const WeightStep& step : part.weights) {
      if (step.kind == WeightStep::kBase) continue;
      words += Say(", {} → {}", "，{} → {}", StepName(step), Percent(step.after));
    }
    if (part.counted != NotCounted::kCounts) words += Say("; ", "；") + Why(part.counted);
    lines.push_back(std::move(words));
    if (part.counted != NotCounted::kCounts) return;
    lines.push_back(Say("contribution: {} × {} = {}", "贡献：{} × {} = {}", Percent(part.share),
                        Shown(part.points), Shown(Value(part.contribution))));
  }

  std::string StepName(const WeightStep& step) const {
    std::string words;
    switch (step.kind) {
      case WeightStep::kBase: return "";
      case WeightStep::kShared:
        return Say("shared out from indicators without points", "分得无得分指标的权重");
      case WeightStep::kProfile: words = Say("profile {}", "岗位或阶段 {}", step.name); break;
      case WeightStep::kAdjustment: words = Say("adjustment {}", "调整 {}", step.name); break;
    }
    std::string why = step.why;
    if (!step.approved_by.empty()) {
      why += (why.empty() ? "" : "; ") + Say("approved by {}", "批准：{}", step.approved_by);
    }
    return why.empty() ? words : words + " (" + why + ")";
  }

  void TargetWords(const IndicatorPart& part, std::vector<std::string>& lines) const {
    const Figure& target = told_.derivation.at(*part.target);
    std::string words = Say("target: {}", "目标：{}", target.words);
    if (part.target_met.missing()) {
      words += Say(" – not known", " – 未知");
    } else {
      words += part.target_met.holds() ? Say(" – met", " – 达标") : Say(" – missed", " – 未达标");
    }
    lines.push_back(std::move(words));
  }

  // --- conditions and outcomes
  // --------------------------------------------------------------------

  void MakeGates(const std::string& heading, const std::vector<GatePart>& gates) {
    if (gates.empty()) return;
    DocumentSection& section = Section(heading);
    for (const GatePart& gate : gates) {
      DocumentBlock block;
      std::string words = (gate.holds ? "✓ " : gate.unknown ? "? " : "– ") + gate.name;
      if (!gate.effects.empty()) words += " (" + gate.effects + ")";
      words += Say(": {}", "：{}",
                   gate.holds     ? Say("fires", "触发")
                   : gate.unknown ? Say("not known", "未知")
                                  : Say("does not fire", "未触发"));
      block.paragraphs.push_back(std::move(words));
      text_.Tell(gate.figure, 2, block.lines);
      section.blocks.push_back(std::move(block));
    }
  }

  void MakeOutcomes() {
    if (told_.outcomes.empty()) return;
    DocumentSection& section = Section(Say("Outcomes", "结果"));
    for (const OutcomePart& part : told_.outcomes) {
      DocumentBlock block;
      block.paragraphs.push_back(fmt::format("{}{}{}", part.name, Say(": ", "："), part.shown));
      if (part.figure) text_.Tell(*part.figure, 2, block.lines);
      section.blocks.push_back(std::move(block));
    }
  }

  const Explanation& told_;
  const Model& model_;
  Language language_;
  bool chinese_;
  FigureText text_;
  Document page_;
};

}  // namespace

Document PageOf(const Explanation& explanation, const Model& model, Language language,
                size_t rows) {
  return Page(explanation, model, language, rows).Make();
}

}  // namespace steelyard
