// What each map means on values: one short function an operation, total on every input.
#include <algorithm>
#include <string>

#include "engine/base/check.h"
#include "engine/base/text.h"
#include "engine/schema/operation.h"

namespace steelyard {
namespace {

using Operands = std::span<const Value>;

// The largest number that arithmetic may build, in bits: a chain of powers ends here with a cause,
// not with the machine's memory.
constexpr size_t kMaxBits = size_t{1} << 24;

Value Checked(Number result) {
  if (result.Bits() > kMaxBits) return MissingCause::kTooLarge;
  return result;
}

Value FromOptional(const std::optional<Number>& result, MissingCause otherwise) {
  return result ? Checked(*result) : Value(otherwise);
}

Value Divide(const Number& a, const Number& b) {
  if (b.IsZero()) return MissingCause::kDivisionByZero;
  return Checked(a / b);
}

Value RaisePower(const Number& base, const Number& exponent) {
  if (base.IsZero() && exponent.Sign() < 0) return MissingCause::kDivisionByZero;
  const bool real = base.Sign() >= 0 || exponent.IsWhole();
  return FromOptional(Power(base, exponent),
                      real ? MissingCause::kTooLarge : MissingCause::kNoRealResult);
}

Value And(Operands operands) {
  const Value* unknown = nullptr;
  for (const Value& operand : operands) {
    if (operand.fails()) return false;
    if (operand.missing() && unknown == nullptr) unknown = &operand;
  }
  return unknown != nullptr ? *unknown : Value(true);
}

Value Or(Operands operands) {
  const Value* unknown = nullptr;
  for (const Value& operand : operands) {
    if (operand.holds()) return true;
    if (operand.missing() && unknown == nullptr) unknown = &operand;
  }
  return unknown != nullptr ? *unknown : Value(false);
}

Value In(Operands operands) {
  if (operands[0].missing()) return operands[0];
  const Value* unknown = nullptr;
  for (const Value& candidate : operands.subspan(1)) {
    if (candidate.missing()) {
      if (unknown == nullptr) unknown = &candidate;
    } else if (CompareValues(operands[0], candidate) == 0) {
      return true;
    }
  }
  return unknown != nullptr ? *unknown : Value(false);
}

Value Coalesce(Operands operands) {
  for (const Value& operand : operands) {
    if (!operand.missing()) return operand;
  }
  return operands[0];
}

Value Extreme(Operands operands, int wanted_sign) {
  const Value* best = &operands[0];
  for (const Value& operand : operands) {
    if (CompareValues(operand, *best) * wanted_sign > 0) best = &operand;
  }
  return *best;
}

Value Clamp(Operands operands) {
  if (CompareValues(operands[0], operands[1]) < 0) return operands[1];
  if (CompareValues(operands[0], operands[2]) > 0) return operands[2];
  return operands[0];
}

Number Interpolate(const Number& x, const Value* from, const Value* to) {
  const Number& x1 = from[0].number();
  const Number& y1 = from[1].number();
  const Number& x2 = to[0].number();
  const Number& y2 = to[1].number();
  if (x1 == x2) return y1;
  return y1 + (x - x1) * (y2 - y1) / (x2 - x1);
}

// Points as x1, y1, x2, y2 …, x rising. At a breakpoint the value is the breakpoint's own.
Value Linear(Operands operands, bool extend) {
  const Number& x = operands[0].number();
  const Operands points = operands.subspan(1);
  const size_t count = points.size() / 2;
  STEELYARD_CHECK(count >= 1);
  if (!extend || count == 1) {
    if (x <= points[0].number()) return points[1];
    if (x >= points[2 * count - 2].number()) return points[2 * count - 1];
  }
  size_t next = 1;
  while (next + 1 < count && x > points[2 * next].number()) ++next;
  return Interpolate(x, &points[2 * next - 2], &points[2 * next]);
}

Date DateOf(const Value& value) { return value.is_date() ? value.date() : value.datetime().date(); }

DateTime MomentOf(const Value& value) {
  return value.is_date() ? DateTime::AtMidnight(value.date()) : value.datetime();
}

constexpr int64_t kMicrosPerHour = 3'600'000'000;

Value DateAdd(const Value& start, const Number& hours) {
  const std::optional<int64_t> micros = Floor(hours * Number(kMicrosPerHour)).ToInt64();
  const std::optional<Date> last = Date::FromYmd(9999, 12, 31);
  const int64_t limit = (static_cast<int64_t>(last->days) + 1) * 24 * kMicrosPerHour;
  if (!micros || *micros > 2 * limit || *micros < -2 * limit) return MissingCause::kNoReading;
  const int64_t sum = MomentOf(start).micros + *micros;
  const int64_t first = DateTime::AtMidnight(*Date::FromYmd(1, 1, 1)).micros;
  if (sum >= limit || sum < first) return MissingCause::kNoReading;
  const DateTime moment{sum};
  if (start.is_date()) return moment.date();
  return moment;
}

Value DateSubtract(const Value& a, const Value& b) {
  return Number(MomentOf(a).micros - MomentOf(b).micros) / Number(kMicrosPerHour);
}

std::string Trim(const std::string& text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

size_t CodePoints(std::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

Value RoundTo(Operands operands) {
  int places = 0;
  if (operands.size() > 1) {
    const std::optional<int64_t> whole = Floor(operands[1].number()).ToInt64();
    if (!whole || *whole > 1000 || *whole < -1000) return MissingCause::kNoRealResult;
    places = static_cast<int>(*whole);
  }
  return Round(operands[0].number(), places);
}

// Operations that look at missing operands themselves.
bool IsLenient(MapOp op) {
  switch (op) {
    case MapOp::kAnd:
    case MapOp::kOr:
    case MapOp::kIn:
    case MapOp::kIsMissing:
    case MapOp::kCoalesce:
    case MapOp::kIf:
    case MapOp::kIfTrue:
    case MapOp::kSafeDivide: return true;
    default: return false;
  }
}

Value SafeDivide(Operands operands) {
  if (operands[0].missing()) return operands[0];
  if (operands[1].missing()) return operands[1];
  if (operands[1].number().IsZero()) return operands[2];
  return Divide(operands[0].number(), operands[1].number());
}

Value ApplyLenient(MapOp op, Operands operands) {
  switch (op) {
    case MapOp::kAnd: return And(operands);
    case MapOp::kOr: return Or(operands);
    case MapOp::kIn: return In(operands);
    case MapOp::kIsMissing: return operands[0].missing();
    case MapOp::kCoalesce: return Coalesce(operands);
    case MapOp::kIf:
      if (operands[0].missing()) return operands[0];
      return operands[0].truth() ? operands[1] : operands[2];
    case MapOp::kIfTrue: return operands[0].holds() ? operands[1] : operands[2];
    default: return SafeDivide(operands);
  }
}

Value ApplyComparison(MapOp op, const Value& a, const Value& b) {
  const int order = CompareValues(a, b);
  switch (op) {
    case MapOp::kEqual: return order == 0;
    case MapOp::kNotEqual: return order != 0;
    case MapOp::kLess: return order < 0;
    case MapOp::kLessEqual: return order <= 0;
    case MapOp::kGreater: return order > 0;
    default: return order >= 0;
  }
}

Value ApplyText(MapOp op, Operands operands) {
  const std::string& text = operands[0].text();
  switch (op) {
    case MapOp::kLength: return Number(static_cast<int64_t>(CodePoints(text)));
    case MapOp::kLower: return ToLower(text);
    case MapOp::kUpper: return ToUpper(text);
    case MapOp::kTrim: return Trim(text);
    case MapOp::kStartsWith: return text.starts_with(operands[1].text());
    default: return text.find(operands[1].text()) != std::string::npos;
  }
}

Value MonthsLater(const Value& date, const Number& months) {
  const std::optional<int64_t> whole = months.ToInt64();
  constexpr int64_t kMost = 12 * 10000;
  if (!whole || *whole < -kMost || *whole > kMost) return MissingCause::kNoReading;
  return AddMonths(DateOf(date), static_cast<int>(*whole));
}

Value ApplyCalendar(MapOp op, Operands operands) {
  const Value& first = operands[0];
  switch (op) {
    case MapOp::kDateAdd: return DateAdd(first, operands[1].number());
    case MapOp::kDateSubtract: return DateSubtract(first, operands[1]);
    case MapOp::kAddMonths: return MonthsLater(first, operands[1].number());
    case MapOp::kMonths: return Number(CompleteMonths(DateOf(first), DateOf(operands[1])));
    case MapOp::kYear: return Number(DateOf(first).year());
    case MapOp::kMonth: return Number(DateOf(first).month());
    case MapOp::kQuarter: return Number((DateOf(first).month() + 2) / 3);
    case MapOp::kToDateTime: return MomentOf(first);
    default: return Period::Containing(DateOf(first), operands[1].period().kind);
  }
}

Value ApplyNumeric(MapOp op, Operands operands) {
  const Number& x = operands[0].number();
  switch (op) {
    case MapOp::kAdd: return Checked(x + operands[1].number());
    case MapOp::kSubtract: return Checked(x - operands[1].number());
    case MapOp::kMultiply: return Checked(x * operands[1].number());
    case MapOp::kDivide: return Divide(x, operands[1].number());
    case MapOp::kPower: return RaisePower(x, operands[1].number());
    case MapOp::kNegate: return -x;
    case MapOp::kAbs: return Abs(x);
    case MapOp::kRound: return RoundTo(operands);
    case MapOp::kFloor: return Floor(x);
    case MapOp::kCeil: return Ceil(x);
    case MapOp::kSqrt: return FromOptional(Sqrt(x), MissingCause::kNoRealResult);
    case MapOp::kLn: return FromOptional(Ln(x), MissingCause::kNoRealResult);
    case MapOp::kExp: return FromOptional(Exp(x), MissingCause::kTooLarge);
    case MapOp::kMod:
      if (operands[1].number().IsZero()) return MissingCause::kDivisionByZero;
      return Mod(x, operands[1].number());
    case MapOp::kLinear: return Linear(operands, false);
    default: return Linear(operands, true);
  }
}

// By their first days, then by their last: a year is not its first quarter.
int ComparePeriods(Period a, Period b) {
  if (a.start() != b.start()) return a.start() < b.start() ? -1 : 1;
  if (a.end() != b.end()) return a.end() < b.end() ? -1 : 1;
  return 0;
}

}  // namespace

int CompareValues(const Value& a, const Value& b) {
  STEELYARD_CHECK(!a.missing() && !b.missing());
  const auto sign = [](auto order) { return order < 0 ? -1 : (order > 0 ? 1 : 0); };
  if (a.is_number() && b.is_number()) return sign(a.number() <=> b.number());
  if (a.is_text() && b.is_text()) return sign(a.text().compare(b.text()));
  if (a.is_bool() && b.is_bool()) return static_cast<int>(a.truth()) - static_cast<int>(b.truth());
  if (a.is_period() && b.is_period()) return ComparePeriods(a.period(), b.period());
  STEELYARD_CHECK((a.is_date() || a.is_datetime()) && (b.is_date() || b.is_datetime()));
  return sign(MomentOf(a) <=> MomentOf(b));
}

Value ApplyMap(MapOp op, Operands operands) {
  if (IsLenient(op)) return ApplyLenient(op, operands);
  for (const Value& operand : operands) {
    if (operand.missing()) return operand;
  }
  if (op >= MapOp::kEqual && op <= MapOp::kGreaterEqual) {
    return ApplyComparison(op, operands[0], operands[1]);
  }
  if (op >= MapOp::kLength && op <= MapOp::kContains) return ApplyText(op, operands);
  if (op >= MapOp::kDateAdd && op <= MapOp::kQuarter) return ApplyCalendar(op, operands);
  if (op == MapOp::kToDateTime || op == MapOp::kPeriodOf) return ApplyCalendar(op, operands);
  switch (op) {
    case MapOp::kNot: return !operands[0].truth();
    case MapOp::kGiven: return operands[1];
    case MapOp::kMin: return Extreme(operands, -1);
    case MapOp::kMax: return Extreme(operands, 1);
    case MapOp::kClamp: return Clamp(operands);
    default: return ApplyNumeric(op, operands);
  }
}

}  // namespace steelyard
