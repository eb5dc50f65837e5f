// Names, types, units, grain, weights: everything about a rule file that can be known before any
// data is read.
#pragma once

#include <optional>

#include "engine/check/model.h"
#include "engine/check/weight_outcome.h"
#include "engine/diag/diagnostic.h"
#include "engine/syntax/rule_file.h"

namespace steelyard {

// Checks the whole file, and keeps going after a mistake, so that one run reports them all. Empty
// exactly when this call reported an error or `file` had unread parts that the sink already holds.
// The model points into `file`, which must outlive it. `observer`, if there is one, is shown all
// weights that the file can come to. `with_findings`: also warns of what is right and hardly meant;
// for `check`, not for every run.
std::optional<Model> Check(const RuleFile& file, DiagnosticSink& sink,
                           WeightObserver* observer = nullptr, bool with_findings = false);

// A formula by itself, for `eval`: over the columns, parameters and values of `file` (which need
// not score anything), at the grain of its subject. A leading `name =` of an undefined name is a
// label.
struct CheckedFormula {
  Model model;
  TermId term;
};
std::optional<CheckedFormula> CheckFormula(const RuleFile& file, const Formula& formula,
                                           DiagnosticSink& sink);

// The value of a term that depends on nothing; empty where it depends on data or the run.
std::optional<Value> ConstantValue(const Model& model, TermId term);

}  // namespace steelyard
