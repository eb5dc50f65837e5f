// Numbers with 12 significant digits, quickly.
#pragma once

namespace bench {

constexpr int kLongestNumber = 32;

// Writes `value` in plain notation without closing zeros, nothing where it is missing, and returns
// the end. The last digit may be off by one where what follows it is a half to within 2^-52: the
// digits come from one multiplication in binary floating point.
char* PrintNumber(double value, char* to);

}  // namespace bench
