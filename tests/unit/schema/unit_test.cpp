#include "engine/schema/unit.h"

#include <gtest/gtest.h>

namespace steelyard {
namespace {

Unit Parsed(std::string_view text) {
  const std::optional<Unit> unit = Unit::Parse(text);
  EXPECT_TRUE(unit.has_value()) << text;
  return unit.value_or(Unit());
}

TEST(Unit, ReadsAndPrints) {
  const struct {
    const char* text;
    const char* printed;
  } cases[] = {
      {"CNY", "CNY"},
      {"元", "CNY"},
      {"$", "$"},
      {" h ", "h"},
      {"小时", "h"},
      {"Hours", "h"},
      {"CNY/person", "CNY/person"},
      {"元/人", "CNY/person"},
      {"元／人", "CNY/person"},
      {"CNY/(person·d)", "CNY/(d·person)"},
      {"CNY/person/day", "CNY/(d·person)"},
      {"CNY / (person * 天)", "CNY/(d·person)"},
      {"person·CNY", "CNY·person"},
      {"m^2", "m^2"},
      {"m²", "m^2"},
      {"m·m", "m^2"},
      {"m/m", ""},
      {"1", ""},
      {"1/h", "1/h"},
      {"h^-1", "1/h"},
      {"(CNY)", "CNY"},
      {"工作日", "工作日"},
      {"month", "month"},
      {"W", "W"},
  };
  for (const auto& [text, printed] : cases) EXPECT_EQ(Parsed(text).ToString(), printed) << text;
}

TEST(Unit, RefusesWhatIsNone) {
  for (const char* text :
       {"", " ", "CNY/", "/CNY", "CNY person", "CNY//h", "(CNY", "CNY)", "m^", "m^0", "m^1000", "5",
        "10", "%", "h/d", "h·min", "CNY\xff", "((((((((((m))))))))))"}) {
    EXPECT_FALSE(Unit::Parse(text).has_value()) << text;
  }
}

TEST(Unit, PrintsWhatItReads) {
  for (const char* text : {"CNY", "CNY/(d·person)", "1/h", "m^2/s^2", "1/(h·person)"}) {
    EXPECT_EQ(Parsed(Parsed(text).ToString()), Parsed(text)) << text;
  }
}

TEST(Unit, KnowsTime) {
  EXPECT_TRUE(Parsed("d").IsTime());
  EXPECT_TRUE(Parsed("分钟").IsTime());
  EXPECT_FALSE(Parsed("month").IsTime());
  EXPECT_FALSE(Parsed("1/h").IsTime());
  EXPECT_FALSE(Parsed("h^2").IsTime());
  EXPECT_FALSE(Parsed("CNY·h").IsTime());
  EXPECT_EQ(TimeSymbol("days"), "d");
  EXPECT_EQ(TimeSymbol("MINUTES"), "min");
  EXPECT_EQ(TimeSymbol("周"), "w");
  EXPECT_EQ(TimeSymbol("D"), std::nullopt);
  EXPECT_EQ(TimeSymbol("months"), std::nullopt);
}

TEST(Unit, ComparesDimensions) {
  EXPECT_TRUE(Parsed("h").SameDimensions(Parsed("d")));
  EXPECT_NE(Parsed("h"), Parsed("d"));
  EXPECT_TRUE(Parsed("CNY/h").SameDimensions(Parsed("CNY/week")));
  EXPECT_FALSE(Parsed("CNY").SameDimensions(Parsed("USD")));
  EXPECT_FALSE(Parsed("h").SameDimensions(Unit()));
  EXPECT_TRUE(Unit().plain());
}

TEST(Unit, MultipliesAndDivides) {
  const Unit cny = Unit::Of("CNY");
  const Unit day = Unit::Of("d");
  const Unit hour = Unit::Of("h");
  EXPECT_TRUE(cny.Over(cny).plain());
  EXPECT_EQ(cny.Over(Unit::Of("person")).ToString(), "CNY/person");
  EXPECT_EQ(cny.Over(day).Times(hour), cny);  // the time has gone, and so has its unit
  EXPECT_EQ(day.Times(hour).ToString(), "d^2");
  EXPECT_EQ(cny.Times(hour).ToString(), "CNY·h");
  EXPECT_EQ(cny.Over(day).ToString(), "CNY/d");
  EXPECT_EQ(day.ToPower(2).ToString(), "d^2");
  EXPECT_TRUE(day.ToPower(0).plain());
  EXPECT_EQ(day.ToPower(2).Root(2), day);
  EXPECT_EQ(day.ToPower(3).Root(2), std::nullopt);
  EXPECT_EQ(day.Root(0), std::nullopt);
  EXPECT_EQ(cny.Over(hour).Root(1), cny.Over(hour));
}

TEST(Unit, ScalesToHours) {
  EXPECT_EQ(Parsed("h").Scale(), Number(1));
  EXPECT_EQ(Parsed("s").Scale(), Number::Fraction(1, 3600));
  EXPECT_EQ(Parsed("min").Scale(), Number::Fraction(1, 60));
  EXPECT_EQ(Parsed("d").Scale(), Number(24));
  EXPECT_EQ(Parsed("w").Scale(), Number(168));
  EXPECT_EQ(Parsed("CNY/d").Scale(), Number::Fraction(1, 24));
  EXPECT_EQ(Parsed("d^2").Scale(), Number(576));
  EXPECT_EQ(Parsed("CNY/person").Scale(), Number(1));
  EXPECT_EQ(Unit().Scale(), Number(1));
}

TEST(Unit, ShowsAnotherUnitOfTime) {
  EXPECT_EQ(Parsed("CNY/h").ShownIn("d").ToString(), "CNY/d");
  EXPECT_EQ(Parsed("h").ShownIn("天"), Parsed("d"));
  EXPECT_EQ(Parsed("h").ShownIn("month"), Parsed("h"));
  EXPECT_EQ(Parsed("CNY").ShownIn("d"), Parsed("CNY"));
}

}  // namespace
}  // namespace steelyard
