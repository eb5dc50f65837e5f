// What formulas are made of: the operations of the language, row by row (maps), over many rows
// (aggregates), across rows (frames), and over periods; and the names users call them by.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/value.h"

namespace steelyard {

// Row by row. Unless a comment says otherwise an operation on a missing operand is missing, with
// the first missing operand's cause.
enum class MapOp : uint8_t {
  kAdd,  // numbers of one unit
  kSubtract,
  kMultiply,
  kDivide,  // missing where the divisor is 0
  kPower,
  kNegate,
  kNot,  // three-valued, like kAnd and kOr
  kAnd,  // any number of operands; false decides
  kOr,   // any number of operands; true decides
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kIn,         // operand 0 equals one of the others
  kIsMissing,  // never missing
  kCoalesce,   // the first that is present
  kIf,         // condition, then, else; missing where the condition is unknown
  kIfTrue,     // condition, then, else; an unknown condition counts as false
  kAbs,
  kRound,  // x, places; half away from zero
  kFloor,
  kCeil,
  kMin,  // of the operands; missing if one is
  kMax,
  kClamp,  // x, low, high
  kSqrt,
  kLn,
  kExp,
  kMod,
  kSafeDivide,    // a, b, default where b is 0
  kLinear,        // x, x1, y1, x2, y2 …: piecewise linear, flat beyond the ends
  kLinearExtend,  // the same, the end segments go on
  kDateAdd,       // date or datetime, hours
  kDateSubtract,  // date or datetime minus another: hours
  kMonths,        // complete months from a to b
  kAddMonths,     // date, whole months; the end of a shorter month
  kYear,
  kMonth,
  kQuarter,
  kLength,  // of a text, in characters
  kLower,
  kUpper,
  kTrim,
  kStartsWith,
  kContains,
  kToDateTime,  // midnight of a date
  kPeriodOf,    // the period, of the kind of operand 1, that holds a date
  kGiven,       // operand 1, where operand 0 is present
};

// Many rows to one. Missing cells are passed over; where rows were there but every cell was
// missing, the result is missing with the first cell's cause, for every aggregate but count, any
// and all.
enum class AggregateOp : uint8_t {
  kSum,    // 0 of no rows
  kAvg,    // missing of no rows, like all below unless said
  kCount,  // of rows, or of cells that are present; 0 of no rows
  kMin,
  kMax,
  kMedian,
  kPercentile,         // with p: linear between ranks (inclusive)
  kPercentileNearest,  // with p: nearest rank
  kStddev,             // of a sample (n − 1)
  kCountDistinct,      // 0 of no rows
  kFirst,              // in order of the table's time, then as in the file
  kLast,
  kWeightedAvg,  // x, w
  kCorr,         // x, y: Pearson
  kAny,          // three-valued; false of no rows
  kAll,          // three-valued; true of no rows
};

// Across the rows of a group, one result for each row.
enum class RankOp : uint8_t {
  kRank,         // 1 for the highest; ties share the better rank
  kPercentRank,  // share of the others that lie below (spreadsheets' inclusive form)
  kZscore,       // (x − mean) ÷ sample standard deviation
  kShareOut,     // x, whole: the whole number `whole`, the same on each row, divided in proportion
                 // to x into whole numbers that add to it, by largest remainder (Hamilton); equal
                 // remainders go to the first by key. Missing for all where the rows differ in
                 // `whole`, or where all x are 0; for a row whose x is below 0
};

// Over the periods of one subject.
enum class TimeOp : uint8_t {
  kPrevious,     // n periods back
  kStreak,       // periods in a row, this one last, in which the condition holds
  kTrailingSum,  // over n periods, this one last; missing where there are not n
  kTrailingAvg,
  kTrailingMin,
  kTrailingMax,
  kYearToDate,  // sum over the periods of the calendar year, this one last
  kCarry,       // this value, or the last one present before it
};

enum class FunctionKind : uint8_t {
  kMap,
  kAggregate,
  kMapOrAggregate,  // min, max: by the number of arguments and clauses
  kRank,
  kTime,
  kSpecial,  // handled by the checker by name: linear, safe_div, points …
};

// A function as users call it.
struct FunctionInfo {
  std::string_view name;  // canonical
  std::vector<std::string_view> aliases;
  FunctionKind kind;
  int op;  // MapOp, AggregateOp, RankOp or TimeOp by kind
  int min_args;
  int max_args;                // -1: any number
  std::string_view signature;  // `round(x, places)`
};

// Empty pointer if there is no such function. Names compare without case.
const FunctionInfo* FindFunction(std::string_view name);
// All names, for suggestions.
std::vector<std::string> FunctionNames();

std::string_view ToWord(MapOp op);
std::string_view ToWord(AggregateOp op);
std::string_view ToWord(RankOp op);
std::string_view ToWord(TimeOp op);

// The meaning of a map on values. Total: every combination gives a value.
Value ApplyMap(MapOp op, std::span<const Value> operands);

// Order of two present values of one kind: negative, 0, positive.
int CompareValues(const Value& a, const Value& b);

}  // namespace steelyard
