// What the names in a case stand for, and what to say where they stand for nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/check/model.h"
#include "engine/diag/diagnostic.h"

namespace steelyard {

// May its value be given by a case, instead of being computed? Indicators and named values may.
bool CanBeGiven(const Definition& definition);
// The indicator or named value of this id or name; not valid where there is none.
DefinitionId FindDefinition(const Model& model, const std::string& name);

// The nearest of `names`; where none is near, all `ids`.
void Suggest(Diagnostic& diagnostic, const std::string& name, const std::vector<std::string>& names,
             const std::vector<std::string>& ids);

// A period of the scorecard's kind; empty where that was reported.
std::optional<Period> ReadPeriod(const Schema& schema, const Word& text, DiagnosticSink& sink);

}  // namespace steelyard
