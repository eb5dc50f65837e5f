// Reads dates with the year first, and times of day.
#include "engine/data/cell_date.h"

#include "engine/data/cell_text.h"

namespace steelyard {
namespace {

constexpr int64_t kMicrosPerSecond = 1'000'000;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Takes the digits at the beginning, at most `most` of them; their number is left in `count`.
int TakeDigits(std::string_view& text, size_t most, size_t& count) {
  int value = 0;
  for (count = 0; count < most && count < text.size() && IsDigit(text[count]); ++count) {
    value = value * 10 + (text[count] - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool TakePrefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

struct DayRead {
  std::optional<Date> day;
  HelpKind why = HelpKind::kWhyNotDate;
  bool chinese = false;  // `2026年4月1日`: a time may follow without a blank
};

DayRead MakeDay(int year, int month, int day) {
  return {Date::FromYmd(year, month, day), HelpKind::kWhyNoSuchDay};
}

// `3/4/2026` or `3.4.26`, after its first number.
bool LooksDayOrMonthFirst(std::string_view rest) {
  size_t count = 0;
  if (rest.empty() || (rest[0] != '/' && rest[0] != '-' && rest[0] != '.')) return false;
  const char separator = rest[0];
  rest.remove_prefix(1);
  TakeDigits(rest, 2, count);
  if (count == 0 || rest.empty() || rest[0] != separator) return false;
  rest.remove_prefix(1);
  TakeDigits(rest, 4, count);
  return count == 2 || count == 4;
}

DayRead TakeDay(std::string_view& text) {
  size_t count = 0;
  const int number = TakeDigits(text, 8, count);
  if (count == 8) return MakeDay(number / 10000, number / 100 % 100, number % 100);
  if (count == 1 || count == 2) {
    return {std::nullopt,
            LooksDayOrMonthFirst(text) ? HelpKind::kWhyDateOrder : HelpKind::kWhyNotDate};
  }
  if (count != 4 || text.empty()) return {};

  const bool chinese = text.starts_with("年");
  const std::string_view separator = text.substr(0, 1);
  if (!chinese && separator != "-" && separator != "/" && separator != ".") return {};
  size_t month_digits = 0;
  size_t day_digits = 0;
  TakePrefix(text, chinese ? "年" : separator);
  const int month = TakeDigits(text, 2, month_digits);
  if (!TakePrefix(text, chinese ? "月" : separator)) return {};
  const int day = TakeDigits(text, 2, day_digits);
  if (chinese && !TakePrefix(text, "日")) return {};
  if (month_digits == 0 || day_digits == 0) return {};
  DayRead read = MakeDay(number, month, day);
  read.chinese = chinese;
  return read;
}

// `.123456` and longer where the further digits are zeros; microseconds.
std::optional<int64_t> TakeFraction(std::string_view& text) {
  if (!TakePrefix(text, ".")) return 0;
  int64_t micros = 0;
  size_t count = 0;
  for (; count < text.size() && IsDigit(text[count]); ++count) {
    if (count < 6) {
      micros = micros * 10 + (text[count] - '0');
    } else if (text[count] != '0') {
      return std::nullopt;
    }
  }
  for (size_t i = count; i < 6; ++i) micros *= 10;
  text.remove_prefix(count);
  if (count == 0) return std::nullopt;
  return micros;
}

// `13:30`, `13:30:05`, `13:30:05.123` after midnight, in microseconds.
std::optional<int64_t> TakeTimeOfDay(std::string_view& text) {
  size_t hour_digits = 0;
  size_t minute_digits = 0;
  size_t second_digits = 2;
  int second = 0;
  const int hour = TakeDigits(text, 2, hour_digits);
  if (!TakePrefix(text, ":")) return std::nullopt;
  const int minute = TakeDigits(text, 2, minute_digits);
  std::optional<int64_t> fraction = 0;
  if (TakePrefix(text, ":")) {
    second = TakeDigits(text, 2, second_digits);
    fraction = TakeFraction(text);
  }
  if (hour_digits == 0 || minute_digits != 2 || second_digits != 2 || !fraction) {
    return std::nullopt;
  }
  if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return (int64_t{hour} * 3600 + minute * 60 + second) * kMicrosPerSecond + *fraction;
}

}  // namespace

DateRead ReadDateTime(std::string_view text) {
  const DayRead day = TakeDay(text);
  if (!day.day) return {std::nullopt, day.why};
  DateTime moment = DateTime::AtMidnight(*day.day);
  if (text.empty()) return {moment};
  if (!TakePrefix(text, "T") && !TakePrefix(text, "t") && !TakePrefix(text, " ") && !day.chinese) {
    return {std::nullopt, HelpKind::kWhyNotDate};
  }
  text = TrimBlanks(text);
  const std::optional<int64_t> time = TakeTimeOfDay(text);
  if (!time) return {std::nullopt, HelpKind::kWhyNotTime};
  text = TrimBlanks(text);
  if (!text.empty()) {
    const bool zone = text[0] == '+' || text[0] == '-' || text == "Z" || text == "z";
    return {std::nullopt, zone ? HelpKind::kWhyTimeZone : HelpKind::kWhyNotTime};
  }
  moment.micros += *time;
  return {moment};
}

}  // namespace steelyard
