// The façade's calls over rule files and files to be written.
#include "engine/steelyard.h"

#include "engine/check/check.h"
#include "engine/data/atomic_file.h"
#include "engine/lower_cards.h"
#include "engine/program/lower.h"
#include "engine/rulefile/load.h"

namespace steelyard {
namespace {

size_t FormulaCount(const Model& model) {
  return model.definitions.size() + model.vetoes.size() + model.interlocks.size() +
         model.alerts.size() + model.additions.size();
}

// A library's names mean something only in the cards that import it; what was read of it is all
// that can be checked.
CheckOutcome LibraryOutcome(const RuleFile& file, bool passed) {
  CheckOutcome outcome;
  outcome.passed = passed;
  outcome.is_library = true;
  outcome.indicators = file.indicators.size();
  outcome.formulas = file.parameters.size() + file.values.size() + file.indicators.size() +
                     file.interlocks.size() + file.vetoes.size() + file.alerts.size();
  return outcome;
}

}  // namespace

CheckOutcome CheckRules(Session& session, const std::string& path, bool want_dump) {
  CheckOutcome outcome;
  // Files of one run are judged apart: an earlier one's errors are not this one's.
  DiagnosticSink own;
  const std::optional<RuleFile> file = LoadRuleFile(session.sources, path, own, true);
  if (file && file->is_library) {
    session.sink.Append(own);
    return LibraryOutcome(*file, !own.HasErrors());
  }
  std::optional<Model> model;
  if (file) model = Check(*file, own);
  if (model) CheckLowerCards(session, *file, *model, {CardPath(path)}, own);
  session.sink.Append(own);
  if (!model || own.HasErrors()) return outcome;
  outcome.passed = true;
  outcome.indicators = model->indicators.size();
  outcome.formulas = FormulaCount(*model);
  if (want_dump) outcome.dump = Dump(Lower(*model));
  return outcome;
}

bool WriteFile(Session& session, const std::string& path, const std::string& text) {
  std::optional<AtomicFile> file = AtomicFile::Create(path, session.sink);
  if (!file) return false;
  file->stream() << text;
  return file->Commit(session.sink);
}

}  // namespace steelyard
