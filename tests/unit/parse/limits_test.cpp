// Formulas that nobody writes: they end in a tree or in one message, and soon.
#include <gtest/gtest.h>

#include <ctime>
#include <string>

#include "tests/unit/parse/parsing.h"

namespace steelyard {
namespace {

std::string Times(size_t count, const std::string& text) {
  std::string all;
  for (size_t i = 0; i < count; ++i) all += text;
  return all;
}

std::string Nested(size_t depth, const std::string& open, const std::string& close) {
  return Times(depth, open) + "1" + Times(depth, close);
}

void ExpectOne(const std::string& source, DiagKind kind) {
  const Parsing parsing(source);
  ASSERT_EQ(parsing.sink().all().size(), 1u) << source.substr(0, 60);
  EXPECT_EQ(parsing.sink().all()[0].kind, kind) << source.substr(0, 60);
}

struct NestingCase {
  const char* open;
  const char* close;
};

TEST(Limits, NestingIsReadToTheLimitAndNoFurther) {
  const NestingCase cases[] = {
      {"(", ")"},
      {"f(", ")"},
      {"-", ""},
      {"+", ""},
      {"not ", ""},
      {"2^", ""},
      {"if(", ",2,3)"},
      {"if a then ", " else 0"},
      {"if a then 0 else ", ""},
      {"f(x where ", ")"},
      {"case when a then ", " end"},
      {"x in (", ")"},
  };
  for (const NestingCase& c : cases) {
    EXPECT_TRUE(Parsing(Nested(kMaxFormulaDepth, c.open, c.close)).ok()) << c.open;
    ExpectOne(Nested(kMaxFormulaDepth + 1, c.open, c.close), DiagKind::kFormulaTooDeep);
  }
}

TEST(Limits, EndlessOpeningsEndInAMessage) {
  for (const char* opening : {"(", "-", "not ", "f(", "if(", "if ", "if (", "case when ", "2^",
                              "a in (", "linear(x, 1:", "如果 "}) {
    const size_t count = kMaxFormulaBytes / std::string(opening).size();
    ExpectOne(Times(count, opening), DiagKind::kFormulaTooDeep);
  }
}

TEST(Limits, LongRunsOfOperators) {
  for (const char* step : {" + a", " × a", " or a", " and a", " ?? a", " - a"}) {
    const Parsing parsing("a" + Times(kMaxFormulaHeight - 1, step));
    EXPECT_TRUE(parsing.ok()) << step;
    EXPECT_FALSE(parsing.Printed().empty());
    ExpectOne("a" + Times(kMaxFormulaHeight, step), DiagKind::kFormulaTooManySteps);
  }
}

TEST(Limits, LongListsAreFlat) {
  EXPECT_TRUE(Parsing("max(1" + Times(20'000, ",2") + ")").ok());
  EXPECT_TRUE(Parsing("x in (1" + Times(20'000, ",2") + ")").ok());
  EXPECT_TRUE(Parsing("linear(x" + Times(10'000, ",1:2") + ")").ok());
  EXPECT_TRUE(Parsing("f(x among a" + Times(20'000, ",b") + ")").ok());
  EXPECT_TRUE(Parsing("a" + Times(20'000, "<b")).ok());
  EXPECT_TRUE(Parsing("case" + Times(2'000, " when a then 1") + " end").ok());
}

TEST(Limits, Length) {
  EXPECT_TRUE(Parsing(Times(kMaxFormulaBytes, "a")).ok());
  ExpectOne(Times(kMaxFormulaBytes + 1, "a"), DiagKind::kFormulaTooLong);
  ExpectOne("'" + Times(kMaxFormulaBytes - 1, "a"), DiagKind::kTextUnclosed);
  ExpectOne(Times(60'000, "1"), DiagKind::kNumberTooLong);
  ExpectOne("1" + Times(30'000, "_1"), DiagKind::kNumberTooLong);
}

// A grammar that went back over values would double its work with each level.
TEST(Limits, TimeGrowsWithLengthOnly) {
  const std::clock_t start = std::clock();
  const size_t depth = kMaxFormulaDepth;
  EXPECT_TRUE(Parsing(Nested(depth, "(", ")")).ok());
  EXPECT_TRUE(Parsing(Nested(depth, "if (", ") > 0 then a else b")).ok());
  EXPECT_TRUE(Parsing(Nested(depth, "if(", ", a, b)")).ok());
  EXPECT_TRUE(Parsing(Nested(depth, "f(a, ", ")")).ok());
  EXPECT_FALSE(Parsing(Nested(depth, "(", "")).ok());
  EXPECT_FALSE(Parsing(Nested(depth, "if (", ", a)")).ok());
  EXPECT_FALSE(Parsing(Times(20'000, "5 a")).ok());
  EXPECT_FALSE(Parsing(Times(10'000, "a(")).ok());
  EXPECT_LT(std::clock() - start, 5 * CLOCKS_PER_SEC);
}

TEST(Limits, TextThatIsNotUtf8) {
  ExpectOne("a + \xFF", DiagKind::kInvalidUtf8);
  ExpectOne("'\xE4\xB8'", DiagKind::kInvalidUtf8);
  ExpectOne(std::string("a\0b", 3), DiagKind::kUnknownSign);
}

}  // namespace
}  // namespace steelyard
