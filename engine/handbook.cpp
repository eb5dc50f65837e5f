#include "engine/handbook.h"

#include "engine/check/check.h"
#include "engine/handbook/handbook.h"
#include "engine/lower_cards.h"
#include "engine/rulefile/load.h"

namespace steelyard {

std::optional<std::string> MakeHandbook(Session& session, const HandbookOptions& options) {
  const auto file = LoadRuleFile(session.sources, options.rules, session.sink);
  // Of a library there is nothing more to say: what its names mean is up to the cards.
  if (!file || !file->scorecard.present()) return std::nullopt;
  const std::optional<Model> model = Check(*file, session.sink);
  if (!model) return std::nullopt;
  CardShelf shelf(session);
  CheckLowerCards(shelf, *file, *model, {CardPath(options.rules)}, session.sink);
  if (session.sink.HasErrors()) return std::nullopt;
  const Document document = WriteHandbook(*model, options.language);
  return options.format == HandbookFormat::kHtml ? ToHtml(document) : ToMarkdown(document);
}

}  // namespace steelyard
