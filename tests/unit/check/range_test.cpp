// What figures can be, whatever the data.
#include "engine/check/range.h"

#include <gtest/gtest.h>

#include <string>

#include "engine/check/check.h"
#include "engine/rulefile/load.h"
#include "engine/steelyard.h"

namespace steelyard {
namespace {

// The range of a formula, as messages tell it.
std::string RangeOf(const std::string& formula) {
  const std::string text =
      "steelyard: 1\nscorecard: c\nsubject: m\nperiod: quarter\ndata:\n"
      "  m:\n    key: k\n    columns:\n"
      "      n: count\n      p: {type: percent, min: 0%, max: 100%}\n"
      "      x: {type: number, min: -2, max: 3}\n      d: {type: duration, unit: d, min: 1}\n"
      "      any: number\n"
      "  o:\n    belongs_to: {m: mk}\n    time: t\n    columns:\n      t: date\n"
      "      paid: bool\n      loss: number\n      amount: {type: number, min: 0}\n"
      "      mark: {type: number, min: 1, max: 5}\n"
      "parameters: {limit: {2025-01-01: 5, 2026-01-01: 7}}\n"
      "values: {paid_sum: sum(o.amount where paid)}\n"
      "indicators:\n  i:\n    formula: >-\n      " +
      formula + "\n    score: {formula: 0}\nweights: {i: 100%}\n";
  Session session([text](const std::string&) -> LoadedText { return {text, std::nullopt}; });
  const auto file = LoadRuleFile(session.sources, "card.yaml", session.sink);
  const auto model = file ? Check(*file, session.sink) : std::nullopt;
  if (!model) {
    std::string said = "errors:";
    for (const Diagnostic& one : session.sink.all()) said += " " + Message(one, Language::kEnglish);
    return said;
  }
  Figures figures(*model);
  Ranges ranges(*model, figures);
  return Describe(ranges.Of(model->indicators[0].value), Type::Plain());
}

TEST(Range, OfColumns) {
  EXPECT_EQ(RangeOf("n"), ">= 0");
  EXPECT_EQ(RangeOf("p"), "0 <= value <= 1");
  EXPECT_EQ(RangeOf("d"), ">= 24");  // hours
  EXPECT_EQ(RangeOf("m.any"), "any value");
  EXPECT_EQ(RangeOf("limit"), "5 <= value <= 7");
}

TEST(Range, OfArithmetic) {
  EXPECT_EQ(RangeOf("x + p"), "-2 <= value <= 4");
  EXPECT_EQ(RangeOf("x - p"), "-3 <= value <= 3");
  EXPECT_EQ(RangeOf("x × x"), "0 <= value <= 9");
  EXPECT_EQ(RangeOf("x × p"), "-2 <= value <= 3");
  EXPECT_EQ(RangeOf("-n"), "<= 0");
  EXPECT_EQ(RangeOf("1 ÷ (n + 1)"), "0 < value <= 1");
  EXPECT_EQ(RangeOf("p ÷ (n + 2)"), "0 <= value <= 0.5");
  EXPECT_EQ(RangeOf("n ÷ p"), ">= 0");
  EXPECT_EQ(RangeOf("1 ÷ x"), "any value");
  EXPECT_EQ(RangeOf("x - x"), "= 0");
}

TEST(Range, OfFunctions) {
  EXPECT_EQ(RangeOf("abs(x)"), "0 <= value <= 3");
  EXPECT_EQ(RangeOf("clamp(m.any, 0, 100)"), "0 <= value <= 100");
  EXPECT_EQ(RangeOf("max(x, 0)"), "0 <= value <= 3");
  EXPECT_EQ(RangeOf("min(m.any, 5)"), "<= 5");
  EXPECT_EQ(RangeOf("round(p × 2.4)"), "0 <= value <= 2");
  EXPECT_EQ(RangeOf("x ^ 2"), ">= 0");
  EXPECT_EQ(RangeOf("mod(x, 3)"), "0 <= value < 3");
  EXPECT_EQ(RangeOf("if n > 3 then p else 2"), "0 <= value <= 2");
  EXPECT_EQ(RangeOf("m.any ?? 3"), "any value");
  EXPECT_EQ(RangeOf("p ?? 3"), "0 <= value <= 3");
  EXPECT_EQ(RangeOf("linear(m.any, 0: 20, 5: 70)"), "20 <= value <= 70");
  EXPECT_EQ(RangeOf("safe_div(p, n + 1, -1)"), "-1 <= value <= 1");
}

TEST(Range, OfManyRows) {
  EXPECT_EQ(RangeOf("sum(o.amount)"), ">= 0");
  EXPECT_EQ(RangeOf("sum(o.loss)"), "any value");
  EXPECT_EQ(RangeOf("avg(o.mark)"), "1 <= value <= 5");
  EXPECT_EQ(RangeOf("percentile(o.mark, 20%)"), "1 <= value <= 5");
  EXPECT_EQ(RangeOf("weighted_avg(o.mark, o.amount)"), "1 <= value <= 5");
  EXPECT_EQ(RangeOf("weighted_avg(o.mark, o.loss)"), "any value");
  EXPECT_EQ(RangeOf("corr(o.mark, o.loss)"), "-1 <= value <= 1");
  EXPECT_EQ(RangeOf("percent_rank(n among all)"), "0 <= value <= 1");
  EXPECT_EQ(RangeOf("rank(n among all)"), ">= 1");
  EXPECT_EQ(RangeOf("prev(avg(o.mark))"), "1 <= value <= 5");
  EXPECT_EQ(RangeOf("ytd_sum(sum(o.amount))"), ">= 0");
  EXPECT_EQ(RangeOf("change(avg(o.mark))"), "-4 <= value <= 4");
}

TEST(Range, OfAShareOfTheSame) {
  EXPECT_EQ(RangeOf("sum(o.amount where paid) ÷ sum(o.amount)"), "0 <= value <= 1");
  EXPECT_EQ(RangeOf("paid_sum ÷ sum(o.amount) × 100%"), "0 <= value <= 1");
  EXPECT_EQ(RangeOf("count(o where paid) ÷ count(o)"), "0 <= value <= 1");
  EXPECT_EQ(RangeOf("1 - count(o where paid) ÷ count(o)"), "0 <= value <= 1");
  // Losses may outweigh the whole; what is not a part may be more than it.
  EXPECT_EQ(RangeOf("sum(o.loss where paid) ÷ sum(o.loss)"), "any value");
  EXPECT_EQ(RangeOf("sum(o.mark where paid) ÷ sum(o.amount)"), ">= 0");
  EXPECT_EQ(RangeOf("count(o) ÷ count(o where paid)"), ">= 0");
}

}  // namespace
}  // namespace steelyard
