// An indicator that says whose cards it is for, on a card that says whose it is.
#include <algorithm>

#include "engine/check/checking.h"

namespace steelyard {
namespace {

bool IsAmong(const Word& word, const std::vector<Word>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](const Word& other) { return other.text == word.text; });
}

}  // namespace

void CheckLevels(Checking& checking) {
  for (const IndicatorModel& indicator : checking.model.indicators) {
    const std::vector<Word>& levels = indicator.decl->level;
    if (!indicator.scored || levels.empty()) continue;
    for (const Word& level : checking.file.level) {
      if (IsAmong(level, levels)) continue;
      checking.sink.Report(DiagKind::kLevelUnlike, levels[0].span, {indicator.id, level.text})
          .Because(HelpKind::kCardLevel, {}, level.span);
    }
  }
}

}  // namespace steelyard
