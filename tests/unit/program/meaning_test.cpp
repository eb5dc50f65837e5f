// The text of what rules mean: the same however they are written, another one for other rules.
#include "engine/program/meaning.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/check/check.h"
#include "engine/diag/render.h"
#include "engine/program/lower.h"
#include "engine/rulefile/load.h"

namespace steelyard {
namespace {

std::string MeaningOf(const std::string& rules) {
  SourceSet sources([&](const std::string& path) -> LoadedText {
    if (path == "library.yaml") return {"steelyard: 1\nparameters: {spare: 4}\n", std::nullopt};
    return {rules, std::nullopt};
  });
  DiagnosticSink sink;
  const auto file = LoadRuleFile(sources, "rules.yaml", sink);
  if (!file) return RenderAll(sink, sources, {});
  const auto model = Check(*file, sink);
  if (!model) return RenderAll(sink, sources, {});
  return Meaning(*model, Lower(*model));
}

const std::string kRules = R"(steelyard: 1
scorecard: team
title: Team
subject: m
period: quarter
effective: 2026-01-01..2026-12-31
data:
  m:
    name: manager
    key: id
    columns:
      id: text
      role: [lead, member]
      goal: {type: money, unit: CNY, min: 1, max: 900, aliases: [target, plan]}
      spare: text
  o:
    belongs_to: {m: m_id}
    time: day
    columns: {day: date, amount: {type: money, unit: CNY}, took: {type: duration, unit: h}}
  idle: {columns: {a: text}}
parameters: {limit: {2026-01-01: 6%, 2026-07-01: 5%}}
values: {sold: sum(o.amount), twice: sold × 2}
indicators:
  reach:
    name: 达成率
    formula: sold ÷ goal × 100%
    decimals: 3
    score: {linear: {0%: 0, 100%: 100}, cap: 120}
    target: ">= 90%"
  pace: {formula: avg(o.took), display: h, score: {bands: {"<= 2h": 100, else: 40}}, missing: zero}
weights:
  normalise: true
  dimensions: {d: {reach: 60%, pace: 40%}}
  profiles: [{name: leads, when: role = 'lead', set: {reach: 80%}, rest: rescale}]
  adjustments: [{name: late, from: 2026-10-01, change: {reach: 10%, pace: -10%}}]
additions: {extra: {when: sold > 500 CNY, then: add 3}}
vetoes: {weak: {when: streak(reach < limit) >= 2, then: downgrade 1}}
alerts: {watch: {when: pace > 4h, unknown: pass}}
rounding: 1
grades: {A: 80, B: 60, C: 0}
outcomes:
  pay: {formula: 100 CNY × score ÷ 100, decimals: 0}
  place: rank(score among role)
)";

std::string With(const std::string& from, const std::string& to) {
  std::string rules = kRules;
  const size_t at = rules.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? rules : rules.replace(at, from.size(), to);
}

struct Change {
  std::string from;
  std::string to;
};

TEST(Meaning, IsThereAndHasItsVersion) {
  EXPECT_TRUE(MeaningOf(kRules).starts_with("steelyard meaning 1\nscorecard \"team\""))
      << MeaningOf(kRules);
}

TEST(Meaning, DoesNotHangOnHowRulesAreWritten) {
  const std::vector<Change> changes = {
      {"steelyard: 1\n", "# A comment\n\nsteelyard: 1\n"},
      {"sold ÷ goal × 100%", "( sold/goal )*100 %"},
      {"sum(o.amount)", "求和(o.amount)"},
      {"name: 达成率\n    formula: sold ÷ goal × 100%\n",
       "formula: 达成率 = sold ÷ goal × 100%\n    name: 达成率\n"},
      {"parameters: {limit: {2026-01-01: 6%, 2026-07-01: 5%}}",
       "parameters: {limit: {2026-07-01: 5%, 2026-01-01: 0.06}}"},
      {"{sold: sum(o.amount), twice: sold × 2}", "{twice: sold × 2, sold: sum(o.amount)}"},
      {"{sold: sum(o.amount), twice: sold × 2}", "{sold: sum(o.amount), other: sold × 3}"},
      {"score ÷ 100, decimals", "(score) ÷ 100.0, decimals"},
      {"{reach: 60%, pace: 40%}", "{pace: 40%, reach: 60%}"},
      {"scorecard: team", "import: [library.yaml]\nscorecard: team"},
      {"values: {sold: sum(o.amount), twice: sold × 2}", "values: {sold: sum(o.amount)}"},
      {"pace > 4h", "pace > 240min"},
      {"  normalise: true\n", ""},  // they are 100 % as they stand
      {"steelyard: 1\n", "steelyard: 1\nversion: 7\n"},
      {"additions:", "interlocks: {}\nadditions:"},
      {"rounding: 1\ngrades: {A: 80, B: 60, C: 0}\n",
       "grades: {C: 0, A: 80, B: 60}\nrounding: 1\n"},
  };
  const std::string meaning = MeaningOf(kRules);
  for (const Change& change : changes) {
    EXPECT_EQ(MeaningOf(With(change.from, change.to)), meaning) << change.to;
  }
}

TEST(Meaning, DiffersWhereResultsMay) {
  const std::vector<Change> changes = {
      {"scorecard: team", "scorecard: teams"},
      {"title: Team", "title: Teams"},
      {"period: quarter", "period: half"},
      {"..2026-12-31", "..2026-11-30"},
      {"name: manager", "name: boss"},
      {"[lead, member]", "[lead, member, guest]"},
      {"min: 1,", "min: 2,"},
      {"max: 900", "max: 901"},
      {"[target, plan]", "[target]"},
      {"      spare: text\n", ""},
      {"  idle: {columns: {a: text}}\n", ""},
      {"{m: m_id}", "{m: {column: m_id, optional: true}}"},
      {"unit: h}", "unit: d}"},
      {"2026-07-01: 5%", "2026-07-01: 4%"},
      {"2026-07-01: 5%", "2026-08-01: 5%"},
      {"values: {sold: sum(o.amount)", "values: {sold: sum(o.amount where amount > 1 CNY)"},
      {"name: 达成率", "name: 完成率"},
      {"decimals: 3", "decimals: 4"},
      {"100%: 100}", "100%: 99}"},
      {"cap: 120", "cap: 121"},
      {">= 90%", ">= 91%"},
      {"display: h", "display: min"},
      {"<= 2h", "< 2h"},
      {"missing: zero", "missing: points 10"},
      {"missing: zero", "missing: zero, when: goal > 5 CNY"},
      {"{reach: 60%, pace: 40%}", "{reach: 50%, pace: 50%}"},
      {"reach: 80%", "reach: 70%"},
      {"from: 2026-10-01", "from: 2026-09-01"},
      {"then: add 3", "then: add 4"},
      {"limit) >= 2", "limit) >= 3"},
      {"downgrade 1", "downgrade 2"},
      {"unknown: pass", "unknown: trigger"},
      {"rounding: 1", "rounding: 2"},
      {"B: 60", "B: 61"},
      {"B: 60", "M: 60"},
      {"decimals: 0}", "decimals: 1}"},
      {"pay: {", "pay: {name: Pay, "},
      {"rank(score among role)", "rank(score among all)"},
      {"  pace: {", "  more: {formula: count(o)}\n  pace: {"},
      {"{day: date, amount: {type: money, unit: CNY},",
       "{amount: {type: money, unit: CNY}, day: date,"},
  };
  const std::string meaning = MeaningOf(kRules);
  for (const Change& change : changes) {
    const std::string other = MeaningOf(With(change.from, change.to));
    EXPECT_TRUE(other.starts_with("steelyard meaning 1\n")) << change.to << "\n" << other;
    EXPECT_NE(other, meaning) << change.to;
  }
}

TEST(Meaning, NamesCannotPassForSomethingElse) {
  const std::string meaning = MeaningOf(With("title: Team", "title: \"T\\\"\\nperiod quarter\""));
  EXPECT_NE(meaning.find("\"T\\\"\\nperiod quarter\"\n"), std::string::npos) << meaning;
}

}  // namespace
}  // namespace steelyard
