// Dates, times and periods. Week numbers and day counts were checked against other calendars.
#include "engine/base/calendar.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace steelyard {
namespace {

Date D(std::string_view text) { return Date::Parse(text).value(); }

struct DayCase {
  const char* text;
  int days;
};

const DayCase kDayCases[] = {
    {"1970-01-01", 0},        {"1969-12-31", -1},        {"1970-03-01", 59},
    {"2000-02-29", 11'016},   {"2000-03-01", 11'017},    {"2026-04-01", 20'544},
    {"1900-02-28", -25'509},  {"1900-03-01", -25'508},   {"1600-02-29", -135'081},
    {"0001-01-01", -719'162}, {"9999-12-31", 2'932'896},
};

TEST(Date, CountsDays) {
  for (const DayCase& c : kDayCases) {
    EXPECT_EQ(D(c.text).days, c.days) << c.text;
    EXPECT_EQ(Date{c.days}.ToString(), c.text);
  }
}

TEST(Date, EveryDayFollowsTheOneBefore) {
  int expected = D("1895-01-01").days;
  for (int year = 1895; year <= 2105; ++year) {
    for (int month = 1; month <= 12; ++month) {
      for (int day = 1; day <= 31; ++day) {
        const auto date = Date::FromYmd(year, month, day);
        if (!date) continue;
        ASSERT_EQ(date->days, expected) << date->ToString();
        ASSERT_EQ(date->year(), year);
        ASSERT_EQ(date->month(), month);
        ASSERT_EQ(date->day(), day);
        ++expected;
      }
    }
  }
  EXPECT_EQ(expected, D("2106-01-01").days);
}

TEST(Date, KnowsLeapYears) {
  EXPECT_TRUE(Date::FromYmd(2024, 2, 29));
  EXPECT_TRUE(Date::FromYmd(2000, 2, 29));
  EXPECT_FALSE(Date::FromYmd(2023, 2, 29));
  EXPECT_FALSE(Date::FromYmd(1900, 2, 29));
  EXPECT_FALSE(Date::FromYmd(2100, 2, 29));
  EXPECT_FALSE(Date::FromYmd(2026, 4, 31));
  EXPECT_FALSE(Date::FromYmd(2026, 0, 1));
  EXPECT_FALSE(Date::FromYmd(2026, 13, 1));
  EXPECT_FALSE(Date::FromYmd(2026, 1, 0));
  EXPECT_FALSE(Date::FromYmd(0, 1, 1));
  EXPECT_FALSE(Date::FromYmd(10'000, 1, 1));
}

TEST(Date, ParsesOneFormOnly) {
  EXPECT_EQ(D("2026-04-01"), Date::FromYmd(2026, 4, 1));
  const char* wrong[] = {"",           "2026-4-1",    "2026/04/01",  "20260401",
                         "2026-04",    "2026-04-01 ", " 2026-04-01", "2026-04-01T00",
                         "2026-02-30", "0000-01-01",  "-026-04-01",  "２026-04-01",
                         "2026-04-0a"};
  for (const char* text : wrong) EXPECT_FALSE(Date::Parse(text)) << text;
}

struct MomentCase {
  const char* text;
  const char* shown;  // null: not a moment
};

const MomentCase kMomentCases[] = {
    {"2026-04-01", "2026-04-01 00:00:00"},
    {"2026-04-01 13:30", "2026-04-01 13:30:00"},
    {"2026-04-01T13:30:05", "2026-04-01 13:30:05"},
    {"2026-04-01 13:30:05.123456", "2026-04-01 13:30:05.123456"},
    {"2026-04-01 13:30:05.5", "2026-04-01 13:30:05.5"},
    {"2026-04-01 13:30:05.000", "2026-04-01 13:30:05"},
    {"1969-12-31 23:59:59.999999", "1969-12-31 23:59:59.999999"},
    {"2026-04-01 23:59:59", "2026-04-01 23:59:59"},
    {"2026-04-01 24:00", nullptr},
    {"2026-04-01 23:60", nullptr},
    {"2026-04-01 23:59:60", nullptr},
    {"2026-04-01 1:30", nullptr},
    {"2026-04-01 13", nullptr},
    {"2026-04-01 13:30:05.", nullptr},
    {"2026-04-01 13:30:05.1234567", nullptr},
    {"2026-04-01 13:30:05Z", nullptr},
    {"2026-04-01  13:30", nullptr},
    {"2026-02-29 13:30", nullptr},
    {"13:30", nullptr},
};

TEST(DateTime, ParsesAndPrints) {
  for (const MomentCase& c : kMomentCases) {
    const auto moment = DateTime::Parse(c.text);
    ASSERT_EQ(moment.has_value(), c.shown != nullptr) << c.text;
    if (!moment) continue;
    EXPECT_EQ(moment->ToString(), c.shown);
    EXPECT_EQ(moment->date(), D(std::string_view(c.text).substr(0, 10)));
  }
  EXPECT_EQ(DateTime::Parse("1970-01-02 00:00:00.000001")->micros, 86'400'000'001);
  EXPECT_EQ(DateTime::AtMidnight(Date{-1}).micros, -86'400'000'000);
}

struct MonthsCase {
  const char* from;
  const char* to;
  int months;
};

const MonthsCase kMonthsCases[] = {
    {"2026-01-31", "2026-02-28", 0},  {"2026-01-31", "2026-03-01", 1},
    {"2026-01-15", "2026-02-14", 0},  {"2026-01-15", "2026-02-15", 1},
    {"2025-12-31", "2026-12-31", 12}, {"2026-03-01", "2026-01-31", -1},
    {"2026-02-15", "2026-01-15", -1}, {"2026-02-14", "2026-01-15", 0},
    {"2026-01-15", "2026-01-15", 0},  {"2024-02-29", "2025-02-28", 11},
};

TEST(CompleteMonths, CountsOnlyWholeOnes) {
  for (const MonthsCase& c : kMonthsCases) {
    EXPECT_EQ(CompleteMonths(D(c.from), D(c.to)), c.months) << c.from << " to " << c.to;
  }
}

TEST(AddMonths, StaysInTheMonthItReaches) {
  EXPECT_EQ(AddMonths(D("2026-01-31"), 1), D("2026-02-28"));
  EXPECT_EQ(AddMonths(D("2024-01-31"), 1), D("2024-02-29"));
  EXPECT_EQ(AddMonths(D("2026-03-31"), -1), D("2026-02-28"));
  EXPECT_EQ(AddMonths(D("2026-11-15"), 3), D("2027-02-15"));
  EXPECT_EQ(AddMonths(D("2026-01-15"), -1), D("2025-12-15"));
  EXPECT_EQ(AddMonths(D("2024-02-29"), 12), D("2025-02-28"));
  EXPECT_EQ(AddMonths(D("2026-05-05"), 0), D("2026-05-05"));
  EXPECT_EQ(AddMonths(D("2026-05-05"), 2'147'483'647).year(), 9999);
  EXPECT_EQ(AddMonths(D("2026-05-05"), -2'147'483'647).year(), 1);
}

TEST(PeriodKind, HasAWord) {
  for (const char* word : {"year", "half", "quarter", "month", "week", "day"}) {
    const auto kind = ParsePeriodKind(word);
    ASSERT_TRUE(kind) << word;
    EXPECT_EQ(ToWord(*kind), word);
  }
  EXPECT_FALSE(ParsePeriodKind("decade"));
  EXPECT_FALSE(ParsePeriodKind("Year"));
  EXPECT_FALSE(ParsePeriodKind(""));
}

struct PeriodCase {
  const char* text;
  const char* start;
  const char* end;
  PeriodKind kind;
};

const PeriodCase kPeriodCases[] = {
    {"2026", "2026-01-01", "2026-12-31", PeriodKind::kYear},
    {"1969", "1969-01-01", "1969-12-31", PeriodKind::kYear},
    {"2026H1", "2026-01-01", "2026-06-30", PeriodKind::kHalf},
    {"2026H2", "2026-07-01", "2026-12-31", PeriodKind::kHalf},
    {"1969H2", "1969-07-01", "1969-12-31", PeriodKind::kHalf},
    {"2026Q1", "2026-01-01", "2026-03-31", PeriodKind::kQuarter},
    {"2026Q4", "2026-10-01", "2026-12-31", PeriodKind::kQuarter},
    {"1969Q3", "1969-07-01", "1969-09-30", PeriodKind::kQuarter},
    {"2024-02", "2024-02-01", "2024-02-29", PeriodKind::kMonth},
    {"2026-02", "2026-02-01", "2026-02-28", PeriodKind::kMonth},
    {"1969-11", "1969-11-01", "1969-11-30", PeriodKind::kMonth},
    {"2026W07", "2026-02-09", "2026-02-15", PeriodKind::kWeek},
    {"2026W01", "2025-12-29", "2026-01-04", PeriodKind::kWeek},
    {"2026W53", "2026-12-28", "2027-01-03", PeriodKind::kWeek},
    {"2020W53", "2020-12-28", "2021-01-03", PeriodKind::kWeek},
    {"2021W01", "2021-01-04", "2021-01-10", PeriodKind::kWeek},
    {"1970W01", "1969-12-29", "1970-01-04", PeriodKind::kWeek},
    {"1969W52", "1969-12-22", "1969-12-28", PeriodKind::kWeek},
    {"2026-04-01", "2026-04-01", "2026-04-01", PeriodKind::kDay},
    {"0001", "0001-01-01", "0001-12-31", PeriodKind::kYear},
    {"9999-12", "9999-12-01", "9999-12-31", PeriodKind::kMonth},
};

TEST(Period, StartsAndEndsAndReadsBack) {
  for (const PeriodCase& c : kPeriodCases) {
    const auto period = Period::Parse(c.text);
    ASSERT_TRUE(period) << c.text;
    EXPECT_EQ(period->kind, c.kind) << c.text;
    EXPECT_EQ(period->start().ToString(), c.start) << c.text;
    EXPECT_EQ(period->end().ToString(), c.end) << c.text;
    EXPECT_EQ(period->ToString(), c.text);
    EXPECT_EQ(Period::Containing(period->start(), c.kind), *period) << c.text;
    EXPECT_EQ(Period::Containing(period->end(), c.kind), *period) << c.text;
    EXPECT_EQ(Period::Containing(Date{period->end().days + 1}, c.kind), period->Plus(1)) << c.text;
  }
}

TEST(Period, HoldsTheEpochAtZero) {
  for (const char* word : {"year", "half", "quarter", "month", "week", "day"}) {
    EXPECT_EQ(Period::Containing(Date{0}, *ParsePeriodKind(word)).index, 0) << word;
  }
}

TEST(Period, TakesSmallLetters) {
  EXPECT_EQ(Period::Parse("2026q1"), Period::Parse("2026Q1"));
  EXPECT_EQ(Period::Parse("2026h2"), Period::Parse("2026H2"));
  EXPECT_EQ(Period::Parse("2026w07"), Period::Parse("2026W07"));
}

TEST(Period, RefusesOthers) {
  const char* wrong[] = {"",        "26",      "0000",    "2026Q",      "2026Q0",   "2026Q5",
                         "2026Q11", "2026H0",  "2026H3",  "2026W00",    "2026W7",   "2026W54",
                         "2025W53", "2026-00", "2026-13", "2026-4",     "2026-04-", "2026X1",
                         "2026 Q1", "Q1 2026", "2026-Q1", "2026-02-30", "20260"};
  for (const char* text : wrong) EXPECT_FALSE(Period::Parse(text)) << text;
}

TEST(Period, WeeksOfAllYearsFollowEachOther) {
  // Week 1 of every ISO year is the one after the last of the year before.
  for (int year = 1950; year < 2060; ++year) {
    const auto last = Period::Parse(std::to_string(year) + "W53")
                          .value_or(Period::Parse(std::to_string(year) + "W52").value());
    EXPECT_EQ(last.Plus(1), Period::Parse(std::to_string(year + 1) + "W01")) << year;
  }
}

}  // namespace
}  // namespace steelyard
