// Day arithmetic rests on two conversions between day numbers and civil dates, which are exact for
// every year; everything else is built on them.
#include "engine/base/calendar.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace steelyard {

namespace {

constexpr int kFirstYear = 1;
constexpr int kLastYear = 9999;
constexpr int64_t kMicrosPerSecond = 1'000'000;
constexpr int64_t kMicrosPerDay = 86'400 * kMicrosPerSecond;
constexpr int kDaysPerWeek = 7;
// 1970-01-01 was a Thursday: its week began three days before.
constexpr int kWeekShift = 3;

struct Civil {
  int year;
  int month;
  int day;
};

template <class Int>
constexpr Int FloorDivide(Int value, Int by) {
  return value >= 0 ? value / by : -((-value + by - 1) / by);
}

// Years begin in March here, so that the leap day is the last one and months have a simple pattern.
int32_t DaysFrom(int year, int month, int day) {
  const int64_t shifted = month <= 2 ? int64_t{year} - 1 : year;
  const int64_t era = FloorDivide<int64_t>(shifted, 400);
  const int64_t year_of_era = shifted - era * 400;
  const int64_t day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
  const int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return static_cast<int32_t>(era * 146'097 + day_of_era - 719'468);
}

Civil CivilFrom(int32_t days) {
  const int64_t shifted = int64_t{days} + 719'468;
  const int64_t era = FloorDivide<int64_t>(shifted, 146'097);
  const int64_t day_of_era = shifted - era * 146'097;
  const int64_t year_of_era =
      (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t march_month = (5 * day_of_year + 2) / 153;
  const auto day = static_cast<int>(day_of_year - (153 * march_month + 2) / 5 + 1);
  const auto month = static_cast<int>(march_month < 10 ? march_month + 3 : march_month - 9);
  const auto year = static_cast<int>(era * 400 + year_of_era + (month <= 2 ? 1 : 0));
  return {year, month, day};
}

bool IsLeap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int DaysInMonth(int year, int month) {
  constexpr std::array kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeap(year) ? 29 : kDays[static_cast<size_t>(month - 1)];
}

// Takes exactly `count` digits off the front.
std::optional<int> TakeNumber(std::string_view& text, size_t count) {
  if (text.size() < count) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(0, count)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool TakeChar(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Date> TakeDate(std::string_view& text) {
  const auto year = TakeNumber(text, 4);
  if (!year || !TakeChar(text, '-')) return std::nullopt;
  const auto month = TakeNumber(text, 2);
  if (!month || !TakeChar(text, '-')) return std::nullopt;
  const auto day = TakeNumber(text, 2);
  if (!day) return std::nullopt;
  return Date::FromYmd(*year, *month, *day);
}

// Takes what follows the point in `05.123456`: one to six digits, in microseconds.
std::optional<int64_t> TakeFraction(std::string_view& text) {
  const size_t digits = text.size();
  if (digits < 1 || digits > 6) return std::nullopt;
  const auto value = TakeNumber(text, digits);
  if (!value) return std::nullopt;
  int64_t micros = *value;
  for (size_t i = digits; i < 6; ++i) micros *= 10;
  return micros;
}

// Reads `13:30`, `13:30:05` or `13:30:05.123456` as microseconds since midnight.
std::optional<int64_t> ReadTime(std::string_view text) {
  const auto hour = TakeNumber(text, 2);
  if (!hour || *hour > 23 || !TakeChar(text, ':')) return std::nullopt;
  const auto minute = TakeNumber(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  int64_t micros = (int64_t{*hour} * 60 + *minute) * 60 * kMicrosPerSecond;
  if (text.empty()) return micros;
  if (!TakeChar(text, ':')) return std::nullopt;
  const auto second = TakeNumber(text, 2);
  if (!second || *second > 59) return std::nullopt;
  micros += *second * kMicrosPerSecond;
  if (text.empty()) return micros;
  if (!TakeChar(text, '.')) return std::nullopt;
  const auto fraction = TakeFraction(text);
  if (!fraction) return std::nullopt;
  return micros + *fraction;
}

// Periods of a kind that divide the year, and how many of them.
int PartsOfYear(PeriodKind kind) {
  switch (kind) {
    case PeriodKind::kHalf: return 2;
    case PeriodKind::kQuarter: return 4;
    case PeriodKind::kMonth: return 12;
    default: return 1;
  }
}

// Part `number` (from 1) of a year.
std::optional<Period> PartOfYear(PeriodKind kind, int year, int number) {
  const int parts = PartsOfYear(kind);
  if (number < 1 || number > parts) return std::nullopt;
  return Period{kind, (year - 1970) * parts + number - 1};
}

int32_t FirstDay(Period period) {
  switch (period.kind) {
    case PeriodKind::kDay: return period.index;
    case PeriodKind::kWeek: return period.index * kDaysPerWeek - kWeekShift;
    default: {
      const int parts = PartsOfYear(period.kind);
      const int year = FloorDivide(period.index, parts);
      const int part = period.index - year * parts;
      return DaysFrom(1970 + year, part * (12 / parts) + 1, 1);
    }
  }
}

// A week belongs to the year that holds its Thursday.
struct IsoWeek {
  int year;
  int number;
};

IsoWeek IsoWeekOf(Period week) {
  const int32_t thursday = FirstDay(week) + 3;
  const int year = CivilFrom(thursday).year;
  return {year, (thursday - DaysFrom(year, 1, 1)) / kDaysPerWeek + 1};
}

std::optional<Period> ParseWeek(int year, int number) {
  // 4 January is always in week 1.
  const Period first = Period::Containing(Date{DaysFrom(year, 1, 4)}, PeriodKind::kWeek);
  const Period week = first.Plus(number - 1);
  if (number < 1 || IsoWeekOf(week).year != year) return std::nullopt;
  return week;
}

// What follows the year in `2026Q1`, `2026H1`, `2026W07`.
std::optional<Period> ParseLettered(int year, char letter, std::string_view rest) {
  const bool week = letter == 'W' || letter == 'w';
  const auto number = TakeNumber(rest, week ? 2 : 1);
  if (!number || !rest.empty()) return std::nullopt;
  if (week) return ParseWeek(year, *number);
  if (letter == 'Q' || letter == 'q') return PartOfYear(PeriodKind::kQuarter, year, *number);
  if (letter == 'H' || letter == 'h') return PartOfYear(PeriodKind::kHalf, year, *number);
  return std::nullopt;
}

constexpr std::array<std::string_view, 6> kKindWords = {"year",  "half", "quarter",
                                                        "month", "week", "day"};

}  // namespace

std::optional<Date> Date::FromYmd(int year, int month, int day) {
  if (year < kFirstYear || year > kLastYear || month < 1 || month > 12 || day < 1 ||
      day > DaysInMonth(year, month)) {
    return std::nullopt;
  }
  return Date{DaysFrom(year, month, day)};
}

std::optional<Date> Date::Parse(std::string_view text) {
  const std::optional<Date> date = TakeDate(text);
  return text.empty() ? date : std::nullopt;
}

int Date::year() const { return CivilFrom(days).year; }
int Date::month() const { return CivilFrom(days).month; }
int Date::day() const { return CivilFrom(days).day; }

std::string Date::ToString() const {
  const Civil civil = CivilFrom(days);
  return fmt::format("{:04}-{:02}-{:02}", civil.year, civil.month, civil.day);
}

std::optional<DateTime> DateTime::Parse(std::string_view text) {
  const std::optional<Date> date = TakeDate(text);
  if (!date) return std::nullopt;
  DateTime moment = AtMidnight(*date);
  if (text.empty()) return moment;
  if (!TakeChar(text, ' ') && !TakeChar(text, 'T')) return std::nullopt;
  const auto time = ReadTime(text);
  if (!time) return std::nullopt;
  moment.micros += *time;
  return moment;
}

DateTime DateTime::AtMidnight(Date date) { return DateTime{date.days * kMicrosPerDay}; }

Date DateTime::date() const {
  return Date{static_cast<int32_t>(FloorDivide(micros, kMicrosPerDay))};
}

std::string DateTime::ToString() const {
  const Date day = date();
  const int64_t of_day = micros - AtMidnight(day).micros;
  const int64_t seconds = of_day / kMicrosPerSecond;
  std::string text = fmt::format("{} {:02}:{:02}:{:02}", day.ToString(), seconds / 3600,
                                 seconds / 60 % 60, seconds % 60);
  if (const int64_t fraction = of_day % kMicrosPerSecond; fraction != 0) {
    text += fmt::format(".{:06}", fraction);
    while (text.back() == '0') text.pop_back();
  }
  return text;
}

int CompleteMonths(Date from, Date to) {
  if (to < from) return -CompleteMonths(to, from);
  const Civil a = CivilFrom(from.days);
  const Civil b = CivilFrom(to.days);
  return (b.year - a.year) * 12 + b.month - a.month - (b.day < a.day ? 1 : 0);
}

Date AddMonths(Date date, int months) {
  const Civil civil = CivilFrom(date.days);
  constexpr int64_t kFirstMonth = kFirstYear * 12;
  constexpr int64_t kLastMonth = kLastYear * 12 + 11;
  const int64_t moved =
      std::clamp(int64_t{civil.year} * 12 + civil.month - 1 + months, kFirstMonth, kLastMonth);
  const auto year = static_cast<int>(moved / 12);
  const auto month = static_cast<int>(moved % 12 + 1);
  return Date{DaysFrom(year, month, std::min(civil.day, DaysInMonth(year, month)))};
}

std::optional<PeriodKind> ParsePeriodKind(std::string_view word) {
  const auto found = std::find(kKindWords.begin(), kKindWords.end(), word);
  if (found == kKindWords.end()) return std::nullopt;
  return static_cast<PeriodKind>(found - kKindWords.begin());
}

std::string_view ToWord(PeriodKind kind) { return kKindWords[static_cast<size_t>(kind)]; }

Period Period::Containing(Date date, PeriodKind kind) {
  switch (kind) {
    case PeriodKind::kDay: return {kind, date.days};
    case PeriodKind::kWeek: return {kind, FloorDivide(date.days + kWeekShift, kDaysPerWeek)};
    default: {
      const Civil civil = CivilFrom(date.days);
      const int parts = PartsOfYear(kind);
      return {kind, (civil.year - 1970) * parts + (civil.month - 1) / (12 / parts)};
    }
  }
}

std::optional<Period> Period::Parse(std::string_view text) {
  if (const auto date = Date::Parse(text)) return Containing(*date, PeriodKind::kDay);
  const auto year = TakeNumber(text, 4);
  if (!year || *year < kFirstYear) return std::nullopt;
  if (text.empty()) return PartOfYear(PeriodKind::kYear, *year, 1);
  const char separator = text.front();
  text.remove_prefix(1);
  if (separator != '-') return ParseLettered(*year, separator, text);
  const auto month = TakeNumber(text, 2);
  if (!month || !text.empty()) return std::nullopt;
  return PartOfYear(PeriodKind::kMonth, *year, *month);
}

Date Period::start() const { return Date{FirstDay(*this)}; }
Date Period::end() const { return Date{FirstDay(Plus(1)) - 1}; }

std::string Period::ToString() const {
  const Date first = start();
  switch (kind) {
    case PeriodKind::kYear: return fmt::format("{:04}", first.year());
    case PeriodKind::kHalf:
      return fmt::format("{:04}H{}", first.year(), (first.month() - 1) / 6 + 1);
    case PeriodKind::kQuarter:
      return fmt::format("{:04}Q{}", first.year(), (first.month() - 1) / 3 + 1);
    case PeriodKind::kMonth: return fmt::format("{:04}-{:02}", first.year(), first.month());
    case PeriodKind::kWeek: {
      const IsoWeek week = IsoWeekOf(*this);
      return fmt::format("{:04}W{:02}", week.year, week.number);
    }
    case PeriodKind::kDay: break;
  }
  return first.ToString();
}

}  // namespace steelyard
