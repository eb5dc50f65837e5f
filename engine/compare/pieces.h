// What two versions of a scorecard differ in, as pieces that the old one can take over from the new
// one by one: a formula, a curve, the weights, a veto's condition. An old tree that took all of
// them is the new one.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/compare/change.h"
#include "engine/syntax/rule_file.h"

namespace steelyard {

struct TreePiece {
  Section section = Section::kCard;
  std::string id;     // of the thing; empty where the section is one thing
  std::string facet;  // `formula`, `score` …; empty: the thing is added or removed; `order`
  // A table of another card's results: its file. That card may have changed where this one did not.
  std::string lower_card;
  // Puts the new version's piece in the place of the old one's. The tree may be in any state
  // between the two; it keeps no reference to it.
  std::function<void(RuleFile&)> take;
};

// Both must outlive the pieces, and belong to one SourceSet. Pieces that are written otherwise and
// mean the same are left out.
std::vector<TreePiece> PiecesOf(const RuleFile& before, const RuleFile& after);

// Does the change say something about this piece?
bool Concerns(const Change& change, const TreePiece& piece);

}  // namespace steelyard
