// Dates and times as people put them into tables: `2026-04-01`, `2026/4/1`, `2026年4月1日`,
// `20260401`, with a time of day behind it or not.
#pragma once

#include <optional>
#include <string_view>

#include "engine/base/calendar.h"
#include "engine/diag/diagnostic.h"

namespace steelyard {

struct DateRead {
  std::optional<DateTime> value;
  HelpKind why = HelpKind::kWhyNotDate;  // where there is no value
};

// `text` is trimmed and folded. Orders other than year, month, day are refused: 03/04/2026 is the
// third of April to some readers and the fourth of March to others.
DateRead ReadDateTime(std::string_view text);

}  // namespace steelyard
