// A part for each indicator: what it is, its formula, its points, when it counts.
#include <algorithm>

#include "engine/base/text.h"
#include "engine/handbook/chapters.h"

namespace steelyard {
namespace {

std::string SourceKind(const Writing& writing, const std::string& kind) {
  if (kind == "system") return writing.Say("from a system", "系统取数");
  if (kind == "third_party") return writing.Say("from a third party", "第三方");
  if (kind == "self_rating") return writing.Say("rated by oneself", "自评");
  if (kind == "manual") return writing.Say("entered by hand", "人工填报");
  return kind;
}

class Description {
 public:
  Description(Writing& writing, const IndicatorModel& indicator)
      : writing_(writing),
        words_(writing.words),
        indicator_(indicator),
        decl_(*indicator.decl),
        label_(writing.labels.Of(indicator)) {}

  void Write() {
    const auto index = static_cast<int32_t>(&indicator_ - writing_.model.indicators.data());
    writing_.labels.SetIndicator(index);
    writing_.labels.TakeMet();
    writing_.document.Heading(3, NameAndId(label_, indicator_.id), AnchorOf(writing_, indicator_));
    writing_.document.Paragraph(decl_.definition.text);
    AddFormula();
    if (indicator_.has_points) AddPoints(writing_, indicator_);
    AddFacts();
    ExplainNames(writing_);
    writing_.labels.SetIndicator(-1);
  }

 private:
  void AddFormula() {
    if (decl_.formula.parsed()) {
      writing_.document.Formula(
          Math::Row({Math::Name(label_), Math::Sign("="), words_.Mathematics(decl_.formula)}));
    } else if (decl_.score.form != ScoreForm::kEvents) {
      const Term& value = writing_.model.term(indicator_.value);
      if (value.kind == TermKind::kColumn) writing_.labels.Of(value.column);
      writing_.document.Paragraph(words_.Fill(
          "The value stands in the data of {}, column {}.", "数值直接取自「{}」数据的「{}」一列。",
          {writing_.labels.Of(writing_.model.schema.subject), indicator_.id}));
    }
  }

  void Fact(std::string_view english, std::string_view chinese, Line line) {
    if (!line.empty()) facts_.rows.push_back({words_.Say(english, chinese), std::move(line)});
  }

  void AddFacts() {
    facts_.head = {words_.Say("about it", "说明"), ""};
    Fact("weight", "权重", Weight());
    Fact("better", "方向", Direction());
    Fact("target", "目标", Target());
    Fact("without a value", "没有数值时", Missing());
    Fact("counts if", "计分条件", CountsIf());
    Fact("counts", "计入时间", Life());
    Fact("audited outside", "需复核的范围之外", AuditRange());
    Fact("unit", "单位", decl_.unit.text);
    Fact("measured", "统计周期", decl_.period.text);
    Fact("source", "数据来源", Source());
    Fact("owner", "负责部门", decl_.owner.text);
    Fact("strategic aim", "对应战略", decl_.strategy.text);
    Fact("for level", "适用层级", Levels());
    Fact("may be exchanged", "动态指标",
         decl_.flexible ? words_.Say("yes, when circumstances change", "是，可随情况更换") : "");
    Fact("reason", "原因", decl_.why.text);
    writing_.document.Add(std::move(facts_));
  }

  Line CountsIf() {
    if (!decl_.when.parsed()) return {};
    Line line = words_.Condition(decl_.when);
    return line.Add(
        words_.Say("; otherwise, or where that is not known, it has no points, and its "
                   "weight goes to the others",
                   "；不符合或无法判断时不计分，权重按比例分给其他指标"));
  }

  Line Levels() const {
    std::vector<std::string> levels;
    for (const Word& level : decl_.level) levels.push_back(level.text);
    return words_.List(levels);
  }

  Line Source() const {
    std::string text = decl_.source_system.text;
    const std::string kind = SourceKind(writing_, decl_.source_kind.text);
    if (text.empty() || kind.empty()) return text + kind;
    return words_.Fill("{} ({})", "{}（{}）", {text, kind});
  }

  Line Direction() const {
    if (decl_.better == Better::kHigher) return words_.Say("higher is better", "越高越好");
    if (decl_.better == Better::kLower) return words_.Say("lower is better", "越低越好");
    return {};
  }

  Line Weight() const {
    if (indicator_.status == Status::kTrial) {
      return words_.Say("on trial: computed and shown, counts for nothing",
                        "试行：计算并显示，不计入得分");
    }
    if (!indicator_.scored) {
      return words_.Say("none: shown, counts for nothing", "无：仅供参考，不计入得分");
    }
    Line line = WeightFigures();
    line.Add(words_.Say(" (", "（"));
    line.Link(words_.Say("table of weights", "权重表"), "weights").Add(words_.Say(")", "）"));
    if (indicator_.weight_range) {
      const auto& [low, high] = *indicator_.weight_range;
      line.Add(words_.Fill("; range {} to {}", "；合理区间 {} 至 {}",
                           {PercentInPrint(low), PercentInPrint(high)}));
    }
    return line;
  }

  // The least and the most it weighs, at any date and under any profile, adjustments left out.
  std::string WeightFigures() const {
    const auto index = static_cast<size_t>(&indicator_ - writing_.model.indicators.data());
    std::optional<Number> least;
    std::optional<Number> most;
    const auto see = [&](const std::vector<DatedWeights>& dated) {
      for (const DatedWeights& weights : dated) {
        const Number& weight = weights.weights[index];
        if (!least || weight < *least) least = weight;
        if (!most || weight > *most) most = weight;
      }
    };
    see(writing_.model.base_weights);
    for (const ProfileModel& profile : writing_.model.profiles) see(profile.weights);
    if (!least) return "";
    const auto percent = [](const Number& share) {
      return FormatPlaces(share * Number(100), 2) + "%";
    };
    if (*least == *most) return percent(*least);
    return words_.Fill("{} to {}, by profile and date", "{} 至 {}，因岗位、阶段或日期而异",
                       {percent(*least), percent(*most)});
  }

  Line Target() {
    if (decl_.target.parsed()) return TargetOf(decl_.target);
    Line line;
    std::vector<const DatedFormula*> dated;
    for (const DatedFormula& entry : decl_.dated_targets) dated.push_back(&entry);
    std::stable_sort(dated.begin(), dated.end(),
                     [](const auto* a, const auto* b) { return a->from < b->from; });
    for (const DatedFormula* entry : dated) {
      if (!line.empty()) line.Add(words_.Say("; ", "；"));
      line.Add(words_.From(entry->from) + words_.Say(": ", "："));
      line.Add(TargetOf(entry->formula));
    }
    return line;
  }

  // A condition on the value, or a level alone: this much or better.
  Line TargetOf(const Formula& target) {
    const Line words = words_.Condition(target);
    const Expr& root = target.tree.at(target.tree.root);
    const bool compares =
        root.kind == ExprKind::kChain || root.kind == ExprKind::kBetween ||
        root.kind == ExprKind::kIn ||
        (root.kind == ExprKind::kBinary && root.op >= Op::kOr && root.op <= Op::kGreaterEqual) ||
        (root.kind == ExprKind::kUnary && root.op == Op::kNot);
    if (compares) return words;
    Line line = decl_.better == Better::kLower ? words_.Say("at most ", "不高于 ")
                                               : words_.Say("at least ", "不低于 ");
    return line.Add(words_.Amount(target));
  }

  Line Missing() const {
    if (!indicator_.has_points || !indicator_.scored) return {};
    switch (indicator_.missing) {
      case MissingPolicy::kZero: return words_.Say("0 points", "记 0 分");
      case MissingPolicy::kPoints: return MissingPoints();
      case MissingPolicy::kCarry:
        return words_.Say("the last value there was, and its points; this is marked",
                          "沿用最近一次的数值及其得分，并作标记");
      case MissingPolicy::kError:
        return words_.Say("no score in this period until the data are put right",
                          "本期不评分，列入待核对名单，数据补齐后再评");
      default:
        return words_.Say("its weight goes to the other indicators, in proportion",
                          "权重按比例分给其他有得分的指标");
    }
  }

  std::string MissingPoints() const {
    const Term& points = writing_.model.term(indicator_.missing_points);
    return words_.Fill("{} points", "记 {} 分", {FormatSignificant(points.constant.number())});
  }

  Line Life() const {
    std::string text = words_.Dates(indicator_.from, indicator_.until);
    if (decl_.replaced_by.present()) {
      if (!text.empty()) text += words_.Say("; ", "；");
      text += words_.Fill("then replaced by {}", "之后由 {} 代替",
                          {writing_.labels.OfWord(decl_.replaced_by)});
    }
    return text;
  }

  Line AuditRange() {
    const ValueRange& range = decl_.audit_range;
    if (!range.present() || !range.low.parsed() || !range.high.parsed()) return {};
    Line line;
    line.Add(words_.Amount(range.low)).Add(words_.Say(" to ", " 至 "));
    line.Add(words_.Amount(range.high));
    return line.Add(words_.Say(" (then the evidence is looked at)", "（超出时核查依据）"));
  }

  Writing& writing_;
  Sentences& words_;
  const IndicatorModel& indicator_;
  const IndicatorDecl& decl_;
  std::string label_;
  Sheet facts_;
};

// Those of a dimension together, as in the table of weights.
std::vector<const IndicatorModel*> InOrder(const Writing& writing, bool scored) {
  std::vector<const IndicatorModel*> list;
  const auto& all = writing.model.indicators;
  const auto add = [&](const IndicatorModel& indicator) {
    if (indicator.scored == scored && IsDescribed(writing, indicator)) list.push_back(&indicator);
  };
  for (const DimensionModel& dimension : writing.model.dimensions) {
    for (const int32_t index : dimension.indicators) add(all[static_cast<size_t>(index)]);
  }
  for (const IndicatorModel& indicator : all) {
    if (indicator.dimension < 0) add(indicator);
  }
  return list;
}

void AddList(Writing& writing, bool scored, std::string heading, const char* anchor) {
  const auto list = InOrder(writing, scored);
  if (list.empty()) return;
  writing.document.Heading(2, std::move(heading), anchor);
  for (const IndicatorModel* indicator : list) Description(writing, *indicator).Write();
}

}  // namespace

void AddIndicators(Writing& writing) {
  AddList(writing, true, writing.Say("Indicators that count", "计分指标"), "indicators");
  AddList(writing, false, writing.Say("Indicators that are only shown", "参考指标"), "shown");
}

void AddRetired(Writing& writing) {
  std::vector<Line> items;
  for (const IndicatorModel& indicator : writing.model.indicators) {
    const bool own = indicator.decl->id.span.file == writing.file.file;
    if (indicator.status != Status::kRetired || (!own && !indicator.scored)) continue;
    Line item;
    item.Strong(writing.labels.Of(indicator));
    if (indicator.until) {
      item.Add(writing.words.Fill(": until {}", "：至 {} 止", {indicator.until->ToString()}));
    }
    if (indicator.decl->replaced_by.present()) {
      item.Add(writing.words.Fill(", replaced by {}", "，由 {} 代替",
                                  {writing.labels.OfWord(indicator.decl->replaced_by)}));
    }
    item.Add(writing.Say(".", "。"));
    if (indicator.decl->why.present()) {
      item.Add(writing.Say(" Reason: ", "原因：") + indicator.decl->why.text +
               writing.Say(".", "。"));
    }
    items.push_back(std::move(item));
  }
  if (items.empty()) return;
  writing.document.Heading(2, writing.Say("Indicators that have ended", "已停用的指标"), "retired");
  writing.document.List(std::move(items));
}

}  // namespace steelyard
