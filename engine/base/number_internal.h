// What the sources of Number share; not for other rooms.
#pragma once

#include <gmpxx.h>

namespace steelyard {

// No rounding or printing goes beyond so many decimals: what a hostile `round(x, 999999999)` costs.
inline constexpr int kMaxPlaces = 10'000;

mpz_class PowerOfTen(unsigned long exponent);

// value × 10^places, rounded to a whole number, a half away from zero.
mpz_class RoundToUnits(const mpq_class& value, long places);

}  // namespace steelyard
