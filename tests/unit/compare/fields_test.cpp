// Every key of the language: one change of its value is found once, named, and placed.
#include <gtest/gtest.h>

#include <algorithm>

#include "engine/compare/outline.h"
#include "engine/rulefile/load.h"
#include "tests/unit/compare/rich.h"

namespace steelyard {
namespace {

struct FieldCase {
  std::string_view from;
  std::string_view to;
  std::string_view path;  // of the one change
};

constexpr FieldCase kFields[] = {
    {"scorecard: rich", "scorecard: poor", "card.scorecard"},
    {"title: 全部要素", "title: 其他", "card.title"},
    {"version: 2026.1", "version: 2026.2", "card.version"},
    {"..2026-12-31", "..2027-12-31", "card.effective"},
    {"level: [team, region]", "level: [team]", "card.level"},
    {"subject: {table: manager", "subject: {table: order", "card.subject"},
    {"role != 'guest'", "role != 'director'", "card.subject_where"},
    {"period: quarter", "period: half", "card.period"},
    {"name: 负责人", "name: 经理", "data.manager.name"},
    {"key: manager_id\n", "key: joined\n", "data.manager.key"},
    {"guest]", "visitor]", "data.manager.columns.role.values"},
    {"joined: {type: date", "joined: {type: datetime", "data.manager.columns.joined.type"},
    {"name: 入职日", "name: 入职", "data.manager.columns.joined.name"},
    {"min: 1", "min: 2", "data.manager.columns.teamwork.min"},
    {"max: 5", "max: 6", "data.manager.columns.teamwork.max"},
    {"team work", "cooperation", "data.manager.columns.teamwork.aliases"},
    {"bonus_base: {type: money, unit: CNY", "bonus_base: {type: money, unit: USD",
     "data.manager.columns.bonus_base.unit"},
    {"key: [order_id, line]", "key: [order_id]", "data.order.key"},
    {"{column: manager_id, optional", "{column: line, optional",
     "data.order.belongs_to.manager.column"},
    {"optional: true", "optional: false", "data.order.belongs_to.manager.optional"},
    {"time: ordered_on\n    columns:\n      order_id",
     "time: shipped_on\n    columns:\n      order_id", "data.order.time"},
    {"net: {formula: amount - cost}", "net: {formula: amount + cost}",
     "data.order.columns.net.formula"},
    {"results_of: department.yaml", "results_of: other.yaml", "data.department_result.results_of"},
    {"tiers: [S, A]", "tiers: [S, B]", "parameters.tiers.value"},
    {"name: 最低", "name: 底线", "parameters.minimum.name"},
    {"value: 60%", "value: 65%", "parameters.minimum.value"},
    {"2026-07-01: 3", "2026-07-01: 4", "parameters.dated.value"},
    {"2026-07-01: 3", "2026-08-01: 3", "parameters.dated.value"},
    {"value: 12", "value: 13", "parameters.limit.value"},
    {"name: 总营收", "name: 营收", "values.revenue.name"},
    {"formula: sum(order.amount)}", "formula: avg(order.amount)}", "values.revenue.formula"},
    {"decimals: 2}\n  curve", "decimals: 3}\n  curve", "indicators.base.decimals"},
    {"name: 曲线", "name: 线", "indicators.curve.name"},
    {"formula: revenue ÷ 1000 CNY", "formula: revenue ÷ 2000 CNY", "indicators.curve.formula"},
    {"display: percent", "display: h", "indicators.curve.display"},
    {"better: higher", "better: lower", "indicators.curve.better"},
    {"80: 60", "85: 60", "indicators.curve.score.linear[1].at"},
    {"80: 60", "80: 65", "indicators.curve.score.linear[1].points"},
    {"cap: 110", "cap: 115", "indicators.curve.score.cap"},
    {"beyond: extend", "beyond: clamp", "indicators.curve.score.beyond"},
    {"5%..50%", "5%..60%", "indicators.curve.weight_range"},
    {">= 40", "> 40", "indicators.curve.target"},
    {"audit_range: 0..500", "audit_range: 0..600", "indicators.curve.audit_range"},
    {"missing: points 50", "missing: points 55", "indicators.curve.missing"},
    {"missing: points 50", "missing: carry", "indicators.curve.missing"},
    {"joined <= period_start", "joined < period_start", "indicators.curve.when"},
    {"from: 2026-01-01", "from: 2026-02-01", "indicators.curve.from"},
    {"until: 2026-12-30", "until: 2026-11-30", "indicators.curve.until"},
    {"definition: 收入", "definition: 营业收入", "indicators.curve.definition"},
    {"unit: 千元", "unit: 万元", "indicators.curve.unit"},
    {"    period: quarter", "    period: year", "indicators.curve.period"},
    {"owner: sales", "owner: finance", "indicators.curve.owner"},
    {"strategy: growth", "strategy: profit", "indicators.curve.strategy"},
    {"system: CRM", "system: ERP", "indicators.curve.source.system"},
    {"kind: system", "kind: manual", "indicators.curve.source.kind"},
    {"    level: [team, region]", "    level: [region]", "indicators.curve.level"},
    {"flexible: true", "flexible: false", "indicators.curve.flexible"},
    {"why: 试验", "why: 试行", "indicators.curve.why"},
    {"replaced_by: banded", "replaced_by: own", "indicators.curve.replaced_by"},
    {"\">= 50%\": 100", "\">= 55%\": 100", "indicators.banded.score.bands[0].condition"},
    {"\"20%..50%\": 60", "\"20%..50%\": 66", "indicators.banded.score.bands[1].points"},
    {"status: trial", "status: draft", "indicators.banded.status"},
    {"target: \">= 30%\"", "target: \">= 35%\"", "indicators.banded.target"},
    {"target: 500 CNY", "target: 600 CNY", "indicators.ratioed.score.target"},
    {"cap: 120", "cap: 130", "indicators.ratioed.score.cap"},
    {"60 @ 10 CNY", "65 @ 10 CNY", "indicators.tiered.score.tiers.low.points"},
    {"60 @ 10 CNY", "60 @ 11 CNY", "indicators.tiered.score.tiers.low.at"},
    {"workshop: 40}", "workshop: 45}", "indicators.checked.score.events.workshop.points"},
    {"scale: 1..5", "scale: 0..5", "indicators.rated.score.scale"},
    {"score: {formula: value × 100}", "score: {formula: value × 90}",
     "indicators.own.score.formula"},
    {"score: {formula: value × 100}", "score: {rating: {scale: 1..5}}", "indicators.own.score"},
    {"mark: {score", "mark: {formula: teamwork, score", "indicators.mark.formula"},
    {"\nmissing: zero", "\nmissing: carry", "missing.missing"},
    {"业绩: {weight: 60%", "业绩: {weight: 55%", "dimensions.业绩.weight"},
    {"base: 40%", "base: 45%", "weights.base.weight"},
    {"2026-10-01: 20%", "2026-10-01: 25%", "weights.tiered.weight"},
    {"role = 'director'", "role = 'account_manager'", "profiles.director.when"},
    {"set: {curve: 50%", "set: {curve: 55%", "profiles.director.set.curve.weight"},
    {"rest: rescale\n      why: 岗位", "rest: keep\n      why: 岗位", "profiles.director.rest"},
    {"why: 岗位", "why: 职位", "profiles.director.why"},
    {"when: margin < 10%", "when: margin < 12%", "adjustments.shock.when"},
    {"change: {curve: +10%", "change: {curve: +11%", "adjustments.shock.change.curve.weight"},
    {"rest: rescale\n      from", "rest: keep\n      from", "adjustments.shock.rest"},
    {"from: 2026-04-01", "from: 2026-05-01", "adjustments.shock.from"},
    {"until: 2026-06-30", "until: 2026-07-30", "adjustments.shock.until"},
    {"approved_by: board", "approved_by: committee", "adjustments.shock.approved_by"},
    {"why: 市场", "why: 行业", "adjustments.shock.why"},
    {"set: {tiered: 22%}", "set: {tiered: 23%}", "adjustments.second.set.tiered.weight"},
    {"normalise: true", "normalise: false", "weights.normalise"},
    {"limit: 5\n", "limit: 6\n", "additions.limit"},
    {"name: 拜访", "name: 走访", "additions.visited.name"},
    {"when: visit", "when: workshop", "additions.visited.when"},
    {"add 3", "subtract 3", "additions.visited.then"},
    {"then: add 3, unknown: pass", "then: add 3, unknown: trigger", "additions.visited.unknown"},
    {"name: 平衡", "name: 均衡", "interlocks.balanced.name"},
    {"name: 亏损", "name: 损失", "vetoes.loss.name"},
    {"grade C}", "grade C, unknown: pass}", "vetoes.loss.unknown"},
    {"level: warning}", "level: warning, unknown: pass}", "alerts.swing.unknown"},
    {"require: margin >= 5%", "require: margin > 5%", "interlocks.balanced.require"},
    {"cap curve 80", "cap own 80", "interlocks.balanced.otherwise"},
    {"floor 10", "floor 11", "interlocks.balanced.otherwise"},
    {"unknown: trigger", "unknown: pass", "interlocks.balanced.unknown"},
    {"when: margin < 0,", "when: margin <= 0,", "vetoes.loss.when"},
    {"grade C}", "grade B}", "vetoes.loss.then"},
    {"downgrade 1, score 50", "downgrade 2, score 50", "vetoes.small.then"},
    {"name: 波动", "name: 起伏", "alerts.swing.name"},
    {"when: score < 50", "when: score < 55", "alerts.swing.when"},
    {"level: warning", "level: error", "alerts.swing.level"},
    {"rounding: 1", "rounding: 0", "rounding.rounding"},
    {"A: 80", "A: 85", "grades.A.lowest"},
    {"shares: {A: 20%", "shares: {A: 25%", "distribution.shares.A.share"},
    {"among: role, round", "among: joined, round", "distribution.among"},
    {"round: down", "round: up", "distribution.round"},
    {"name: 系数", "name: 奖金系数", "outcomes.rate.name"},
    {"then 1.2", "then 1.3", "outcomes.rate.formula"},
    {"decimals: 2}\n  wait", "decimals: 3}\n  wait", "outcomes.rate.decimals"},
    {"unit: h", "unit: d", "outcomes.wait.unit"},
    {"name: 奖金池", "name: 池", "pools.team.name"},
    {"amount: 100 CNY", "amount: 200 CNY", "pools.team.amount"},
    {"by: revenue", "by: teamwork", "pools.team.by"},
    {"among: role, when", "among: joined, when", "pools.team.among"},
    {"when: grade != 'C'", "when: grade != 'B'", "pools.team.when"},
    {"to: 1 CNY", "to: 2 CNY", "pools.team.to"},
    {"name: 递延", "name: 延期", "schedules.deferred.name"},
    {"amount: bonus_base", "amount: bonus_base × 2", "schedules.deferred.amount"},
    {"share: 40%", "share: 45%", "schedules.deferred.parts.now.share"},
    {"due: period_end}", "due: period_start}", "schedules.deferred.parts.now.due"},
    {"when: margin > 0,", "when: margin > 1%,", "schedules.deferred.parts.later.when"},
    {"factor: 1.1", "factor: 1.2", "schedules.deferred.parts.later.factor"},
    {"release: margin > 90%", "release: margin > 95%", "schedules.deferred.release"},
    {"to: 0.1 CNY", "to: 0.2 CNY", "schedules.deferred.to"},
    {"name: 演讲", "name: 讲演", "entitlements.talk.name"},
    {"when: grade = 'A', unknown: pass", "when: grade = 'B', unknown: pass",
     "entitlements.talk.when"},
    {"when: grade = 'A', unknown: pass", "when: grade = 'A', unknown: review",
     "entitlements.talk.unknown"},
};

size_t LineOf(const std::string& text, std::string_view needle) {
  const size_t at = text.find(needle);
  return 1 + static_cast<size_t>(
                 std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

size_t LeadingLines(std::string_view text) {
  return static_cast<size_t>(text.find_first_not_of('\n'));
}

TEST(EveryField, IsFoundOnceAndNamed) {
  for (const FieldCase& field : kFields) {
    SCOPED_TRACE(std::string(field.from) + " → " + std::string(field.to));
    const std::string after = Replaced(RichCard(), field.from, field.to);
    const std::vector<Change> changes = CompareTexts(RichCard(), after);
    EXPECT_EQ(Found(changes), std::string(field.path) + " changed");
    if (changes.empty()) continue;
    const Change& change = changes[0];
    for (size_t language = 0; language < 2; ++language) {
      EXPECT_FALSE(change.what[language].empty());
      EXPECT_FALSE(change.headline[language].empty());
    }
    EXPECT_FALSE(change.old_text.empty() && change.new_text.empty());
    // The line of the change, or of the thing where a key is new or gone.
    const size_t line = LineOf(RichCard(), field.from) + LeadingLines(field.from);
    const size_t last =
        line + static_cast<size_t>(std::count(field.from.begin(), field.from.end(), '\n'));
    EXPECT_LE(line, change.old_place.line);
    EXPECT_GE(last, change.old_place.line);
    EXPECT_EQ(change.old_place.file, "old:card.yaml");
    EXPECT_EQ(change.new_place.file, "new:card.yaml");
  }
}

void Collect(const Item& item, const std::string& path, std::vector<std::string>& fields) {
  for (const Leaf& leaf : item.leaves) fields.push_back(path + "." + std::string(leaf.field));
  for (const Item& part : item.items) Collect(part, path + "." + part.part, fields);
}

// What the table above forgot: any key of the rich card that no case changes, and that no other
// thing of its kind has changed.
TEST(EveryField, IsInTheTable) {
  SourceSet sources([](const std::string& path) {
    return LoadedText{path.ends_with("library.yaml") ? RichLibrary() : RichCard(), {}};
  });
  DiagnosticSink sink;
  const auto file = LoadRuleFile(sources, "card.yaml", sink);
  ASSERT_TRUE(file);
  const Outline outline = MakeOutline(*file);
  const auto kind_of = [](std::string_view path) {
    // `indicators.nps.score.bands[0].points` → `indicators points`.
    return std::string(path.substr(0, path.find('.'))) + " " +
           std::string(path.substr(path.rfind('.') + 1));
  };
  std::vector<std::string> covered;
  for (const FieldCase& field : kFields) covered.push_back(kind_of(field.path));
  for (const Item& item : outline.items) {
    std::vector<std::string> fields;
    Collect(item, std::string(ToWord(item.section)) + "." + item.id, fields);
    for (const std::string& path : fields) {
      const std::string kind = kind_of(path);
      const bool known = std::find(covered.begin(), covered.end(), kind) != covered.end() ||
                         kind == "card import" || kind == "indicators based_on" ||
                         kind == "weights dimension" || kind == "parameters override" ||
                         kind == "values override";
      EXPECT_TRUE(known) << path;
    }
  }
}

// Any number in the card, whatever it is the value of.
TEST(EveryField, EveryNumberCounts) {
  const std::string card = RichCard();
  size_t tried = 0;
  for (size_t at = card.find("effective"); at < card.size(); ++at) {
    const bool digit = card[at] >= '1' && card[at] <= '8';
    const bool first = digit && !(card[at - 1] >= '0' && card[at - 1] <= '9') &&
                       (card[at - 1] == ' ' || card[at - 1] == '+');
    const bool date = card.compare(at, 3, "202") == 0;
    if (!first || date) continue;
    std::string after = card;
    after[at] = static_cast<char>(card[at] + 1);
    ++tried;
    EXPECT_EQ(CompareTexts(card, after).size(), 1u) << card.substr(at > 20 ? at - 20 : 0, 40);
  }
  EXPECT_GT(tried, 50u);
}

}  // namespace
}  // namespace steelyard
