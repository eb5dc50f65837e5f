// Additions, interlocks, vetoes and alerts, a plain sentence each.
#include "engine/handbook/chapters.h"

namespace steelyard {
namespace {

class Gates {
 public:
  explicit Gates(Writing& writing) : writing_(writing), words_(writing.words) {}

  void Run() {
    const RuleFile& file = writing_.file;
    Chapter(file.additions, words_.Say("Additions", "加分与减分"), "additions", Limit());
    Chapter(file.interlocks, words_.Say("Interlocks", "联动约束"), "interlocks", {});
    Chapter(file.vetoes, words_.Say("Vetoes", "否决"), "vetoes", VetoesTogether());
    Chapter(file.alerts, words_.Say("Alerts", "预警"), "alerts", Alerted());
  }

 private:
  void Chapter(const std::vector<GateDecl>& gates, std::string heading, const char* anchor,
               Line after) {
    const bool audits = std::string_view(anchor) == "alerts" && HasOwnAlerts();
    if (gates.empty() && !audits) return;
    is_interlock_ = std::string_view(anchor) == "interlocks";
    writing_.document.Heading(2, std::move(heading), anchor);
    std::vector<Line> items;
    for (const GateDecl& gate : gates) items.push_back(Sentence(gate));
    if (audits) AddOwnAlerts(items);
    writing_.document.List(std::move(items));
    writing_.document.Paragraph(std::move(after));
    ExplainNames(writing_);
  }

  Line Limit() {
    if (!writing_.file.additions_limit.parsed()) return {};
    Line line = words_.Say("Together they add or take away at most ", "合计加减分不超过 ");
    line.Add(words_.Amount(writing_.file.additions_limit));
    return line.Add(
        words_.Say(". They do not bring the score below 0.", " 分，且不会使总得分低于 0。"));
  }

  Line VetoesTogether() const {
    return words_.Say(
        "All vetoes that hold apply together: the lowest of the scores, then the grade it earns, "
        "then all downgrades, then the worst grade that is named. There is no grade below the "
        "lowest.",
        "符合的否决同时适用：先取最低的得分及其对应的等级，再累计下调等级，最后取指定等级中最低的；"
        "不低于最低等级。");
  }

  Line Alerted() const {
    return words_.Say("Alerts are for people to look at; they change neither score nor grade.",
                      "预警供人查看，不改变得分和等级。");
  }

  Line Sentence(const GateDecl& gate) {
    Line line = StrongNameAndId(gate.id.text, gate.name.text);
    if (gate.level.present()) {
      line.Add(words_.Fill(" ({})", "（{}）", {LevelInWords(gate.level.text)}));
    }
    line.Add(words_.Say(": ", "："));
    if (is_interlock_) {
      line.Add(words_.Say("required is that ", "要求 ")).Add(words_.Condition(gate.condition));
      line.Add(words_.Say("; otherwise ", "；否则 "));
    } else {
      line.Add(words_.Say("if ", "如果 ")).Add(words_.Condition(gate.condition));
      line.Add(gate.effects.empty() ? words_.Say(", it is raised", "，则发出预警")
                                    : words_.Say(", then ", "，则 "));
    }
    AddEffects(gate, line);
    line.Add(words_.Say(".", "。"));
    return line.Add(Unknown(gate));
  }

  std::string LevelInWords(const std::string& level) const {
    if (level == "warning") return words_.Say("warning", "警告");
    if (level == "info") return words_.Say("for information", "提示");
    return level;
  }

  void AddEffects(const GateDecl& gate, Line& line) {
    for (const Effect& effect : gate.effects) {
      if (&effect != &gate.effects.front()) line.Add(words_.Say(" and ", "，并且 "));
      AddEffect(effect, line);
    }
  }

  void AddAmount(Line& line, std::string_view before, std::string_view before_chinese,
                 const Effect& effect, std::string_view after, std::string_view after_chinese) {
    line.Add(words_.Say(before, before_chinese)).Add(words_.Amount(effect.amount));
    line.Add(words_.Say(after, after_chinese));
  }

  void AddEffect(const Effect& effect, Line& line) {
    switch (effect.verb) {
      case EffectVerb::kAdd: return AddAmount(line, "", "加 ", effect, " points are added", " 分");
      case EffectVerb::kSubtract:
        return AddAmount(line, "", "减 ", effect, " points are taken away", " 分");
      case EffectVerb::kCap:
        if (effect.target.present()) {
          line.Add(words_.Fill("the points of {} are ", "{} 的得分",
                               {writing_.labels.OfWord(effect.target)}));
          return AddAmount(line, "at most ", "最高为 ", effect, "", " 分");
        }
        [[fallthrough]];
      case EffectVerb::kScore:
        return AddAmount(line, "the score is at most ", "总得分最高为 ", effect, "", " 分");
      case EffectVerb::kFloor:
        return AddAmount(line, "the score is at least ", "总得分最低为 ", effect, "", " 分");
      case EffectVerb::kDowngrade:
        return AddAmount(line, "the grade goes down by ", "等级下调 ", effect,
                         IsOne(effect.amount) ? " grade" : " grades", " 级");
      case EffectVerb::kGrade:
        line.Add(words_.Fill("the grade is {} at best", "等级最高为 {}", {effect.target.text}));
        return;
      case EffectVerb::kDisqualify:
        line.Add(words_.Say("the score is 0 and the grade “disqualified”",
                            "取消资格：总得分记 0，等级记“disqualified”"));
        return;
    }
  }

  static bool IsOne(const Formula& amount) {
    if (!amount.parsed()) return false;
    const Expr& root = amount.tree.at(amount.tree.root);
    return root.kind == ExprKind::kNumber && root.number == Number(1);
  }

  std::string Unknown(const GateDecl& gate) const {
    const bool alert = gate.effects.empty();
    switch (gate.unknown) {
      case UnknownPolicy::kReview:
        return words_.Say(" Where that is not known, nothing happens and somebody looks at it.",
                          "无法判断时：不处理，转人工复核。");
      case UnknownPolicy::kTrigger:
        return alert ? words_.Say(" It is raised as well where that is not known.",
                                  "无法判断时：同样发出预警。")
                     : (is_interlock_
                            ? words_.Say(" Where that is not known, it counts as not satisfied.",
                                         "无法判断时：视为不满足。")
                            : words_.Say(" Where that is not known, it counts as holding.",
                                         "无法判断时：视为符合。"));
      case UnknownPolicy::kPass:
        return words_.Say(" Where that is not known, nothing happens.", "无法判断时：不处理。");
    }
    return "";
  }

  // Those that indicators raise by themselves.
  bool HasOwnAlerts() const {
    for (const IndicatorModel& indicator : writing_.model.indicators) {
      if (IsDescribed(writing_, indicator) && (indicator.audit.valid() || Carries(indicator))) {
        return true;
      }
    }
    return false;
  }

  static bool Carries(const IndicatorModel& indicator) {
    return indicator.missing == MissingPolicy::kCarry && indicator.has_points;
  }

  void AddOwnAlerts(std::vector<Line>& items) const {
    for (const IndicatorModel& indicator : writing_.model.indicators) {
      if (!IsDescribed(writing_, indicator)) continue;
      const std::string label = writing_.labels.Of(indicator);
      if (indicator.audit.valid()) {
        Line line;
        line.Strong(label).Quiet(" " + indicator.id + ".audit");
        items.push_back(
            line.Add(words_.Say(": if the value lies outside the range in which it is believed "
                                "without a look at the evidence.",
                                "：数值超出其复核范围时提示，需核查依据。")));
      }
      if (Carries(indicator)) {
        Line line;
        line.Strong(label).Quiet(" " + indicator.id + ".carried");
        items.push_back(line.Add(words_.Say(": if an earlier value was taken for want of one.",
                                            "：因没有数值而沿用以前的数值时提示。")));
      }
    }
  }

  Writing& writing_;
  Sentences& words_;
  bool is_interlock_ = false;
};

}  // namespace

void AddGates(Writing& writing) { Gates(writing).Run(); }

}  // namespace steelyard
