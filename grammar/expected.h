// The one table of what a formula can lack.
#pragma once

#include <cstdint>

namespace steelyard::grammar {

// What is missing where no reading goes on; engine/parse/ has the words for each.
enum class Expected : uint8_t {
  kValue,             // a number, a name, a bracket …
  kEnd,               // an operator, or the end of the formula
  kClose,             // an operator or `)`
  kCommaOrClose,      // an operator, `,` or `)`
  kIfComma,           // an operator or `,`, inside `if(a, b, c)`
  kIfClose,           // an operator or `)`, at its end
  kThen,              // `then`, after a condition
  kElse,              // `else`, after the value of `then`
  kWhen,              // `when`, after `case`
  kCaseEnd,           // `when`, `else` or `end`
  kBetweenAnd,        // `and`, after the lower end of `between`
  kInOrBetween,       // `in` or `between`, after `not`
  kMissing,           // `missing` or `not missing`, after `is`
  kColumn,            // a column, after `table.`
  kTable,             // a table, after `per`
  kAmong,             // `all` or columns, after `among`
  kPeriods,           // `periods`, after `all`
  kClosingQuote,      // the end of a text
  kClosingBackquote,  // the end of a name in backquotes
  kBracketAfterSum,   // `(`, after `∑`
  kNumberForm,        // a number written as 1000
  kDateForm,          // a date written as 2026-04-01
};

}  // namespace steelyard::grammar
