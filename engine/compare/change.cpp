#include "engine/compare/change.h"

namespace steelyard {

std::string_view ToWord(Section section) {
  constexpr std::string_view kWords[] = {
      "card",    "data",       "parameters",   "values",      "indicators",   "missing",
      "weights", "dimensions", "profiles",     "adjustments", "additions",    "interlocks",
      "vetoes",  "alerts",     "grades",       "rounding",    "distribution", "outcomes",
      "pools",   "schedules",  "entitlements", "result",      "tests",        "policy"};
  return kWords[static_cast<size_t>(section)];
}

std::string_view ToWord(ChangeKind kind) {
  constexpr std::string_view kWords[] = {"added", "removed", "changed", "renamed", "moved"};
  return kWords[static_cast<size_t>(kind)];
}

std::string_view ToWord(ChangeEffect effect) {
  constexpr std::string_view kWords[] = {"results", "layout", "none"};
  return kWords[static_cast<size_t>(effect)];
}

std::string ChangePath::ToText() const {
  std::string text(ToWord(section));
  for (const std::string* step : {&id, &part, &field}) {
    if (!step->empty()) text += "." + *step;
  }
  return text;
}

}  // namespace steelyard
