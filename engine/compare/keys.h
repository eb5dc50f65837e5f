// What is said in two rule files, as texts that are equal where the same is meant.
#pragma once

#include <string>
#include <vector>

#include "engine/compare/mark.h"
#include "engine/compare/names.h"
#include "engine/compare/outline.h"

namespace steelyard {

// Where something is said.
struct KeyPlace {
  NameKeys::Side side = NameKeys::Side::kBefore;
  Entity self;  // the thing whose it is
  bool lower_is_better = false;
  bool wild = false;  // see NormalOptions
};
KeyPlace PlaceIn(const Item& item, NameKeys::Side side, bool wild = false);

class Keys {
 public:
  explicit Keys(const NameKeys& names) : names_(names) {}

  std::vector<KeyedPiece> Pieces(const Said& said, const KeyPlace& place) const;
  std::string Of(const Said& said, const KeyPlace& place) const;
  // By what an item is found again in the other file: its id, or the thing that it is about.
  // Empty for those that go by their place.
  std::string Identity(const Item& item, const Item* parent, NameKeys::Side side) const;
  const NameKeys& names() const { return names_; }

 private:
  KeyedPiece Key(const Piece& piece, const KeyPlace& place) const;
  std::string NameKey(const Piece& piece, const KeyPlace& place) const;

  const NameKeys& names_;
};

const Leaf* FindLeaf(const Item& item, std::string_view field);
Entity EntityOf(const Item& item);

}  // namespace steelyard
