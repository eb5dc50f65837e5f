// What is no change, what was renamed or moved, what stands in imported files, and what depends.
#include "engine/compare/compare.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/compare/rich.h"

namespace steelyard {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string Everywhere(std::string text, std::string_view from, std::string_view to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

std::string FoundAfter(std::string_view from, std::string_view to) {
  return Found(CompareTexts(RichCard(), Replaced(RichCard(), from, to)));
}

std::vector<std::string> Marked(const MarkedText& text) {
  std::vector<std::string> parts;
  for (const auto& [begin, end] : text.marks) parts.push_back(text.text.substr(begin, end - begin));
  return parts;
}

TEST(NoChange, AreLayoutAndOtherWaysToWriteTheSame) {
  EXPECT_EQ(Found(CompareTexts(RichCard(), RichCard())), "");
  constexpr std::pair<std::string_view, std::string_view> kSame[] = {
      {"formula: sum(order.amount)}", "formula: 求和（订单.收入）}"},
      {"÷ sum(order.amount) × 100%", "/ ∑(order.amount)"},
      {"(sum(order.amount) - sum(order.cost))", "(-sum(order.cost) + ((sum(order.amount))))"},
      {"value: 60%", "value: 0.6"},
      {"amount: 100 CNY", "amount: 100 元"},
      {"\"20%..50%\": 60", "\">= 20% and <= 50%\": 60"},
      {"when: margin < 0,", "when: 0 > margin,"},
      {"tiers: [S, A]", "tiers: ['A', 'S']"},
      {"target: \">= 30%\"", "target: 30%"},
      {"formula: revenue ÷ 1000 CNY", "formula: 总营收 / 1_000 CNY  # in thousands"},
      {"value: 12", "value: 12.0"},
      {"rounding: 1\n", "\n\nrounding:   1\n"},
      {"require: margin >= 5%, otherwise: [cap curve 80, floor 10], unknown: trigger",
       "unknown: trigger, otherwise: [cap 曲线 80, floor 10], require: margin >= 5%"},
  };
  for (const auto& [from, to] : kSame) {
    EXPECT_EQ(FoundAfter(from, to), "") << to;
  }
}

TEST(NoChange, IsWhatIsSaidThoughItHeldAnyway) {
  EXPECT_EQ(FoundAfter("set: {own: 30%}", "set: {own: 30%}\n      rest: keep"), "");
  EXPECT_EQ(FoundAfter("revenue > 1 CNY, otherwise: cap 70",
                       "revenue > 1 CNY, otherwise: cap 70, unknown: review"),
            "");
}

TEST(Formulas, DifferWhereAQuotientDivides) {
  const std::string before = Replaced(RichCard(), "formula: revenue ÷ 1000 CNY",
                                      "formula: revenue ÷ (cost_sum ÷ teamwork)");
  const std::string with = Replaced(before, "values:\n", "values:\n  cost_sum: sum(order.cost)\n");
  const std::string after =
      Replaced(with, "revenue ÷ (cost_sum ÷ teamwork)", "revenue × teamwork ÷ cost_sum");
  EXPECT_EQ(Found(CompareTexts(with, after)), "indicators.curve.formula changed");
}

TEST(Renamed, IsOneChangeWhereEverythingFollows) {
  const std::string card = Everywhere(RichCard(), "ratioed", "proportional");
  EXPECT_EQ(Found(CompareTexts(RichCard(), card)), "indicators.proportional renamed");
  EXPECT_EQ(Found(CompareTexts(RichCard(), Everywhere(RichCard(), "revenue", "turnover"))),
            "values.turnover renamed");
  const std::string column = Replaced(Everywhere(RichCard(), "order.amount", "order.income"),
                                      "amount: {type", "income: {type");
  EXPECT_EQ(Found(CompareTexts(RichCard(), Replaced(column, "amount - cost", "income - cost"))),
            "data.order.columns.income renamed");
}

TEST(Renamed, IsNotWhatIsAnotherThing) {
  const std::string after =
      Replaced(RichCard(), "swing: {name: 波动, when: score < 50, level: warning}",
               "late: {name: 迟交, when: margin > 7, level: note}");
  EXPECT_EQ(Found(CompareTexts(RichCard(), after)), "alerts.late added\nalerts.swing removed");
}

TEST(Moved, IsOneOfTwoThatChangedPlaces) {
  const std::string rated = "  rated: {formula: teamwork, score: {rating: {scale: 1..5}}}\n";
  const std::string card =
      Replaced(Replaced(RichCard(), rated, ""), "  banded:\n", rated + "  banded:\n");
  const std::vector<Change> changes = CompareTexts(RichCard(), card);
  ASSERT_EQ(Found(changes), "indicators.rated moved");
  EXPECT_EQ(changes[0].effect, ChangeEffect::kLayout);
}

TEST(Bands, AreToldByTheBand) {
  EXPECT_EQ(FoundAfter("\"20%..50%\": 60, ", ""), "indicators.banded.score.bands[1] removed");
  EXPECT_EQ(FoundAfter("\"20%..50%\": 60, ", "\"20%..50%\": 60, \"10%..20%\": 30, "),
            "indicators.banded.score.bands[2] added");
}

TEST(Imported, IsToldWithItsFile) {
  const std::string library = Replaced(RichLibrary(), "margin * 2", "margin * 3");
  const auto changes = CompareTexts(RichCard(), RichCard(), RichLibrary(), library);
  ASSERT_EQ(Found(changes), "values.doubled.formula changed");
  EXPECT_EQ(changes[0].new_place.file, "new:library.yaml");
  EXPECT_EQ(changes[0].new_place.line, 6u);
  EXPECT_FALSE(changes[0].unused);
}

TEST(Imported, IsUnusedWhereNothingComesOfIt) {
  const std::string library = Replaced(RichLibrary(), "count(order) + 7", "count(order) + 8");
  const auto changes = CompareTexts(RichCard(), RichCard(), RichLibrary(), library);
  ASSERT_EQ(Found(changes), "indicators.unused_one.formula changed");
  EXPECT_TRUE(changes[0].unused);
  EXPECT_EQ(changes[0].effect, ChangeEffect::kNone);
}

TEST(Imported, IsToldOnceOfABaseThatIsTakenUp) {
  const std::string library = Replaced(RichLibrary(), "{0: 0, 10: 100}", "{0: 0, 11: 100}");
  EXPECT_EQ(Found(CompareTexts(RichCard(), RichCard(), RichLibrary(), library)),
            "indicators.base.score.linear[1].at changed");
}

TEST(Dependents, AreAllThatComesOfIt) {
  const auto changes = CompareTexts(RichCard(), Replaced(RichCard(), "formula: sum(order.amount)}",
                                                         "formula: avg(order.amount)}"));
  ASSERT_EQ(changes.size(), 1u);
  std::vector<std::string> ids;
  for (const Dependent& dependent : changes[0].dependents) ids.push_back(dependent.id);
  EXPECT_THAT(ids, ElementsAre("curve", "ratioed", "tiered", "second_lock", "small", "swing",
                               "rate", "team", "talk", "score", "grade"));
}

TEST(Marks, AreTheSmallestPart) {
  const auto marks = [](std::string_view from, std::string_view to) {
    const auto changes = CompareTexts(RichCard(), Replaced(RichCard(), from, to));
    EXPECT_EQ(changes.size(), 1u);
    return std::pair{Marked(changes[0].old_text), Marked(changes[0].new_text)};
  };
  EXPECT_THAT(marks("when: score < 50", "when: score < 55").first, ElementsAre("50"));
  EXPECT_THAT(marks("when: score < 50", "when: score <= 50").second, ElementsAre("<="));
  EXPECT_THAT(marks("when: score < 50", "when: score < 50 and visit").second,
              ElementsAre("and visit"));
  const auto wrapped =
      marks("formula: sum(order.amount)}", "formula: \"max(sum(order.amount), 0)\"}");
  EXPECT_THAT(wrapped.first, ElementsAre());
  EXPECT_THAT(wrapped.second, ElementsAre("max(", ", 0)"));
  EXPECT_THAT(marks("[cap curve 80, floor 10]", "[cap curve 85, floor 10]").second,
              ElementsAre("85"));
}

TEST(Words, AreADesigners) {
  const auto changes = CompareTexts(RichCard(), Replaced(RichCard(), "curve: 60%", "curve: 55%"));
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].headline[0], "weight of 曲线: 60% → 55%");
  EXPECT_EQ(changes[0].headline[1], "曲线的权重：60% → 55%");
}

}  // namespace
}  // namespace steelyard
