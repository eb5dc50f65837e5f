// Aggregates over exact values: missing cells are passed over, and their causes kept for where
// nothing else was there.
#include "engine/exact/aggregate.h"

#include <algorithm>
#include <set>

#include "engine/base/check.h"

namespace steelyard {
namespace {

using Cells = std::vector<const Value*>;

Cells Present(const Cells& all) {
  Cells present;
  for (const Value* cell : all) {
    if (!cell->missing()) present.push_back(cell);
  }
  return present;
}

// Halves first: fractions with many denominators stay small as long as they can.
Number SumOf(const std::vector<Number>& numbers, size_t begin, size_t end) {
  if (begin == end) return Number();
  if (end - begin == 1) return numbers[begin];
  if (end - begin <= 8) {
    Number sum = numbers[begin];
    for (size_t i = begin + 1; i < end; ++i) sum += numbers[i];
    return sum;
  }
  const size_t middle = begin + (end - begin) / 2;
  return SumOf(numbers, begin, middle) + SumOf(numbers, middle, end);
}

Number SumOf(const std::vector<Number>& numbers) { return SumOf(numbers, 0, numbers.size()); }

std::vector<Number> Numbers(const Cells& cells) {
  std::vector<Number> numbers;
  numbers.reserve(cells.size());
  for (const Value* cell : cells) numbers.push_back(cell->number());
  return numbers;
}

Number Size(size_t count) { return Number(static_cast<int64_t>(count)); }

Number Mean(const std::vector<Number>& numbers) { return SumOf(numbers) / Size(numbers.size()); }

// Σ (x − mean of x)(y − mean of y).
Number CrossDeviation(const std::vector<Number>& x, const std::vector<Number>& y) {
  const Number mean_x = Mean(x);
  const Number mean_y = Mean(y);
  std::vector<Number> products;
  for (size_t i = 0; i < x.size(); ++i) products.push_back((x[i] - mean_x) * (y[i] - mean_y));
  return SumOf(products);
}

Value Stddev(const std::vector<Number>& x) {
  if (x.size() < 2) return MissingCause::kTooFewRows;
  return *Sqrt(CrossDeviation(x, x) / Size(x.size() - 1));
}

Cells Ordered(Cells cells) {
  std::stable_sort(cells.begin(), cells.end(),
                   [](const Value* a, const Value* b) { return CompareValues(*a, *b) < 0; });
  return cells;
}

// Inclusive: the ends are the 0th and 100th percentile, between ranks in proportion.
Value PercentileLinear(const Cells& present, const Number& p) {
  const Cells ordered = Ordered(present);
  const Number rank = p * Size(ordered.size() - 1);
  const auto below = static_cast<size_t>(*Floor(rank).ToInt64());
  const Number& low = ordered[below]->number();
  if (below + 1 >= ordered.size()) return low;
  return low + (ordered[below + 1]->number() - low) * (rank - Size(below));
}

Value PercentileNearest(const Cells& present, const Number& p) {
  const Cells ordered = Ordered(present);
  const int64_t rank = *Ceil(p * Size(ordered.size())).ToInt64();
  return *ordered[static_cast<size_t>(std::max<int64_t>(rank, 1) - 1)];
}

Value Percentile(AggregateOp op, const Cells& present, const Value& p) {
  if (p.missing()) return p;
  if (p.number().Sign() < 0 || p.number() > Number(1)) return MissingCause::kNoRealResult;
  return op == AggregateOp::kPercentile ? PercentileLinear(present, p.number())
                                        : PercentileNearest(present, p.number());
}

// Rows in which both series are present.
std::pair<std::vector<Number>, std::vector<Number>> Both(const Series& series) {
  std::pair<std::vector<Number>, std::vector<Number>> both;
  for (size_t i = 0; i < series.x.size(); ++i) {
    if (series.x[i]->missing() || series.y[i]->missing()) continue;
    both.first.push_back(series.x[i]->number());
    both.second.push_back(series.y[i]->number());
  }
  return both;
}

Value WeightedAvg(const Series& series) {
  const auto [x, weights] = Both(series);
  if (x.empty()) return MissingCause::kNoRows;
  std::vector<Number> products;
  for (size_t i = 0; i < x.size(); ++i) products.push_back(x[i] * weights[i]);
  const Number whole = SumOf(weights);
  if (whole.IsZero()) return MissingCause::kDivisionByZero;
  return SumOf(products) / whole;
}

// Pearson's r as the signed root of its square, so that a rational r comes out exact.
Value Correlation(const Series& series) {
  const auto [x, y] = Both(series);
  if (x.size() < 2) return MissingCause::kTooFewRows;
  const Number spread = CrossDeviation(x, x) * CrossDeviation(y, y);
  if (spread.IsZero()) return MissingCause::kDivisionByZero;
  const Number together = CrossDeviation(x, y);
  const Number root = *Sqrt(together * together / spread);
  return together.Sign() < 0 ? -root : root;
}

// any: true decides; all: false decides; an unknown one leaves it open.
Value Quantified(const Cells& all, bool deciding) {
  const Value* unknown = nullptr;
  for (const Value* cell : all) {
    if (cell->missing()) {
      if (unknown == nullptr) unknown = cell;
    } else if (cell->truth() == deciding) {
      return deciding;
    }
  }
  return unknown != nullptr ? *unknown : Value(!deciding);
}

struct Less {
  bool operator()(const Value* a, const Value* b) const { return CompareValues(*a, *b) < 0; }
};

Value CountDistinct(const Cells& present) {
  const std::set<const Value*, Less> different(present.begin(), present.end());
  return Size(different.size());
}

Value Extreme(const Cells& present, bool largest) {
  const Value* best = present[0];
  for (const Value* cell : present) {
    const int order = CompareValues(*cell, *best);
    if (largest ? order > 0 : order < 0) best = cell;
  }
  return *best;
}

Value FoldPresent(AggregateOp op, const Cells& present, const Value& p) {
  switch (op) {
    case AggregateOp::kSum: return SumOf(Numbers(present));
    case AggregateOp::kAvg: return Mean(Numbers(present));
    case AggregateOp::kMin: return Extreme(present, false);
    case AggregateOp::kMax: return Extreme(present, true);
    case AggregateOp::kMedian: return PercentileLinear(present, Number::Fraction(1, 2));
    case AggregateOp::kPercentile:
    case AggregateOp::kPercentileNearest: return Percentile(op, present, p);
    case AggregateOp::kStddev: return Stddev(Numbers(present));
    case AggregateOp::kFirst: return *present.front();
    default: return *present.back();
  }
}

// `all` is in order.
Value RankOf(const std::vector<Number>& all, const Number& x) {
  const auto above = all.end() - std::upper_bound(all.begin(), all.end(), x);
  return Number(static_cast<int64_t>(above) + 1);
}

Value PercentRankOf(const std::vector<Number>& all, const Number& x) {
  if (all.size() == 1) return Number(1);
  const auto below = std::lower_bound(all.begin(), all.end(), x) - all.begin();
  return Number(static_cast<int64_t>(below)) / Size(all.size() - 1);
}

Value ZscoreOf(const Number& mean, const Value& deviation, const Number& x) {
  if (deviation.missing()) return deviation;
  if (deviation.number().IsZero()) return MissingCause::kDivisionByZero;
  return (x - mean) / deviation.number();
}

}  // namespace

Value Fold(AggregateOp op, const Series& series, const Value& p) {
  if (op == AggregateOp::kAny) return Quantified(series.x, true);
  if (op == AggregateOp::kAll) return Quantified(series.x, false);
  const Cells present = Present(series.x);
  if (op == AggregateOp::kCount) return Size(present.size());
  if (op == AggregateOp::kCountDistinct) return CountDistinct(present);
  if (series.x.empty()) {
    return op == AggregateOp::kSum ? Value(Number()) : Value(MissingCause::kNoRows);
  }
  if (present.empty()) return *series.x[0];
  if (op == AggregateOp::kWeightedAvg) return WeightedAvg(series);
  if (op == AggregateOp::kCorr) return Correlation(series);
  return FoldPresent(op, present, p);
}

std::vector<Value> RankAll(RankOp op, const std::vector<const Value*>& x) {
  std::vector<Number> all = Numbers(Present(x));
  std::sort(all.begin(), all.end());
  const Number mean = all.empty() ? Number() : Mean(all);
  const Value deviation = op == RankOp::kZscore ? Stddev(all) : Value(MissingCause::kNoRows);
  std::vector<Value> ranks;
  for (const Value* cell : x) {
    if (cell->missing()) {
      ranks.push_back(*cell);
    } else if (op == RankOp::kRank) {
      ranks.push_back(RankOf(all, cell->number()));
    } else if (op == RankOp::kPercentRank) {
      ranks.push_back(PercentRankOf(all, cell->number()));
    } else {
      ranks.push_back(ZscoreOf(mean, deviation, cell->number()));
    }
  }
  return ranks;
}

}  // namespace steelyard
