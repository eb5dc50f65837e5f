// Formulas in the form in which equal ones look equal: names by what they mean, functions by their
// first name, sums and products without brackets and order, one way to compare.
#pragma once

#include <string>
#include <vector>

#include "engine/compare/names.h"
#include "engine/syntax/formula.h"

namespace steelyard {

struct Normal {
  std::string head;  // what it is: `+`, `call sum`, `name indicators:nps`, `1/5`
  std::vector<Normal> parts;
  bool unordered = false;  // `parts` in any order
  Span span;               // all of it, as it was written
  Span sign;               // the operator before it, or between its parts
  std::string key;         // the same for the same meaning
};

struct NormalOptions {
  NameKeys::Side side = NameKeys::Side::kBefore;
  Entity self;                // the thing whose formula it is
  bool wild = false;          // what only this file has is like any other such thing
  bool words = false;         // a plain name is a text
  bool value_target = false;  // a level alone is what `value` must reach
  bool lower_is_better = false;
};

// Of a formula that could be parsed.
Normal Normalize(const Formula& formula, const NameKeys& names, const NormalOptions& options);

}  // namespace steelyard
