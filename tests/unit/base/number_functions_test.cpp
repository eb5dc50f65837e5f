// Powers, roots, logarithm and exponential.
#include <gtest/gtest.h>

#include <string>

#include "engine/base/number.h"

namespace steelyard {
namespace {

Number N(const std::string& text) { return Number::FromDecimal(text).value(); }

struct PowerCase {
  Number base;
  Number exponent;
  const char* fraction;  // null: no result
};

TEST(Power, IsExactWhereItCanBe) {
  const PowerCase cases[] = {
      {2, 10, "1024"},
      {2, -2, "1/4"},
      {-2, 3, "-8"},
      {-2, -3, "-1/8"},
      {Number::Fraction(2, 3), 2, "4/9"},
      {Number::Fraction(2, 3), -3, "27/8"},
      {Number::Fraction(-2, 3), -3, "-27/8"},
      {N("1.1"), 3, "1331/1000"},
      {5, 0, "1"},
      {0, 0, "1"},
      {0, 3, "0"},
      {0, N("0.5"), "0"},
      {0, -1, nullptr},
      {0, N("-0.5"), nullptr},
      {4, N("0.5"), "2"},
      {4, N("-0.5"), "1/2"},
      {4, N("1.5"), "8"},
      {8, Number::Fraction(2, 3), "4"},
      {8, Number::Fraction(-2, 3), "1/4"},
      {-8, Number::Fraction(1, 3), "-2"},
      {-8, Number::Fraction(2, 3), "4"},
      {-8, Number::Fraction(-5, 3), "-1/32"},
      {-4, N("0.5"), nullptr},
      {-4, N("0.25"), nullptr},
      {Number::Fraction(16, 81), N("0.25"), "2/3"},
      {-1, 3, "-1"},
      {-1, Number::Fraction(1, 3), "-1"},
      {-1, Number::Fraction(2, 3), "1"},
      {-1, N("0.5"), nullptr},
      {1, N("0.123456"), "1"},
      {N("1024"), N("0.1"), "2"},
  };
  for (const PowerCase& c : cases) {
    const std::string what = c.base.ToFraction() + " ^ " + c.exponent.ToFraction();
    const auto power = Power(c.base, c.exponent);
    ASSERT_EQ(power.has_value(), c.fraction != nullptr) << what;
    if (power) {
      EXPECT_EQ(power->ToFraction(), c.fraction) << what;
    }
  }
  const Number root64 = Number::Fraction(1, 64);
  EXPECT_EQ(Power(Power(3, 64).value(), root64), Number(3));
}

TEST(Power, RefusesWhatIsTooLargeBeforeComputingIt) {
  const Number nine_to_nine = Power(9, 9).value();
  EXPECT_EQ(nine_to_nine, Number(387'420'489));
  EXPECT_EQ(Power(9, nine_to_nine), std::nullopt);
  EXPECT_EQ(Power(9, -nine_to_nine), std::nullopt);
  EXPECT_EQ(Power(-9, nine_to_nine), std::nullopt);
  EXPECT_EQ(Power(2, N("1e400")), std::nullopt);
  EXPECT_EQ(Power(N("1e-400"), N("1e400")), std::nullopt);
  EXPECT_EQ(Power(2, 1'000'001), std::nullopt);
  EXPECT_TRUE(Power(2, 999'999));
  EXPECT_EQ(Power(4, N("1e9") + N("0.5")), std::nullopt);  // exact root, huge power
  EXPECT_EQ(Power(2, N("1e9") + N("0.5")), std::nullopt);
  EXPECT_EQ(Power(2, N("-1e9") - N("0.5")), std::nullopt);
}

TEST(Power, OfOneNeedsNoRoom) {
  EXPECT_EQ(Power(1, N("1e400")), Number(1));
  EXPECT_EQ(Power(-1, N("1e400")), Number(1));
  EXPECT_EQ(Power(-1, N("1e400") + Number(1)), Number(-1));
  EXPECT_EQ(Power(0, N("1e400")), Number(0));
}

TEST(Power, IsGoodToFiftyDigits) {
  EXPECT_EQ(Power(2, N("0.5")), N("1.4142135623730950488016887242096980785696718753769"));
  EXPECT_EQ(Power(10, N("0.1")), N("1.2589254117941672104239541063958006060936174094669"));
  EXPECT_EQ(Power(2, N("-0.5")), N("0.70710678118654752440084436210484903928483593768847"));
  // e, to as many digits as (1 + 10^-50)^(10^50 + 1/2) agrees with it.
  const Number near_one = Number(1) + N("1e-50");
  const Number e = Power(near_one, N("1e50") + N("0.5")).value();
  EXPECT_EQ(e, N("2.7182818284590452353602874713526624977572470937"
                 "000"));
  EXPECT_EQ(Power(N("0.97"), N("365.25")).value().ToDouble(), 1.4735875402659015e-05);
}

TEST(Sqrt, IsExactForPerfectSquares) {
  EXPECT_EQ(Sqrt(0), Number(0));
  EXPECT_EQ(Sqrt(49), Number(7));
  EXPECT_EQ(Sqrt(N("0.49")), N("0.7"));
  EXPECT_EQ(Sqrt(Number::Fraction(4, 9)), Number::Fraction(2, 3));
  EXPECT_EQ(Sqrt(N("1e400")), N("1e200"));
  EXPECT_EQ(Sqrt(2), N("1.4142135623730950488016887242096980785696718753769"));
  EXPECT_EQ(Sqrt(N("2e-400")), N("1.4142135623730950488016887242096980785696718753769e-200"));
  EXPECT_EQ(Sqrt(-1), std::nullopt);
}

TEST(Ln, IsGoodToFiftyDigits) {
  EXPECT_EQ(Ln(1), Number(0));
  EXPECT_EQ(Ln(0), std::nullopt);
  EXPECT_EQ(Ln(-1), std::nullopt);
  EXPECT_EQ(Ln(2), N("0.69314718055994530941723212145817656807550013436026"));
  EXPECT_EQ(Ln(10), N("2.3025850929940456840179914546843642076011014886288"));
  EXPECT_EQ(Ln(N("0.5")), -Ln(2).value());
  // Where x is so near 1 that x − 1 is all there is: ln(1 + d) = d − d²/2 + …
  EXPECT_EQ(Ln(Number(1) + N("1e-300")), N("1e-300"));
  EXPECT_EQ(Ln(Number(1) + N("1e-30")), N("1e-30") - N("5e-61"));
}

TEST(Exp, IsGoodToFiftyDigits) {
  EXPECT_EQ(Exp(0), Number(1));
  EXPECT_EQ(Exp(1), N("2.7182818284590452353602874713526624977572470937000"));
  EXPECT_EQ(Exp(-1), N("0.36787944117144232159552377016146086744581113103177"));
  EXPECT_EQ(FormatSignificant(Exp(1'000).value(), 20), "1.9700711140170469939e+434");
  EXPECT_EQ(Exp(1'000'000), std::nullopt);
  EXPECT_EQ(Exp(-1'000'000), std::nullopt);
  EXPECT_EQ(Exp(N("1e400")), std::nullopt);
  EXPECT_TRUE(Exp(690'000));
}

TEST(Functions, LeaveRoomAtTheLimit) {
  const Number large = Exp(690'000).value();
  EXPECT_EQ(Round(Ln(large).value(), 40), Number(690'000));
  EXPECT_LE(large.Bits(), 1'100'000u);
}

}  // namespace
}  // namespace steelyard
