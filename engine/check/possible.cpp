// A search: each condition is taken apart until it says what single figures may be; where there is
// a choice, each way is tried. It gives up, and says «possible», after so many steps.
#include "engine/check/possible.h"

#include <algorithm>

#include "engine/check/check.h"

namespace steelyard {
namespace {

constexpr int kMaxSteps = 3000;
constexpr Truths kAnyTruth = kHolds | kFails | kUnknown;

Truths Swapped(Truths truths) {
  return static_cast<Truths>((truths & kUnknown) | ((truths & kHolds) != 0 ? kFails : 0) |
                             ((truths & kFails) != 0 ? kHolds : 0));
}

Truths TruthOf(const Value& value) {
  if (!value.is_bool()) return kUnknown;
  return value.truth() ? kHolds : kFails;
}

bool IsComparison(MapOp op) {
  return op == MapOp::kEqual || op == MapOp::kNotEqual || op == MapOp::kLess ||
         op == MapOp::kLessEqual || op == MapOp::kGreater || op == MapOp::kGreaterEqual;
}

std::optional<Number> AsNumber(const Value& value) {
  if (value.is_number()) return value.number();
  if (value.is_date()) return Number(value.date().days);
  if (value.is_datetime()) return Number(value.datetime().micros);
  return std::nullopt;
}

std::optional<std::string> AsText(const Value& value) {
  if (value.is_text()) return value.text();
  if (value.is_period()) return value.period().ToString();
  return std::nullopt;
}

// Every one of `terms` must have one of these truth values.
std::vector<Need> Each(const std::vector<TermId>& terms, Truths truths) {
  std::vector<Need> needs;
  for (const TermId term : terms) needs.push_back(Need::Truth(term, truths));
  return needs;
}

// One of `terms` must.
std::vector<std::vector<Need>> Some(const std::vector<TermId>& terms, Truths truths) {
  std::vector<std::vector<Need>> choice;
  for (const TermId term : terms) choice.push_back({Need::Truth(term, truths)});
  return choice;
}

// Of `and`; `or` is its mirror image. All that hold make it hold, one that fails makes it fail.
std::vector<std::vector<Need>> ExpandAnd(const std::vector<TermId>& terms, Truths truths,
                                         Truths holds, Truths fails) {
  std::vector<std::vector<Need>> choice;
  const bool unknown = (truths & kUnknown) != 0;
  if ((truths & holds) != 0) {
    choice.push_back(Each(terms, static_cast<Truths>(holds | (unknown ? kUnknown : 0))));
  }
  if ((truths & fails) != 0) {
    choice = Some(terms, static_cast<Truths>(fails | (unknown ? kUnknown : 0)));
    if ((truths & holds) != 0) choice.push_back(Each(terms, holds));
  } else if (truths == kUnknown) {
    choice = Some(terms, kUnknown);
    for (auto& needs : choice) {
      for (const Need& need : Each(terms, static_cast<Truths>(holds | kUnknown))) {
        needs.push_back(need);
      }
    }
  }
  return choice;
}

}  // namespace

Need Need::Truth(TermId condition, Truths truths) {
  Need need;
  need.term = condition;
  need.truths = truths;
  return need;
}

Need Need::Equal(TermId term, Value constant) {
  Need need;
  need.kind = Kind::kCompare;
  need.term = term;
  need.constant = std::move(constant);
  return need;
}

Need Need::Present(TermId term, bool present) {
  Need need;
  need.kind = Kind::kPresence;
  need.term = term;
  need.missing = !present;
  return need;
}

Need Need::Dates(std::optional<Date> from, std::optional<Date> until) {
  Need need;
  need.kind = Kind::kDates;
  need.from = from;
  need.until = until;
  return need;
}

bool Possibility::CanHold(const std::vector<Need>& needs) {
  steps_ = 0;
  effort_ = 0;
  return Search(needs, {}, {});
}

bool Possibility::Search(Needs needs, Store store, std::vector<Choice> choices) {
  while (!needs.empty()) {
    ++effort_;
    if (++steps_ > kMaxSteps) return true;
    const Need need = std::move(needs.back());
    needs.pop_back();
    Choice choice = Expand(need, store);
    if (choice.empty()) return false;
    if (choice.size() > 1) {
      choices.push_back(std::move(choice));
      continue;
    }
    for (Need& more : choice[0]) needs.push_back(std::move(more));
  }
  return Branch(store, std::move(choices));
}

bool Possibility::Branch(const Store& store, std::vector<Choice> choices) {
  if (choices.empty()) return true;
  const Choice choice = std::move(choices.back());
  choices.pop_back();
  effort_ += choice.size() * choices.size();  // each way begins with a copy of them
  return std::any_of(choice.begin(), choice.end(),
                     [&](const Needs& needs) { return Search(needs, store, choices); });
}

Possibility::Choice Possibility::Expand(const Need& need, Store& store) {
  switch (need.kind) {
    case Need::Kind::kTruth: return ExpandTruth(need, store);
    case Need::Kind::kCompare: return ExpandCompare(need, store);
    case Need::Kind::kPresence: {
      const auto constant = Constant(need.term);
      if (constant) return constant->missing() == need.missing ? Choice{{}} : Choice{};
      Domain allowed;
      if (need.missing) {
        allowed.truths = kUnknown;
      } else {
        allowed = {Everything(), {}, true, kHolds | kFails};
      }
      return Narrow(need.term, store, allowed);
    }
    case Need::Kind::kDates: break;
  }
  Interval days;
  if (need.from) days.low = Number(need.from->days);
  if (need.until) days.high = Number(need.until->days);
  Domain dates;
  dates.numbers = {days};
  const auto [found, added] = store.emplace(figures_.AsOf(), dates);
  if (!added) found->second.numbers = Intersection(found->second.numbers, dates.numbers);
  return found->second.empty() ? Choice{} : Choice{{}};
}

Possibility::Choice Possibility::ExpandTruth(const Need& need, Store& store) {
  if (need.truths == 0) return {};
  if (need.truths == kAnyTruth) return {{}};
  if (const auto constant = Constant(need.term)) {
    return (TruthOf(*constant) & need.truths) != 0 ? Choice{{}} : Choice{};
  }
  const TermId behind = figures_.Behind(need.term);
  const Term& term = model_.term(behind);
  if (behind != need.term) return {{Need::Truth(behind, need.truths)}};
  if (term.kind == TermKind::kMap) return ExpandMap(term, need.truths, behind, store);
  return Narrow(behind, store, {{}, {}, false, need.truths});
}

// Where a row belongs to no row of the term's table, the term as a whole is missing.
bool Possibility::IsForeign(const Term& term) const {
  return term.grain.table.valid() && term.grain.table != model_.subject.table;
}

Possibility::Choice Possibility::ExpandMap(const Term& term, Truths truths, TermId id,
                                           Store& store) {
  const auto input = [&](size_t index) { return term.inputs[index]; };
  if (IsComparison(term.map)) {
    Need need = Need::Truth(input(0), truths);
    need.kind = Need::Kind::kCompare;
    need.other = input(1);
    need.op = term.map;
    return {{need}};
  }
  if (IsForeign(term) && (truths & kUnknown) != 0) return {{}};
  const auto known = static_cast<Truths>(truths & ~kUnknown);
  const bool unknown = (truths & kUnknown) != 0;
  switch (term.map) {
    case MapOp::kAnd: return ExpandAnd(term.inputs, truths, kHolds, kFails);
    case MapOp::kOr: return ExpandAnd(term.inputs, truths, kFails, kHolds);
    case MapOp::kNot: return {{Need::Truth(input(0), Swapped(truths))}};
    case MapOp::kIn: return ExpandIn(term, truths);
    case MapOp::kIsMissing: {
      if (known == (kHolds | kFails)) return {{}};
      if (known == 0) return {};
      return {{Need::Present(input(0), known == kFails)}};
    }
    case MapOp::kIf:
    case MapOp::kIfTrue: {
      const bool strict = term.map == MapOp::kIf;
      Choice choice = {
          {Need::Truth(input(0), kHolds), Need::Truth(input(1), truths)},
          {Need::Truth(input(0), strict ? kFails : kHoldsNot), Need::Truth(input(2), truths)}};
      if (strict && unknown) choice.push_back({Need::Truth(input(0), kUnknown)});
      return choice;
    }
    default: return Narrow(id, store, {{}, {}, false, truths});
  }
}

Possibility::Choice Possibility::ExpandIn(const Term& term, Truths truths) {
  Needs needs;
  const bool each = (truths & kHolds) == 0;  // to fail, every comparison must fail
  for (size_t i = 1; i < term.inputs.size(); ++i) {
    Need need = Need::Truth(term.inputs[0], truths);
    need.kind = Need::Kind::kCompare;
    need.other = term.inputs[i];
    needs.push_back(std::move(need));
  }
  if (truths == kUnknown || truths == (kHolds | kFails)) return {{}};  // rarely asked
  if (each) return {needs};
  Choice choice;
  for (const Need& need : needs) choice.push_back({need});
  return choice;
}

std::optional<Value> Possibility::Constant(TermId id) const { return ConstantValue(model_, id); }

Possibility::Choice Possibility::ExpandCompare(Need need, Store& store) {
  if (need.truths == 0) return {};
  if (need.truths == kAnyTruth) return {{}};
  if (need.other.valid()) {
    if (auto constant = Constant(need.other)) {
      need.constant = std::move(*constant);
      need.other = TermId::None();
    } else if (auto left = Constant(need.term)) {
      need.constant = std::move(*left);
      need.term = need.other;
      need.other = TermId::None();
      need.op = Mirrored(need.op);
    }
  }
  need.term = figures_.Behind(need.term);
  if (need.other.valid()) need.other = figures_.Behind(need.other);
  const Term& left = model_.term(need.term);
  const bool chosen =
      left.kind == TermKind::kMap &&
      (left.map == MapOp::kIf || left.map == MapOp::kIfTrue || left.map == MapOp::kCoalesce);
  if (chosen) return ExpandChosen(need, left);
  if (!need.other.valid()) return CompareWithConstant(need, store);
  const Term& right = model_.term(need.other);
  if (right.kind == TermKind::kMap && (right.map == MapOp::kIf || right.map == MapOp::kIfTrue)) {
    std::swap(need.term, need.other);
    need.op = Mirrored(need.op);
    return ExpandChosen(need, right);
  }
  return CompareTerms(need, store);
}

// One side is chosen by a condition: each branch is compared by itself.
Possibility::Choice Possibility::ExpandChosen(const Need& need, const Term& chosen) {
  const bool unknown = (need.truths & kUnknown) != 0;
  if (IsForeign(chosen) && unknown) return {{}};
  const auto with = [&](TermId branch) {
    Need compare = need;
    compare.term = branch;
    return compare;
  };
  if (chosen.map == MapOp::kCoalesce) {
    Choice choice;
    Needs before;
    for (const TermId input : chosen.inputs) {
      Needs here = before;
      here.push_back(Need::Present(input, true));
      here.push_back(with(input));
      choice.push_back(std::move(here));
      before.push_back(Need::Present(input, false));
    }
    if (unknown) choice.push_back(std::move(before));
    return choice;
  }
  const bool strict = chosen.map == MapOp::kIf;
  Choice choice = {
      {Need::Truth(chosen.inputs[0], kHolds), with(chosen.inputs[1])},
      {Need::Truth(chosen.inputs[0], strict ? kFails : kHoldsNot), with(chosen.inputs[2])}};
  if (strict && unknown) choice.push_back({Need::Truth(chosen.inputs[0], kUnknown)});
  return choice;
}

// A product is 0 where a factor is, a quotient where its dividend is.
std::optional<Possibility::Choice> Possibility::ExpandZero(const Need& need) {
  if (need.op != MapOp::kEqual || need.truths != kHolds || !need.constant.is_number() ||
      !need.constant.number().IsZero()) {
    return std::nullopt;
  }
  const Term& term = model_.term(need.term);
  if (term.kind != TermKind::kMap) return std::nullopt;
  const auto zero = [&](size_t index) { return Need::Equal(term.inputs[index], Number()); };
  switch (term.map) {
    case MapOp::kMultiply: return Choice{{zero(0)}, {zero(1)}};
    case MapOp::kDivide:
    case MapOp::kNegate:
    case MapOp::kAbs:
    case MapOp::kSqrt: return Choice{{zero(0)}};
    default: return std::nullopt;
  }
}

Possibility::Choice Possibility::CompareWithConstant(const Need& need, Store& store) {
  if (const auto left = Constant(need.term)) {
    const Value operands[] = {*left, need.constant};
    return (TruthOf(ApplyMap(need.op, operands)) & need.truths) != 0 ? Choice{{}} : Choice{};
  }
  if (need.constant.missing()) return (need.truths & kUnknown) != 0 ? Choice{{}} : Choice{};
  if (need.constant.is_bool()) {
    const bool same = need.constant.truth() == (need.op == MapOp::kEqual);
    return {{Need::Truth(need.term, same ? need.truths : Swapped(need.truths))}};
  }
  if (const auto zero = ExpandZero(need); zero && Holds(ranges_.Of(need.term), Number())) {
    return *zero;
  }
  Domain allowed;
  allowed.truths = need.truths & kUnknown;
  const bool holds = (need.truths & kHolds) != 0;
  const bool fails = (need.truths & kFails) != 0;
  if (const auto number = AsNumber(need.constant)) {
    const IntervalSet where = ValuesWhere(need.op, *number);
    if (holds) allowed.numbers = where;
    if (fails) allowed.numbers = Union(allowed.numbers, Complement(where));
  } else if (const auto text = AsText(need.constant);
             text && (need.op == MapOp::kEqual || need.op == MapOp::kNotEqual)) {
    const bool equal = need.op == MapOp::kEqual;
    allowed.texts = {*text};
    allowed.other_texts = equal ? !holds : holds;
    if (holds == fails) {
      allowed.texts.clear();
      allowed.other_texts = holds;
    }
  } else {
    return {{}};  // texts and periods in their order
  }
  return Narrow(need.term, store, allowed);
}

// Two figures: told apart by what they are compared as, and by their ranges.
Possibility::Choice Possibility::CompareTerms(const Need& need, Store& store) {
  int32_t left = figures_.Of(need.term);
  int32_t right = figures_.Of(need.other);
  MapOp op = need.op;
  Truths truths = need.truths;
  Interval a = ranges_.Of(need.term);
  Interval b = ranges_.Of(need.other);
  // All orders as «at least», the other comparisons as «equal».
  const bool order = op != MapOp::kEqual && op != MapOp::kNotEqual;
  if (op == MapOp::kNotEqual || op == MapOp::kLess || op == MapOp::kGreater) {
    truths = Swapped(truths);
  }
  const bool turn = order ? op == MapOp::kGreater || op == MapOp::kLessEqual : left > right;
  if (turn) {
    std::swap(left, right);
    std::swap(a, b);
  }
  if (left == right) truths &= static_cast<Truths>(kHolds | kUnknown);
  if (model_.term(need.term).type.IsNumber()) {
    const IntervalSet above =
        a.high ? IntervalSet{{std::nullopt, a.high, false, a.high_open}} : Everything();
    if (Intersection(order ? above : IntervalSet{a}, {b}).empty()) {
      truths &= static_cast<Truths>(kFails | kUnknown);
    }
    const bool apart = b.high && a.low && *a.low >= *b.high;
    if (order && apart) truths &= static_cast<Truths>(kHolds | kUnknown);
  }
  const auto key = std::vector<int32_t>{order ? 1 : 0, left, right};
  const auto number = static_cast<int32_t>(comparisons_.size());
  return Decide(-1 - comparisons_.emplace(key, number).first->second, truths, store);
}

Possibility::Choice Possibility::Decide(int32_t figure, Truths truths, Store& store) const {
  const auto [found, added] = store.emplace(figure, Domain{{}, {}, false, truths});
  if (!added) found->second.truths &= truths;
  return found->second.empty() ? Choice{} : Choice{{}};
}

Possibility::Domain Possibility::Initial(TermId id) {
  const Term& term = model_.term(id);
  Domain domain;
  const bool run = term.kind == TermKind::kRun;
  domain.truths = run ? 0 : kUnknown;
  switch (term.type.kind) {
    case TypeKind::kNumber: domain.numbers = {ranges_.Of(id)}; break;
    case TypeKind::kDate:
    case TypeKind::kDateTime: domain.numbers = Everything(); break;
    case TypeKind::kBool: domain.truths = kAnyTruth; break;
    default: break;
  }
  const bool listed = term.type.kind == TypeKind::kEnum && term.type.values &&
                      (term.kind == TermKind::kColumn || term.kind == TermKind::kScoring);
  if (listed) {
    domain.texts.insert(term.type.values->begin(), term.type.values->end());
  } else if (term.type.kind == TypeKind::kText || term.type.kind == TypeKind::kEnum ||
             term.type.kind == TypeKind::kPeriod) {
    domain.other_texts = true;
  }
  return domain;
}

Possibility::Choice Possibility::Narrow(TermId id, Store& store, const Domain& allowed) {
  const int32_t figure = figures_.Of(id);
  auto found = store.find(figure);
  if (found == store.end()) found = store.emplace(figure, Initial(id)).first;
  Domain& domain = found->second;
  domain.numbers = Intersection(domain.numbers, allowed.numbers);
  domain.truths &= allowed.truths;
  const auto keep = [](const std::set<std::string>& from, const std::set<std::string>& of,
                       bool inside) {
    std::set<std::string> kept;
    for (const std::string& text : from) {
      if ((of.count(text) > 0) == inside) kept.insert(text);
    }
    return kept;
  };
  if (!allowed.other_texts && !domain.other_texts) {
    domain.texts = keep(domain.texts, allowed.texts, true);
  } else if (!domain.other_texts) {
    domain.texts = keep(domain.texts, allowed.texts, false);
  } else if (!allowed.other_texts) {
    domain.texts = keep(allowed.texts, domain.texts, false);
    domain.other_texts = false;
  } else {
    domain.texts.insert(allowed.texts.begin(), allowed.texts.end());
  }
  return domain.empty() ? Choice{} : Choice{{}};
}

}  // namespace steelyard
