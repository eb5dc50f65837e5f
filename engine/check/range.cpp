// What a term can be: each operation's range from the ranges of what it is made of.
#include "engine/check/range.h"

#include <algorithm>

#include "engine/check/check.h"

namespace steelyard {
namespace {

const Number kZero;
const Number kOne = Number(1);

Interval FromTo(std::optional<Number> low, std::optional<Number> high) {
  return {std::move(low), std::move(high), false, false};
}

Interval NotNegative() { return FromTo(kZero, std::nullopt); }

bool IsNotNegative(const Interval& a) { return a.low && a.low->Sign() >= 0; }
bool IsNotPositive(const Interval& a) { return a.high && a.high->Sign() <= 0; }

// Limits grow with the formulas they are computed by; one that is too long is no limit.
constexpr size_t kMaxBits = 2000;

Interval Short(Interval a) {
  if (a.low && a.low->Bits() > kMaxBits) a.low.reset();
  if (a.high && a.high->Bits() > kMaxBits) a.high.reset();
  return a;
}

// An end of a range: a number, or beyond all numbers on one side.
struct End {
  int beyond = 0;
  Number at;
};

End LowEnd(const Interval& a) { return a.low ? End{0, *a.low} : End{-1, {}}; }
End HighEnd(const Interval& a) { return a.high ? End{0, *a.high} : End{1, {}}; }
int SignOf(const End& end) { return end.beyond != 0 ? end.beyond : end.at.Sign(); }

bool Less(const End& a, const End& b) {
  if (a.beyond != b.beyond) return a.beyond < b.beyond;
  return a.beyond == 0 && a.at < b.at;
}

// 0 times whatever is 0.
End Times(const End& a, const End& b) {
  const int sign = SignOf(a) * SignOf(b);
  if (sign == 0) return {};
  if (a.beyond != 0 || b.beyond != 0) return {sign, {}};
  return {0, a.at * b.at};
}

// 1 ÷ a, of a range on one side of 0.
Interval Inverse(const Interval& a) {
  Interval inverse;
  if (IsNotNegative(a)) {
    inverse.low = a.high ? kOne / *a.high : kZero;
    inverse.low_open = a.high ? a.high_open : true;
    if (!a.low->IsZero()) inverse.high = kOne / *a.low;
    inverse.high_open = a.low_open;
    return inverse;
  }
  return Negative(Inverse(Negative(a)));
}

// Of clamp(x, low, high): between the limits, and one of the three.
Interval Bounded(const Interval& x, const Interval& low, const Interval& high) {
  const Interval any = Hull(Hull(x, low), high);
  const Interval limits = Hull(low, high);
  Interval both = any;
  if (limits.low && (!both.low || *limits.low > *both.low)) {
    both.low = limits.low;
    both.low_open = limits.low_open;
  }
  if (limits.high && (!both.high || *limits.high < *both.high)) {
    both.high = limits.high;
    both.high_open = limits.high_open;
  }
  return both;
}

Interval Size(const Interval& a) {
  if (IsNotNegative(a)) return a;
  if (IsNotPositive(a)) return Negative(a);
  Interval size = NotNegative();
  if (a.low && a.high) size.high = std::max(*a.high, -*a.low);
  return size;
}

Interval Rounded(MapOp op, Interval a, bool whole) {
  a.low_open = a.high_open = false;
  const auto rounded = [&](const Number& x) {
    if (op == MapOp::kFloor) return Floor(x);
    return op == MapOp::kCeil ? Ceil(x) : Round(x, 0);
  };
  if (whole) {
    if (a.low) a.low = rounded(*a.low);
    if (a.high) a.high = rounded(*a.high);
    return a;
  }
  // To decimals or tens that are not looked at here: the sign is all that stays.
  return IsNotNegative(a) ? NotNegative() : Interval{};
}

Interval Extreme(const Interval& a, const Interval& b, bool largest) {
  if (!largest) return Negative(Extreme(Negative(a), Negative(b), true));
  Interval result = Hull(a, b);
  result.low = a.low;
  result.low_open = a.low_open;
  if (!a.low || (b.low && *b.low > *a.low)) {
    result.low = b.low;
    result.low_open = b.low_open;
  } else if (b.low && *b.low == *a.low) {
    result.low_open = a.low_open || b.low_open;
  }
  return result;
}

Interval Remainder(const Interval& divisor) {
  if (IsNotNegative(divisor)) return {kZero, divisor.high, false, true};
  if (IsNotPositive(divisor)) return {divisor.low, kZero, true, false};
  return {};
}

// Of any number of values, none included.
Interval SumOfMany(const Interval& each) {
  if (IsNotNegative(each)) return NotNegative();
  if (IsNotPositive(each)) return FromTo(std::nullopt, kZero);
  return {};
}

}  // namespace

Interval Hull(const Interval& a, const Interval& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  Interval hull = BeginsBefore(b, a) ? b : a;
  hull.high = a.high;
  hull.high_open = a.high_open;
  if (!a.high) return hull;
  if (!b.high || *b.high > *a.high) {
    hull.high = b.high;
    hull.high_open = b.high_open;
  } else if (*b.high == *a.high) {
    hull.high_open = a.high_open && b.high_open;
  }
  return hull;
}

Interval Sum(const Interval& a, const Interval& b) {
  Interval sum;
  if (a.low && b.low) sum.low = *a.low + *b.low;
  if (a.high && b.high) sum.high = *a.high + *b.high;
  sum.low_open = a.low_open || b.low_open;
  sum.high_open = a.high_open || b.high_open;
  return Short(std::move(sum));
}

Interval Negative(const Interval& a) {
  Interval negative;
  if (a.high) negative.low = -*a.high;
  if (a.low) negative.high = -*a.low;
  negative.low_open = a.high_open;
  negative.high_open = a.low_open;
  return negative;
}

Interval Product(const Interval& a, const Interval& b) {
  const End corners[] = {Times(LowEnd(a), LowEnd(b)), Times(LowEnd(a), HighEnd(b)),
                         Times(HighEnd(a), LowEnd(b)), Times(HighEnd(a), HighEnd(b))};
  const auto [low, high] = std::minmax_element(std::begin(corners), std::end(corners), Less);
  Interval product;
  if (low->beyond == 0) product.low = low->at;
  if (high->beyond == 0) product.high = high->at;
  // Ends count as reached, which is more than the truth where they are open; but of factors that
  // are never 0 no product is.
  const bool never = !Holds(a, kZero) && !Holds(b, kZero);
  product.low_open = never && product.low && product.low->IsZero();
  product.high_open = never && product.high && product.high->IsZero();
  return Short(std::move(product));
}

Interval Quotient(const Interval& a, const Interval& b) {
  if (b.empty() || (!IsNotNegative(b) && !IsNotPositive(b))) return {};
  const bool zero = b.low && b.high && b.low->IsZero() && b.high->IsZero();
  return zero ? Interval{} : Product(a, Inverse(b));
}

bool Holds(const Interval& interval, const Number& number) {
  if (interval.low && (number < *interval.low || (interval.low_open && number == *interval.low))) {
    return false;
  }
  return !interval.high ||
         (number <= *interval.high && !(interval.high_open && number == *interval.high));
}

const Interval& Ranges::Of(TermId id) {
  static const Interval kAnything;
  if (!id.valid() || !model_.term(id).type.IsNumber()) return kAnything;
  if (const auto found = known_.find(id.value); found != known_.end()) return found->second;
  LookAhead();
  Interval range = Compute(model_.term(id));
  if (range.empty()) range = {};  // of limits that exclude each other: told elsewhere
  return known_.emplace(id.value, std::move(range)).first->second;
}

// What a formula uses comes before it: long chains of values are climbed from below, each a step.
void Ranges::LookAhead() {
  if (looked_ahead_) return;
  looked_ahead_ = true;
  for (const TermId id : TermsOfDefinitions(model_)) Of(id);
}

Interval Ranges::Compute(const Term& term) {
  switch (term.kind) {
    case TermKind::kConstant:
      if (!term.constant.is_number()) return {};
      return FromTo(term.constant.number(), term.constant.number());
    case TermKind::kColumn: return OfColumn(term);
    case TermKind::kDefinition: return Of(model_.definition(term.definition).term);
    case TermKind::kScoring: return OfScoring(term);
    case TermKind::kMap: return OfMap(term);
    case TermKind::kAggregate:
    case TermKind::kAmong: return OfFolded(term);
    case TermKind::kRank:
      if (term.rank == RankOp::kRank) return FromTo(kOne, std::nullopt);
      return term.rank == RankOp::kPercentRank ? FromTo(kZero, kOne) : Interval{};
    case TermKind::kTime: return OfTime(term);
    default: return {};
  }
}

// Rows outside the limits of a column are turned away, and counts below 0.
Interval Ranges::OfColumn(const Term& term) const {
  const ColumnSchema& column = model_.schema.column(term.column);
  const Number scale = column.type.unit.Scale();
  Interval range;
  if (column.min) range.low = *column.min * scale;
  if (column.max) range.high = *column.max * scale;
  const bool counts = column.type.form == NumberForm::kCount;
  if (counts && (!range.low || range.low->Sign() < 0)) range.low = kZero;
  return range;
}

Interval Ranges::OfScoring(const Term& term) {
  switch (term.scoring) {
    case ScoringFigure::kWeight:
    case ScoringFigure::kDimensionWeight: return FromTo(kZero, kOne);
    case ScoringFigure::kScore: return OfScore();
    default: return {};
  }
}

// Looked for once: it goes through everything that the card has.
const Interval& Ranges::OfScore() {
  if (!score_) score_ = FindScore();
  return *score_;
}

// From 0 to the highest cap, unless something later may set or lift it.
Interval Ranges::FindScore() {
  const auto amounts_below_zero = [&](const std::vector<GateModel>& gates) {
    for (const GateModel& gate : gates) {
      for (const EffectModel& effect : gate.effects) {
        if (effect.amount.valid() && !IsNotNegative(Of(effect.amount))) return true;
      }
    }
    return false;
  };
  if (amounts_below_zero(model_.interlocks) || amounts_below_zero(model_.vetoes)) return {};
  Interval range = NotNegative();
  if (!model_.additions.empty()) return range;
  Number highest;
  for (const IndicatorModel& indicator : model_.indicators) {
    if (indicator.scored) highest = std::max(highest, indicator.cap);
  }
  for (const auto* gates : {&model_.interlocks, &model_.vetoes}) {
    for (const GateModel& gate : *gates) {
      for (const EffectModel& effect : gate.effects) {
        if (!effect.amount.valid()) continue;
        const Interval& amount = Of(effect.amount);
        if (!amount.high) return range;
        highest = std::max(highest, *amount.high);
      }
    }
  }
  range.high = Ceil(highest);  // the score is rounded
  return range;
}

Interval Ranges::AllOf(const std::vector<TermId>& terms, size_t first) {
  Interval all = Of(terms[first]);
  for (size_t i = first + 1; i < terms.size(); ++i) {
    const Term& term = model_.term(terms[i]);
    if (term.kind == TermKind::kConstant && term.constant.missing()) continue;
    all = Hull(all, Of(terms[i]));
  }
  return all;
}

Interval Ranges::OfMap(const Term& term) {
  const auto at = [&](size_t index) -> const Interval& { return Of(term.inputs[index]); };
  switch (term.map) {
    case MapOp::kAdd: return Sum(at(0), at(1));
    case MapOp::kSubtract:
      if (figures_.Of(term.inputs[0]) == figures_.Of(term.inputs[1])) return FromTo(kZero, kZero);
      return Sum(at(0), Negative(at(1)));
    case MapOp::kMultiply: {
      const bool square = figures_.Of(term.inputs[0]) == figures_.Of(term.inputs[1]);
      return square ? Product(Size(at(0)), Size(at(0))) : Product(at(0), at(1));
    }
    case MapOp::kDivide: return IsShare(term) ? FromTo(kZero, kOne) : Quotient(at(0), at(1));
    case MapOp::kSafeDivide: return Hull(Quotient(at(0), at(1)), at(2));
    case MapOp::kNegate: return Negative(at(0));
    case MapOp::kIf:
    case MapOp::kIfTrue: {
      const Term& then = model_.term(term.inputs[1]);
      const bool nothing = then.kind == TermKind::kConstant && then.constant.missing();
      return AllOf(term.inputs, nothing ? 2 : 1);
    }
    case MapOp::kCoalesce: return AllOf(term.inputs, 0);
    case MapOp::kGiven: return at(1);
    default: return OfFunction(term);
  }
}

Interval Ranges::OfFunction(const Term& term) {
  const auto at = [&](size_t index) -> const Interval& { return Of(term.inputs[index]); };
  switch (term.map) {
    case MapOp::kAbs: return Size(at(0));
    case MapOp::kRound:
    case MapOp::kFloor:
    case MapOp::kCeil: return Rounded(term.map, at(0), term.inputs.size() == 1);
    case MapOp::kMin:
    case MapOp::kMax: {
      Interval result = at(0);
      for (size_t i = 1; i < term.inputs.size(); ++i) {
        result = Extreme(result, at(i), term.map == MapOp::kMax);
      }
      return result;
    }
    case MapOp::kClamp: return Bounded(at(0), at(1), at(2));
    case MapOp::kSqrt:
    case MapOp::kLength: return NotNegative();
    case MapOp::kExp: return {kZero, std::nullopt, false, false};
    case MapOp::kPower: return OfPower(term);
    case MapOp::kMod: return Remainder(at(1));
    case MapOp::kLinear: return OfCurve(term);
    case MapOp::kYear: return FromTo(kOne, Number(9999));
    case MapOp::kMonth: return FromTo(kOne, Number(12));
    case MapOp::kQuarter: return FromTo(kOne, Number(4));
    default: return {};
  }
}

Interval Ranges::OfCurve(const Term& term) {
  Interval curve = Of(term.inputs[2]);
  for (size_t i = 4; i < term.inputs.size(); i += 2) curve = Hull(curve, Of(term.inputs[i]));
  return curve;
}

Interval Ranges::OfPower(const Term& term) {
  const auto exponent = ConstantValue(model_, term.inputs[1]);
  const auto whole =
      exponent && exponent->is_number() ? exponent->number().ToInt64() : std::optional<int64_t>();
  const bool even = whole && *whole % 2 == 0;
  return even || IsNotNegative(Of(term.inputs[0])) ? NotNegative() : Interval{};
}

Interval Ranges::OfFolded(const Term& term) {
  const Interval& each = Of(term.inputs[0]);
  switch (term.aggregate) {
    case AggregateOp::kSum: return SumOfMany(each);
    case AggregateOp::kCount:
    case AggregateOp::kCountDistinct:
    case AggregateOp::kStddev: return NotNegative();
    case AggregateOp::kCorr: return FromTo(-kOne, kOne);
    case AggregateOp::kWeightedAvg: return IsNotNegative(Of(term.inputs[1])) ? each : Interval{};
    case AggregateOp::kAny:
    case AggregateOp::kAll: return {};
    default: return each;
  }
}

Interval Ranges::OfTime(const Term& term) {
  switch (term.time) {
    case TimeOp::kStreak: return NotNegative();
    case TimeOp::kTrailingSum:
    case TimeOp::kYearToDate: return SumOfMany(Of(term.inputs[0]));
    default: return Of(term.inputs[0]);
  }
}

// `… × 100%` is there for the eye only.
TermId Ranges::WithoutFactorOne(TermId id) {
  id = figures_.Behind(id);
  const Term& term = model_.term(id);
  if (term.kind != TermKind::kMap || term.map != MapOp::kMultiply) return id;
  for (size_t i = 0; i < 2; ++i) {
    const Term& factor = model_.term(term.inputs[i]);
    const bool one = factor.kind == TermKind::kConstant && factor.constant.is_number() &&
                     factor.constant.number() == kOne;
    if (one) return WithoutFactorOne(term.inputs[1 - i]);
  }
  return id;
}

// Some of the rows, over all of them: a sum or count with a condition, over the same without.
bool Ranges::IsShare(const Term& division) {
  const Term& part = model_.term(WithoutFactorOne(division.inputs[0]));
  const Term& whole = model_.term(WithoutFactorOne(division.inputs[1]));
  if (part.kind != TermKind::kAggregate || whole.kind != TermKind::kAggregate) return false;
  if (part.aggregate != whole.aggregate || whole.condition.valid()) return false;
  if (part.source.table != whole.source.table || part.grain != whole.grain) return false;
  if (part.count_rows != whole.count_rows) return false;
  if (!part.count_rows && figures_.Of(part.inputs[0]) != figures_.Of(whole.inputs[0])) return false;
  if (part.aggregate == AggregateOp::kCount) return true;
  return part.aggregate == AggregateOp::kSum && IsNotNegative(Of(part.inputs[0]));
}

}  // namespace steelyard
