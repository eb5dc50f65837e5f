// Powers, roots, logarithm and exponential: exact where the result is a rational that is easy to
// find, otherwise computed with MPFR and rounded to 50 significant decimal digits.
#include <mpfr.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "engine/base/number.h"
#include "engine/base/number_internal.h"

namespace steelyard {

namespace {

constexpr int kDigits = 50;
constexpr mpfr_prec_t kWorkingBits = 320;     // 96 digits: leaves room for 64 bits of error
constexpr double kMaxResultBits = 1'000'000;  // see Power in the header
constexpr unsigned long kMaxExactRoot = 64;

// MPFR keeps constants for each thread; they go with the thread.
struct CacheOwner {
  ~CacheOwner() { mpfr_free_cache(); }
};

// One MPFR number.
class Real {
 public:
  Real() {
    thread_local const CacheOwner owner;
    static_cast<void>(owner);
    mpfr_init2(value_, kWorkingBits);
  }
  explicit Real(const mpq_class& value) : Real() {
    mpfr_set_q(value_, value.get_mpq_t(), MPFR_RNDN);
  }
  Real(const Real&) = delete;
  Real& operator=(const Real&) = delete;
  ~Real() { mpfr_clear(value_); }

  mpfr_ptr get() { return value_; }

 private:
  mpfr_t value_;
};

// Rounds to 50 significant digits. Empty for infinities and NaN.
std::optional<Number> Rounded(Real& real) {
  if (!mpfr_number_p(real.get())) return std::nullopt;
  if (mpfr_zero_p(real.get())) return Number();
  std::array<char, kDigits + 2> digits{};  // sign and final zero
  mpfr_exp_t exponent = 0;
  mpfr_get_str(digits.data(), &exponent, 10, kDigits, real.get(), MPFR_RNDN);
  const long shift = static_cast<long>(exponent) - kDigits;
  mpq_class value(mpz_class(digits.data(), 10));
  const mpz_class power = PowerOfTen(static_cast<unsigned long>(std::labs(shift)));
  if (shift >= 0) {
    value.get_num() *= power;
  } else {
    value.get_den() = power;
    value.canonicalize();
  }
  return Number(std::move(value));
}

// log2 of a number that is not zero, to double precision.
double Log2(const mpz_class& value) {
  long exponent = 0;
  const double mantissa = mpz_get_d_2exp(&exponent, value.get_mpz_t());
  return static_cast<double>(exponent) + std::log2(std::fabs(mantissa));
}

// base^exponent, base neither 0 nor ±1.
std::optional<Number> WholePower(const mpq_class& base, const mpz_class& exponent) {
  const double bits = Log2(base.get_num()) + Log2(base.get_den());
  if (!exponent.fits_slong_p() || std::fabs(exponent.get_d()) * bits > kMaxResultBits) {
    return std::nullopt;
  }
  const unsigned long times = mpz_class(abs(exponent)).get_ui();
  mpz_class numerator;
  mpz_class denominator;
  mpz_pow_ui(numerator.get_mpz_t(), base.get_num_mpz_t(), times);
  mpz_pow_ui(denominator.get_mpz_t(), base.get_den_mpz_t(), times);
  if (sgn(exponent) < 0) swap(numerator, denominator);
  mpq_class result(numerator, denominator);
  result.canonicalize();  // a negative denominator hands its sign up
  return Number(std::move(result));
}

// The root of a positive number, where it is rational.
std::optional<mpq_class> ExactRoot(const mpq_class& x, unsigned long degree) {
  mpz_class numerator;
  mpz_class denominator;
  if (!mpz_root(numerator.get_mpz_t(), x.get_num_mpz_t(), degree) ||
      !mpz_root(denominator.get_mpz_t(), x.get_den_mpz_t(), degree)) {
    return std::nullopt;
  }
  return mpq_class(numerator, denominator);
}

// ln(x) for x > 0. Near 1 from x − 1, which is exact, so that no digits cancel.
void SetLogarithm(Real& result, const mpq_class& x) {
  const mpq_class beyond_one = x - 1;
  if (abs(beyond_one) < mpq_class(1, 2)) {
    Real difference(beyond_one);
    mpfr_log1p(result.get(), difference.get(), MPFR_RNDN);
  } else {
    Real argument(x);
    mpfr_log(result.get(), argument.get(), MPFR_RNDN);
  }
}

bool FitsExponential(Real& exponent) {
  return std::fabs(mpfr_get_d(exponent.get(), MPFR_RNDN)) <= kMaxResultBits * std::log(2.0);
}

// base^exponent for base > 0 and not 1 through logarithms.
std::optional<Number> ApproximatePower(const mpq_class& base, const mpq_class& exponent) {
  Real power;
  Real times(exponent);
  SetLogarithm(power, base);
  mpfr_mul(power.get(), power.get(), times.get(), MPFR_RNDN);
  if (!FitsExponential(power)) return std::nullopt;
  Real result;
  mpfr_exp(result.get(), power.get(), MPFR_RNDN);
  return Rounded(result);
}

// base^exponent for base > 0 and not 1, and an exponent that is not whole.
std::optional<Number> FractionalPower(const mpq_class& base, const mpq_class& exponent) {
  if (exponent.get_den() <= kMaxExactRoot) {
    const auto root = ExactRoot(base, exponent.get_den().get_ui());
    if (root) return WholePower(*root, exponent.get_num());
  }
  return ApproximatePower(base, exponent);
}

}  // namespace

std::optional<Number> Power(const Number& base, const Number& exponent) {
  if (exponent.IsZero() || base == Number(1)) return Number(1);
  if (base.IsZero()) return exponent.Sign() > 0 ? std::optional(Number()) : std::nullopt;
  const bool odd = mpz_odd_p(exponent.raw().get_num_mpz_t());
  if (base == Number(-1) && exponent.IsWhole()) return Number(odd ? -1 : 1);
  if (exponent.IsWhole()) return WholePower(base.raw(), exponent.raw().get_num());
  if (base.Sign() > 0) return FractionalPower(base.raw(), exponent.raw());
  if (mpz_even_p(exponent.raw().get_den_mpz_t())) return std::nullopt;
  const std::optional<Number> size = Power(Abs(base), exponent);
  return size && odd ? std::optional(-*size) : size;
}

std::optional<Number> Sqrt(const Number& x) {
  if (x.Sign() < 0) return std::nullopt;
  if (x.IsZero()) return Number();
  if (auto root = ExactRoot(x.raw(), 2)) return Number(std::move(*root));
  Real value(x.raw());
  mpfr_sqrt(value.get(), value.get(), MPFR_RNDN);
  return Rounded(value);
}

std::optional<Number> Ln(const Number& x) {
  if (x.Sign() <= 0) return std::nullopt;
  Real result;
  SetLogarithm(result, x.raw());
  return Rounded(result);
}

std::optional<Number> Exp(const Number& x) {
  if (x.IsZero()) return Number(1);
  Real value(x.raw());
  if (!FitsExponential(value)) return std::nullopt;
  mpfr_exp(value.get(), value.get(), MPFR_RNDN);
  return Rounded(value);
}

}  // namespace steelyard
