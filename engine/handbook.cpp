#include "engine/handbook.h"

#include "engine/check/check.h"
#include "engine/handbook/handbook.h"
#include "engine/lower_cards.h"
#include "engine/rulefile/load.h"
#include "engine/rulefile/policy.h"
#include "engine/test_files.h"

namespace steelyard {

namespace {

// A library, tests and house rules have nobody that they score.
bool IsCard(const RuleFile& file, const std::string& path) {
  return !file.is_library && !IsPolicyPath(path) && !IsTestFile(path);
}

}  // namespace

std::optional<std::string> MakeHandbook(Session& session, const HandbookOptions& options) {
  DiagnosticSink faults;
  const auto file = LoadRuleFile(session.sources, options.rules, faults, true);
  if (file && !IsCard(*file, options.rules)) {
    session.sink.Report(DiagKind::kNoScorecard, Span(), {options.rules})
        .Because(HelpKind::kNameACard);
    return std::nullopt;
  }
  session.sink.Append(faults);
  if (!file) return std::nullopt;
  const std::optional<Model> model = Check(*file, session.sink);
  if (!model) return std::nullopt;
  CardShelf shelf(session);
  CheckLowerCards(shelf, *file, *model, {CardPath(options.rules)}, session.sink);
  if (session.sink.HasErrors()) return std::nullopt;
  const Document document = WriteHandbook(*model, options.language);
  return options.format == HandbookFormat::kHtml ? ToHtml(document) : ToMarkdown(document);
}

}  // namespace steelyard
