// Trees made by hand: how they are dumped and printed.
#include "engine/syntax/formula.h"

#include <gtest/gtest.h>

#include "engine/syntax/spell.h"

namespace steelyard {
namespace {

ExprId AddName(ExprTree& tree, const char* name) {
  Expr expr;
  expr.kind = ExprKind::kName;
  expr.text = name;
  return tree.Add(std::move(expr));
}

ExprId AddNumber(ExprTree& tree, const Number& number, bool percent = false) {
  Expr expr;
  expr.kind = ExprKind::kNumber;
  expr.number = number;
  expr.percent_literal = percent;
  return tree.Add(std::move(expr));
}

ExprId AddBinary(ExprTree& tree, Op op, ExprId left, ExprId right) {
  Expr expr;
  expr.kind = ExprKind::kBinary;
  expr.op = op;
  expr.children = {left, right};
  return tree.Add(std::move(expr));
}

TEST(Dump, ShowsTheShape) {
  ExprTree tree;
  const ExprId difference = AddBinary(tree, Op::kSubtract, AddNumber(tree, 1),
                                      AddNumber(tree, Number::Fraction(19, 20), true));
  tree.root = AddBinary(tree, Op::kMultiply, AddName(tree, "a b"), difference);
  EXPECT_EQ(Dump(tree), "(mul `a b` (sub 1 (pct 95)))");
}

TEST(Dump, OfATreeThatWasNotRead) { EXPECT_EQ(Dump(ExprTree()), "(nothing)"); }

TEST(Print, PutsBracketsWhereTheTreeNeedsThem) {
  ExprTree tree;
  const ExprId sum = AddBinary(tree, Op::kAdd, AddName(tree, "a"), AddName(tree, "b"));
  const ExprId product = AddBinary(tree, Op::kMultiply, sum, AddName(tree, "c"));
  EXPECT_EQ(Print(tree, product), "(a + b) × c");
  EXPECT_EQ(Print(tree, sum), "a + b");
}

TEST(Print, OfNumbers) {
  ExprTree tree;
  EXPECT_EQ(Print(tree, AddNumber(tree, Number::Scaled(12345, 3))), "12.345");
  EXPECT_EQ(Print(tree, AddNumber(tree, Number::Fraction(1, 20), true)), "5%");
  EXPECT_EQ(Print(tree, AddNumber(tree, Number::Fraction(1, 8000), true)), "0.0125%");
  EXPECT_EQ(Print(tree, AddNumber(tree, -3)), "-3");
  const ExprId power = AddBinary(tree, Op::kPower, AddNumber(tree, -3), AddNumber(tree, 2));
  EXPECT_EQ(Print(tree, power), "(-3) ^ 2");
}

TEST(Spell, QuotesNamesThatNeedIt) {
  EXPECT_EQ(SpellName("战略客户收入"), "战略客户收入");
  EXPECT_EQ(SpellName("∑"), "∑");
  EXPECT_EQ(SpellName("a b"), "`a b`");
  EXPECT_EQ(SpellName("2x"), "`2x`");
  EXPECT_EQ(SpellName("Else"), "`Else`");
  EXPECT_EQ(SpellName("a`b"), "`a``b`");
  EXPECT_EQ(SpellName(""), "``");
  EXPECT_EQ(SpellText("it's"), "'it''s'");
}

TEST(Symbol, IsThereForEveryOperator) {
  for (int op = static_cast<int>(Op::kTrue); op <= static_cast<int>(Op::kIsNotMissing); ++op) {
    EXPECT_FALSE(Symbol(static_cast<Op>(op)).empty()) << op;
  }
  EXPECT_EQ(Symbol(Op::kDivide), "÷");
}

}  // namespace
}  // namespace steelyard
