// Codes of messages, and what may be done about them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/diag/diagnostic.h"

namespace steelyard {

// `SY0203`; empty for what is no code.
std::optional<DiagKind> KindOf(std::string_view code);
// All of them, by code.
std::vector<DiagKind> KindsByCode();
// Its message with `…` in the place of each argument.
std::string TitleOf(DiagKind kind, Language language);
// The code that was probably meant.
std::optional<std::string> NearestCode(std::string_view word);

// A breach of house rules: as grave as the line that asks for it says.
bool IsHouseRule(DiagKind kind);
// A comment in the rule file may allow it: warnings, and breaches of house rules.
bool MayBeAllowed(DiagKind kind);

}  // namespace steelyard
