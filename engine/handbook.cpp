#include "engine/handbook.h"

#include "engine/check/check.h"
#include "engine/compare.h"
#include "engine/compare/compare.h"
#include "engine/handbook/handbook.h"
#include "engine/lower_cards.h"
#include "engine/rulefile/load.h"

namespace steelyard {

namespace {

// A card without errors, and what it means. The model points into the file.
struct CheckedCard {
  std::optional<RuleFile> file;
  std::optional<Model> model;
};

std::unique_ptr<CheckedCard> ReadCard(Session& session, const std::string& path) {
  auto card = std::make_unique<CheckedCard>();
  card->file = LoadRuleFile(session.sources, path, session.sink);
  // Of a library there is nothing more to say: what its names mean is up to the cards.
  if (!card->file || !card->file->scorecard.present()) return nullptr;
  card->model = Check(*card->file, session.sink);
  if (!card->model) return nullptr;
  CardShelf shelf(session);
  CheckLowerCards(shelf, *card->file, *card->model, {CardPath(path)}, session.sink);
  return session.sink.HasErrors() ? nullptr : std::move(card);
}

// Between the earlier version and the card. Empty after a report.
std::optional<std::vector<Change>> ChangesSince(Session& session, const std::string& since,
                                                const RuleFile& card, HandbookOutcome& outcome) {
  std::optional<VersionSource> source = OpenVersion(since, session.sink);
  if (!source) return std::nullopt;
  outcome.earlier = std::move(source->session);
  Session& earlier = *outcome.earlier;
  const auto before = LoadRuleFile(earlier.sources, source->path, earlier.sink);
  if (!before || earlier.sink.HasErrors()) return std::nullopt;
  return CompareRules({*before, earlier.sources, source->prefix}, {card, session.sources, ""});
}

}  // namespace

HandbookOutcome MakeHandbook(Session& session, const HandbookOptions& options) {
  HandbookOutcome outcome;
  const std::unique_ptr<CheckedCard> card = ReadCard(session, options.rules);
  if (!card) return outcome;
  std::optional<std::vector<Change>> changes;
  if (!options.since.empty()) {
    changes = ChangesSince(session, options.since, *card->file, outcome);
    if (!changes) return outcome;
  }
  const HandbookDocument document =
      WriteHandbook(*card->model, options.language, changes ? &*changes : nullptr);
  outcome.text = options.format == HandbookFormat::kHtml ? ToHtml(document) : ToMarkdown(document);
  return outcome;
}

}  // namespace steelyard
