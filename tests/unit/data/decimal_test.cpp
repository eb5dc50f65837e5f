#include "engine/data/decimal.h"

#include <gtest/gtest.h>

#include <random>

namespace steelyard {
namespace {

// What is read of a text, and what is left of it: `12|%`. `none` or `commas` where nothing is.
std::string Taken(std::string_view text) {
  bool bad_commas = false;
  const std::optional<Decimal> value = Decimal::Take(text, bad_commas);
  if (!value) return bad_commas ? "commas" : "none";
  return value->Canonical() + "|" + std::string(text);
}

TEST(Decimal, ReadsTheBeginningOfAText) {
  const struct {
    const char* text;
    const char* taken;
  } cases[] = {
      {"12", "12|"},
      {"0012", "12|"},
      {"12.50", "12.5|"},
      {".0000", "0|"},
      {".5", "0.5|"},
      {"5.", "5|"},
      {"0", "0|"},
      {"2.9999999999999999E-2", "0.029999999999999999|"},
      {"1e3", "1000|"},
      {"1E+3kg", "1000|kg"},
      {"1.5e", "1.5|e"},
      {"3 em", "3| em"},
      {"1,234.50", "1234.5|"},
      {"12,345,678", "12345678|"},
      {"1,234,", "1234|,"},
      {"1234,567", "commas"},
      {"1,23", "commas"},
      {"12,34,567", "commas"},
      {"1,2345", "commas"},
      {"85%", "85|%"},
      {"36h", "36|h"},
      {"1.2.3", "1.2|.3"},
      {"", "none"},
      {"x", "none"},
      {".", "none"},
      {",5", "none"},
      {"1e401", "none"},
      {"0.50000000000000000000000000", "0.5|"},
      {"123456789012345678901234567890.25", "123456789012345678901234567890.25|"},
      {"0.0000000000000000000000000001", "0.0000000000000000000000000001|"},
      {"999999999999999999", "999999999999999999|"},
      {"9223372036854775808", "9223372036854775808|"},
  };
  for (const auto& [text, taken] : cases) EXPECT_EQ(Taken(text), taken) << text;
}

TEST(Decimal, ChangesExactly) {
  const auto changed = [](std::string_view text, auto change) {
    bool bad_commas = false;
    Decimal value = *Decimal::Take(text, bad_commas);
    change(value);
    return value.Canonical();
  };
  EXPECT_EQ(changed("1.5", [](Decimal& d) { d.Negate(); }), "-1.5");
  EXPECT_EQ(changed("0.05", [](Decimal& d) { d.Negate(); }), "-0.05");
  EXPECT_EQ(changed("85", [](Decimal& d) { d.TimesPowerOfTen(-2); }), "0.85");
  EXPECT_EQ(changed("1.25", [](Decimal& d) { d.TimesPowerOfTen(4); }), "12500");
  EXPECT_EQ(changed("0", [](Decimal& d) { d.TimesPowerOfTen(8); }), "0");
  EXPECT_EQ(changed("999999999999999999", [](Decimal& d) { d.TimesPowerOfTen(8); }),
            "99999999999999999900000000");
  EXPECT_EQ(changed("0.000000000000000001", [](Decimal& d) { d.TimesPowerOfTen(-2); }),
            "0.00000000000000000001");
  EXPECT_EQ(changed("1.5", [](Decimal& d) { d.Times(Number(24)); }), "36");
  EXPECT_EQ(changed("5", [](Decimal& d) { d.Times(Number::Fraction(1, 60)); }), "1/12");
  EXPECT_EQ(changed("999999999999999999", [](Decimal& d) { d.Times(Number(168)); }),
            "167999999999999999832");
}

TEST(Decimal, KnowsWholeAndNegative) {
  const auto value = [](std::string_view text) {
    bool bad_commas = false;
    return *Decimal::Take(text, bad_commas);
  };
  EXPECT_TRUE(value("12.00").IsWhole());
  EXPECT_TRUE(value("12e20").IsWhole());
  EXPECT_FALSE(value("12.5").IsWhole());
  EXPECT_FALSE(value("1.0000000000000000000000001").IsWhole());
  Decimal minus = value("1");
  minus.Negate();
  EXPECT_TRUE(minus.IsNegative());
  EXPECT_FALSE(value("0").IsNegative());
}

// Random decimals mean what Number says they mean, however they reach a column.
TEST(Decimal, AgreesWithNumber) {
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (size_t i = random() % 22; i > 0; --i) text += static_cast<char>('0' + random() % 10);
    if (random() % 2 == 0 || text.empty()) {
      text += "0.";
      text = text == "0." || random() % 2 == 0 ? text : "." + text.substr(0, text.size() - 2);
      for (size_t i = random() % 22; i > 0; --i) text += static_cast<char>('0' + random() % 3);
    }
    if (random() % 4 == 0) text += "e" + std::to_string(static_cast<int>(random() % 41) - 20);
    const std::optional<Number> number = Number::FromDecimal(text);
    if (!number) continue;
    std::string_view rest = text;
    bool bad_commas = false;
    const std::optional<Decimal> value = Decimal::Take(rest, bad_commas);
    ASSERT_TRUE(value.has_value()) << text;
    EXPECT_EQ(rest, "") << text;
    EXPECT_EQ(value->ToNumber(), *number) << text;
    EXPECT_EQ(Number::FromDecimal(value->Canonical()), number) << text;
    NumberCells cells;
    cells.AppendScaled(1, 2);
    value->AppendTo(cells);
    EXPECT_EQ(cells.at(1), *number) << text;
    EXPECT_EQ(cells.at(0), Number::Fraction(1, 100)) << text;
  }
}

}  // namespace
}  // namespace steelyard
