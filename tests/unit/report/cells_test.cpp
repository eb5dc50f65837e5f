#include <gtest/gtest.h>

#include "engine/report/results.h"

namespace steelyard {
namespace {

Number Decimal(std::string_view text) { return Number::FromDecimal(text).value(); }

std::string Text(Value value, Type type, std::optional<int> decimals = std::nullopt) {
  ResultColumn column;
  column.type = std::move(type);
  column.decimals = decimals;
  return CellText(value, column);
}

std::string Plain(std::string_view decimal, std::optional<int> decimals = std::nullopt) {
  return Text(Decimal(decimal), Type::Plain(), decimals);
}

std::string Money(std::string_view decimal, std::optional<int> decimals = std::nullopt) {
  return Text(Decimal(decimal), Type::WithUnit(Unit::Of("CNY"), NumberForm::kMoney), decimals);
}

TEST(CellText, KeepsTwelveSignificantDigits) {
  EXPECT_EQ(Plain("0"), "0");
  EXPECT_EQ(Plain("71.250"), "71.25");
  EXPECT_EQ(Plain("123456789012.4"), "123456789012");
  EXPECT_EQ(Plain("123456789012345"), "123456789012345");
  EXPECT_EQ(Plain("0.0001234567890125"), "0.000123456789013");
  EXPECT_EQ(Text(Number::Fraction(2, 3), Type::Plain()), "0.666666666667");
  EXPECT_EQ(Text(Number::Fraction(-1, 8), Type::Plain()), "-0.125");
}

TEST(CellText, IsScientificOnlyFromE15On) {
  EXPECT_EQ(Plain("999999999999999"), "999999999999999");
  EXPECT_EQ(Plain("1234567890123456"), "1.23456789012e+15");
}

TEST(CellText, RoundsHalfAwayFromZeroToTheDeclaredDecimals) {
  EXPECT_EQ(Plain("2.345", 2), "2.35");
  EXPECT_EQ(Plain("-2.345", 2), "-2.35");
  EXPECT_EQ(Plain("1.005", 2), "1.01");
  EXPECT_EQ(Plain("2.5", 0), "3");
  EXPECT_EQ(Plain("-0.004", 2), "0");
  EXPECT_EQ(Plain("80.00", 2), "80");
  EXPECT_EQ(Plain("12345678901234567890.5", 1), "12345678901234567890.5");
}

TEST(CellText, GivesMoneyTwoDecimals) {
  EXPECT_EQ(Money("1200"), "1200.00");
  EXPECT_EQ(Money("0"), "0.00");
  EXPECT_EQ(Money("0.5"), "0.50");
  EXPECT_EQ(Money("1.005"), "1.005");
  EXPECT_EQ(Money("-3.5"), "-3.50");
}

TEST(CellText, KeepsTheCentsOfLargeAmounts) {
  EXPECT_EQ(Money("9999999999.99"), "9999999999.99");
  EXPECT_EQ(Money("123456789012.345"), "123456789012.35");
  EXPECT_EQ(Money("-1234567890123456.7"), "-1234567890123456.70");
}

TEST(CellText, FollowsTheDecimalsDeclaredForMoney) {
  EXPECT_EQ(Money("1234.5", 0), "1235");
  EXPECT_EQ(Money("1234.5", 1), "1234.5");
  EXPECT_EQ(Money("1234.5", 2), "1234.50");
  EXPECT_EQ(Money("1234.5", 4), "1234.50");
  EXPECT_EQ(Money("1234.56785", 4), "1234.5679");
}

TEST(CellText, WritesPerCentAsAPlainFraction) {
  EXPECT_EQ(Text(Decimal("0.35"), Type::WithUnit(Unit(), NumberForm::kPercent)), "0.35");
}

TEST(CellText, WritesTimeInTheUnitShown) {
  const auto in = [](std::string_view unit) {
    return Type::WithUnit(Unit::Parse(unit).value(), NumberForm::kDuration);
  };
  EXPECT_EQ(Text(Decimal("36"), in("h")), "36");
  EXPECT_EQ(Text(Decimal("36"), in("d")), "1.5");
  EXPECT_EQ(Text(Decimal("0.5"), in("min")), "30");
  EXPECT_EQ(Text(Decimal("36"), in("d"), 0), "2");
}

TEST(CellText, WritesWhatIsNoNumber) {
  EXPECT_EQ(Text(true, Type::Of(TypeKind::kBool)), "true");
  EXPECT_EQ(Text(false, Type::Of(TypeKind::kBool)), "false");
  EXPECT_EQ(Text(std::string("张三, \"老张\""), Type::Of(TypeKind::kText)), "张三, \"老张\"");
  EXPECT_EQ(Text(Date::Parse("2026-04-01").value(), Type::Of(TypeKind::kDate)), "2026-04-01");
  EXPECT_EQ(Text(DateTime::Parse("2026-04-01 13:30").value(), Type::Of(TypeKind::kDateTime)),
            "2026-04-01 13:30:00");
  EXPECT_EQ(Text(Period::Parse("2026q2").value(), Type::Of(TypeKind::kPeriod)), "2026Q2");
}

TEST(CellText, IsEmptyWhereMissing) {
  EXPECT_EQ(Text(MissingCause::kEmptyCell, Type::Plain()), "");
  EXPECT_EQ(Text(MissingCause::kNoRows, Type::WithUnit(Unit::Of("CNY"), NumberForm::kMoney), 2),
            "");
}

}  // namespace
}  // namespace steelyard
