// What formulas mean, one by one: source, settings and the text that `steelyard eval` prints.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/diag/render.h"
#include "engine/steelyard.h"

namespace steelyard {
namespace {

struct Case {
  const char* formula;
  const char* expected;
  std::vector<std::string> settings = {};
};

std::string Evaluated(const Case& example, bool exact = false) {
  Session session;
  const auto outcome = Eval(session, {example.formula, example.settings, exact});
  if (!outcome) return RenderAll(session.sink, session.sources, {});
  return outcome->text;
}

void Expect(const std::vector<Case>& cases) {
  for (const Case& example : cases)
    EXPECT_EQ(Evaluated(example), example.expected) << example.formula;
}

TEST(Eval, ComputesExactly) {
  Expect({
      {"1 - 95% > 5%", "false"},
      {"0.1 + 0.2 = 0.3", "true"},
      {"1/3 + 1/3 + 1/3 = 1", "true"},
      {"200万 ÷ 3", "666666.666667"},
      {"1e30 + 1 - 1e30", "1"},
      {"(1/49) × 49 = 1", "true"},
      {"1.5亿 - 1_000", "149999000"},
      {"-2^2", "-4"},
      {"2^3^2", "512"},
      {"2^-1", "0.5"},
      {"8^(1/3)", "2"},
      {"(-8)^(1/3)", "-2"},
      {"1.1^2 = 1.21", "true"},
      {"9^9^9^9", "missing"},
      {"(1331/1000)^(1/3) - 1 = 10%", "true"},
  });
}

TEST(Eval, PrintsFractionsWhereAsked) {
  EXPECT_EQ(Evaluated({"200万 ÷ 3", ""}, true), "2000000/3");
  EXPECT_EQ(Evaluated({"1/4", ""}, true), "1/4");
  EXPECT_EQ(Evaluated({"1/3 × 100%", ""}, true), "100/3%");
}

TEST(Eval, ShowsPerCentWhereTheFormulaAsksForIt) {
  Expect({
      {"4200 ÷ 12000 × 100%", "35%"},
      {"1 - 95%", "0.05"},
      {"2/3 × 100%", "66.6666666667%"},
      {"100% × 2/3", "0.666666666667"},
      {"5%", "0.05"},
  });
}

TEST(Eval, KeepsUnitsOfTime) {
  Expect({
      {"24h + 0.5d", "36 h"},
      {"0.5d + 24h", "1.5 d"},
      {"90min", "90 min"},
      {"2w > 13d", "true"},
      {"72 h ÷ 24h", "3"},
      {"3天 = 72小时", "true"},
      {"2026-03-01 - 2026-02-01", "28 d"},
      {"2026-01-31 + 1d", "2026-02-01"},
      {"2026-02-01 - 1d", "2026-01-31"},
      {"round(35h ÷ 2 + 0h, 0)", "18 h"},
      {"round(36h + 0d, 0)", "36 h"},
      {"round(0d + 36h)", "2 d"},
      {"100 CNY × 3", "300 CNY"},
      {"100 CNY ÷ 8 h", "12.5 CNY/h"},
      {"months(2026-01-31, 2026-03-01)", "1"},
      {"days(2026-01-01, 2026-02-01)", "31"},
      {"hours(2026-01-01, 2026-01-02)", "24"},
      {"year(2026-05-07) × 100 + month(2026-05-07)", "202605"},
      {"quarter(2026-05-07)", "2"},
  });
}

TEST(Eval, MissingSpreadsAndIsCaught) {
  const std::vector<std::string> settings = {"x=1/0", "y=2"};
  Expect({
      {"x + 1", "missing", settings},
      {"x ?? 7", "7", settings},
      {"coalesce(x, x, 3)", "3", settings},
      {"x is missing", "true", settings},
      {"y is not missing", "true", settings},
      {"x > 1 or y = 2", "true", settings},
      {"x > 1 and y = 3", "false", settings},
      {"x > 1 and y = 2", "missing", settings},
      {"not (x > 1)", "missing", settings},
      {"if x > 1 then 1 else 2", "missing", settings},
      {"if y > 1 then 1 else x", "1", settings},
      {"safe_div(1, 0, 9)", "9"},
      {"safe_div(1, 4, 9)", "0.25"},
      {"y in (1, 2)", "true", settings},
      {"y not in (1, 2)", "false", settings},
      {"x in (1, 2)", "missing", settings},
      {"1 in (x, 1)", "true", settings},
      {"1 in (x, 2)", "missing", settings},
  });
}

TEST(Eval, Functions) {
  Expect({
      {"abs(-3.5)", "3.5"},
      {"round(2.5)", "3"},
      {"round(-2.5)", "-3"},
      {"round(1.005, 2)", "1.01"},
      {"round(1234, -2)", "1200"},
      {"floor(-1.2)", "-2"},
      {"ceil(-1.2)", "-1"},
      {"min(3, 1, 2)", "1"},
      {"max(3, 1, 2)", "3"},
      {"clamp(120, 0, 100)", "100"},
      {"sqrt(2)", "1.41421356237"},
      {"sqrt(0.25)", "0.5"},
      {"sqrt(-1)", "missing"},
      {"exp(0)", "1"},
      {"ln(0)", "missing"},
      {"mod(-7, 3)", "2"},
      {"mod(7, 0)", "missing"},
      {"linear(30%, 0%: 0, 25%: 60, 40%: 100)", "73.3333333333"},
      {"linear(-1, 0: 5, 1: 6)", "5"},
      {"linear(9, 1: 6, 0: 5)", "6"},
      {"len('客户A')", "3"},
      {"upper('abc') = 'ABC'", "true"},
      {"trim('  a ') = 'a'", "true"},
      {"starts_with('北京分公司', '北京')", "true"},
      {"contains('abc', 'd')", "false"},
      {"85% <= 90% <= 95%", "true"},
      {"5 between 1 and 4", "false"},
      {"5 not between 1 and 4", "true"},
      {"case when 1 > 2 then 'a' when 2 > 1 then 'b' else 'c' end", "b"},
      {"case when 1 > 2 then 1 end", "missing"},
      {"如果 1 > 2 则 3 否则 4", "4"},
      {"真 且 非 假", "true"},
      {"（１＋２）×３", "9"},
  });
}

TEST(Eval, Aggregates) {
  const std::vector<std::string> x = {"x=[1, 2, 3, 4]", "w=[4, 3, 2, 1]"};
  Expect({
      {"sum(x)", "10", x},
      {"∑(x × w)", "20", x},
      {"avg(x)", "2.5", x},
      {"count(x)", "4", x},
      {"max(x) - min(x)", "3", x},
      {"median(x)", "2.5", x},
      {"percentile(x, 25%)", "1.75", x},
      {"percentile_nearest(x, 25%)", "1", x},
      {"stddev(x)^2", "1.66666666667", x},
      {"weighted_avg(x, w)", "2", x},
      {"corr(x, w)", "-1", x},
      {"first(x) + last(x)", "5", x},
      {"any(x > 3)", "true", x},
      {"all(x > 3)", "false", x},
      {"sum(x where w > 1)", "6", x},
      {"count(x where x > 9)", "0", x},
      {"sum(x where x > 9)", "0", x},
      {"avg(x where x > 9)", "missing", x},
      {"sum(x where x > avg(x))", "7", x},
      {"count_distinct(t)", "2", {"t=['a', 'b', 'a']"}},
      {"corr(a, b) = 0.6", "true", {"a=[1, 2, 3, 4, 5]", "b=[1, 2, 5, 4, 3]"}},
      {"sum(x)", "3", {"x=[1, missing, 2]"}},
      {"count(x)", "2", {"x=[1, missing, 2]"}},
      {"sum(hours) ÷ count(hours)", "32.5 h", {"hours=[20h, 30h, 70h, 10h]"}},
  });
}

TEST(Eval, TellsWhyAValueIsMissing) {
  Session session;
  const auto outcome = Eval(session, {"(lost - 1) ÷ opening", {"lost=3", "opening=0"}, false});
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(outcome->text, "missing");
  EXPECT_EQ(outcome->cause[0], "division by zero, in `(lost - 1) ÷ opening`");
  EXPECT_EQ(outcome->cause[1], "除以零，出自 `(lost - 1) ÷ opening`");
}

}  // namespace
}  // namespace steelyard
