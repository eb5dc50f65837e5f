#include "engine/fast/bound.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace steelyard::fast {

namespace {

// Bounds are computed in doubles as well: each is made a little larger than it came out.
constexpr double kSlack = 1 + 0x1p-40;
// A result below the normal doubles loses digits; this is more than it can lose.
constexpr double kTiny = 0x1p-1020;
// Numbers with more decimals than these are not separated.
constexpr int kMostPlaces = 300;

double RoundingOf(double size) { return size * kUnit + kTiny; }

constexpr double kUnknown = std::numeric_limits<double>::infinity();

// A share of the double says nothing where digits were lost below the normal doubles. Data and
// constants that it is kept for are no nearer to 0 than this, and each product or quotient of them
// adds to it, so that within so many it cannot come to that.
constexpr double kLeastCommon = 0x1p-63;
constexpr double kMostRelative = 12 * kUnit;

Bound Made(double size, double error, double relative = kUnknown) {
  Bound bound;
  bound.relative = relative > kMostRelative ? kUnknown : relative * kSlack;
  bound.error = std::min(error, relative * size + kTiny) * kSlack;
  if (error == 0) bound.error = bound.relative = 0;
  bound.size = (size + bound.error) * kSlack;
  return bound;
}

void SetGrid(Bound& bound, const Grid& grid) {
  bound.grid = grid;
  bound.plain = grid;
}

bool IsDecimal(const Grid& grid) { return grid.divisor == 1 && grid.factor == 1; }

bool IsWhole(const Bound& bound) {
  return bound.error == 0 && bound.grid.places == 0 && IsDecimal(bound.grid);
}

// Known factors grow no further than this; beyond it they join what is only bounded.
constexpr int64_t kLargestFactor = 1'000'000;

Grid Made(double divisor, int places, int64_t factor) {
  if (places > kMostPlaces) return {kUnknown, kMostPlaces, 1};
  if (factor <= kLargestFactor) return {divisor, places, factor};
  return {divisor * static_cast<double>(factor), places, 1};
}

Grid OfSum(const Grid& a, const Grid& b, bool same) {
  return Made(same ? std::max(a.divisor, b.divisor) : a.divisor * b.divisor,
              std::max(a.places, b.places), std::lcm(a.factor, b.factor));
}

Grid OfProduct(const Grid& a, const Grid& b) {
  return Made(a.divisor * b.divisor, a.places + b.places, a.factor * b.factor);
}

Grid OfEither(const Grid& a, const Grid& b) {
  return Made(std::max(a.divisor, b.divisor), std::max(a.places, b.places),
              std::lcm(a.factor, b.factor));
}

// One of two, where the other has no denominator but a decimal one.
int OriginOf(const Bound& a, const Bound& b) {
  if (b.grid.divisor == 1) return a.origin;
  return a.grid.divisor == 1 ? b.origin : -1;
}

bool HaveOneOrigin(const Bound& a, const Bound& b) { return a.origin >= 0 && a.origin == b.origin; }

// A factor that was too large to be kept apart has become part of the divisor, which then is no
// longer the one that the origin names.
int OriginIfKept(int origin, int64_t factor) { return factor <= kLargestFactor ? origin : -1; }

// Doubles this close stand for numbers less than one step of the grid apart.
bool IsBelow(double tolerance, const Grid& grid) {
  const double steps = Power10(grid.places) * grid.divisor * static_cast<double>(grid.factor);
  return 2 * tolerance * steps * (1 + 0x1p-10) < 1;
}

}  // namespace

double Power10(int places) {
  static const auto powers = [] {
    std::array<double, kMostPlaces + 1> made{};
    for (int i = 0; i <= kMostPlaces; ++i) made[static_cast<size_t>(i)] = std::pow(10.0, i);
    return made;
  }();
  return powers[static_cast<size_t>(std::clamp(places, 0, kMostPlaces))];
}

Bound OfNumber(const Number& value) {
  const double nearest = value.ToDouble();
  mpz_class rest = value.raw().get_den();
  int twos = 0;
  int fives = 0;
  while (mpz_divisible_ui_p(rest.get_mpz_t(), 2) != 0) {
    rest /= 2;
    ++twos;
  }
  while (mpz_divisible_ui_p(rest.get_mpz_t(), 5) != 0) {
    rest /= 5;
    ++fives;
  }
  const double size = std::fabs(nearest);
  const bool common = value.IsZero() || (size >= kLeastCommon && size <= 1 / kLeastCommon);
  const bool exact = common && value == Number(mpq_class(nearest));
  Bound bound = Made(size, exact ? 0 : RoundingOf(size), common ? kUnit : kUnknown);
  const bool known = rest <= kLargestFactor;
  SetGrid(bound, Made(known ? 1 : rest.get_d() * kSlack, std::max(twos, fives),
                      known ? rest.get_si() : 1));
  return bound;
}

Bound OfDecimals(double size, int places) {
  Bound bound = Made(size, places == 0 && size <= 0x1p53 ? 0 : RoundingOf(size), kUnit);
  SetGrid(bound, Made(1, places, 1));
  return bound;
}

Bound OfAny(double size) {
  Bound bound = Made(size, RoundingOf(size));
  SetGrid(bound, {kUnknown, 0, 1});
  return bound;
}

Bound OfWhole(double size) {
  Bound bound;
  bound.size = size;
  return bound;
}

Bound Sum(const Bound& a, const Bound& b) {
  const double size = a.size + b.size;
  const bool whole = IsWhole(a) && IsWhole(b) && size <= 0x1p53;
  Bound sum = Made(size, whole ? 0 : a.error + b.error + RoundingOf(size));
  const bool same = HaveOneOrigin(a, b);
  sum.grid = OfSum(a.grid, b.grid, same);
  sum.plain = OfSum(a.plain, b.plain, same);
  sum.origin = OriginIfKept(
      same ? a.origin : OriginOf(a, b),
      std::max(std::lcm(a.grid.factor, b.grid.factor), std::lcm(a.plain.factor, b.plain.factor)));
  return sum;
}

Bound Product(const Bound& a, const Bound& b) {
  const double size = a.size * b.size;
  const bool whole = IsWhole(a) && IsWhole(b) && size <= 0x1p53;
  Bound product = Made(size, whole ? 0 : a.size * b.error + b.size * a.error + RoundingOf(size),
                       a.relative + b.relative + kUnit);
  product.grid = OfProduct(a.grid, b.grid);
  product.plain = OfProduct(a.plain, b.plain);
  product.origin = OriginIfKept(
      OriginOf(a, b), std::max(a.grid.factor * b.grid.factor, a.plain.factor * b.plain.factor));
  return product;
}

Bound Quotient(const Bound& a, const Bound& b, double least, double size, int origin) {
  Bound quotient =
      Made(size, (a.error + size * b.error) / (least - b.error) * kSlack + RoundingOf(size),
           a.relative + b.relative + kUnit);
  // a = A ÷ (10^a.places · a.divisor), b = B ÷ (10^b.places · b.divisor): the powers of ten cancel
  // as far as both have them, and B, a whole number, comes below the line.
  const auto grid = [&](const Grid& above, const Grid& below) -> Grid {
    const double numerator =
        b.size * Power10(below.places) * below.divisor * static_cast<double>(below.factor) * kSlack;
    return Made(numerator * above.divisor, std::max(above.places - below.places, 0), above.factor);
  };
  quotient.grid = grid(a.grid, b.grid);
  quotient.plain = grid(a.plain, b.plain);
  if (a.grid.divisor == 1 && IsDecimal(b.grid)) quotient.origin = origin;
  return quotient;
}

void DivideGrid(const Bound& a, const Bound& b, double b_size, Bound& quotient) {
  const double whole = std::nearbyint(b_size * WholeScale(b));
  if (b.grid.divisor != 1 || whole < 1 || whole > kLargestFactor) return;
  if (b.error * WholeScale(b) > 0.25) return;
  // The whole number below the line is known, so it joins the known factor.
  const auto divide = [&](const Grid& grid) {
    return Made(grid.divisor, std::max(grid.places - b.grid.places, 0),
                grid.factor * static_cast<int64_t>(whole));
  };
  quotient.grid = divide(a.grid);
  quotient.plain = divide(a.plain);
  quotient.origin =
      OriginIfKept(a.origin, std::max(a.grid.factor, a.plain.factor) * static_cast<int64_t>(whole));
}

Bound Within(const Bound& a, double size) {
  Bound within = a;
  within.error = std::min(a.error, a.relative * size + kTiny);
  within.size = std::min(a.size, (size + within.error) * kSlack);
  return within;
}

Bound Either(const Bound& a, const Bound& b) {
  Bound either;
  either.size = std::max(a.size, b.size);
  either.error = std::max(a.error, b.error);
  either.relative = std::max(a.relative, b.relative);
  either.grid = OfEither(a.grid, b.grid);
  either.plain = OfEither(a.plain, b.plain);
  either.origin = OriginIfKept(
      a.origin == b.origin ? a.origin : -1,
      std::max(std::lcm(a.grid.factor, b.grid.factor), std::lcm(a.plain.factor, b.plain.factor)));
  return either;
}

Bound Rounded(const Bound& a, int places) {
  const double step = places < 0 ? Power10(-places) : 1;
  return OfDecimals(a.size + step, std::max(places, 0));
}

double Tolerance(const Bound& a, const Bound& b) { return (a.error + b.error) * kSlack; }

bool Separated(const Bound& a, const Bound& b, double tolerance) {
  return IsBelow(tolerance, OfSum(a.grid, b.grid, HaveOneOrigin(a, b)));
}

bool PlainlySeparated(const Bound& a, const Bound& b, double tolerance) {
  return IsBelow(tolerance, OfSum(a.plain, b.plain, HaveOneOrigin(a, b)));
}

std::optional<int> PlacesToTell(const Bound& a, const Bound& b, const Bound& quotient, int most) {
  constexpr double kLargestWhole = 0x1p50;
  const auto whole = [](const Bound& bound) {
    const double scale = WholeScale(bound);
    return bound.grid.divisor == 1 && bound.size * scale < kLargestWhole &&
           bound.error * scale < 0.25;
  };
  if (!whole(a) || !whole(b)) return std::nullopt;
  const auto a_factor = static_cast<double>(a.grid.factor);
  const auto b_factor = static_cast<double>(b.grid.factor);
  for (int places = most; places >= 0; --places) {
    const int shift = places + b.grid.places - a.grid.places;
    const double scaled = quotient.size * Power10(places) * a_factor;
    if (shift >= 0 && Power10(shift) * b_factor < kLargestWhole && scaled < kLargestWhole &&
        quotient.error * Power10(places) < 0.25) {
      return places;
    }
  }
  return std::nullopt;
}

double WholeScale(const Bound& bound) {
  return Power10(bound.grid.places) * static_cast<double>(bound.grid.factor);
}

}  // namespace steelyard::fast
