// Exact arithmetic and rounding.
#include "engine/base/number.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <random>
#include <string>

namespace steelyard {
namespace {

Number N(const std::string& text) { return Number::FromDecimal(text).value(); }

TEST(Number, MeansWhatWasWritten) {
  EXPECT_EQ(N("0.1") + N("0.2"), N("0.3"));
  EXPECT_FALSE(Number(1) - N("0.95") > N("0.05"));
  EXPECT_EQ(Number(1) - N("0.95"), N("0.05"));
  EXPECT_EQ(N("1.1") * N("1.1"), N("1.21"));
  EXPECT_EQ(Number(1) / Number(3) * Number(3), Number(1));
  EXPECT_EQ(N("4.35") * Number(100), Number(435));
}

TEST(Number, IsKeptInLowestTerms) {
  EXPECT_EQ(Number::Fraction(6, -4).ToFraction(), "-3/2");
  EXPECT_EQ(Number::Fraction(-6, -3).ToFraction(), "2");
  EXPECT_EQ(Number::Fraction(0, -5).ToFraction(), "0");
  EXPECT_EQ(Number::Scaled(35, 2).ToFraction(), "7/20");
  EXPECT_EQ(Number::Scaled(-1'500, 2).ToFraction(), "-15");
  EXPECT_EQ(Number::Scaled(7, 0), Number(7));
  EXPECT_EQ(Number::Scaled(1, 60) * Number::FromDecimal("1e60").value(), Number(1));
}

TEST(Number, ComparesExactly) {
  EXPECT_LT(Number::Fraction(1, 3), N("0.33333333333333333334"));
  EXPECT_GT(Number::Fraction(1, 3), N("0.33333333333333333333"));
  EXPECT_LT(Number(-2), Number(-1));
  EXPECT_EQ(-Number(0), Number(0));
  EXPECT_EQ(Number(5).Sign(), 1);
  EXPECT_EQ((-Number(5)).Sign(), -1);
}

TEST(Number, AddsInPlace) {
  Number sum;
  for (int i = 0; i < 10; ++i) sum += N("0.1");
  EXPECT_EQ(sum, Number(1));
  sum += sum;
  EXPECT_EQ(sum, Number(2));
}

TEST(Number, ConvertsToInt64OnlyWhatFits) {
  constexpr int64_t kMax = std::numeric_limits<int64_t>::max();
  constexpr int64_t kMin = std::numeric_limits<int64_t>::min();
  EXPECT_EQ(Number(kMax).ToInt64(), kMax);
  EXPECT_EQ(Number(kMin).ToInt64(), kMin);
  EXPECT_EQ((Number(kMax) + Number(1)).ToInt64(), std::nullopt);
  EXPECT_EQ((Number(kMin) - Number(1)).ToInt64(), std::nullopt);
  EXPECT_EQ(N("1.5").ToInt64(), std::nullopt);
  EXPECT_EQ(N("-3.0").ToInt64(), -3);
}

TEST(Number, KnowsWhichDecimalsEnd) {
  EXPECT_TRUE(Number(7).Terminates());
  EXPECT_TRUE(Number::Fraction(7, 20).Terminates());
  EXPECT_TRUE(Number::Fraction(3, 1'024).Terminates());
  EXPECT_FALSE(Number::Fraction(1, 3).Terminates());
  EXPECT_FALSE(Number::Fraction(1, 70).Terminates());
}

TEST(Number, MeasuresItsSize) {
  EXPECT_LE(Number(1).Bits(), 2u);
  EXPECT_EQ(Number::Fraction(255, 256).Bits(), 8u + 9u);
}

struct DoubleCase {
  const char* decimal;
  double expected;
};

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kSmallest = std::numeric_limits<double>::denorm_min();

const DoubleCase kDoubleCases[] = {
    {"0", 0.0},
    {"0.1", 0.1},
    {"-0.3", -0.3},
    {"9007199254740993", 9007199254740992.0},  // half way: to the even one
    {"9007199254740995", 9007199254740996.0},  // half way: up to the even one
    {"-9007199254740993", -9007199254740992.0},
    {"9007199254740993.00001", 9007199254740994.0},
    {"1.7976931348623157e308", std::numeric_limits<double>::max()},
    {"1.7976931348623159e308", kInfinity},
    {"-1e400", -kInfinity},
    {"2.2250738585072014e-308", std::numeric_limits<double>::min()},
    {"5e-324", kSmallest},
    {"2.4703282292062328e-324", kSmallest},  // just over half of it
    {"2.4703282292062327e-324", 0.0},        // just under
    {"7.4e-324", kSmallest},                 // rounds once, not twice
    {"7.5e-324", 2 * kSmallest},
    {"1e-400", 0.0},
};

TEST(Number, ConvertsToTheNearestDouble) {
  for (const DoubleCase& c : kDoubleCases) {
    EXPECT_EQ(N(c.decimal).ToDouble(), c.expected) << c.decimal;
  }
  EXPECT_EQ(Number::Fraction(1, 3).ToDouble(), 1.0 / 3.0);
  EXPECT_EQ(Power(Number(2), Number(-1075)).value().ToDouble(), 0.0);  // a half: to the even one
}

TEST(Number, EveryDoubleComesBack) {
  std::mt19937_64 random(20'260'401);
  for (int i = 0; i < 3'000; ++i) {
    const uint64_t bits = random();
    double value = 0;
    static_assert(sizeof(bits) == sizeof(value));
    std::memcpy(&value, &bits, sizeof(value));
    if (!std::isfinite(value)) continue;
    const auto number = Number::FromDouble(value);
    ASSERT_TRUE(number) << value;
    EXPECT_EQ(number->ToDouble(), value) << value;
  }
}

TEST(Number, TakesTheShortestDecimalOfADouble) {
  EXPECT_EQ(Number::FromDouble(0.1), N("0.1"));
  EXPECT_EQ(Number::FromDouble(-0.0), Number(0));
  EXPECT_EQ(Number::FromDouble(1e23), N("1e23"));
  EXPECT_EQ(Number::FromDouble(5e-324), N("5e-324"));
  EXPECT_EQ(Number::FromDouble(0.1 + 0.2), N("0.30000000000000004"));
  EXPECT_EQ(Number::FromDouble(kInfinity), std::nullopt);
  EXPECT_EQ(Number::FromDouble(-kInfinity), std::nullopt);
  EXPECT_EQ(Number::FromDouble(std::numeric_limits<double>::quiet_NaN()), std::nullopt);
}

struct RoundCase {
  const char* value;
  int places;
  const char* expected;
};

const RoundCase kRoundCases[] = {
    {"2.5", 0, "3"},
    {"-2.5", 0, "-3"},
    {"2.4999999999999999999999", 0, "2"},
    {"1.005", 2, "1.01"},  // the classic that binary arithmetic gets wrong
    {"-1.005", 2, "-1.01"},
    {"0.125", 2, "0.13"},
    {"-0.4", 0, "0"},
    {"12345", -2, "12300"},
    {"12350", -2, "12400"},
    {"-12350", -2, "-12400"},
    {"49", -2, "0"},
    {"50", -2, "100"},
    {"500", -3, "1000"},
    {"499.99", -3, "0"},
    {"5", -1, "10"},
    {"3", 1'000'000'000, "3"},
    {"0.25", 1'000'000'000, "0.25"},
    {"987654321", -1'000'000'000, "0"},
};

TEST(Round, GoesHalfAwayFromZero) {
  for (const RoundCase& c : kRoundCases) {
    EXPECT_EQ(Round(N(c.value), c.places), N(c.expected)) << c.value << " to " << c.places;
  }
  EXPECT_EQ(Round(Number::Fraction(2, 3), 3), N("0.667"));
  EXPECT_EQ(Round(Number::Fraction(-1, 3), 3), N("-0.333"));
}

TEST(Round, BoundsItsWork) {
  const Number third = Round(Number::Fraction(1, 3), std::numeric_limits<int>::max());
  EXPECT_TRUE(third.Terminates());
  EXPECT_LT(Abs(third - Number::Fraction(1, 3)), N("1e-400"));
  EXPECT_EQ(Round(N("1e400"), std::numeric_limits<int>::min()), Number(0));
}

TEST(Rounding, FloorAndCeilGoTheirWayOnBothSides) {
  EXPECT_EQ(Floor(N("-2.5")), Number(-3));
  EXPECT_EQ(Floor(N("2.5")), Number(2));
  EXPECT_EQ(Ceil(N("-2.5")), Number(-2));
  EXPECT_EQ(Ceil(N("2.5")), Number(3));
  EXPECT_EQ(Floor(Number(4)), Number(4));
  EXPECT_EQ(Ceil(Number(-4)), Number(-4));
  EXPECT_EQ(Abs(N("-2.5")), N("2.5"));
}

TEST(Mod, HasTheSignOfTheDivisor) {
  EXPECT_EQ(Mod(Number(7), Number(3)), Number(1));
  EXPECT_EQ(Mod(Number(-7), Number(3)), Number(2));
  EXPECT_EQ(Mod(Number(7), Number(-3)), Number(-2));
  EXPECT_EQ(Mod(Number(-7), Number(-3)), Number(-1));
  EXPECT_EQ(Mod(N("5.5"), N("0.5")), Number(0));
  EXPECT_EQ(Mod(N("0.7"), N("0.2")), N("0.1"));
}

TEST(NumberDeathTest, DivisionByZeroIsOurBug) {
  EXPECT_DEATH(Number(1) / Number(0), "engine fault");
  EXPECT_DEATH(Number::Fraction(1, 0), "engine fault");
}

}  // namespace
}  // namespace steelyard
