// The façade's calls over rule files and files to be written.
#include "engine/steelyard.h"

#include <algorithm>

#include "engine/check/check.h"
#include "engine/check/policy.h"
#include "engine/data/atomic_file.h"
#include "engine/lower_cards.h"
#include "engine/program/lower.h"
#include "engine/rulefile/load.h"
#include "engine/rulefile/load_tests.h"
#include "engine/rulefile/policy.h"
#include "engine/test_files.h"
#include "engine/verdict.h"

namespace steelyard {
namespace {

// What a library offers and the card does not use is not counted.
size_t FormulaCount(const Model& model) {
  const auto used = [&](const Definition& definition) {
    return definition.used || definition.span.file == model.file->file;
  };
  const auto definitions = std::count_if(model.definitions.begin(), model.definitions.end(), used);
  return static_cast<size_t>(definitions) + model.vetoes.size() + model.interlocks.size() +
         model.alerts.size() + model.additions.size();
}

// A library's names mean something only in the cards that import it; what was read of it is all
// that can be checked.
CheckOutcome LibraryOutcome(const RuleFile& file) {
  CheckOutcome outcome;
  outcome.is_library = true;
  outcome.indicators = file.indicators.size();
  outcome.formulas = file.parameters.size() + file.values.size() + file.indicators.size() +
                     file.interlocks.size() + file.vetoes.size() + file.alerts.size();
  return outcome;
}

// The house rules that were asked for, if there are any.
std::optional<Policy> ChosenPolicy(Session& session, const std::string& rules,
                                   const PolicyChoice& choice, DiagnosticSink& sink,
                                   CheckOutcome& outcome) {
  std::optional<std::string> path;
  if (!choice.path.empty()) {
    path = choice.path;
  } else if (choice.nearest) {
    path = FindPolicy(session.sources, rules, sink);
  }
  if (!path) return std::nullopt;
  std::optional<Policy> policy = LoadPolicy(session.sources, *path, sink);
  if (policy) outcome.policy = *path;
  return policy;
}

// Everything that is wrong with the rules themselves, and then with them by the house rules.
std::optional<Model> CheckWithPolicy(const RuleFile& file, const std::optional<Policy>& policy,
                                     DiagnosticSink& sink) {
  if (!policy) return Check(file, sink, nullptr, true);
  DiagnosticSink breaches;
  PolicyCheck house(*policy, file, breaches);
  std::optional<Model> model = Check(file, sink, &house, true);
  house.CheckFile();
  sink.Append(breaches);
  return model;
}

void Describe(const Model& model, bool want_dump, CheckOutcome& outcome) {
  for (const IndicatorModel& indicator : model.indicators) {
    const bool local = indicator.decl->id.span.file == model.file->file;
    if (local || indicator.scored) ++outcome.indicators;
  }
  outcome.formulas = FormulaCount(model);
  if (want_dump) outcome.dump = Dump(Lower(model));
}

// Hands over what is left to be told when comments and house rules have been heard.
void Conclude(Session& session, const std::string& path, const Policy* policy,
              const std::string& card, bool is_whole, const DiagnosticSink& own,
              CheckOutcome& outcome) {
  DiagnosticSink left = own;
  if (const SourceSet::Opened opened = session.sources.Open(path); !opened.failure) {
    Verdict verdict(session.sources, policy, card);
    left = verdict.Judge(opened.file, is_whole, own);
    outcome.allowed = verdict.TakeAllowed();
  }
  outcome.passed = !left.HasErrors();
  session.sink.Append(left);
}

CheckOutcome CheckCard(Session& session, const RuleFile& file, const std::string& path,
                       bool want_dump, const PolicyChoice& choice, DiagnosticSink& own) {
  CheckOutcome outcome;
  const auto policy = ChosenPolicy(session, path, choice, own, outcome);
  const std::optional<Model> model = CheckWithPolicy(file, policy, own);
  CardShelf shelf(session);
  if (model) CheckLowerCards(shelf, file, *model, {CardPath(path)}, own);
  const Policy* house = policy ? &*policy : nullptr;
  Conclude(session, path, house, file.scorecard.text, true, own, outcome);
  if (model && outcome.passed) Describe(*model, want_dump, outcome);
  return outcome;
}

}  // namespace

CheckOutcome CheckRules(Session& session, const std::string& path, bool want_dump,
                        const PolicyChoice& choice) {
  CheckOutcome outcome;
  // Files of one run are judged apart: an earlier one's errors are not this one's.
  DiagnosticSink own;
  if (IsTestFile(path)) {
    outcome.is_tests = true;
    LoadTestFile(session.sources, path, own);
  } else if (IsPolicyPath(path)) {
    outcome.is_policy = true;
    LoadPolicy(session.sources, path, own);
  } else if (const auto file = LoadRuleFile(session.sources, path, own, true)) {
    if (!file->is_library) return CheckCard(session, *file, path, want_dump, choice, own);
    outcome = LibraryOutcome(*file);
  }
  Conclude(session, path, nullptr, "", !outcome.is_library, own, outcome);
  return outcome;
}

bool WriteFile(Session& session, const std::string& path, const std::string& text) {
  std::optional<AtomicFile> file = AtomicFile::Create(path, session.sink);
  if (!file) return false;
  file->stream() << text;
  return file->Commit(session.sink);
}

}  // namespace steelyard
