// Value: what one cell of an exact evaluation holds. Missing is a value of its own and knows why.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>

#include "engine/base/calendar.h"
#include "engine/base/number.h"

namespace steelyard {

// Why there is no value (language, «Missing is not zero»).
enum class MissingCause : uint8_t {
  kWritten,    // the word `missing`, or a choice without an else
  kEmptyCell,  // an empty cell in the data
  kNoParent,   // the row belongs to no row of that table
  kDivisionByZero,
  kNoRows,         // an average (or the like) of no rows
  kTooFewRows,     // a spread or correlation needs two
  kNoPeriod,       // no such earlier period
  kNotInForce,     // a parameter or indicator without a value at this date
  kNoRealResult,   // root or logarithm of what has none
  kTooLarge,       // a result too large to hold
  kNoReading,      // a date computed out of the calendar, and the like
  kNegativePart,   // a part of a pool below 0
  kAmountsDiffer,  // rows that share a pool do not name the same amount
};

struct Missing {
  MissingCause cause = MissingCause::kWritten;
  int32_t node = -1;  // the column of the program where it first was missing, and its row
  int32_t row = -1;
  // All missing values are alike: causes explain, they do not distinguish.
  friend bool operator==(const Missing&, const Missing&) { return true; }
};

class Value {
 public:
  Value() = default;                                    // missing
  Value(Missing missing) : data_(missing) {}            // NOLINT(google-explicit-constructor)
  Value(MissingCause cause) : data_(Missing{cause}) {}  // NOLINT(google-explicit-constructor)
  Value(Number number) : data_(std::move(number)) {}    // NOLINT(google-explicit-constructor)
  Value(bool truth) : data_(truth) {}                   // NOLINT(google-explicit-constructor)
  Value(std::string text) : data_(std::move(text)) {}   // NOLINT(google-explicit-constructor)
  Value(Date date) : data_(date) {}                     // NOLINT(google-explicit-constructor)
  Value(DateTime moment) : data_(moment) {}             // NOLINT(google-explicit-constructor)
  Value(Period period) : data_(period) {}               // NOLINT(google-explicit-constructor)
  Value(const char*) = delete;

  bool missing() const { return std::holds_alternative<Missing>(data_); }
  bool is_number() const { return std::holds_alternative<Number>(data_); }
  bool is_bool() const { return std::holds_alternative<bool>(data_); }
  bool is_text() const { return std::holds_alternative<std::string>(data_); }
  bool is_date() const { return std::holds_alternative<Date>(data_); }
  bool is_datetime() const { return std::holds_alternative<DateTime>(data_); }
  bool is_period() const { return std::holds_alternative<Period>(data_); }
  // True only for the truth value true.
  bool holds() const { return is_bool() && truth(); }
  bool fails() const { return is_bool() && !truth(); }

  const Missing& why() const { return std::get<Missing>(data_); }
  const Number& number() const { return std::get<Number>(data_); }
  bool truth() const { return std::get<bool>(data_); }
  const std::string& text() const { return std::get<std::string>(data_); }
  Date date() const { return std::get<Date>(data_); }
  DateTime datetime() const { return std::get<DateTime>(data_); }
  Period period() const { return std::get<Period>(data_); }

  friend bool operator==(const Value&, const Value&) = default;

 private:
  std::variant<Missing, Number, bool, std::string, Date, DateTime, Period> data_;
};

}  // namespace steelyard
