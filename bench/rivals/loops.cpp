// compute COLUMNS THREADS ROUNDS [ANSWERS]: the scorecard of manager.yaml as plain loops over
// blocks of columns, which the compiler vectorises; what handwritten_score.cpp is before it is
// tuned to a machine.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "bench/rivals/columns.h"

namespace bench {

namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
constexpr size_t kBlock = 1000;

struct Corner {
  double x, y;
};

// Straight lines between corners, level beyond them; a corner belongs to the line on its right.
template <size_t N>
inline double Linear(double x, const std::array<Corner, N>& corners) {
  double y = corners[0].y;
  for (size_t i = 0; i + 1 < N; ++i) {
    const double slope = (corners[i + 1].y - corners[i].y) / (corners[i + 1].x - corners[i].x);
    const double line = corners[i].y + (x - corners[i].x) * slope;
    y = x >= corners[i].x ? line : y;
  }
  return x >= corners[N - 1].x ? corners[N - 1].y : y;
}

inline double Divide(double numerator, double denominator) {
  const double quotient = numerator / denominator;
  return denominator == 0 ? kMissing : quotient;
}

constexpr std::array<Corner, 3> kShare = {{{0.10, 0}, {0.25, 60}, {0.40, 100}}};
constexpr std::array<Corner, 4> kClv = {{{0, 0}, {0.8, 60}, {1, 85}, {1.2, 100}}};
constexpr std::array<Corner, 3> kNps = {{{-0.2, 0}, {0.3, 60}, {0.7, 100}}};
constexpr std::array<Corner, 4> kClosure = {{{24, 100}, {48, 80}, {72, 60}, {120, 0}}};
constexpr std::array<Corner, 3> kPerHead = {{{0, 0}, {500'000, 60}, {1'000'000, 100}}};
constexpr std::array<Corner, 4> kDelivery = {{{0.70, 0}, {0.85, 60}, {0.95, 90}, {1, 100}}};
constexpr std::array<Corner, 3> kTalent = {{{-0.10, 0}, {0.05, 60}, {0.20, 100}}};
constexpr std::array<Corner, 3> kProposals = {{{0, 0}, {0.30, 60}, {0.60, 100}}};

// Rows `first` to `first + rows`, no more than a block.
class Block {
 public:
  Block(const Columns& inputs, Columns& answers, size_t first, size_t rows)
      : inputs_(inputs), answers_(answers), first_(first), rows_(rows) {}

  void Score() {
    Indicator(0, {kStrategicRevenue, kTotalRevenue}, kShare, 0.20, 0.10,
              [](double a, double b) { return Divide(a, b); });
    Indicator(1, {kAnnualRevenue, kServiceCost, kRetention, kClvTarget}, kClv, 0.15, 0.10,
              [](double a, double b, double c, double d) { return Divide((a - b) * c, d); });
    Indicator(2, {kPromoters, kSurveyed, kDetractors}, kNps, 0.15, 0.30,
              [](double a, double b, double c) { return Divide(a, b) - Divide(c, b); });
    Indicator(3, {kClosureHours, kIssues}, kClosure, 0.10, 0.10,
              [](double a, double b) { return Divide(a, b); });
    Indicator(4, {kStrategicRevenue, kHeadcount, kEffectiveMonths}, kPerHead, 0.10, 0.10,
              [](double a, double b, double c) { return Divide(a, b * c / 12); });
    Indicator(5, {kCompliantProjects, kDeliveredProjects}, kDelivery, 0.10, 0.20,
              [](double a, double b) { return Divide(a, b); });
    Indicator(6, {kKeyTalentEnd, kKeyTalentStart, kHeadcountStart}, kTalent, 0.10, 0.05,
              [](double a, double b, double c) { return Divide(a - b, c); });
    Indicator(7, {kAdoptedProposals, kTotalProposals}, kProposals, 0.10, 0.05,
              [](double a, double b) { return Divide(a, b); });
    Scores();
    Grades();
  }

 private:
  const double* In(size_t k) const { return inputs_[k] + first_; }
  double* Out(size_t k) { return answers_[k] + first_; }

  template <size_t N, size_t M, typename Formula>
  void Indicator(size_t k, const size_t (&figures)[N], const std::array<Corner, M>& corners,
                 double director, double manager, const Formula& formula) {
    const double* __restrict a = In(figures[0]);
    const double* __restrict b = In(figures[1]);
    const double* __restrict c = In(figures[N > 2 ? 2 : 0]);
    const double* __restrict d = In(figures[N > 3 ? 3 : 0]);
    const double* __restrict role = In(kRole);
    double* __restrict values = Out(k);
    double* __restrict points = Out(kFirstPoints + k);
    double* __restrict sums = sums_.data();
    double* __restrict weights = weights_.data();
    for (size_t i = 0; i < rows_; ++i) {
      double value;
      if constexpr (N == 2) value = formula(a[i], b[i]);
      if constexpr (N == 3) value = formula(a[i], b[i], c[i]);
      if constexpr (N == 4) value = formula(a[i], b[i], c[i], d[i]);
      const double earned = Linear(value, corners);
      const double weight = role[i] != 0 ? manager : director;
      values[i] = value;
      points[i] = value == value ? earned : kMissing;
      sums[i] += value == value ? weight * earned : 0;
      weights[i] += value == value ? weight : 0;
    }
  }

  void Scores() {
    const double* __restrict delivery = Out(5);
    const double* __restrict bribery = In(kBriberyCases);
    const double* __restrict sums = sums_.data();
    const double* __restrict weights = weights_.data();
    double* __restrict scores = Out(kScore);
    for (size_t i = 0; i < rows_; ++i) {
      const double mean = Divide(sums[i], weights[i]);
      const double low = mean > 79.9 ? 79.9 : mean;
      const double capped = delivery[i] < 0.85 ? low : mean;
      const double rounded = std::floor(capped * 100 + 0.5) / 100;
      scores[i] = bribery[i] > 0 ? 0 : rounded;
    }
  }

  void Grades() {
    const double* __restrict opening = In(kOpeningCustomers);
    const double* __restrict lost = In(kLostCustomers);
    const double* __restrict scores = Out(kScore);
    double* __restrict grades = Out(kGrade);
    for (size_t i = 0; i < rows_; ++i) {
      const double churn = 1 - Divide(opening[i] - lost[i], opening[i]);
      double grade = scores[i] < 90 ? 1.0 : 0.0;
      grade += scores[i] < 80 ? 1.0 : 0.0;
      grade += scores[i] < 70 ? 1.0 : 0.0;
      grade += scores[i] < 60 ? 1.0 : 0.0;
      grade += churn > 0.05 ? 1.0 : 0.0;
      grade = grade > 4 ? 4 : grade;
      grades[i] = scores[i] == scores[i] ? grade : kMissing;
    }
  }

  const Columns& inputs_;
  Columns& answers_;
  size_t first_, rows_;
  std::array<double, kBlock> sums_{};
  std::array<double, kBlock> weights_{};
};

Work Prepared(const Columns& inputs, Columns& answers, int threads) {
  return [&inputs, &answers, threads] {
    InParts(inputs.rows(), threads, [&](size_t first, size_t end) {
      for (size_t row = first; row < end; row += kBlock) {
        Block(inputs, answers, row, std::min(kBlock, end - row)).Score();
      }
    });
  };
}

}  // namespace

}  // namespace bench

int main(int count, char** arguments) {
  return bench::ComputeMain(count, arguments, bench::Prepared);
}
