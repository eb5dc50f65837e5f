// The façade's call for `doc`: a scorecard as a handbook for the people who are scored.
#pragma once

#include <optional>
#include <string>

#include "engine/steelyard.h"

namespace steelyard {

enum class HandbookFormat : uint8_t { kMarkdown, kHtml };

struct HandbookOptions {
  std::string rules;
  HandbookFormat format = HandbookFormat::kMarkdown;
  Language language = Language::kEnglish;
};

// The text of the handbook. Empty exactly when errors were reported (in the session's sink).
std::optional<std::string> MakeHandbook(Session& session, const HandbookOptions& options);

}  // namespace steelyard
