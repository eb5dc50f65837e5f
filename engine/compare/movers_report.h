// Whom a change moves, for people and for machines.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "engine/compare/change.h"
#include "engine/compare/movers.h"
#include "engine/compare/page.h"
#include "engine/diag/diagnostic.h"

namespace steelyard {

struct MoversReport {
  const Movers& movers;
  const std::vector<Change>& changes;
  size_t top = 20;  // movers that are listed for people; 0: all
};

// A section of its own: its heading is of level 1.
Page MoversPage(const MoversReport& report, Language language);

// Everything, all movers included; docs/movers.md says what is what. Numbers are the differences
// of what results show; one that a JSON number could not hold exactly is a text.
nlohmann::ordered_json MoversJson(const MoversReport& report);

// `+4.1`, `-0.25`, `0`: all its decimals, and no fewer than `places`.
std::string SignedText(const Number& number, int places = 0);

}  // namespace steelyard
