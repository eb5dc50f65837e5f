// What a case gives, as a run takes it: tables in memory, and values in the place of formulas.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/data/given.h"
#include "engine/exact/links.h"
#include "engine/program/program.h"
#include "engine/testing/constant.h"
#include "engine/testing/draft.h"

namespace steelyard {

// A row of the subject's table that cannot be used, in a case that expects this.
struct UnusedSubject {
  std::vector<std::string> keys;  // as they were written
  Reject reject;
};

struct GivenData {
  DataSet data;
  std::vector<size_t> subjects;  // for each row of the subject's table, its place in the draft
  std::vector<UnusedSubject> unused;
};

// `may_reject`: a row of the subject's table may be unusable. Any other row must be good. Empty
// exactly when a mistake was reported.
std::optional<GivenData> LoadDraft(const Model& model, const Draft& draft, const SourceSet& sources,
                                   FileId file, bool may_reject, DiagnosticSink& sink);

// A value in the place of a formula, read.
struct StandInValue {
  size_t subject = 0;  // row of the draft
  std::optional<Period> period;
  Value value;
};
struct StandIn {
  DefinitionId definition;
  std::vector<StandInValue> values;
};
std::optional<std::vector<StandIn>> ReadStandIns(const Model& model, const Draft& draft,
                                                 ConstantReader& constants, DiagnosticSink& sink);

// The model with these formulas taken out.
Model WithStandIns(const Model& model, const std::vector<StandIn>& stand_ins);
// What the run gives for them; missing where the case says nothing.
std::vector<std::vector<Value>> StandInColumns(const Model& model,
                                               const std::vector<StandIn>& stand_ins,
                                               const GivenData& given, const RunFrame& frame);

// May a case of one period give these values? Those of another are of use only where the program
// looks back to it or across all periods. False after a report.
bool CheckValuePeriods(const Program& program, const Draft& draft, const Period& period,
                       DiagnosticSink& sink);

// A case that gives values knows nothing of tables that it does not give: what is folded from their
// rows is missing, rather than the sum of nothing.
Program WithoutUnknownRows(Program program, const Draft& draft);

}  // namespace steelyard
