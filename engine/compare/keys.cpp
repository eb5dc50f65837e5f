#include "engine/compare/keys.h"

#include <algorithm>

#include "engine/base/text.h"
#include "engine/schema/unit.h"

namespace steelyard {

const Leaf* FindLeaf(const Item& item, std::string_view field) {
  for (const Leaf& leaf : item.leaves) {
    if (leaf.field == field) return &leaf;
  }
  return nullptr;
}

Entity EntityOf(const Item& item) { return EntityOf(item.section, item.id); }

KeyPlace PlaceIn(const Item& item, NameKeys::Side side, bool wild) {
  KeyPlace place{side, EntityOf(item), false, wild};
  const Leaf* better = FindLeaf(item, "better");
  place.lower_is_better = better != nullptr && Shown(better->said) == "lower";
  return place;
}

std::string Keys::NameKey(const Piece& piece, const KeyPlace& place) const {
  switch (piece.name_of) {
    case NameOf::kGrade: return names_.Renamed(place.side, EntityOf(Section::kGrades, piece.text));
    case NameOf::kColumn: return names_.OfColumn(place.side, piece.table, piece.text, place.wild);
    case NameOf::kTable:
    case NameOf::kAnything: break;
  }
  return names_.Of(place.side, piece.text, {}, place.wild);
}

KeyedPiece Keys::Key(const Piece& piece, const KeyPlace& place) const {
  KeyedPiece keyed;
  keyed.piece = &piece;
  if (piece.kind == Piece::Kind::kName) {
    keyed.key = "name " + NameKey(piece, place);
  } else if (piece.formula == nullptr) {
    keyed.key = piece.text;
  } else if (!piece.formula->parsed()) {
    keyed.key = piece.formula->source.text;
  } else {
    NormalOptions options;
    options.side = place.side;
    options.self = place.self;
    options.wild = place.wild;
    options.words = piece.kind == Piece::Kind::kConstant;
    options.value_target = piece.kind == Piece::Kind::kTarget;
    options.lower_is_better = place.lower_is_better;
    keyed.normal = Normalize(*piece.formula, names_, options);
    keyed.key = keyed.normal.key;
  }
  return keyed;
}

std::vector<KeyedPiece> Keys::Pieces(const Said& said, const KeyPlace& place) const {
  std::vector<KeyedPiece> pieces;
  for (const Piece& piece : said.pieces) pieces.push_back(Key(piece, place));
  if (!said.as_set) return pieces;
  // In one order on both sides, with the separators between them again.
  std::vector<KeyedPiece> members;
  std::vector<KeyedPiece> glue;
  for (KeyedPiece& piece : pieces) {
    (piece.piece->kind == Piece::Kind::kGlue ? glue : members).push_back(std::move(piece));
  }
  std::stable_sort(members.begin(), members.end(),
                   [](const KeyedPiece& a, const KeyedPiece& b) { return a.key < b.key; });
  pieces.clear();
  for (size_t i = 0; i < members.size(); ++i) {
    if (i > 0) pieces.push_back(glue[i - 1]);
    pieces.push_back(std::move(members[i]));
  }
  return pieces;
}

std::string Keys::Of(const Said& said, const KeyPlace& place) const {
  std::string key;
  for (const KeyedPiece& piece : Pieces(said, place)) {
    key += piece.key;
    key += '\x1f';
  }
  return key;
}

std::string Keys::Identity(const Item& item, const Item* parent, NameKeys::Side side) const {
  switch (item.role) {
    case Role::kPoint:
    case Role::kBand: return {};
    case Role::kWeight:
    case Role::kSet:
    case Role::kChange:
      return std::to_string(static_cast<int>(item.role)) + names_.Of(side, item.id, {}, false);
    case Role::kEvent: {
      // The same event, though it be a column of another table.
      const std::string column = names_.OfColumn(side, item.name, item.id, false);
      return column.substr(column.find('.') + 1);
    }
    case Role::kParent: return "parent " + names_.Of(side, item.id, {}, false);
    case Role::kShare: return names_.Renamed(side, EntityOf(Section::kGrades, item.id));
    case Role::kColumn: return names_.Renamed(side, ColumnEntity(parent->id, item.id));
    case Role::kTier:
    case Role::kPart: return NormalizeName(item.id);
    default: return names_.Renamed(side, EntityOf(item));
  }
}

}  // namespace steelyard
