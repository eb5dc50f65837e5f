// A checked card as a handbook: what each part of it says.
#include "engine/handbook/handbook.h"

#include <gmock/gmock.h>

#include "engine/check/check.h"
#include "tests/unit/rulefile/rule_text.h"

namespace steelyard {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kCard =
    "steelyard: 1\n"
    "scorecard: test\n"
    "effective: 2026-01-01..2026-12-31\n"
    "subject: rep\n"
    "period: quarter\n"
    "data:\n"
    "  rep:\n"
    "    name: 销售\n"
    "    key: id\n"
    "    columns:\n"
    "      id: text\n"
    "      role: [lead, member]\n"
    "      target: {type: money, unit: CNY, name: 目标}\n"
    "      mark: {type: number, name: 评分, min: 1, max: 5}\n"
    "      visit: {type: bool, name: 拜访}\n"
    "      talk: {type: bool, name: 交流}\n"
    "  sale:\n"
    "    name: 订单\n"
    "    belongs_to: {rep: rep}\n"
    "    time: day\n"
    "    columns: {day: date, amount: {type: money, unit: CNY, name: 收入}}\n";

std::string Handbook(const std::string& rest, Language language = Language::kEnglish) {
  const LoadedRules loaded({{"main.yaml", kCard + rest}});
  DiagnosticSink sink;
  EXPECT_EQ(loaded.Faults(), "");
  const auto model = Check(*loaded.file(), sink);
  EXPECT_TRUE(model) << rest;
  return model ? ToMarkdown(WriteHandbook(*model, language)) : "";
}

TEST(Handbook, NamesAndParametersAreExplainedBeneathTheFormula) {
  const std::string text = Handbook(
      "parameters:\n"
      "  rate: {name: 比率, value: {2026-01-01: 5%, 2026-07-01: 6%}}\n"
      "values: {revenue: {name: 营收, formula: sum(sale.amount where amount > 0 CNY)}}\n"
      "indicators: {a: {name: 达成, formula: 达成 = revenue × rate ÷ target, score: {formula: "
      "value}}}\n"
      "missing: zero\n"
      "weights: {a: 100%}\n",
      Language::kChinese);
  EXPECT_THAT(text,
              HasSubstr("\\text{达成} = \\frac{\\text{营收} \\times \\text{比率}}{\\text{目标}}"));
  EXPECT_THAT(text, HasSubstr("| 比率 rate | 自 2026-01-01 起：5%；自 2026-07-01 起：6% |"));
  EXPECT_THAT(text, HasSubstr("| 营收 revenue | $` \\sum\\limits _{\\text{订单}, \\text{ 其中 }"));
  EXPECT_THAT(text, HasSubstr("「订单」的每条数据计入其「day」所在的考核期。"));
}

TEST(Handbook, BandsEndWhereTheNextBegins) {
  const std::string text = Handbook(
      "indicators:\n"
      "  a:\n"
      "    formula: sum(sale.amount) ÷ target\n"
      "    score: {bands: {\">= 100%\": 100, \"80%..100%\": 60, \"> 50%\": 30, else: 0}}\n"
      "    missing: zero\n"
      "weights: {a: 100%}\n");
  EXPECT_THAT(text, HasSubstr("| 100% and above | 100 |\n| from 80% to below 100% | 60 |\n"
                              "| above 50% to below 80% | 30 |\n| all others | 0 |"));
}

TEST(Handbook, ACurveHasAnExampleThatTheEngineComputed) {
  const std::string text = Handbook(
      "indicators:\n"
      "  a:\n"
      "    formula: sum(sale.amount) ÷ target\n"
      "    score: {linear: {0%: 0, 80%: 60, 100%: 100}, cap: 120}\n"
      "    missing: points 50\n"
      "weights: {a: 100%}\n");
  EXPECT_THAT(text, HasSubstr("| 0% | 0 |\n| 80% | 60 |\n| 100% | 100 |"));
  EXPECT_THAT(text, HasSubstr("For example: 90% between 80% and 100% earns 80 points."));
  EXPECT_THAT(text, HasSubstr("never above 120."));
  EXPECT_THAT(text, HasSubstr("| without a value | 50 points |"));
}

TEST(Handbook, RatiosTiersEventsRatingsAndFormulas) {
  const std::string text = Handbook(
      "indicators:\n"
      "  r: {formula: sum(sale.amount), score: {ratio: {target: target, cap: 120}}, missing: "
      "zero}\n"
      "  l: {formula: sum(sale.amount), better: lower, score: {ratio: {target: target}}}\n"
      "  t: {formula: sum(sale.amount), score: {tiers: {top: 100 @ 9 CNY, base: 60 @ 2 CNY}}}\n"
      "  e: {score: {events: {visit: 60, talk: 40}}}\n"
      "  mark: {score: {rating: {scale: 1..5}}}\n"
      "  f: {formula: sum(sale.amount) ÷ target, score: {formula: value × 100}}\n"
      "weights: {r: 20%, l: 20%, t: 20%, e: 20%, mark: 10%, f: 10%}\n");
  EXPECT_THAT(text, HasSubstr("\\text{points} = \\frac{\\text{r}}{\\text{目标}} \\times 100"));
  EXPECT_THAT(text, HasSubstr("\\text{points} = \\frac{\\text{目标}}{\\text{l}} \\times 100"));
  EXPECT_THAT(text, HasSubstr("A value of 0 or below earns 100 points."));
  EXPECT_THAT(text, HasSubstr("| base | 2 CNY | 60 |\n| top | 9 CNY | 100 |"));
  EXPECT_THAT(text, HasSubstr("| 拜访 | 60 |\n| 交流 | 40 |"));
  EXPECT_THAT(text, HasSubstr("| 1 | 0 |\n| 5 | 100 |"));
  EXPECT_THAT(text, HasSubstr("\\text{points} = \\text{f} \\times 100"));
}

TEST(Handbook, WeightsByDateAndProfile) {
  const std::string text = Handbook(
      "indicators:\n"
      "  a: {formula: sum(sale.amount) ÷ 1 CNY, score: {formula: value}}\n"
      "  b: {formula: count(sale), score: {formula: value}}\n"
      "weights:\n"
      "  dimensions:\n"
      "    D: {a: {2026-01-01: 60%, 2026-07-01: 50%}, b: {2026-01-01: 40%, 2026-07-01: 50%}}\n"
      "  profiles:\n"
      "    - {name: lead, when: role = 'lead', set: {a: 80%}, rest: rescale, why: they sell}\n"
      "  adjustments:\n"
      "    - {name: push, when: role = 'member', change: {a: +10%, b: -10%}, from: 2026-04-01,\n"
      "       until: 2026-06-30, approved_by: board, why: to try}\n");
  EXPECT_THAT(text, HasSubstr("**2026-01-01 to 2026-06-30**\n\n| indicator | lead | all others |"));
  EXPECT_THAT(text,
              HasSubstr("| [a](#indicator-a) | 80% | 60% |\n| [b](#indicator-b) | 20% | 40% |"));
  EXPECT_THAT(text, HasSubstr("**2026-07-01 to 2026-12-31**"));
  EXPECT_THAT(text, HasSubstr("- **lead**: if role is “lead”. Reason: they sell."));
  EXPECT_THAT(text,
              HasSubstr("- **push** (2026-04-01 to 2026-06-30): if role is “member”, then a weighs "
                        "10 percentage points more; b weighs 10 percentage points less; the "
                        "other weights stay. Approved by: board. Reason: to try."));
  EXPECT_THAT(text, HasSubstr("| weight | 50% to 80%, by profile and date ([table of weights]"));
}

TEST(Handbook, GatesInPlainSentences) {
  const std::string rules =
      "indicators: {churn: {name: 流失率, formula: count(sale) ÷ 10, score: {formula: value}}}\n"
      "weights: {churn: 100%}\n"
      "parameters: {limit: {name: 上限, value: 10%}}\n"
      "additions: {limit: 5, v: {when: visit and talk, then: add 3}}\n"
      "interlocks: {i: {require: churn < 20%, otherwise: [cap churn 60, cap 80]}}\n"
      "vetoes: {x: {name: 否决, when: churn > limit, then: downgrade 1, unknown: trigger}}\n"
      "grades: {A: 80, B: 0}\n";
  const std::string english = Handbook(rules);
  EXPECT_THAT(english, HasSubstr("- **v**: if 拜访: yes, and 交流: yes, then 3 points are added."));
  EXPECT_THAT(english, HasSubstr("at most 5. They do not bring the score below 0."));
  EXPECT_THAT(english,
              HasSubstr("- **i**: required is that 流失率 is below 20%; otherwise the points of "
                        "流失率 are at most 60 and the score is at most 80."));
  EXPECT_THAT(Handbook(rules, Language::kChinese),
              HasSubstr("- **否决** x：如果 流失率 高于 上限（10%），则 等级下调 1 "
                        "级。无法判断时：视为符合。"));
}

TEST(Handbook, DraftsAreLeftOutAndTheRetiredCloseTheList) {
  const std::string text = Handbook(
      "indicators:\n"
      "  a: {formula: count(sale), score: {formula: value}}\n"
      "  sketch: {formula: count(sale), status: draft}\n"
      "  trial: {formula: count(sale), status: trial, from: 2026-07-01}\n"
      "  old: {formula: count(sale), status: retired, until: 2025-12-31, replaced_by: a, why: too "
      "coarse}\n"
      "weights: {a: 100%}\n");
  EXPECT_THAT(text, Not(HasSubstr("sketch")));
  EXPECT_THAT(text, HasSubstr("| weight | on trial: computed and shown, counts for nothing |"));
  EXPECT_THAT(text, HasSubstr("| counts | from 2026-07-01 on |"));
  EXPECT_THAT(text, HasSubstr("- **old**: until 2025-12-31, replaced by a. Reason: too coarse."));
  EXPECT_THAT(text, Not(HasSubstr("### old")));
}

TEST(Handbook, TheExampleAddsUp) {
  const std::string text = Handbook(
      "indicators:\n"
      "  a: {formula: count(sale), score: {formula: value}}\n"
      "  b: {formula: count(sale), score: {formula: value}}\n"
      "weights: {a: 62.5%, b: 37.5%}\n"
      "rounding: 1\n"
      "grades: {S: 90, A: 80, B: 0}\n");
  // 62.5 % × 90 + 37.5 % × 75 = 84.375
  EXPECT_THAT(text, HasSubstr("| a | 62.5% | 90 | 56.25 |\n| b | 37.5% | 75 | 28.125 |"));
  EXPECT_THAT(text, HasSubstr("then the score would be 84.4 and the grade A"));
}

TEST(Handbook, PayInPartsPoolsAndRewards) {
  const std::string text = Handbook(
      "indicators: {a: {formula: count(sale), score: {formula: value}}}\n"
      "weights: {a: 100%}\n"
      "grades: {A: 80, B: 0}\n"
      "distribution: {shares: {A: 20%}, among: role, round: down}\n"
      "outcomes: {bonus: {name: 奖金, formula: target × score / 100, decimals: 0}}\n"
      "pools: {pool: {amount: 100 CNY, by: score, among: role, when: grade != 'B', to: 1 CNY}}\n"
      "schedules:\n"
      "  late:\n"
      "    amount: bonus\n"
      "    parts:\n"
      "      now: {share: 60%, due: period_end}\n"
      "      later: {share: 40%, due: \"add_months(period_end, 12)\", when: visit}\n"
      "    release: 2026-12-31\n"
      "entitlements: {talk_right: {when: grade = 'A'}}\n");
  EXPECT_THAT(text, HasSubstr("**A**: 20%"));
  EXPECT_THAT(text,
              HasSubstr("the same role in the same period. The number of places is rounded down."));
  EXPECT_THAT(text, HasSubstr("\\text{奖金} = \\frac{\\text{目标} \\times \\text{score}}{100}"));
  EXPECT_THAT(text,
              HasSubstr("| one pool for each | role |\n| who takes part | grade is not “B” |\n"
                        "| smallest piece | 1 CNY |"));
  EXPECT_THAT(text,
              HasSubstr("| now | 60% | last day of the period | always | 1 |\n| later | 40% | "));
  EXPECT_THAT(text, HasSubstr("paid at once from this day on: 2026-12-31"));
  EXPECT_THAT(text,
              HasSubstr("- **talk\\_right**: if grade is “A”. Where that is not known, somebody"));
  EXPECT_THAT(text, Not(HasSubstr("the score would be")));
}

}  // namespace
}  // namespace steelyard
