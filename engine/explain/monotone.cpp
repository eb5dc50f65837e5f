#include "engine/explain/monotone.h"

#include <algorithm>

#include "engine/base/check.h"

namespace steelyard {
namespace {

Number UnitOf(int places) {
  Number unit(1);
  for (int i = 0; i < std::abs(places); ++i) unit = unit * Number(10);
  return places >= 0 ? Number(1) / unit : unit;
}

Number RankOf(const std::vector<Number>& falling, const Number& x) {
  const auto above = std::partition_point(falling.begin(), falling.end(),
                                          [&](const Number& peer) { return peer > x; });
  return Number(1 + (above - falling.begin()));
}

Number Apply(const MonotoneStage& stage, const Number& x) {
  switch (stage.kind) {
    case StageKind::kQuotient: return (stage.a * x + stage.b) / (stage.c * x + stage.d);
    case StageKind::kRound: return Round(x, stage.places);
    case StageKind::kFloor: return Floor(x);
    case StageKind::kCeil: return Ceil(x);
    case StageKind::kRank: return RankOf(stage.peers, x);
  }
  return x;
}

// --- which x give a y of an interval ------------------------------------------------------------

struct End {
  std::optional<Number> at;  // empty: no limit
  bool open = false;
};

Interval Between(const End& low, const End& high) { return {low.at, high.at, low.open, high.open}; }

Interval UnderLine(const MonotoneStage& stage, const Interval& y) {
  const auto back = [&](const std::optional<Number>& end, bool open) -> End {
    if (!end) return {};
    return {(stage.d * *end - stage.b) / stage.a, open};
  };
  const End low = back(y.low, y.low_open);
  const End high = back(y.high, y.high_open);
  const bool rises = (stage.a / stage.d).Sign() > 0;
  return rises ? Between(low, high) : Between(high, low);
}

// One branch of a hyperbola: on the side of its pole on which x is.
Interval UnderHyperbola(const MonotoneStage& stage, const Interval& y, const Number& x) {
  const Number pole = -stage.d / stage.c;
  const Number far = stage.a / stage.c;  // what y comes near to far away from the pole
  const bool rises = (stage.a * stage.d - stage.b * stage.c).Sign() > 0;
  const bool right = x > pole;
  // Towards the pole, y grows without limit or falls without limit.
  const bool grows_to_pole = rises != right;
  const auto back = [&](const std::optional<Number>& end, bool open, bool is_high) -> End {
    const bool towards_pole = is_high == grows_to_pole;
    if (!end) return towards_pole ? End{pole, true} : End{};
    const bool beyond = is_high ? *end >= far : *end <= far;
    if (!towards_pole && beyond) return {};
    return {(stage.d * *end - stage.b) / (stage.a - stage.c * *end), open};
  };
  const End low = back(y.low, y.low_open, false);
  const End high = back(y.high, y.high_open, true);
  return rises ? Between(low, high) : Between(high, low);
}

// The least and the greatest multiple of `unit` in y.
End LeastMultiple(const Interval& y, const Number& unit) {
  if (!y.low) return {};
  return {(y.low_open ? Floor(*y.low / unit) + Number(1) : Ceil(*y.low / unit)) * unit};
}
End GreatestMultiple(const Interval& y, const Number& unit) {
  if (!y.high) return {};
  return {(y.high_open ? Ceil(*y.high / unit) - Number(1) : Floor(*y.high / unit)) * unit};
}

Interval UnderRound(const MonotoneStage& stage, const Interval& y) {
  const Number unit = UnitOf(stage.places);
  End low = LeastMultiple(y, unit);
  End high = GreatestMultiple(y, unit);
  // A half goes away from zero.
  if (low.at) low = {*low.at - unit / Number(2), low.at->Sign() <= 0};
  if (high.at) high = {*high.at + unit / Number(2), high.at->Sign() >= 0};
  return Between(low, high);
}

Interval UnderWhole(const MonotoneStage& stage, const Interval& y) {
  End low = LeastMultiple(y, Number(1));
  End high = GreatestMultiple(y, Number(1));
  if (stage.kind == StageKind::kFloor) {
    if (high.at) high = {*high.at + Number(1), true};
  } else if (low.at) {
    low = {*low.at - Number(1), true};
  }
  return Between(low, high);
}

Interval UnderRank(const MonotoneStage& stage, const Interval& y) {
  const auto count = static_cast<int64_t>(stage.peers.size());
  const auto peer = [&](int64_t index) { return stage.peers[static_cast<size_t>(index)]; };
  End low;
  End high;
  const End most = GreatestMultiple(y, Number(1));
  const End least = LeastMultiple(y, Number(1));
  // At place r or better: not below the r-th of the peers. Behind place r: below the r-th.
  if (most.at) {
    const auto place = most.at->ToInt64();
    if (place && *place >= 1 && *place <= count) low = {peer(*place - 1), false};
  }
  if (least.at) {
    const auto place = least.at->ToInt64();
    if (place && *place >= 2 && *place - 2 < count) high = {peer(*place - 2), true};
  }
  return Between(low, high);
}

Interval Under(const MonotoneStage& stage, const Interval& y, const Number& x) {
  switch (stage.kind) {
    case StageKind::kQuotient:
      return stage.c.IsZero() ? UnderLine(stage, y) : UnderHyperbola(stage, y, x);
    case StageKind::kRound: return UnderRound(stage, y);
    case StageKind::kFloor:
    case StageKind::kCeil: return UnderWhole(stage, y);
    case StageKind::kRank: return UnderRank(stage, y);
  }
  return y;
}

}  // namespace

Number ValueOf(const Monotone& function, const Number& x) {
  Number value = x;
  for (const MonotoneStage& stage : *function.chain) value = Apply(stage, value);
  return function.factor * value + function.offset;
}

Interval SameSide(const Monotone& function, const Number& level, const Number& x) {
  std::vector<Number> values = {x};
  for (const MonotoneStage& stage : *function.chain) values.push_back(Apply(stage, values.back()));
  const Number target = (level - function.offset) / function.factor;
  Interval side;
  if (values.back() < target) {
    side = {std::nullopt, target, false, true};
  } else if (values.back() > target) {
    side = {target, std::nullopt, true, false};
  } else {
    side = {target, target, false, false};
  }
  for (size_t i = function.chain->size(); i-- > 0;) {
    side = Under((*function.chain)[i], side, values[i]);
  }
  return side;
}

std::optional<Monotone> QuotientOf(const Monotone& f, const Number& a, const Number& b,
                                   const Number& c, const Number& d) {
  // In terms of the chain itself.
  MonotoneStage stage;
  stage.a = a * f.factor;
  stage.b = a * f.offset + b;
  stage.c = c * f.factor;
  stage.d = c * f.offset + d;
  if ((stage.a * stage.d - stage.b * stage.c).IsZero()) return std::nullopt;
  if (stage.c.IsZero()) return Monotone{f.chain, stage.a / stage.d, stage.b / stage.d};
  auto chain = std::make_shared<Chain>(*f.chain);
  chain->push_back(std::move(stage));
  return Monotone{std::move(chain), Number(1), Number()};
}

Monotone Then(const Monotone& f, MonotoneStage step) {
  STEELYARD_CHECK(step.kind != StageKind::kQuotient);
  auto chain = std::make_shared<Chain>(*f.chain);
  if (f.factor != Number(1) || !f.offset.IsZero()) {
    MonotoneStage line;
    line.a = f.factor;
    line.b = f.offset;
    line.d = Number(1);
    chain->push_back(std::move(line));
  }
  chain->push_back(std::move(step));
  return {std::move(chain), Number(1), Number()};
}

}  // namespace steelyard
