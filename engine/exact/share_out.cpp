#include "engine/exact/share_out.h"

#include <algorithm>

namespace steelyard {
namespace {

struct Piece {
  size_t row = 0;
  Number floor;
  Number remainder;
};

// Why nothing can be divided, or the whole.
Value CommonWhole(const std::vector<const Value*>& wholes) {
  for (const Value* whole : wholes) {
    if (whole->missing()) return *whole;
    if (whole->number() != wholes[0]->number()) return MissingCause::kAmountsDiffer;
  }
  return *wholes[0];
}

void HandOutRest(std::vector<Piece>& pieces, const Number& whole) {
  Number left = whole;
  for (const Piece& piece : pieces) left = left - piece.floor;
  std::stable_sort(pieces.begin(), pieces.end(),
                   [](const Piece& a, const Piece& b) { return a.remainder > b.remainder; });
  for (Piece& piece : pieces) {
    if (left.Sign() <= 0) return;
    piece.floor += Number(1);
    left = left - Number(1);
  }
}

}  // namespace

std::vector<Value> ShareOut(const std::vector<const Value*>& parts,
                            const std::vector<const Value*>& wholes) {
  if (parts.empty()) return {};
  const Value whole = CommonWhole(wholes);
  std::vector<Value> shares(parts.size(), whole);
  if (whole.missing()) return shares;
  Number total;
  for (size_t i = 0; i < parts.size(); ++i) {
    shares[i] = *parts[i];
    if (parts[i]->missing()) continue;
    if (parts[i]->number().Sign() < 0) {
      shares[i] = MissingCause::kNegativePart;
    } else {
      total += parts[i]->number();
    }
  }
  std::vector<Piece> pieces;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (shares[i].missing()) continue;
    if (total.IsZero()) {
      shares[i] = MissingCause::kDivisionByZero;
      continue;
    }
    const Number exact = whole.number() * parts[i]->number() / total;
    pieces.push_back({i, Floor(exact), exact - Floor(exact)});
  }
  HandOutRest(pieces, whole.number());
  for (const Piece& piece : pieces) shares[piece.row] = piece.floor;
  return shares;
}

}  // namespace steelyard
