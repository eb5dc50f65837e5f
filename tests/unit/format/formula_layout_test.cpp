// Formulas laid out: blanks and signs change, nothing else.
#include "engine/format/formula_layout.h"

#include <gtest/gtest.h>

namespace steelyard {
namespace {

std::string Kept(std::string_view text, FormulaKind kind = FormulaKind::kFormula) {
  return LayOutFormula(text, kind, OperatorStyle::kKeep).value_or("nothing");
}
std::string Ascii(std::string_view text, FormulaKind kind = FormulaKind::kFormula) {
  return LayOutFormula(text, kind, OperatorStyle::kAscii).value_or("nothing");
}
std::string Typographic(std::string_view text, FormulaKind kind = FormulaKind::kFormula) {
  return LayOutFormula(text, kind, OperatorStyle::kTypographic).value_or("nothing");
}

TEST(FormulaLayout, PutsBlanksAroundOperators) {
  EXPECT_EQ(Kept("a+b*c"), "a + b * c");
  EXPECT_EQ(Kept("  a  +\tb "), "a + b");
  EXPECT_EQ(Kept("a÷b×100%"), "a ÷ b × 100%");
  EXPECT_EQ(Kept("85%<=x<=95%"), "85% <= x <= 95%");
  EXPECT_EQ(Kept("2^3"), "2 ^ 3");
  EXPECT_EQ(Kept("a??0"), "a ?? 0");
}

TEST(FormulaLayout, KeepsSignsAtTheirOperand) {
  EXPECT_EQ(Kept("- x"), "-x");
  EXPECT_EQ(Kept("a - -b"), "a - -b");
  EXPECT_EQ(Kept("a-b"), "a - b");
  EXPECT_EQ(Kept("2^-3"), "2 ^ -3");
  EXPECT_EQ(Kept("(a)-(b)"), "(a) - (b)");
  EXPECT_EQ(Kept("if a>1 then -1 else +1"), "if a > 1 then -1 else +1");
  EXPECT_EQ(Kept("case when a then 1 end-1"), "case when a then 1 end - 1");
}

TEST(FormulaLayout, KeepsNumbersAsWritten) {
  EXPECT_EQ(Kept("1_000+200万*3e2"), "1_000 + 200万 * 3e2");
  EXPECT_EQ(Kept("420 万"), "420 万");
  EXPECT_EQ(Kept("35 %>0.50"), "35 % > 0.50");
  EXPECT_EQ(Kept("2.5 天+90min"), "2.5 天 + 90min");
  EXPECT_EQ(Kept("2026-04-01+3d"), "2026-04-01 + 3d");
  EXPECT_EQ(Kept("2026Q1<2026-04"), "2026Q1 < 2026-04");
  EXPECT_EQ(Kept("１２３+x"), "１２３ + x");
}

TEST(FormulaLayout, KeepsNamesTextsAndBrackets) {
  EXPECT_EQ(Kept("`Customer  ID`='a  =b'"), "`Customer  ID` = 'a  =b'");
  EXPECT_EQ(Kept("(((a)))"), "(((a)))");
  EXPECT_EQ(Kept("( a + b ) * c"), "(a + b) * c");
  EXPECT_EQ(Kept("tier=“S”"), "tier = “S”");
  EXPECT_EQ(Kept("达成率=a/b"), "达成率 = a / b");
}

TEST(FormulaLayout, LaysOutCalls) {
  EXPECT_EQ(Kept("sum ( order.amount  where tier='S' )"), "sum(order.amount where tier = 'S')");
  EXPECT_EQ(Kept("round(x,2)"), "round(x, 2)");
  EXPECT_EQ(Kept("linear(x,0:0,1:100)"), "linear(x, 0: 0, 1: 100)");
  EXPECT_EQ(Kept("avg(x among role,region all periods)"), "avg(x among role, region all periods)");
  EXPECT_EQ(Kept("tier in('S','A')"), "tier in ('S', 'A')");
  EXPECT_EQ(Kept("if(a,1,0)"), "if(a, 1, 0)");
  EXPECT_EQ(Kept("if (a) then 1 else 0"), "if (a) then 1 else 0");
  EXPECT_EQ(Kept("求和(a 其中 b>1)"), "求和(a 其中 b > 1)");
}

TEST(FormulaLayout, KeepsChineseWordsAndWidePunctuation) {
  EXPECT_EQ(Kept("x>5且y<3"), "x > 5 且 y < 3");
  EXPECT_EQ(Kept("如果 x>5，则 '高'，否则 '低'"), "如果 x > 5，则 '高'，否则 '低'");
  EXPECT_EQ(Kept("求和（订单）"), "求和（订单）");
  EXPECT_EQ(Ascii("如果 x＞5，则 '高'，否则 '低'"), "如果 x > 5, 则 '高', 否则 '低'");
}

TEST(FormulaLayout, ChoosesSigns) {
  EXPECT_EQ(Ascii("a×b÷c≤d"), "a * b / c <= d");
  EXPECT_EQ(Ascii("a≠b and c≥d"), "a != b and c >= d");
  EXPECT_EQ(Ascii("a<>b and c==d"), "a != b and c = d");
  EXPECT_EQ(Typographic("a*b/c<=d"), "a × b ÷ c ≤ d");
  EXPECT_EQ(Typographic("a<>b and c>=d"), "a ≠ b and c ≥ d");
  EXPECT_EQ(Typographic("a−b"), "a - b");
  EXPECT_EQ(Typographic("'a*b'"), "'a*b'");
  EXPECT_EQ(Typographic("count(a/b)"), "count(a ÷ b)");
}

TEST(FormulaLayout, KeepsLineEnds) {
  EXPECT_EQ(Kept("a+b\n  +c"), "a + b\n  + c");
  EXPECT_EQ(Kept("sum(a\n)"), "sum(a\n)");
}

TEST(FormulaLayout, LaysOutBands) {
  EXPECT_EQ(Kept(">=50% and<80%", FormulaKind::kBand), ">= 50% and < 80%");
  EXPECT_EQ(Typographic("<= -2h", FormulaKind::kBand), "≤ -2h");
  EXPECT_EQ(Kept("='A'", FormulaKind::kBand), "= 'A'");
}

TEST(FormulaLayout, LeavesWhatItCannotRead) {
  EXPECT_EQ(Kept("a +"), "nothing");
  EXPECT_EQ(Kept(""), "nothing");
  EXPECT_EQ(Kept("50%..80%", FormulaKind::kBand), "nothing");  // a pair of formulas
}

TEST(FormulaLayout, TellsFormulasApart) {
  EXPECT_TRUE(IsSameFormula("a+b", "a + b"));
  EXPECT_TRUE(IsSameFormula("≤ 5", "<=5"));
  EXPECT_FALSE(IsSameFormula("a+b", "a-b"));
  EXPECT_FALSE(IsSameFormula("a", "a +"));
  EXPECT_FALSE(IsSameFormula("a +", "a  +"));
}

}  // namespace
}  // namespace steelyard
