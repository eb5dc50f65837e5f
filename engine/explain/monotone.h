// A figure as a function of one number that is let vary, on a stretch where it neither jumps nor
// turns: quotients of straight lines, and steps such as rounding, one after the other. What such a
// function is compared with is turned exactly into what the number is compared with.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "engine/base/number.h"
#include "engine/check/bands.h"

namespace steelyard {

enum class StageKind : uint8_t {
  kQuotient,  // (a x + b) ÷ (c x + d), not the same for all x
  kRound,     // to `places` decimals, half away from zero
  kFloor,
  kCeil,
  kRank,  // 1 + how many of `peers` are greater
};

struct MonotoneStage {
  StageKind kind = StageKind::kQuotient;
  Number a, b, c, d;
  int places = 0;
  std::vector<Number> peers;  // falling

  friend bool operator==(const MonotoneStage&, const MonotoneStage&) = default;
};

// Stages one after the other; the first takes the number itself. None: the number.
using Chain = std::vector<MonotoneStage>;

// factor × chain(x) + offset; the factor is not 0.
struct Monotone {
  std::shared_ptr<const Chain> chain;
  Number factor = Number(1);
  Number offset;

  static Monotone Itself() { return {std::make_shared<Chain>(), Number(1), Number()}; }
};

// The value at x, and the stretch around x on which the function stays on the side of `level` on
// which it is there (below, at, above).
Number ValueOf(const Monotone& function, const Number& x);
Interval SameSide(const Monotone& function, const Number& level, const Number& x);

// (a f + b) ÷ (c f + d); empty where that is one number for all x. Nothing must be divided by 0.
std::optional<Monotone> QuotientOf(const Monotone& f, const Number& a, const Number& b,
                                   const Number& c, const Number& d);
Monotone Then(const Monotone& f, MonotoneStage step);  // not for kQuotient

}  // namespace steelyard
