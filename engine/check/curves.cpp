// What can be said of a score before any data: which of its points can be earned, and which way
// they run.
#include "engine/check/curves.h"

#include <algorithm>

#include "engine/check/range.h"

namespace steelyard {
namespace {

Type ShownType(const Judged& score) {
  Type shown = score.type;
  if (score.decl.display.text == "percent") shown.form = NumberForm::kPercent;
  return shown;
}

void ReportGaps(Checking& checking, const Judged& score, const IntervalSet& gaps) {
  if (gaps.empty()) return;
  std::string text;
  for (const Interval& gap : gaps) {
    text += (text.empty() ? "`" : ", `") + Describe(gap, ShownType(score)) + "`";
  }
  checking.sink.Report(DiagKind::kBandGap, score.decl.score.span, {text})
      .Because(HelpKind::kAddElse);
}

// One band: what its condition holds for, and what is left of that by the bands above it.
struct Piece {
  IntervalSet holds;
  IntervalSet own;
  bool is_else = false;
};

// Two bands with both ends written that share values, and neither lies within the other: the values
// they share belong to the first, which is seldom meant. A common end is: `50..80`, `80..100`.
void JudgeOverlap(Checking& checking, const Judged& score, const std::vector<Piece>& pieces) {
  const auto bounded = [](const Piece& piece) {
    return piece.holds.size() == 1 && piece.holds[0].low && piece.holds[0].high;
  };
  for (size_t i = 0; i < pieces.size(); ++i) {
    if (!bounded(pieces[i])) continue;
    for (size_t j = i + 1; j < pieces.size(); ++j) {
      if (!bounded(pieces[j])) continue;
      const Interval& a = pieces[i].holds[0];
      const Interval& b = pieces[j].holds[0];
      const bool crossing = BeginsBefore(a, b)
                                ? *b.low < *a.high && *a.high < *b.high
                                : *a.low < *b.high && *b.high < *a.high && BeginsBefore(b, a);
      if (!crossing) continue;
      const IntervalSet shared = Intersection(pieces[i].holds, pieces[j].holds);
      const Band& first = score.decl.score.bands[i];
      const Band& second = score.decl.score.bands[j];
      checking.sink.Report(DiagKind::kBandsOverlap, second.span,
                           {first.condition.source.text, second.condition.source.text,
                            Describe(shared[0], ShownType(score))});
    }
  }
}

// The band is reached by some number, but by none that the value can be.
void JudgeReached(Checking& checking, const Judged& score, const Piece& piece, Span span) {
  if (piece.own.empty()) {
    checking.sink.Report(DiagKind::kBandUnreachable, span);
  } else if (!piece.is_else && Intersection(piece.own, {score.possible}).empty()) {
    checking.sink.Report(DiagKind::kBandOutside, span,
                         {Describe(score.possible, ShownType(score))});
  }
}

using Curve = std::vector<std::pair<Number, Step>>;

Number PointsAt(const Curve& curve, const Number& x) {
  if (x <= curve.front().first) return curve.front().second.points;
  for (size_t i = 1; i < curve.size(); ++i) {
    const auto& [x2, to] = curve[i];
    if (x > x2) continue;
    const auto& [x1, from] = curve[i - 1];
    return from.points + (x - x1) * (to.points - from.points) / (x2 - x1);
  }
  return curve.back().second.points;
}

// The points that the ends of the range and the corners within it earn: no others are higher or
// lower.
std::pair<Number, Number> Earned(const Curve& curve, const Interval& possible) {
  std::vector<Number> points = {
      possible.low ? PointsAt(curve, *possible.low) : curve.front().second.points,
      possible.high ? PointsAt(curve, *possible.high) : curve.back().second.points};
  for (const auto& [x, step] : curve) {
    if (Holds(possible, x)) points.push_back(step.points);
  }
  const auto [low, high] = std::minmax_element(points.begin(), points.end());
  return {*low, *high};
}

}  // namespace

void JudgeDirection(Checking& checking, const Judged& score, const std::vector<Step>& steps) {
  if (score.decl.better == Better::kUnsaid) return;
  const bool higher = score.decl.better == Better::kHigher;
  for (size_t i = 1; i < steps.size(); ++i) {
    const Step& before = steps[i - 1];
    const Step& after = steps[i];
    if (higher ? after.points >= before.points : after.points <= before.points) continue;
    checking.sink.Report(DiagKind::kCurveAgainstBetter, after.span, {higher ? "higher" : "lower"})
        .Because(HelpKind::kPointsTurn, {before.at, FormatSignificant(before.points), after.at,
                                         FormatSignificant(after.points)})
        .Because(HelpKind::kTurnRound, {higher ? "lower" : "higher"});
    return;
  }
}

void JudgeBands(Checking& checking, const Judged& score, const std::vector<TermId>& conditions,
                const std::vector<Number>& points) {
  if (!score.type.IsNumber()) return;
  IntervalSet taken;
  std::vector<Piece> pieces;
  for (const TermId condition : conditions) {
    const auto holds =
        condition.valid() ? HoldsFor(checking.model, condition, score.value) : Everything();
    if (!holds) return;
    pieces.push_back({*holds, Intersection(*holds, Complement(taken)), !condition.valid()});
    taken = Union(taken, *holds);
  }
  std::vector<std::pair<Interval, Step>> order;
  for (size_t i = 0; i < pieces.size(); ++i) {
    const Band& band = score.decl.score.bands[i];
    JudgeReached(checking, score, pieces[i], band.span);
    const std::string at = pieces[i].is_else ? "else" : band.condition.source.text;
    for (const Interval& interval : Intersection(pieces[i].own, {score.possible})) {
      order.push_back({interval, {at, points[i], band.span}});
    }
  }
  ReportGaps(checking, score, Intersection(Complement(taken), {score.possible}));
  JudgeOverlap(checking, score, pieces);
  std::sort(order.begin(), order.end(),
            [](const auto& a, const auto& b) { return BeginsBefore(a.first, b.first); });
  std::vector<Step> steps;
  for (const auto& [interval, step] : order) steps.push_back(step);
  JudgeDirection(checking, score, steps);
}

void JudgeCurve(Checking& checking, const Judged& score, const Curve& curve) {
  if (curve.size() < 2 || (!score.possible.low && !score.possible.high)) return;
  // A constant in place of a formula that is still to come: it is plain what that earns.
  if (score.possible.low && score.possible.high && *score.possible.low == *score.possible.high) {
    return;
  }
  const auto by_points = [](const auto& a, const auto& b) {
    return a.second.points < b.second.points;
  };
  const auto [worst, best] = std::minmax_element(curve.begin(), curve.end(), by_points);
  if (worst->second.points == best->second.points) return;
  const auto [low, high] = Earned(curve, score.possible);
  const std::string range = Describe(score.possible, ShownType(score));
  if (low == high) {
    checking.sink.Report(DiagKind::kSamePoints, score.decl.score.span,
                         {range, FormatSignificant(low)});
  } else if (high < best->second.points) {
    checking.sink.Report(DiagKind::kPointsOutOfReach, best->second.span,
                         {range, FormatSignificant(best->second.points), FormatSignificant(high)});
  }
}

}  // namespace steelyard
