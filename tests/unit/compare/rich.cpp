#include "tests/unit/compare/rich.h"

#include <gtest/gtest.h>

#include "engine/compare/compare.h"
#include "engine/rulefile/load.h"

namespace steelyard {
namespace {

SourceLoader LoaderOf(const std::string& card, const std::string& library) {
  return [card, library](const std::string& path) -> LoadedText {
    if (path.ends_with("library.yaml")) return {library, {}};
    return {card, {}};
  };
}

}  // namespace

std::string RichLibrary() {
  return R"yaml(steelyard: 1
parameters:
  spare: 5
  limit: {name: 上限, value: 10}
values:
  doubled: {formula: margin * 2}
indicators:
  base:
    name: 基础指标
    formula: sum(order.amount) / 1000 CNY
    score: {linear: {0: 0, 10: 100}}
    owner: sales
  unused_one: {formula: count(order) + 7}
vetoes:
  shared: {name: 共用否决, when: doubled < 1, then: downgrade 1}
)yaml";
}

std::string RichCard() {
  return R"yaml(steelyard: 1
scorecard: rich
title: 全部要素
version: 2026.1
effective: 2026-01-01..2026-12-31
level: [team, region]
subject: {table: manager, where: role != 'guest'}
period: quarter
import: [library.yaml]
data:
  manager:
    name: 负责人
    key: manager_id
    columns:
      manager_id: text
      role: [director, account_manager, guest]
      joined: {type: date, name: 入职日}
      visit: {type: bool, name: 来访}
      workshop: bool
      teamwork: {type: number, min: 1, max: 5, aliases: [team work, 协作]}
      bonus_base: {type: money, unit: CNY}
      mark: {type: number}
  order:
    name: 订单
    key: [order_id, line]
    belongs_to: {manager: {column: manager_id, optional: true}}
    time: ordered_on
    columns:
      order_id: text
      line: count
      ordered_on: date
      shipped_on: date
      amount: {type: money, unit: CNY, name: 收入}
      cost: {type: money, unit: CNY}
      net: {formula: amount - cost}
  department_result:
    results_of: department.yaml
    belongs_to: {manager: manager_id}
    time: ordered_on
    columns: {ordered_on: date, points: number}
parameters:
  tiers: [S, A]
  minimum: {name: 最低, value: 60%}
  dated: {2026-01-01: 2, 2026-07-01: 3}
  limit: {override: true, value: 12}
values:
  revenue: {name: 总营收, formula: sum(order.amount)}
  margin: (sum(order.amount) - sum(order.cost)) ÷ sum(order.amount) × 100%
indicators:
  base: {based_on: base, decimals: 2}
  curve:
    name: 曲线
    formula: revenue ÷ 1000 CNY
    display: percent
    better: higher
    score: {linear: {0: 0, 80: 60, 100: 100}, cap: 110, beyond: extend}
    weight_range: 5%..50%
    target: {2026-01-01: ">= 40", 2026-07-01: ">= 50"}
    audit_range: 0..500
    missing: points 50
    when: joined <= period_start
    from: 2026-01-01
    until: 2026-12-30
    definition: 收入
    unit: 千元
    period: quarter
    owner: sales
    strategy: growth
    source: {system: CRM, kind: system}
    level: [team, region]
    flexible: true
    why: 试验
    replaced_by: banded
  banded:
    formula: margin
    score: {bands: {">= 50%": 100, "20%..50%": 60, else: 0}}
    status: trial
    target: ">= 30%"
  ratioed: {formula: revenue, score: {ratio: {target: 500 CNY, cap: 120}}}
  tiered: {formula: revenue, score: {tiers: {low: 60 @ 10 CNY, high: 100 @ 20 CNY}}}
  checked: {score: {events: {visit: 60, workshop: 40}}}
  rated: {formula: teamwork, score: {rating: {scale: 1..5}}}
  own: {formula: margin, score: {formula: value × 100}}
  mark: {score: {formula: value}}
missing: zero
weights:
  dimensions:
    业绩: {weight: 60%, indicators: {base: 40%, curve: 60%}}
    过程: {weight: 40%, indicators: {ratioed: 30%, tiered: {2026-01-01: 30%, 2026-10-01: 20%}, own: 40%}}
  profiles:
    - name: director
      when: role = 'director'
      set: {curve: 50%, ratioed: 25%}
      rest: rescale
      why: 岗位
    - name: starter
      when: joined > period_start
      set: {own: 30%}
  adjustments:
    - name: shock
      when: margin < 10%
      change: {curve: +10%, base: -10%}
      rest: rescale
      from: 2026-04-01
      until: 2026-06-30
      approved_by: board
      why: 市场
    - name: second
      set: {tiered: 22%}
  normalise: true
additions:
  limit: 5
  visited: {name: 拜访, when: visit, then: add 3, unknown: pass}
interlocks:
  balanced: {name: 平衡, require: margin >= 5%, otherwise: [cap curve 80, floor 10], unknown: trigger}
  second_lock: {require: revenue > 1 CNY, otherwise: cap 70}
vetoes:
  loss: {name: 亏损, when: margin < 0, then: grade C}
  small: {when: revenue < 100 CNY, then: [downgrade 1, score 50]}
alerts:
  swing: {name: 波动, when: score < 50, level: warning}
rounding: 1
grades: {A: 80, B: 60, C: 0}
distribution: {shares: {A: 20%, C: 10%}, among: role, round: down}
outcomes:
  rate: {name: 系数, formula: "if grade = 'A' then 1.2 else 1", decimals: 2}
  wait: {formula: 3d, unit: h}
pools:
  team: {name: 奖金池, amount: 100 CNY, by: revenue, among: role, when: grade != 'C', to: 1 CNY}
schedules:
  deferred:
    name: 递延
    amount: bonus_base
    parts:
      now: {share: 40%, due: period_end}
      later: {share: 60%, due: "add_months(period_end, 12)", when: margin > 0, factor: 1.1}
    release: margin > 90%
    to: 0.1 CNY
entitlements:
  talk: {name: 演讲, when: grade = 'A', unknown: pass}
)yaml";
}

std::vector<Change> CompareTexts(const std::string& before, const std::string& after,
                                 const std::string& old_library, const std::string& new_library) {
  SourceSet old_sources(LoaderOf(before, old_library));
  SourceSet new_sources(LoaderOf(after, new_library));
  DiagnosticSink old_sink;
  DiagnosticSink new_sink;
  const auto old_file = LoadRuleFile(old_sources, "card.yaml", old_sink, true);
  const auto new_file = LoadRuleFile(new_sources, "card.yaml", new_sink, true);
  EXPECT_TRUE(old_file && !old_sink.HasErrors());
  EXPECT_TRUE(new_file && !new_sink.HasErrors());
  for (const DiagnosticSink* sink : {&old_sink, &new_sink}) {
    for (const Diagnostic& found : sink->all()) ADD_FAILURE() << Message(found, Language::kEnglish);
  }
  if (!old_file || !new_file) return {};
  return CompareRules({*old_file, old_sources, "old:"}, {*new_file, new_sources, "new:"});
}

std::vector<Change> CompareTexts(const std::string& before, const std::string& after) {
  return CompareTexts(before, after, RichLibrary(), RichLibrary());
}

std::string Replaced(std::string text, std::string_view from, std::string_view to) {
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  if (at != std::string::npos) text.replace(at, from.size(), to);
  return text;
}

std::string Found(const std::vector<Change>& changes) {
  std::string all;
  for (const Change& change : changes) {
    all += (all.empty() ? "" : "\n") + change.new_path.ToText() + " " +
           std::string(ToWord(change.kind));
  }
  return all;
}

}  // namespace steelyard
