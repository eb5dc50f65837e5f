// Whom a change moves, for people and for machines.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "engine/compare/change.h"
#include "engine/compare/movers.h"
#include "engine/compare/page.h"
#include "engine/diag/diagnostic.h"

namespace steelyard {

// What `--data` adds to a comparison of rules.
struct DataSection {
  // Errors that keep a version from being scored; what is different in the rules does not depend on
  // them. Warnings and rejected rows are not told here: `score` tells them.
  DiagnosticSink old_errors;
  DiagnosticSink new_errors;
  std::optional<Movers> movers;  // where both versions could be scored
  size_t top = 20;               // movers that are listed for people; 0: all
};

// For people, a section of its own: its heading is of level 1. `changes` are those that the causes
// speak of.
Page DataPage(const DataSection& data, const std::vector<Change>& changes, Language language);

// Everything, all movers included; docs/movers.md says what is what. Numbers are the differences
// of what results show; one that a JSON number could not hold exactly is a text.
nlohmann::ordered_json DataJson(const DataSection& data, const std::vector<Change>& changes);

// `+4.1`, `-0.25`, `0`: all its decimals, and no fewer than `places`.
std::string SignedText(const Number& number, int places = 0);

}  // namespace steelyard
