#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <limits>

#include "bench/rivals/handwritten.h"

namespace bench {

namespace {

// A cache line of doubles, which is a register where the machine has AVX-512, and two or four
// elsewhere.
constexpr size_t kLanes = 8;
using Vector = double __attribute__((vector_size(kLanes * sizeof(double))));
using Whole = int64_t __attribute__((vector_size(kLanes * sizeof(int64_t))));

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr Vector kMissing = {kNaN, kNaN, kNaN, kNaN, kNaN, kNaN, kNaN, kNaN};
constexpr Vector kZero = {};

inline Vector Load(const double* from) {
  Vector vector;
  std::memcpy(&vector, from, sizeof vector);
  return vector;
}

#ifdef __AVX512F__
// Past the cache: nobody reads the answers back in this run.
inline void Store(const Vector& vector, double* to) { __builtin_ia32_movntpd512(to, vector); }
#else
inline void Store(const Vector& vector, double* to) { std::memcpy(to, &vector, sizeof vector); }
#endif

struct Corner {
  double x, y;
};

// Straight lines between corners, level beyond them. A corner belongs to the line on its right, so
// that it is met exactly.
template <size_t N>
inline Vector Linear(Vector x, const std::array<Corner, N>& corners) {
  Vector y = kZero + corners[0].y;
  for (size_t i = 0; i + 1 < N; ++i) {
    const double slope = (corners[i + 1].y - corners[i].y) / (corners[i + 1].x - corners[i].x);
    const Vector line = corners[i].y + (x - corners[i].x) * slope;
    y = x >= corners[i].x ? line : y;
  }
  return x >= corners[N - 1].x ? kZero + corners[N - 1].y : y;
}

inline Vector Divide(Vector numerator, Vector denominator) {
  return denominator == 0 ? kMissing : numerator / denominator;
}

constexpr std::array<Corner, 3> kShare = {{{0.10, 0}, {0.25, 60}, {0.40, 100}}};
constexpr std::array<Corner, 4> kClv = {{{0, 0}, {0.8, 60}, {1, 85}, {1.2, 100}}};
constexpr std::array<Corner, 3> kNps = {{{-0.2, 0}, {0.3, 60}, {0.7, 100}}};
constexpr std::array<Corner, 4> kClosure = {{{24, 100}, {48, 80}, {72, 60}, {120, 0}}};
constexpr std::array<Corner, 3> kPerHead = {{{0, 0}, {500'000, 60}, {1'000'000, 100}}};
constexpr std::array<Corner, 4> kDelivery = {{{0.70, 0}, {0.85, 60}, {0.95, 90}, {1, 100}}};
constexpr std::array<Corner, 3> kTalent = {{{-0.10, 0}, {0.05, 60}, {0.20, 100}}};
constexpr std::array<Corner, 3> kProposals = {{{0, 0}, {0.30, 60}, {0.60, 100}}};

// Adds one indicator to the sums, and gives it out with its points.
struct Sum {
  Whole manager;
  Vector points = kZero;
  Vector weights = kZero;
};

template <size_t N>
inline Vector Linear(Vector value, const std::array<Corner, N>& corners, double director,
                     double manager, Sum& sum) {
  const Whole missing = value != value;
  const Vector points = missing ? kZero : Linear(value, corners);
  const Vector weight = missing ? kZero : sum.manager ? kZero + manager : kZero + director;
  sum.points += weight * points;
  sum.weights += weight;
  return missing ? kMissing : points;
}

struct Scored {
  std::array<Vector, kIndicators> values;
  std::array<Vector, kIndicators> points;
  Vector score, grade;
};

inline void Values(const std::array<Vector, kInputs>& in, std::array<Vector, kIndicators>& values) {
  values[0] = Divide(in[kStrategicRevenue], in[kTotalRevenue]);
  values[1] = Divide((in[kAnnualRevenue] - in[kServiceCost]) * in[kRetention], in[kClvTarget]);
  values[2] = Divide(in[kPromoters], in[kSurveyed]) - Divide(in[kDetractors], in[kSurveyed]);
  values[3] = Divide(in[kClosureHours], in[kIssues]);
  values[4] = Divide(in[kStrategicRevenue], in[kHeadcount] * in[kEffectiveMonths] / 12);
  values[5] = Divide(in[kCompliantProjects], in[kDeliveredProjects]);
  values[6] = Divide(in[kKeyTalentEnd] - in[kKeyTalentStart], in[kHeadcountStart]);
  values[7] = Divide(in[kAdoptedProposals], in[kTotalProposals]);
}

// Half up to two decimals; what is rounded is never negative.
inline Vector Rounded(Vector score) {
  const Whole cents = __builtin_convertvector(score * 100 + 0.5, Whole);
  return score == score ? __builtin_convertvector(cents, Vector) / 100 : kMissing;
}

inline Vector Grade(Vector score, Vector churn) {
  const Vector one = kZero + 1;
  Vector grade = kZero;
  for (const double step : {90.0, 80.0, 70.0, 60.0}) grade += score < step ? one : kZero;
  grade += churn > 0.05 ? one : kZero;
  grade = grade > 4 ? kZero + 4 : grade;
  return score == score ? grade : kMissing;
}

inline Scored ScoreLanes(const std::array<Vector, kInputs>& in) {
  Scored out;
  auto& v = out.values;
  Values(in, v);
  Sum sum{in[kRole] != 0};
  out.points[0] = Linear(v[0], kShare, 0.20, 0.10, sum);
  out.points[1] = Linear(v[1], kClv, 0.15, 0.10, sum);
  out.points[2] = Linear(v[2], kNps, 0.15, 0.30, sum);
  out.points[3] = Linear(v[3], kClosure, 0.10, 0.10, sum);
  out.points[4] = Linear(v[4], kPerHead, 0.10, 0.10, sum);
  out.points[5] = Linear(v[5], kDelivery, 0.10, 0.20, sum);
  out.points[6] = Linear(v[6], kTalent, 0.10, 0.05, sum);
  out.points[7] = Linear(v[7], kProposals, 0.10, 0.05, sum);
  Vector score = Divide(sum.points, sum.weights);
  score = v[5] < 0.85 ? (score > 79.9 ? kZero + 79.9 : score) : score;
  score = Rounded(score);
  out.score = in[kBriberyCases] > 0 ? kZero : score;
  const Vector opening = in[kOpeningCustomers];
  out.grade = Grade(out.score, 1 - Divide(opening - in[kLostCustomers], opening));
  return out;
}

}  // namespace

void ScoreRows(const Inputs& inputs, const Outputs& outputs, size_t rows) {
  const auto& in = inputs.columns;
  const auto& out = outputs.columns;
  for (size_t row = 0; row < rows; row += kLanes) {
    std::array<Vector, kInputs> x;
    for (size_t k = 0; k < kInputs; ++k) x[k] = Load(in[k] + row);
    const Scored scored = ScoreLanes(x);
    for (size_t k = 0; k < kIndicators; ++k) Store(scored.values[k], out[k] + row);
    for (size_t k = 0; k < kIndicators; ++k) Store(scored.points[k], out[kFirstPoints + k] + row);
    Store(scored.score, out[kScore] + row);
    Store(scored.grade, out[kGrade] + row);
  }
}

}  // namespace bench
