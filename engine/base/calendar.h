// Dates, times of day and reporting periods, in the proleptic Gregorian calendar, without time
// zones: a date in a rule or a file is the date that was written.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace steelyard {

// A day, counted from 1970-01-01. Years 1 to 9999.
struct Date {
  int32_t days = 0;

  static std::optional<Date> FromYmd(int year, int month, int day);  // empty if no such day
  // `2026-04-01` and nothing else.
  static std::optional<Date> Parse(std::string_view text);
  int year() const;
  int month() const;             // 1..12
  int day() const;               // 1..31
  std::string ToString() const;  // `2026-04-01`
  auto operator<=>(const Date&) const = default;
};

// A moment, in microseconds from 1970-01-01 00:00.
struct DateTime {
  int64_t micros = 0;

  // `2026-04-01`, `2026-04-01 13:30`, `2026-04-01T13:30:05`, `2026-04-01 13:30:05.123456`.
  static std::optional<DateTime> Parse(std::string_view text);
  static DateTime AtMidnight(Date date);
  Date date() const;
  std::string ToString() const;  // `2026-04-01 13:30:05`, fraction only where there is one
  auto operator<=>(const DateTime&) const = default;
};

// Months from `from` to `to` that are complete: 2026-01-31 to 2026-02-28 is 0, to 2026-03-01 is 1.
// Negative the other way round.
int CompleteMonths(Date from, Date to);
Date AddMonths(Date date, int months);  // clamps to the end of a short month

enum class PeriodKind : uint8_t { kYear, kHalf, kQuarter, kMonth, kWeek, kDay };

// `year` `half` `quarter` `month` `week` `day`; empty for anything else.
std::optional<PeriodKind> ParsePeriodKind(std::string_view word);
std::string_view ToWord(PeriodKind kind);

// One period on its axis. `index` counts periods of the kind from the one that holds 1970-01-01
// (weeks start on Monday, ISO 8601), so neighbours differ by one.
struct Period {
  PeriodKind kind = PeriodKind::kYear;
  int32_t index = 0;

  static Period Containing(Date date, PeriodKind kind);
  // `2026`, `2026H1`, `2026Q1`, `2026-04`, `2026W07`, `2026-04-01`; letters in either case.
  static std::optional<Period> Parse(std::string_view text);
  Date start() const;
  Date end() const;  // inclusive
  Period Plus(int count) const { return {kind, index + count}; }
  std::string ToString() const;
  auto operator<=>(const Period&) const = default;
};

}  // namespace steelyard
