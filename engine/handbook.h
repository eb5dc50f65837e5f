// The façade's call for `doc`: a scorecard as a handbook for the people who are scored.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "engine/steelyard.h"

namespace steelyard {

enum class HandbookFormat : uint8_t { kMarkdown, kHtml };

struct HandbookOptions {
  std::string rules;
  HandbookFormat format = HandbookFormat::kMarkdown;
  Language language = Language::kEnglish;
  std::string since;  // an earlier version, a file or REV:path; empty: none
};

struct HandbookOutcome {
  std::optional<std::string> text;   // empty exactly when errors were reported
  std::unique_ptr<Session> earlier;  // what is wrong with the earlier version; null: there is none
};
// Errors of the card are in the session's sink.
HandbookOutcome MakeHandbook(Session& session, const HandbookOptions& options);

}  // namespace steelyard
