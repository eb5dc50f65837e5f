// What is known about numbers kept in double precision: how far each may be from the exact value it
// stands for, and how close two exact values can be without being equal.
//
// The first is running error analysis (Wilkinson 1963; Higham, Accuracy and Stability of Numerical
// Algorithms, 2nd ed., section 3.3). The second is a separation bound (Burnikel, Funke, Mehlhorn,
// Schirra, Schmitt 2001), simple here because data are decimals: an exact value is a fraction whose
// denominator divides 10^places · d for some whole d, so that two different ones are at least
// 1/(10^places · d1 · d2) apart. Where the error is smaller than half of that,
// values that look equal are equal: a share of exactly 25 % is decided without exact arithmetic.
//
// Sums of many quotients have denominators too large for that. But where such a sum meets a limit
// exactly, its quotients are as a rule decimals themselves, as people set targets. So each quotient
// is looked at once: rows where it cannot be told to be a decimal are «rough», and in all others
// a second, much smaller denominator counts.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/base/number.h"

namespace steelyard::fast {

// Half of the distance from 1 to the next double: the relative error of one rounding.
inline constexpr double kUnit = 0x1p-53;
// Beyond it a number is left to exact arithmetic, as overflow is near.
inline constexpr double kLargest = 0x1p900;

// Of the whole number d the part that is known, from the rules' own numbers, is `factor`.
struct Grid {
  double divisor = 1;  // d is no greater than divisor · factor
  int places = 0;
  int64_t factor = 1;
};

struct Bound {
  double size = 0;   // of the exact values and of the doubles, all signs
  double error = 0;  // of the doubles, absolute
  // The same as a share of the double itself: what small numbers beside large ones are known by.
  double relative = 0;
  Grid grid;        // of all rows
  Grid plain;       // of rows that are not rough
  int origin = -1;  // where two bounds name the same origin, their denominators are the same
  int rough = -1;   // the mask of rough rows; -1: there are none

  bool Usable() const { return size <= kLargest && error <= kLargest; }
};

Bound OfNumber(const Number& value);        // of its nearest double
Bound OfDecimals(double size, int places);  // doubles nearest to decimals
Bound OfAny(double size);                   // doubles nearest to any fractions
Bound OfWhole(double size);                 // whole numbers below 2^53
Bound Sum(const Bound& a, const Bound& b);  // of a + b and a − b
Bound Product(const Bound& a, const Bound& b);
// `least`: |b| is never smaller; `size`: of the doubles a ÷ b; `origin`: names b's numerators.
Bound Quotient(const Bound& a, const Bound& b, double least, double size, int origin);
// The grids of a ÷ b in `quotient`, where b is one number, of this size, for all rows.
void DivideGrid(const Bound& a, const Bound& b, double b_size, Bound& quotient);
// Of those that are no larger than `size`.
Bound Within(const Bound& a, double size);
Bound Either(const Bound& a, const Bound& b);  // one or the other
Bound Rounded(const Bound& a, int places);     // rounded to `places` decimals

// How far apart doubles of equal exact values can be.
double Tolerance(const Bound& a, const Bound& b);
// Are doubles within the tolerance doubles of equal values, in all rows, or in those not rough?
bool Separated(const Bound& a, const Bound& b, double tolerance);
bool PlainlySeparated(const Bound& a, const Bound& b, double tolerance);
// To how many places a ÷ b can be told to be a decimal, in whole numbers, and at most so many;
// empty: to none.
std::optional<int> PlacesToTell(const Bound& a, const Bound& b, const Bound& quotient, int most);

// What makes whole numbers of exact values whose grid has no divisor.
double WholeScale(const Bound& bound);

// 10^places; places beyond 300 count as 300.
double Power10(int places);

}  // namespace steelyard::fast
