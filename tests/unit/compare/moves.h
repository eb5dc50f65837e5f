// Two versions of rules and some data that a test writes down, compared.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/compare_data.h"

namespace steelyard {

struct MovesText {
  std::map<std::string, std::string> files;  // `old.yaml`, `new.yaml`, and what they import
  std::map<std::string, std::string> data;   // table name to CSV text
  std::vector<Change> changes;
  std::string period;
};

struct MovesFound {
  std::string old_errors;  // rendered
  std::string new_errors;
  std::optional<Movers> movers;
  std::vector<Change> changes;
};

MovesFound CompareTexts(const MovesText& text);

// A change of which only the place is known: `indicators`, `nps`, `formula`.
Change ChangeAt(Section section, const std::string& id, const std::string& field,
                ChangeKind kind = ChangeKind::kChanged);

// All movers, one a line: who, both sides, and the parts by cause.
std::string MoversAsText(const Movers& movers);

}  // namespace steelyard
