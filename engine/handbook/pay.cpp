// What follows from the score: outcomes, pools, amounts paid in parts, rewards that are not money.
#include "engine/handbook/chapters.h"

namespace steelyard {
namespace {

class Pay {
 public:
  explicit Pay(Writing& writing) : writing_(writing), words_(writing.words) {}

  void Run() {
    Outcomes();
    Pools();
    Schedules();
    Entitlements();
  }

 private:
  std::string Say(std::string_view english, std::string_view chinese) const {
    return words_.Say(english, chinese);
  }

  Line NameOf(const Word& id, const Word& name) const {
    return NameAndId(Labels::Chosen(id.text, name.text), id.text);
  }

  void Outcomes() {
    const auto& outcomes = writing_.file.outcomes;
    if (outcomes.empty()) return;
    writing_.document.Heading(2, Say("Outcomes", "结果"), "outcomes");
    for (size_t i = 0; i < outcomes.size(); ++i) {
      const OutcomeDecl& decl = outcomes[i];
      writing_.document.Heading(3, NameOf(decl.id, decl.name),
                                AnchorOf("outcome", decl.id.text, i));
      const std::string label = Labels::Chosen(decl.id.text, decl.name.text);
      writing_.document.Formula(
          Math::Row({Math::Name(label), Math::Sign("="), words_.Mathematics(decl.formula)}));
      AddDecimals(decl.decimals);
      if (decl.unit.present()) {
        writing_.document.Paragraph(words_.Fill("Shown in {}.", "单位：{}。",
                                                {UnitInPrint(decl.unit.text, words_.language())}));
      }
      ExplainNames(writing_);
    }
  }

  void AddDecimals(const Word& decimals) {
    if (!decimals.present()) return;
    writing_.document.Paragraph(
        decimals.text == "0"
            ? Say("Shown as a whole number.", "取整显示。")
            : words_.Fill("Shown to {} decimals.", "显示到 {} 位小数。", {decimals.text}));
  }

  void Pools() {
    const auto& pools = writing_.file.pools;
    if (pools.empty()) return;
    writing_.document.Heading(2, Say("Pools", "奖金池"), "pools");
    for (size_t i = 0; i < pools.size(); ++i) {
      writing_.document.Heading(3, NameOf(pools[i].id, pools[i].name),
                                AnchorOf("pool", pools[i].id.text, i));
      AddPool(pools[i]);
      ExplainNames(writing_);
    }
  }

  void AddPool(const PoolDecl& pool) {
    Sheet facts;
    facts.head = {Say("about it", "说明"), ""};
    const auto add = [&](std::string_view english, std::string_view chinese, Line line) {
      facts.rows.push_back({Say(english, chinese), std::move(line)});
    };
    add("amount", "总额", words_.Amount(pool.amount));
    add("in proportion to", "分配依据", words_.Amount(pool.by));
    std::vector<std::string> groups;
    for (const Formula& formula : pool.among) {
      if (formula.parsed())
        groups.push_back(writing_.labels.Of(formula.tree.at(formula.tree.root)));
    }
    if (!groups.empty()) add("one pool for each", "分组", words_.List(groups));
    if (pool.when.parsed()) add("who takes part", "参与条件", words_.Condition(pool.when));
    add("smallest piece", "最小单位", pool.to.parsed() ? words_.Amount(pool.to) : Line("0.01"));
    writing_.document.Add(std::move(facts));
    writing_.document.Paragraph(
        Say("Each gets a part of the amount in proportion, rounded down to the smallest piece; the "
            "pieces that are left go one by one to the largest remainders. Who does not take part "
            "gets 0.",
            "按比例分配总额，先向下取到最小单位，余下的单位依次分给余数最大者；不参与者为 0。"));
  }

  void Schedules() {
    const auto& schedules = writing_.file.schedules;
    if (schedules.empty()) return;
    writing_.document.Heading(2, Say("Payment in parts", "分期支付"), "schedules");
    for (size_t i = 0; i < schedules.size(); ++i) {
      writing_.document.Heading(3, NameOf(schedules[i].id, schedules[i].name),
                                AnchorOf("schedule", schedules[i].id.text, i));
      AddSchedule(schedules[i]);
      ExplainNames(writing_);
    }
  }

  void AddSchedule(const ScheduleDecl& schedule) {
    Line amount = Say("Amount: ", "金额：");
    writing_.document.Paragraph(amount.Add(words_.Amount(schedule.amount)));
    Sheet sheet;
    sheet.head = {Say("part", "期次"), Say("share", "比例"), Say("due on", "支付日"),
                  Say("if", "条件"), Say("times", "系数")};
    sheet.is_number = {false, true};
    for (const SchedulePartDecl& part : schedule.parts) {
      sheet.rows.push_back(
          {part.id.text, words_.Amount(part.share), words_.Amount(part.due),
           part.when.parsed() ? words_.Condition(part.when) : Line(Say("always", "无条件")),
           part.factor.parsed() ? words_.Amount(part.factor) : Line("1")});
    }
    writing_.document.Add(std::move(sheet));
    writing_.document.Paragraph(Say(
        "A part is paid on its day if its condition holds; if it fails, the part is forfeited. "
        "Where the condition or the factor is not known, the part stays outstanding and somebody "
        "looks at it.",
        "到支付日且符合条件时支付；不符合条件时该期失效；条件或系数无法判断时暂不支付，转人工复核"
        "。"));
    if (schedule.release.parsed()) AddRelease(schedule.release);
  }

  // A day, or a condition.
  void AddRelease(const Formula& release) {
    Line line = Say("What is still to come is paid at once", "尚未到期的各期提前一次支付");
    if (IsDay(release)) {
      line.Add(Say(" from this day on: ", "，自此日起：")).Add(words_.Amount(release));
      line.Add(Say(" (parts that are due before keep their own rules).",
                   "（此日之前到期的各期仍按原规定）。"));
    } else {
      line.Add(Say(" for as long as this holds: ", "，条件是：")).Add(words_.Condition(release));
      line.Add(Say(".", "。"));
    }
    writing_.document.Paragraph(std::move(line));
  }

  bool IsDay(const Formula& release) const {
    const Span span = release.tree.at(release.tree.root).span;
    for (const Term& term : writing_.model.terms) {
      if (term.span == span && term.type.kind == TypeKind::kDate) return true;
    }
    return false;
  }

  void Entitlements() {
    const auto& entitlements = writing_.file.entitlements;
    if (entitlements.empty()) return;
    writing_.document.Heading(2, Say("Rewards that are not money", "非现金奖励"), "entitlements");
    std::vector<Line> items;
    for (const GateDecl& decl : entitlements) {
      Line item;
      item.Add(StrongNameAndId(decl.id.text, decl.name.text));
      item.Add(Say(": if ", "：如果 ")).Add(words_.Condition(decl.condition));
      item.Add(Say(".", "。"));
      if (decl.unknown == UnknownPolicy::kReview) {
        item.Add(
            Say(" Where that is not known, somebody looks at it.", "无法判断时：转人工复核。"));
      } else if (decl.unknown == UnknownPolicy::kTrigger) {
        item.Add(Say(" Also where that is not known.", "无法判断时：视为符合。"));
      } else {
        item.Add(Say(" Not where that is not known.", "无法判断时：不给予。"));
      }
      items.push_back(std::move(item));
    }
    writing_.document.List(std::move(items));
    ExplainNames(writing_);
  }

  Writing& writing_;
  Sentences& words_;
};

}  // namespace

void AddPay(Writing& writing) { Pay(writing).Run(); }

}  // namespace steelyard
