// Numbers from text and back.
#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "engine/base/number.h"

namespace steelyard {
namespace {

Number N(const std::string& text) { return Number::FromDecimal(text).value(); }

struct ReadCase {
  const char* text;
  const char* fraction;  // null: not a number
};

const ReadCase kReadCases[] = {
    {"0", "0"},
    {"-12", "-12"},
    {"-0", "0"},
    {"0.5", "1/2"},
    {".5", "1/2"},
    {"5.", "5"},
    {"-.25", "-1/4"},
    {"007", "7"},
    {"1.5e3", "1500"},
    {"1.5E+3", "1500"},
    {"2.9E-2", "29/1000"},
    {"12e-1", "6/5"},
    {"1e0000002", "100"},
    {"123456789012345678901234567890", "123456789012345678901234567890"},
    {"", nullptr},
    {"-", nullptr},
    {".", nullptr},
    {"-.", nullptr},
    {"+1", nullptr},
    {"--1", nullptr},
    {"e5", nullptr},
    {"1e", nullptr},
    {"1e+", nullptr},
    {"1e1.5", nullptr},
    {"1.2.3", nullptr},
    {" 1", nullptr},
    {"1 ", nullptr},
    {"1,000", nullptr},
    {"1_000", nullptr},
    {"0x10", nullptr},
    {"inf", nullptr},
    {"nan", nullptr},
    {"１", nullptr},
    {"1e401", nullptr},
    {"1e-401", nullptr},
    {"1e99999999999999999999999", nullptr},
};

TEST(FromDecimal, ReadsNumbersAndNothingElse) {
  for (const ReadCase& c : kReadCases) {
    const auto number = Number::FromDecimal(c.text);
    if (c.fraction == nullptr) {
      EXPECT_EQ(number, std::nullopt) << c.text;
    } else {
      ASSERT_TRUE(number) << c.text;
      EXPECT_EQ(number->ToFraction(), c.fraction) << c.text;
    }
  }
}

TEST(FromDecimal, RefusesZeroBytesAndEndlessTexts) {
  EXPECT_EQ(Number::FromDecimal(std::string_view("1\0", 2)), std::nullopt);
  EXPECT_EQ(Number::FromDecimal(std::string(10'001, '1')), std::nullopt);
  EXPECT_TRUE(Number::FromDecimal(std::string(10'000, '1')));
  EXPECT_TRUE(Number::FromDecimal("1e400"));
  EXPECT_TRUE(Number::FromDecimal("1e-400"));
}

struct PlacesCase {
  const char* value;
  int places;
  int min_places;
  const char* expected;
};

const PlacesCase kPlacesCases[] = {
    {"0", 2, 0, "0"},           {"0", 2, 2, "0.00"},
    {"2.5", 0, 0, "3"},         {"-2.5", 0, 0, "-3"},
    {"1.005", 2, 0, "1.01"},    {"-1.005", 2, 0, "-1.01"},
    {"71.25", 2, 0, "71.25"},   {"71.20", 2, 0, "71.2"},
    {"71.20", 2, 2, "71.20"},   {"71", 4, 0, "71"},
    {"71", 4, 2, "71.00"},      {"71.1234", 3, 2, "71.123"},
    {"71.1001", 3, 2, "71.10"}, {"12.345", 0, 2, "12.35"},  // never fewer than two decimals
    {"100", 0, 0, "100"},                                   // zeros of the whole part stay
    {"-0.001", 2, 0, "0"},                                  // no negative zero
    {"-0.001", 2, 2, "0.00"},   {"-0.005", 2, 0, "-0.01"},
    {"0.05", 3, 0, "0.05"},     {"0.999", 2, 0, "1"},
    {"99.995", 2, 2, "100.00"}, {"12345", -2, 0, "12300"},
    {"-49", -2, 0, "0"},        {"1e20", 2, 0, "100000000000000000000"},
    {"1e-30", 2, 0, "0"},
};

TEST(FormatPlaces, RoundsAndDropsZeros) {
  for (const PlacesCase& c : kPlacesCases) {
    EXPECT_EQ(FormatPlaces(N(c.value), c.places, c.min_places), c.expected)
        << c.value << " to " << c.places << ", at least " << c.min_places;
  }
  EXPECT_EQ(FormatPlaces(Number::Fraction(1, 3), 4), "0.3333");
  EXPECT_EQ(FormatPlaces(Number::Fraction(-2, 3), 4), "-0.6667");
}

TEST(FormatPlaces, BoundsItsWork) {
  constexpr int kMax = std::numeric_limits<int>::max();
  constexpr int kMin = std::numeric_limits<int>::min();
  EXPECT_LE(FormatPlaces(Number::Fraction(1, 3), kMax).size(), 10'002u);
  EXPECT_LE(FormatPlaces(Number(1), 0, kMax).size(), 10'002u);
  EXPECT_EQ(FormatPlaces(Number(123), kMin), "0");
  EXPECT_EQ(FormatPlaces(N("1.5"), 0, kMin), "2");
  EXPECT_EQ(FormatSignificant(N("1.5"), kMin), "2");
  EXPECT_LE(FormatSignificant(Number::Fraction(1, 3), kMax, kMax).size(), 10'002u);
}

struct SignificantCase {
  const char* value;
  const char* expected;
};

const SignificantCase kSignificantCases[] = {
    {"0", "0"},
    {"0.35", "0.35"},
    {"-0.35", "-0.35"},
    {"0.1234567890123", "0.123456789012"},
    {"0.1234567890125", "0.123456789013"},
    {"-0.1234567890125", "-0.123456789013"},
    {"0.00012345678901249", "0.000123456789012"},
    {"99999.99999996", "100000"},
    {"0.9999999999999", "1"},
    {"123456789012", "123456789012"},
    {"123456789012345", "123456789012345"},  // whole numbers in full below 1e15
    {"-999999999999999", "-999999999999999"},
    {"123456789012345.6", "123456789012346"},  // and whole parts
    {"999999999999999.7", "1000000000000000"},
    {"1e15", "1e+15"},
    {"1234567890123456", "1.23456789012e+15"},
    {"1234567890125000", "1.23456789013e+15"},
    {"-1.5e18", "-1.5e+18"},
    {"9.999999999999e20", "1e+21"},
    {"1e400", "1e+400"},
    {"1e-9", "0.000000001"},
    {"1.23e-9", "0.00000000123"},
    {"9.99e-10", "9.99e-10"},
    {"-1e-10", "-1e-10"},
    {"9.9999999999999e-12", "1e-11"},
    {"1.234567890125e-100", "1.23456789013e-100"},
};

TEST(FormatSignificant, WritesTwelveDigits) {
  for (const SignificantCase& c : kSignificantCases) {
    EXPECT_EQ(FormatSignificant(N(c.value)), c.expected) << c.value;
  }
  EXPECT_EQ(FormatSignificant(Number::Fraction(1, 3)), "0.333333333333");
  EXPECT_EQ(FormatSignificant(Number::Fraction(-200, 3)), "-66.6666666667");
}

TEST(FormatSignificant, TakesOtherCountsOfDigits) {
  EXPECT_EQ(FormatSignificant(N("1234.5678"), 6), "1234.57");
  EXPECT_EQ(FormatSignificant(N("1234.5678"), 2), "1235");
  EXPECT_EQ(FormatSignificant(N("0.00255"), 2), "0.0026");
  EXPECT_EQ(FormatSignificant(N("12345678901234567"), 17), "12345678901234567");
  EXPECT_EQ(FormatSignificant(N("12345678901234567"), 1), "1e+16");
}

TEST(FormatSignificant, KeepsDecimalsOfMoney) {
  EXPECT_EQ(FormatSignificant(Number(0), 12, 2), "0.00");
  EXPECT_EQ(FormatSignificant(Number(5), 12, 2), "5.00");
  EXPECT_EQ(FormatSignificant(N("5.125"), 12, 2), "5.125");
  EXPECT_EQ(FormatSignificant(N("123456789012.345"), 12, 2), "123456789012.35");
}

}  // namespace
}  // namespace steelyard
