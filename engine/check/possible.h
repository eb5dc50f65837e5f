// Can these conditions come about together? `stage = 'growth'` and `stage = 'mature'` cannot, nor
// can `x > 5` and `x <= 3`. «No» is certain; «yes» also stands for «not known».
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/check/bands.h"
#include "engine/check/figures.h"
#include "engine/check/model.h"
#include "engine/check/range.h"

namespace steelyard {

// Which truth values a condition may have: a set of these.
using Truths = uint8_t;
constexpr Truths kHolds = 1;
constexpr Truths kFails = 2;
constexpr Truths kUnknown = 4;  // something in it is missing
constexpr Truths kHoldsNot = kFails | kUnknown;
constexpr Truths kHoldsOrUnknown = kHolds | kUnknown;

// Something asked of the data: that a condition has one of some truth values, that a comparison
// with a constant has, that a value is missing (or is not), that the evaluation date lies between
// two dates.
struct Need {
  enum class Kind : uint8_t { kTruth, kCompare, kPresence, kDates };
  Kind kind = Kind::kTruth;
  TermId term;
  TermId other;  // kCompare: the right side, or else `constant`
  Value constant;
  MapOp op = MapOp::kEqual;
  Truths truths = kHolds;
  bool missing = false;  // kPresence
  std::optional<Date> from;
  std::optional<Date> until;

  static Need Truth(TermId condition, Truths truths);
  static Need Equal(TermId term, Value constant);
  static Need Present(TermId term, bool present);
  static Need Dates(std::optional<Date> from, std::optional<Date> until);
};

class Possibility {
 public:
  Possibility(const Model& model, Figures& figures, Ranges& ranges)
      : model_(model), figures_(figures), ranges_(ranges) {}

  bool CanHold(const std::vector<Need>& needs);
  // What the last answer took, in steps.
  size_t effort() const { return effort_; }

 private:
  // What a figure may still be.
  struct Domain {
    IntervalSet numbers;          // of numbers, dates, moments
    std::set<std::string> texts;  // these, or all others
    bool other_texts = false;
    Truths truths = 0;  // of conditions; for anything, whether it may be missing
    bool empty() const { return numbers.empty() && texts.empty() && !other_texts && truths == 0; }
  };
  using Store = std::map<int32_t, Domain>;
  using Needs = std::vector<Need>;
  using Choice = std::vector<Needs>;  // one of these must be met

  bool Search(Needs needs, Store store, std::vector<Choice> choices);
  bool Branch(const Store& store, std::vector<Choice> choices);
  // Turns a need into simpler ones, of which one must be met; narrows the store where it can. None
  // where it cannot be met.
  Choice Expand(const Need& need, Store& store);
  Choice ExpandTruth(const Need& need, Store& store);
  Choice ExpandMap(const Term& term, Truths truths, TermId id, Store& store);
  Choice ExpandIn(const Term& term, Truths truths);
  Choice ExpandCompare(Need need, Store& store);
  Choice ExpandChosen(const Need& need, const Term& chosen);
  Choice CompareWithConstant(const Need& need, Store& store);
  Choice CompareTerms(const Need& need, Store& store);
  std::optional<Choice> ExpandZero(const Need& need);
  Choice Narrow(TermId id, Store& store, const Domain& allowed);
  Choice Decide(int32_t figure, Truths truths, Store& store) const;
  Domain Initial(TermId id);
  std::optional<Value> Constant(TermId id) const;
  bool IsForeign(const Term& term) const;

  const Model& model_;
  Figures& figures_;
  Ranges& ranges_;
  int steps_ = 0;
  size_t effort_ = 0;
  std::map<std::vector<int32_t>, int32_t> comparisons_;  // of two figures, as figures: below 0
};

}  // namespace steelyard
