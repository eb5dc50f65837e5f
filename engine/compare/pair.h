// Which thing of one file is which of the other.
#pragma once

#include <utility>
#include <vector>

#include "engine/compare/graph.h"
#include "engine/compare/keys.h"
#include "engine/compare/outline.h"

namespace steelyard {

// Two versions of a file with all that is known of them.
struct Compared {
  Outline before;
  Outline after;
  Names old_names;
  Names new_names;
  Graph old_graph;
  Graph new_graph;
  Renames renames;
  NameKeys name_keys;
  Keys keys;

  Compared(const RuleFile& old_file, const RuleFile& new_file);
  Compared(const Compared&) = delete;
  Compared& operator=(const Compared&) = delete;
};

// Things that only one file has, and that are the same but for the name they go by: a label that
// stayed, the same formula, formulas that speak of the one where they spoke of the other. In doubt
// they are two things.
void FindRenames(Compared& compared);

struct Pairing {
  std::vector<std::pair<const Item*, const Item*>> pairs;  // in the order of the new file
  std::vector<const Item*> removed;
  std::vector<const Item*> added;
  std::vector<const Item*> moved;  // of the new file: those that changed places with their like
};
Pairing Pair(const Compared& compared, const std::vector<const Item*>& before,
             const std::vector<const Item*>& after, const Item* old_parent, const Item* new_parent);

}  // namespace steelyard
