// Which parts of two texts differ: of formulas the smallest parts of their trees.
#pragma once

#include <utility>
#include <vector>

#include "engine/compare/change.h"
#include "engine/compare/normal.h"
#include "engine/compare/outline.h"

namespace steelyard {

// Places in the two files that the other one does not have.
struct Marks {
  std::vector<Span> before;
  std::vector<Span> after;
};

void MarkFormulas(const Normal& before, const Normal& after, Marks& marks);

// A piece with what it is compared by; `normal` is of a formula that could be parsed.
struct KeyedPiece {
  const Piece* piece = nullptr;
  std::string key;
  Normal normal;
};

// Both texts with what differs marked.
std::pair<MarkedText, MarkedText> MarkTexts(const std::vector<KeyedPiece>& before,
                                            const std::vector<KeyedPiece>& after);

// For each of `before` which one of `after` it is, -1 for none; in order, as many as can be.
std::vector<int> Align(const std::vector<std::string>& before,
                       const std::vector<std::string>& after);

}  // namespace steelyard
