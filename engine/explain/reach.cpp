#include "engine/explain/reach.h"

#include <algorithm>

namespace steelyard {
namespace {

constexpr int kMostProbes = 2000;
constexpr int kBisections = 60;
constexpr int kSamples = 64;

// A place on the line where what is asked for begins.
struct Found {
  Number at;
  bool beyond = false;  // not at the place itself
  bool about = false;
};

class Search {
 public:
  Search(const Scene& scene, WhatIf& what_if, Cell cell, const ReachRequest& request)
      : what_if_(what_if),
        program_(scene.program),
        model_(scene.model),
        request_(request),
        stretches_(scene, what_if, cell, {scene.program.grade, request.row}),
        cell_(cell) {}

  // The reaching place that comes first on the way from `from` to `to` (empty: without end). `from`
  // itself does not reach.
  std::optional<Found> First(const std::optional<Number>& from, const std::optional<Number>& to,
                             bool rising) {
    rising_ = rising;
    // Open stretches still to be looked at, the nearest last; and, behind each, its far end.
    todo_.clear();
    todo_.push_back({from, to});
    while (!todo_.empty() && probes_ < kMostProbes) {
      const Open open = todo_.back();
      todo_.pop_back();
      if (open.point) {
        if (Reaches(*open.near)) return Found{*open.near, false, false};
        continue;
      }
      if (auto found = Look(open)) return found;
    }
    exhausted_ = exhausted_ || probes_ >= kMostProbes;
    return std::nullopt;
  }

  // Were there values that could not be tried?
  bool exhausted() const { return exhausted_; }

  bool Reaches(const Number& x) {
    ++probes_;
    what_if_.Set(cell_.node, cell_.row, x);
    return Judge(x);
  }

  const std::optional<Outlook>& best() const { return best_; }

  Outlook Now(const Value& value, NodeId points) const {
    Outlook now;
    now.value = value;
    if (points.valid()) now.points = what_if_.at(points, request_.row);
    now.score = what_if_.at(program_.score, request_.row);
    const Value& grade = what_if_.at(program_.grade, request_.row);
    now.grade = grade.is_text() ? grade.text() : "";
    return now;
  }

  void set_points(NodeId points) { points_ = points; }

  // Of what is set now.
  bool Judge(const Value& value) {
    Outlook now = Now(value, points_);
    const bool better = now.score.is_number() && (!best_ || !best_->score.is_number() ||
                                                  now.score.number() > best_->score.number());
    if (better) best_ = now;
    for (size_t i = 0; i < model_.grades.size(); ++i) {
      if (model_.grades[i].id == now.grade) return request_.reached[i];
    }
    return false;
  }

 private:
  // From `near` to `far`, both left out; or one point.
  struct Open {
    std::optional<Number> near;
    std::optional<Number> far;
    bool point = false;
  };

  const std::optional<Number>& Low(const Open& open) const {
    return rising_ ? open.near : open.far;
  }
  const std::optional<Number>& High(const Open& open) const {
    return rising_ ? open.far : open.near;
  }

  // A number inside; `turn` gives other ones.
  Number Inside(const Open& open, int turn) const {
    const auto& low = Low(open);
    const auto& high = High(open);
    const Number share = Number::Fraction(1, 2) + Number::Fraction(turn, 2 * turn + 7);
    if (low && high) return *low + (*high - *low) * share;
    const auto size = [](const Number& x) { return std::max(Abs(x), Number(1)); };
    if (low) return *low + size(*low) * share;
    if (high) return *high - size(*high) * share;
    return Number(turn);
  }

  std::optional<Found> Look(const Open& open) {
    Number x;
    StretchAround around;
    // A place where something just equals a level is no stretch: look beside it.
    for (int turn = 0; turn < 8; ++turn) {
      x = Inside(open, turn);
      ++probes_;
      around = stretches_.Around(x);
      const bool degenerate =
          around.values.low && around.values.high && *around.values.low == *around.values.high;
      if (!degenerate) break;
    }
    const bool reaches = Judge(x);
    if (!around.known) return Sample(open);
    const auto clipped = [&](const std::optional<Number>& end, const std::optional<Number>& limit,
                             bool low) {
      if (!end) return limit;
      if (!limit) return end;
      return low ? std::optional(std::max(*end, *limit)) : std::optional(std::min(*end, *limit));
    };
    const auto low = clipped(around.values.low, Low(open), true);
    const auto high = clipped(around.values.high, High(open), false);
    const auto& near = rising_ ? low : high;
    const auto& far = rising_ ? high : low;
    // What lies behind comes last, so it is put first.
    if (far != open.far) {
      todo_.push_back({far, open.far, false});
      todo_.push_back({far, far, true});
    }
    if (near == open.near) {
      if (!reaches) return std::nullopt;
      return near ? Found{*near, true, false} : Found{x, false, true};
    }
    if (reaches) todo_.push_back({near, far, false});
    todo_.push_back({near, near, true});
    todo_.push_back({open.near, near, false});
    return std::nullopt;
  }

  // Where things cannot be followed, values are tried, and what lies between two of them is halved.
  std::optional<Found> Sample(const Open& open) {
    exhausted_ = true;
    const auto& near = open.near;
    const Number side(rising_ ? 1 : -1);
    Number last = near.value_or(Inside(open, 0));
    const Number size = std::max(Abs(last), Number(1));
    for (int i = 1; i <= kSamples; ++i) {
      Number x = last;
      if (near && open.far) {
        x = *near + (*open.far - *near) * Number::Fraction(i, kSamples + 1);
      } else {
        x = last + side * size * Number::Fraction(i, kSamples);
      }
      if (Reaches(x)) return Halve(last, x);
      last = x;
    }
    return std::nullopt;
  }

  // Between a value that does not reach and one that does.
  std::optional<Found> Halve(Number no, Number yes) {
    const Number reaching = yes;
    for (int i = 0; i < kBisections; ++i) {
      const Number middle = (no + yes) / Number(2);
      (Reaches(middle) ? yes : no) = middle;
    }
    // A plain decimal on the side that reaches.
    for (int places = 0; places < 12; ++places) {
      const Number plain = Round(yes, places);
      const bool between =
          rising_ ? plain > no && plain <= reaching : plain < no && plain >= reaching;
      if (between && Reaches(plain)) return Found{plain, false, true};
    }
    return Found{yes, false, true};
  }

  WhatIf& what_if_;
  const Program& program_;
  const Model& model_;
  const ReachRequest& request_;
  Stretches stretches_;
  Cell cell_;
  NodeId points_;
  bool rising_ = true;
  int probes_ = 0;
  bool exhausted_ = false;
  std::vector<Open> todo_;
  std::optional<Outlook> best_;
};

class ReachFinder {
 public:
  ReachFinder(const Scene& scene, WhatIf& what_if, size_t indicator, const ReachRequest& request,
              const Interval& allowed)
      : scene_(scene),
        what_if_(what_if),
        model_(scene.model.indicators[indicator]),
        trace_(scene.program.trace.indicators[indicator]),
        request_(request),
        allowed_(allowed) {
    reach_.indicator = indicator;
  }

  Reach Find() {
    if (!Counts()) {
      reach_.status = ReachStatus::kNotCounted;
      return reach_;
    }
    const Type& type = scene_.model.term(model_.value).type;
    const Here here{scene_.program.subject, request_.row};
    const auto row = RowOf(scene_, here, scene_.program.node(trace_.value).table);
    const bool tried = type.IsNumber() || type.kind == TypeKind::kBool ||
                       (type.kind == TypeKind::kEnum && type.values);
    if (!row || !tried) {
      reach_.status = ReachStatus::kNotFollowed;
      return reach_;
    }
    const Cell cell{trace_.value, *row};
    Search search(scene_, what_if_, cell, request_);
    search.set_points(trace_.capped);
    if (type.IsNumber()) {
      FindNumber(search, cell);
    } else {
      FindChoice(search, cell, type);
    }
    if (reach_.status == ReachStatus::kCannot && search.exhausted()) {
      reach_.status = ReachStatus::kNotFollowed;
    }
    if (reach_.status == ReachStatus::kCannot) LookAtBest(search, cell);
    what_if_.Reset();
    return std::move(reach_);
  }

 private:
  // Has it a weight, or would it have one if it had points?
  bool Counts() const {
    if (!model_.scored || !trace_.applies.valid()) return false;
    const Here here{scene_.program.subject, request_.row};
    const auto applies = ValueAt(scene_, trace_.applies, here);
    const NodeId last = trace_.adjusted.empty() ? trace_.profile : trace_.adjusted.back();
    const auto weight = ValueAt(scene_, last, here);
    return applies && applies->holds() && weight && weight->is_number() &&
           weight->number().Sign() != 0;
  }

  void FindNumber(Search& search, const Cell& cell) {
    const Value now = scene_.evaluation.at(cell.node, cell.row);
    std::optional<Found> up;
    std::optional<Found> down;
    if (now.is_number()) {
      const Number& x = now.number();
      if (!allowed_.high || x < *allowed_.high) up = Upwards(search, x);
      if (!allowed_.low || x > *allowed_.low) down = Downwards(search, x);
      // The shorter way; of two equal ones the better direction.
      const auto way = [&](const Found& found) { return Abs(found.at - x); };
      const bool falls =
          down && (!up || way(*down) < way(*up) ||
                   (way(*down) == way(*up) && model_.decl->better == Better::kLower));
      Take(search, cell, falls ? down : up, falls ? -1 : 1);
      return;
    }
    // There is no value yet: the least demanding one.
    const bool lower = model_.decl->better == Better::kLower;
    const auto found = lower ? FromEnd(search, allowed_.high, allowed_.low, false)
                             : FromEnd(search, allowed_.low, allowed_.high, true);
    Take(search, cell, found, lower ? -1 : 1);
  }

  std::optional<Found> FromEnd(Search& search, const std::optional<Number>& from,
                               const std::optional<Number>& to, bool rising) {
    if (from && search.Reaches(*from)) return Found{*from, false, false};
    if (auto found = search.First(from, to, rising)) return found;
    if (to && search.Reaches(*to)) return Found{*to, false, false};
    return std::nullopt;
  }

  std::optional<Found> Upwards(Search& search, const Number& x) {
    if (auto found = search.First(x, allowed_.high, true)) return found;
    if (allowed_.high && !allowed_.high_open && search.Reaches(*allowed_.high)) {
      return Found{*allowed_.high, false, false};
    }
    return std::nullopt;
  }
  std::optional<Found> Downwards(Search& search, const Number& x) {
    if (auto found = search.First(x, allowed_.low, false)) return found;
    if (allowed_.low && !allowed_.low_open && search.Reaches(*allowed_.low)) {
      return Found{*allowed_.low, false, false};
    }
    return std::nullopt;
  }

  void Take(Search& search, const Cell& cell, const std::optional<Found>& found, int direction) {
    if (!found) return;
    reach_.status = ReachStatus::kReached;
    reach_.direction = direction;
    reach_.beyond = found->beyond;
    reach_.about = found->about;
    if (!found->beyond) search.Reaches(found->at);
    reach_.to = search.Now(found->at, trace_.capped);
    if (found->beyond) LookBeyond(search, cell, *found, direction);
    const Type& type = scene_.model.term(model_.value).type;
    if (type.form != NumberForm::kCount || type.unit.IsTime()) return;
    Number whole = direction > 0 ? Ceil(found->at) : Floor(found->at);
    if (found->beyond && whole == found->at) whole = whole + Number(direction);
    if (whole != found->at || found->beyond) {
      if (search.Reaches(whole)) reach_.whole = whole;
    }
  }

  // The result close behind a place that does not itself reach.
  void LookBeyond(Search& search, const Cell&, const Found& found, int direction) {
    Number step = std::max(Abs(found.at), Number(1));
    for (int i = 0; i < kBisections; ++i) {
      step = step / Number(8);
      if (!search.Reaches(found.at + Number(direction) * step)) continue;
      const Value place = reach_.to.value;
      reach_.to = search.Now(place, trace_.capped);
      if (i >= 4) return;
    }
  }

  void FindChoice(Search& search, const Cell& cell, const Type& type) {
    std::vector<Value> choices;
    if (type.kind == TypeKind::kBool) {
      choices = {Value(true), Value(false)};
    } else {
      for (const std::string& word : *type.values) choices.emplace_back(word);
    }
    for (const Value& choice : choices) {
      what_if_.Set(cell.node, cell.row, choice);
      const bool reached = search.Judge(choice);
      if (!reached || reach_.status == ReachStatus::kReached) continue;
      reach_.status = ReachStatus::kReached;
      reach_.to = search.Now(choice, trace_.capped);
    }
  }

  void LookAtBest(Search& search, const Cell& cell) {
    reach_.best = search.best();
    if (reach_.best) {
      what_if_.Set(cell.node, cell.row, reach_.best->value);
      const auto& vetoes = scene_.program.trace.vetoes;
      for (size_t i = 0; i < vetoes.size(); ++i) {
        if (what_if_.at(vetoes[i], request_.row).holds()) reach_.vetoes.push_back(i);
      }
    }
    if (scene_.program.node(trace_.points).kind == NodeKind::kConstant) return;
    what_if_.Set(trace_.points, request_.row, model_.cap);
    reach_.full = search.Now(Value(), trace_.capped);
  }

  const Scene& scene_;
  WhatIf& what_if_;
  const IndicatorModel& model_;
  const IndicatorTrace& trace_;
  const ReachRequest& request_;
  const Interval& allowed_;
  Reach reach_;
};

}  // namespace

Reach FindReach(const Scene& scene, WhatIf& what_if, size_t indicator, const ReachRequest& request,
                const Interval& allowed) {
  return ReachFinder(scene, what_if, indicator, request, allowed).Find();
}

}  // namespace steelyard
