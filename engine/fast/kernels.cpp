// Compiled several times: STEELYARD_VECTOR_BYTES and STEELYARD_KERNELS say for what.
#include "engine/fast/kernels.h"

#include <cmath>
#include <limits>

#if STEELYARD_VECTOR_BYTES > 16
#include <immintrin.h>
#endif

namespace steelyard::fast {

namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

using Reals = double __attribute__((vector_size(STEELYARD_VECTOR_BYTES)));
using Masks = int64_t __attribute__((vector_size(STEELYARD_VECTOR_BYTES)));
constexpr size_t kLanes = STEELYARD_VECTOR_BYTES / sizeof(double);
constexpr size_t kVectors = kBlockRows / kLanes;

inline Reals All(double value) { return value - Reals{}; }
inline Reals* Vectors(double* block) { return reinterpret_cast<Reals*>(block); }
inline const Reals* Vectors(const double* block) { return reinterpret_cast<const Reals*>(block); }
inline Masks* Vectors(int64_t* block) { return reinterpret_cast<Masks*>(block); }
inline const Masks* Vectors(const int64_t* block) { return reinterpret_cast<const Masks*>(block); }

// Notes rows in which two numbers are too near to tell.
class Doubts {
 public:
  explicit Doubts(const Decision& decision)
      : undecided_(decision.equal ? nullptr : Vectors(decision.undecided)),
        first_(Vectors(decision.rough[0])),
        second_(Vectors(decision.rough[1])),
        all_(decision.all_rough) {}

  void Note(size_t i, Masks near) const {
    if (undecided_ == nullptr) return;
    Masks rough = {};
    if (all_) rough = ~rough;
    if (first_ != nullptr) rough |= first_[i];
    if (second_ != nullptr) rough |= second_[i];
    undecided_[i] |= near & rough;
  }

 private:
  Masks* undecided_;
  const Masks* first_;
  const Masks* second_;
  bool all_;
};

// A block, or one value for all rows, known while compiling.
template <bool kBroadcast>
struct Lanes {
  const Reals* block;
  Reals all;
  explicit Lanes(const Source& source)
      : block(reinterpret_cast<const Reals*>(source.block)), all(All(source.value)) {}
  Reals operator[](size_t i) const {
    if constexpr (kBroadcast) {
      return all;
    } else {
      return block[i];
    }
  }
};

template <class Body>
inline void With(const Source& a, Body body) {
  if (a.block != nullptr) {
    body(Lanes<false>(a));
  } else {
    body(Lanes<true>(a));
  }
}

template <class Body>
inline void With(const Source& a, const Source& b, Body body) {
  With(a, [&](const auto& x) { With(b, [&](const auto& y) { body(x, y); }); });
}

template <class Function>
inline void Each(const Source& a, const Source& b, double* to, Function function) {
  Reals* out = Vectors(to);
  With(a, b, [&](const auto& x, const auto& y) {
    for (size_t i = 0; i < kVectors; ++i) out[i] = function(x[i], y[i]);
  });
}

template <class Function>
inline void Each(const Source& a, double* to, Function function) {
  Reals* out = Vectors(to);
  With(a, [&](const auto& x) {
    for (size_t i = 0; i < kVectors; ++i) out[i] = function(x[i]);
  });
}

inline Reals Magnitude(Reals x) {
  constexpr int64_t kNoSign = INT64_MAX;
  const Masks bits = (Masks)x & kNoSign;
  return (Reals)bits;
}

// Not-a-number alone is unlike itself.
inline Masks Missing(Reals x) { return x != x; }  // NOLINT(misc-redundant-expression)
inline Reals Truth(Masks mask) { return mask ? All(1) : All(0); }

double Largest(const Reals& x) {
  double largest = 0;
  for (size_t i = 0; i < kLanes; ++i) largest = x[i] > largest ? x[i] : largest;
  return largest;
}

double Least(const Reals& x) {
  double least = std::numeric_limits<double>::infinity();
  for (size_t i = 0; i < kLanes; ++i) least = x[i] < least ? x[i] : least;
  return least;
}

double Size(const double* block) {
  const auto* in = reinterpret_cast<const Reals*>(block);
  Reals largest = {};
  for (size_t i = 0; i < kVectors; ++i) {
    const Reals size = Magnitude(in[i]);
    largest = size > largest ? size : largest;
  }
  return Largest(largest);
}

// a·b + c, rounded once, where the machine has it.
#if STEELYARD_VECTOR_BYTES == 64
#define STEELYARD_FUSED
inline Reals Fused(Reals a, Reals b, Reals c) { return (Reals)_mm512_fmadd_pd(a, b, c); }
#elif STEELYARD_VECTOR_BYTES == 32
#define STEELYARD_FUSED
inline Reals Fused(Reals a, Reals b, Reals c) { return (Reals)_mm256_fmadd_pd(a, b, c); }
#endif

// a ÷ b rounded once, where `inverse` is 1 ÷ b rounded: what is left over of a first quotient mends
// it (Markstein 1990).
inline Reals DivideByInverse(Reals a, Reals b, [[maybe_unused]] Reals inverse) {
#ifdef STEELYARD_FUSED
  const Reals quotient = a * inverse;
  return Fused(Fused(-quotient, b, a), inverse, quotient);
#else
  return a / b;
#endif
}

void Decimals(const int64_t* from, size_t rows, double scale, double* to) {
  using Loaded = int64_t __attribute__((vector_size(STEELYARD_VECTOR_BYTES), aligned(8)));
  const auto* whole = reinterpret_cast<const Loaded*>(from);
  const Reals divisor = All(scale);
  const Reals inverse = All(1 / scale);
  const size_t vectors = rows / kLanes;
  for (size_t i = 0; i < vectors; ++i) {
    // The next block begins where the machine does not look ahead by itself.
    __builtin_prefetch(from + i * kLanes + kBlockRows);
    const Reals number = __builtin_convertvector((Masks)whole[i], Reals);
    Vectors(to)[i] = scale == 1 ? number : DivideByInverse(number, divisor, inverse);
  }
  for (size_t i = vectors * kLanes; i < rows; ++i) to[i] = static_cast<double>(from[i]) / scale;
}

void Add(Source a, Source b, double* to) {
  Each(a, b, to, [](Reals x, Reals y) { return x + y; });
}

void Subtract(Source a, Source b, double* to) {
  Each(a, b, to, [](Reals x, Reals y) { return x - y; });
}

void Multiply(Source a, Source b, double* to) {
  Each(a, b, to, [](Reals x, Reals y) { return x * y; });
}

Measure Divide(Source a, Source b, const Decision& zero, double* to) {
  Reals* out = Vectors(to);
  const Doubts doubts(zero);
  constexpr double kInfinite = std::numeric_limits<double>::infinity();
  Reals largest = {};
  Reals least = All(kInfinite);
  const Reals tolerance = All(zero.tolerance);
  const Reals nothing = All(kNothing);
  With(a, b, [&](const auto& x, const auto& y) {
    for (size_t i = 0; i < kVectors; ++i) {
      const Reals divisor = y[i];
      const Reals below = Magnitude(divisor);
      const Masks none = below <= tolerance;
      doubts.Note(i, none);
      const Reals quotient = none ? nothing : x[i] / divisor;
      const Reals size = Magnitude(quotient);
      largest = size > largest ? size : largest;
      least = (none | ~(below < least)) ? least : below;
      out[i] = quotient;
    }
  });
  return {Largest(largest), Least(least)};
}

void Unary(StepKind kind, Source a, double* to) {
  switch (kind) {
    case StepKind::kNegate: Each(a, to, [](Reals x) { return -x; }); break;
    case StepKind::kAbs: Each(a, to, [](Reals x) { return Magnitude(x); }); break;
    case StepKind::kNot: Each(a, to, [](Reals x) { return 1 - x; }); break;
    case StepKind::kIsMissing: Each(a, to, [](Reals x) { return Truth(Missing(x)); }); break;
    default: Each(a, to, [](Reals x) { return Truth(x == 1); }); break;
  }
}

void Extreme(StepKind kind, Source a, Source b, double* to) {
  if (kind == StepKind::kMin) {
    Each(a, b, to, [](Reals x, Reals y) { return Missing(y) ? y : (x > y ? y : x); });
  } else {
    Each(a, b, to, [](Reals x, Reals y) { return Missing(y) ? y : (x < y ? y : x); });
  }
}

template <class Relation>
void CompareWith(Source a, Source b, const Decision& decision, double* to, Relation relation) {
  Reals* out = Vectors(to);
  const Doubts doubts(decision);
  const Reals tolerance = All(decision.tolerance);
  With(a, b, [&](const auto& x, const auto& y) {
    for (size_t i = 0; i < kVectors; ++i) {
      const Reals apart = x[i] - y[i];
      const Masks more = apart > tolerance;
      const Masks less = apart < -tolerance;
      doubts.Note(i, ~(more | less | Missing(apart)));
      out[i] = Missing(apart) ? apart : Truth(relation(more, less));
    }
  });
}

void Compare(StepKind kind, Source a, Source b, const Decision& decision, double* to) {
  switch (kind) {
    case StepKind::kLess:
      return CompareWith(a, b, decision, to, [](Masks, Masks less) { return less; });
    case StepKind::kLessEqual:
      return CompareWith(a, b, decision, to, [](Masks more, Masks) { return ~more; });
    case StepKind::kGreater:
      return CompareWith(a, b, decision, to, [](Masks more, Masks) { return more; });
    case StepKind::kGreaterEqual:
      return CompareWith(a, b, decision, to, [](Masks, Masks less) { return ~less; });
    case StepKind::kEqual:
      return CompareWith(a, b, decision, to, [](Masks more, Masks less) { return ~(more | less); });
    default:
      return CompareWith(a, b, decision, to, [](Masks more, Masks less) { return more | less; });
  }
}

void Logic(StepKind kind, Source a, Source b, double* to) {
  if (kind == StepKind::kAnd) {
    Each(a, b, to, [](Reals x, Reals y) { return ((x == 0) | (y == 0)) ? All(0) : x * y; });
  } else {
    Each(a, b, to, [](Reals x, Reals y) { return ((x == 1) | (y == 1)) ? All(1) : x + y; });
  }
}

void Choose(StepKind kind, Source a, Source b, Source c, double* to) {
  Reals* out = Vectors(to);
  switch (kind) {
    case StepKind::kCoalesce:
      return Each(a, b, to, [](Reals x, Reals y) { return Missing(x) ? y : x; });
    case StepKind::kGiven:
      return Each(a, b, to, [](Reals x, Reals y) { return Missing(x) ? x : y; });
    default: break;
  }
  const bool missing_is_false = kind == StepKind::kIfTrue;
  With(a, [&](const auto& condition) {
    With(b, c, [&](const auto& yes, const auto& no) {
      for (size_t i = 0; i < kVectors; ++i) {
        const Reals choice = (condition[i] == 1) ? yes[i] : no[i];
        out[i] = missing_is_false ? choice : (Missing(condition[i]) ? condition[i] : choice);
      }
    });
  });
}

// Of numbers below 2^50: those beyond 2^52 have no places left, which makes the sum whole.
inline Reals Nearest(Reals x) {
  constexpr double kShift = 0x1.8p52;
  return (x + kShift) - kShift;
}

inline Reals FloorOf(Reals x) {
  const Reals nearest = Nearest(x);
  return nearest > x ? nearest - 1 : nearest;
}

// The whole number below x, where x is within the tolerance of one that number itself.
inline Reals FloorWith(Reals x, Reals tolerance, Masks& near) {
  const Reals nearest = Nearest(x);
  near = Magnitude(x - nearest) <= tolerance;
  return near ? nearest : FloorOf(x);
}

void Round(StepKind kind, Source a, double scale, const Decision& decision, double* to) {
  Reals* out = Vectors(to);
  const Doubts doubts(decision);
  const Reals tolerance = All(decision.tolerance);
  // A tenth is no double, but ten is: to tens and hundreds the way back is a product.
  const double tens = scale < 1 ? std::round(1 / scale) : 1;
  const double parts = scale < 1 ? 1 : scale;
  With(a, [&](const auto& x) {
    for (size_t i = 0; i < kVectors; ++i) {
      const Reals scaled = x[i] * scale;
      Masks near;
      Reals whole;
      if (kind == StepKind::kRound) {
        whole = FloorWith(Magnitude(scaled) + 0.5, tolerance, near);
        whole = scaled < 0 ? -whole : whole;
      } else if (kind == StepKind::kFloor) {
        whole = FloorWith(scaled, tolerance, near);
      } else {
        whole = -FloorWith(-scaled, tolerance, near);
      }
      doubts.Note(i, near);
      out[i] = Missing(scaled) ? scaled : whole * tens / parts;
    }
  });
}

void Linear(Source a, const Step& step, double* to) {
  Reals* out = Vectors(to);
  const Reals first = All(step.pieces.front().x);
  const Reals last = All(step.last_x);
  With(a, [&](const auto& input) {
    for (size_t i = 0; i < kVectors; ++i) {
      Reals x = input[i];
      x = x < first ? first : x;
      x = x > last ? last : x;
      Reals from = first;
      Reals y = All(step.pieces.front().y);
      Reals slope = All(step.pieces.front().slope);
      for (size_t piece = 1; piece < step.pieces.size(); ++piece) {
        const Masks here = x >= step.pieces[piece].x;
        from = here ? All(step.pieces[piece].x) : from;
        y = here ? All(step.pieces[piece].y) : y;
        slope = here ? All(step.pieces[piece].slope) : slope;
      }
      out[i] = y + (x - from) * slope;
    }
  });
}

size_t Total(const Masks& count) {
  size_t rows = 0;
  for (size_t i = 0; i < kLanes; ++i) rows += static_cast<size_t>(count[i]);
  return rows;
}

size_t OtherThanOne(Source a, double tolerance, int64_t* to) {
  Masks* rough = Vectors(to);
  Masks count = {};
  const Reals near = All(tolerance);
  With(a, [&](const auto& x) {
    for (size_t i = 0; i < kVectors; ++i) {
      rough[i] = Magnitude(x[i] - 1) > near;
      count -= rough[i];
    }
  });
  return Total(count);
}

// a·b as the sum of two doubles (Dekker 1971, Veltkamp's splitting): exact without a fused
// multiplication, which not every machine has.
inline void ExactProduct(Reals a, Reals b, Reals& high, Reals& low) {
#ifdef STEELYARD_FUSED
  high = a * b;
  low = Fused(a, b, -high);
#else
  constexpr double kSplit = 0x1p27 + 1;
  const Reals a_part = kSplit * a;
  const Reals a_high = a_part - (a_part - a);
  const Reals a_low = a - a_high;
  const Reals b_part = kSplit * b;
  const Reals b_high = b_part - (b_part - b);
  const Reals b_low = b - b_high;
  high = a * b;
  low = ((a_high * b_high - high) + a_high * b_low + a_low * b_high) + a_low * b_low;
#endif
}

// a ÷ b = k ÷ places in whole numbers: a·shift = k·factor·b, compared exactly.
size_t Roughness(const Quotients& quotients, int64_t* to) {
  Masks count = {};
  Masks* rough = Vectors(to);
  const Reals* quotient = Vectors(quotients.quotient);
  With(quotients.a, quotients.b, [&](const auto& a, const auto& b) {
    for (size_t i = 0; i < kVectors; ++i) {
      Reals left[2];
      Reals right[2];
      ExactProduct(Nearest(a[i] * quotients.a_scale), All(quotients.shift), left[0], left[1]);
      ExactProduct(Nearest(quotient[i] * quotients.places) * quotients.factor,
                   Nearest(b[i] * quotients.b_scale), right[0], right[1]);
      rough[i] = ((left[0] - right[0]) != (right[1] - left[1])) & ~Missing(quotient[i]);
      count -= rough[i];
    }
  });
  return Total(count);
}

void RoughWithin(Source x, const Step& curve, double tolerance, const int64_t* from, int64_t* to) {
  const Masks* rough = Vectors(from);
  Masks* out = Vectors(to);
  const double first = curve.pieces.front().x - tolerance;
  const double last = curve.last_x + tolerance;
  With(x, [&](const auto& at) {
    for (size_t i = 0; i < kVectors; ++i) {
      out[i] = rough[i] & (at[i] >= first) & (at[i] <= last);
    }
  });
}

void EitherRough(const int64_t* a, const int64_t* b, int64_t* out) {
  for (size_t i = 0; i < kVectors; ++i) Vectors(out)[i] = Vectors(a)[i] | Vectors(b)[i];
}

// --- digits -------------------------------------------------------------------------------------

constexpr double kPowers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10,
                              1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21};
constexpr int kFirstLimit = 9;  // kLimits[i] is 10^(i - kFirstLimit)
constexpr double kLimits[] = {1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1,
                              1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,
                              1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
constexpr double kSmallestShown = 1e-8;
constexpr double kLargestShown = 1e14;
constexpr double kRounding = 0x1p-53;

// The decimal exponents of numbers between kSmallestShown and kLargestShown; from the binary ones
// they are known but for one.
inline Masks ExponentsOf(Reals sizes) {
  const Masks guess = ((((Masks)sizes >> 52) - 1023) * 1233) >> 12;
  Reals limits;
  for (size_t lane = 0; lane < kLanes; ++lane) {
    limits[lane] = kLimits[guess[lane] + 1 + kFirstLimit];
  }
  return guess - (sizes >= limits);
}

inline Reals PowersOf(Masks places) {
  Reals powers;
  for (size_t lane = 0; lane < kLanes; ++lane) powers[lane] = kPowers[places[lane]];
  return powers;
}

inline uint64_t EightDigits(uint64_t number) {
  const uint64_t high = (number * 109951163) >> 40;  // ÷ 10,000, for eight digits
  const uint64_t fours = high | ((number - high * 10000) << 32);
  const uint64_t hundreds = ((fours * 10486) >> 20) & 0x0000007f0000007f;
  const uint64_t pairs = hundreds | ((fours - hundreds * 100) << 16);
  const uint64_t tens = ((pairs * 103) >> 10) & 0x000f000f000f000f;
  return tens | ((pairs - tens * 10) << 8);
}

void SplitDigits(RoundedBlock& out) {
  for (size_t i = 0; i < kBlockRows; ++i) {
    constexpr double kHalf = 1e8;
    const double units = out.units[i] < 0 ? -out.units[i] : out.units[i];
    // The product may be off by one whole.
    double high = static_cast<double>(static_cast<int64_t>(units * 1e-8));
    double low = units - high * kHalf;
    high = low < 0 ? high - 1 : high;
    low = low < 0 ? low + kHalf : low;
    high = low >= kHalf ? high + 1 : high;
    low = low >= kHalf ? low - kHalf : low;
    out.high[i] = EightDigits(static_cast<uint64_t>(static_cast<int64_t>(high)));
    out.low[i] = EightDigits(static_cast<uint64_t>(static_cast<int64_t>(low)));
  }
}

void RoundBlock(const double* block, const Rounding& how, RoundedBlock& out) {
  constexpr double kSlack = 1 + 0x1p-20;
  constexpr double kLargestUnits = 0x1p50;
  constexpr double kMoneyFrom = 1e10 * 0.999;
  constexpr double kLeastUnits = 1e11;  // of numbers with 12 digits
  constexpr double kReaches = kLeastUnits - 0.04;
  const Reals* values = Vectors(block);
  const double most = how.is_money ? kMoneyFrom : kLargestShown;
  const Masks none = {};
  const Masks fixed = how.places < 0 ? none : ~none;
  const Masks zeros = how.zero ? ~none : none;
  const Masks halves = how.half ? ~none : none;
  const Masks fixed_places = none + static_cast<int64_t>(how.places);
  const Masks least = none + static_cast<int64_t>(how.min_places);
  for (size_t i = 0; i < kVectors; ++i) {
    const Reals value = values[i] / how.unit;
    const Reals size = Magnitude(value);
    const Reals by_size = size * how.relative;
    const Reals error = by_size < how.error ? by_size : All(how.error);
    const Masks in_range = (size >= kSmallestShown) & (size <= most);
    const Masks digits = 11 - ExponentsOf(in_range ? size : All(1));
    const Masks wanted = fixed ? fixed_places : digits;
    const Masks places = wanted < least ? least : wanted;
    const Reals power = PowersOf(places);
    const Reals scaled = size * power;
    const Masks small = scaled < kLargestUnits;
    const Reals below = FloorOf(small ? scaled : All(0));
    const Reals tolerance = (error * power + scaled * kRounding) * kSlack;
    const Reals past_half = scaled - below - 0.5;
    const Masks near = Magnitude(past_half) <= tolerance;
    const Reals whole = below + (((past_half > 0) | near) ? All(1) : All(0));
    const Masks is_zero = size <= error;  // also 0 itself
    const Masks zero = is_zero & zeros;
    // Below a power of ten there is one more decimal, which rounding has to reach the power from.
    const Masks below_power = ~fixed & (whole == kLeastUnits) & (scaled - tolerance < kReaches);
    const Masks told = small & (~near | halves) & ~is_zero & (in_range | fixed) & ~below_power;
    Vectors(out.units.data())[i] = zero ? All(0) : (value < 0 ? -whole : whole);
    Vectors(out.places.data())[i] = zero ? least : (told ? places : ~none);
  }
  SplitDigits(out);
}

}  // namespace

extern const Kernels STEELYARD_KERNELS;
const Kernels STEELYARD_KERNELS = {Size,        Decimals,    Add,       Subtract,  Multiply,
                                   Divide,      Unary,       Extreme,   Compare,   Logic,
                                   Choose,      Round,       Linear,    Roughness, OtherThanOne,
                                   RoughWithin, EitherRough, RoundBlock};

}  // namespace steelyard::fast
