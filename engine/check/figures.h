// Figures: which terms always have the same value, whatever the data. `stage = 'growth'` in one
// place and `stage = 'mature'` in another speak of one figure, and so do a value and the formula
// behind it.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/check/model.h"

namespace steelyard {

// The formulas behind the names, each after those that it uses.
std::vector<TermId> TermsOfDefinitions(const Model& model);

class Figures {
 public:
  explicit Figures(const Model& model) : model_(model) {}

  // The same number for terms that, for one and the same subject, always have the same value.
  int32_t Of(TermId id);
  // The number of the evaluation date.
  int32_t AsOf();
  // The formula behind a name, if it says the same as the name; otherwise the term itself.
  TermId Behind(TermId id);

 private:
  using Key = std::vector<int64_t>;
  int32_t Number(const Key& key);
  TermId FormulaOf(TermId id) const;
  Key KeyOf(const Term& term);
  void AddParts(const Term& term, Key& key);
  int64_t Constant(const Value& value);

  const Model& model_;
  std::map<Key, int32_t> numbers_;
  std::map<std::string, int64_t> constants_;
  std::unordered_map<int32_t, int32_t> known_;  // by term
  std::unordered_map<int32_t, TermId> behind_;
  bool looked_ahead_ = false;
};

}  // namespace steelyard
