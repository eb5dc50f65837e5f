// Curves, bands and levels of a score, held against `better:` and against what the value can be.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/check/bands.h"
#include "engine/check/checking.h"

namespace steelyard {

// Points for some values: which, how many, where that is written.
struct Step {
  std::string at;
  Number points;
  Span span;
};

// A score that is judged: `possible` is what the value can be.
struct Judged {
  const IndicatorDecl& decl;
  DefinitionId value;
  Type type;
  Interval possible;
};

// Points that go the wrong way. `steps`: by rising values.
void JudgeDirection(Checking& checking, const Judged& score, const std::vector<Step>& steps);
// Bands that no value reaches, values that no band takes, bands that overlap, and points that go
// the wrong way, as far as conditions compare the value with constants. An `else` has no condition.
void JudgeBands(Checking& checking, const Judged& score, const std::vector<TermId>& conditions,
                const std::vector<Number>& points);
// Points that no possible value earns. `curve`: by rising values, level beyond its ends.
void JudgeCurve(Checking& checking, const Judged& score,
                const std::vector<std::pair<Number, Step>>& curve);

}  // namespace steelyard
