// The possible range of a number: what it can be, whatever the data, as far as that follows from
// the limits of columns and from what the operations do. Wider than the truth where in doubt.
#pragma once

#include <unordered_map>

#include "engine/check/bands.h"
#include "engine/check/figures.h"
#include "engine/check/model.h"

namespace steelyard {

class Ranges {
 public:
  Ranges(const Model& model, Figures& figures) : model_(model), figures_(figures) {}

  // All values the term can have where it has one; without ends for what is no number.
  const Interval& Of(TermId id);

 private:
  void LookAhead();
  Interval Compute(const Term& term);
  Interval OfColumn(const Term& term) const;
  Interval OfScoring(const Term& term);
  const Interval& OfScore();
  Interval FindScore();
  Interval OfMap(const Term& term);
  Interval OfFunction(const Term& term);
  Interval OfCurve(const Term& term);
  Interval OfPower(const Term& term);
  Interval OfFolded(const Term& term);
  Interval OfTime(const Term& term);
  Interval AllOf(const std::vector<TermId>& terms, size_t first);
  bool IsShare(const Term& division);
  TermId WithoutFactorOne(TermId id);

  const Model& model_;
  Figures& figures_;
  std::unordered_map<int32_t, Interval> known_;  // by term
  std::optional<Interval> score_;
  bool looked_ahead_ = false;
};

// Operations on ranges, each a range that holds all results.
Interval Hull(const Interval& a, const Interval& b);
Interval Sum(const Interval& a, const Interval& b);
Interval Negative(const Interval& a);
Interval Product(const Interval& a, const Interval& b);
Interval Quotient(const Interval& a, const Interval& b);  // by what is not 0
bool Holds(const Interval& interval, const Number& number);

}  // namespace steelyard
