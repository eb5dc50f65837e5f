#include "engine/diag/codes.h"

#include <algorithm>

#include "engine/base/text.h"

namespace steelyard {

std::optional<DiagKind> KindOf(std::string_view code) {
  for (size_t i = 0; i < static_cast<size_t>(DiagKind::kCount); ++i) {
    if (Info(static_cast<DiagKind>(i)).code == code) return static_cast<DiagKind>(i);
  }
  return std::nullopt;
}

std::vector<DiagKind> KindsByCode() {
  std::vector<DiagKind> kinds;
  for (size_t i = 0; i < static_cast<size_t>(DiagKind::kCount); ++i) {
    kinds.push_back(static_cast<DiagKind>(i));
  }
  std::sort(kinds.begin(), kinds.end(),
            [](DiagKind a, DiagKind b) { return Info(a).code < Info(b).code; });
  return kinds;
}

std::string TitleOf(DiagKind kind, Language language) {
  std::string title;
  std::string_view rest = Info(kind).text[static_cast<size_t>(language)];
  while (!rest.empty()) {
    const size_t open = rest.find('{');
    title += rest.substr(0, open);
    if (open == std::string_view::npos) break;
    if (!title.ends_with("…")) title += "…";
    rest.remove_prefix(rest.find('}', open) + 1);
  }
  return title;
}

std::optional<std::string> NearestCode(std::string_view word) {
  std::vector<std::string> codes;
  for (const DiagKind kind : KindsByCode()) codes.emplace_back(Info(kind).code);
  return NearestName(word, codes);
}

bool IsHouseRule(DiagKind kind) {
  return kind >= DiagKind::kTooManyIndicators && kind <= DiagKind::kCardLacks;
}

bool MayBeAllowed(DiagKind kind) {
  if (kind == DiagKind::kAllowanceUnused) return false;  // the comment itself can go
  return IsHouseRule(kind) || Info(kind).severity != Severity::kError;
}

}  // namespace steelyard
