#include "engine/program/probe_walk.h"

#include <algorithm>

#include "engine/program/prune.h"

namespace steelyard {
namespace {

const Type kBool = Type::Of(TypeKind::kBool);

bool IsConstant(const Node& node, bool truth) {
  return node.kind == NodeKind::kConstant && node.constant.is_bool() &&
         node.constant.truth() == truth;
}

bool AnyCanBeMissing(const Model& model, const std::vector<TermId>& terms) {
  return std::any_of(terms.begin(), terms.end(),
                     [&](TermId term) { return CanBeMissing(model, term); });
}

bool MapCanBeMissing(const Model& model, const Term& term) {
  switch (term.map) {
    case MapOp::kIsMissing: return false;
    case MapOp::kCoalesce:
      return std::all_of(term.inputs.begin(), term.inputs.end(),
                         [&](TermId input) { return CanBeMissing(model, input); });
    case MapOp::kIfTrue:
      return CanBeMissing(model, term.inputs[1]) || CanBeMissing(model, term.inputs[2]);
    case MapOp::kDivide:
    case MapOp::kMod:
    case MapOp::kSqrt:
    case MapOp::kLn:
    case MapOp::kPower: return true;
    default: return AnyCanBeMissing(model, term.inputs);
  }
}

bool FoldCanBeMissing(const Model& model, const Term& term) {
  switch (term.aggregate) {
    case AggregateOp::kCount:
    case AggregateOp::kCountDistinct: return false;
    case AggregateOp::kAny:
    case AggregateOp::kAll: return AnyCanBeMissing(model, term.inputs);
    default: return true;
  }
}

}  // namespace

bool CanBeMissing(const Model& model, TermId id) {
  const Term& term = model.term(id);
  switch (term.kind) {
    case TermKind::kConstant: return term.constant.missing();
    case TermKind::kRun: return false;
    case TermKind::kMap: return MapCanBeMissing(model, term);
    case TermKind::kAggregate:
    case TermKind::kAmong: return FoldCanBeMissing(model, term);
    case TermKind::kDefinition: {
      const Definition& definition = model.definition(term.definition);
      if (definition.kind == DefinitionKind::kParameter) return !definition.constant.has_value();
      return true;
    }
    case TermKind::kTime: return term.time != TimeOp::kStreak;
    case TermKind::kScoring: return term.scoring != ScoringFigure::kGrade;
    default: return true;
  }
}

// --- the list
// -------------------------------------------------------------------------------------

void ProbeList::Add(Probe probe, NodeId watched) {
  if (probe.span.valid()) probes_.emplace_back(std::move(probe), watched);
}

void ProbeList::Finish() {
  const std::vector<bool> needed = Needed(builder_.program());
  for (auto& [probe, watched] : probes_) {
    if (watched.valid()) {
      const bool fixed = builder_.node(watched).kind == NodeKind::kConstant;
      if (fixed || watched.index() >= needed.size() || !needed[watched.index()]) continue;
    }
    if (IsConstant(builder_.node(probe.reached), false)) continue;
    builder_.program().probes.push_back(std::move(probe));
  }
  probes_.clear();
}

NodeId ProbeList::Truth(bool truth) { return builder_.Constant(truth, kBool); }

NodeId ProbeList::Both(NodeId demand, NodeId condition) {
  if (!demand.valid()) return condition;
  if (!condition.valid()) return demand;
  for (const NodeId side : {demand, condition}) {
    if (IsConstant(builder_.node(side), false)) return side;
  }
  const Schema& schema = *builder_.program().schema;
  if (!Join(schema, builder_.node(demand).table, builder_.node(condition).table)) return condition;
  return builder_.Map(MapOp::kAnd, {demand, condition}, kBool);
}

NodeId ProbeList::Not(NodeId condition) { return builder_.Map(MapOp::kNot, {condition}, kBool); }

NodeId ProbeList::IsMissing(NodeId value) {
  return builder_.Map(MapOp::kIsMissing, {value}, kBool);
}

NodeId ProbeList::Leaves(NodeId condition, bool decided) {
  const NodeId known = builder_.Map(MapOp::kCoalesce, {condition, Truth(!decided)}, kBool);
  return decided ? Not(known) : known;
}

// --- formulas
// -------------------------------------------------------------------------------------

void ProbeWalk::Visit(TermId id, NodeId demand) {
  if (!id.valid() || !seen_.emplace(id.value, demand.value).second) return;
  const Term& term = list_.model().term(id);
  switch (term.kind) {
    case TermKind::kMap: return VisitMap(term, id, demand);
    case TermKind::kAggregate:
    case TermKind::kAmong:
    case TermKind::kRank:
    case TermKind::kTime: VisitFold(term, demand); [[fallthrough]];
    default:
      if (term.type.kind == TypeKind::kBool) VisitTruth(term, id, demand);
  }
}

void ProbeWalk::VisitBelow(TermId id, NodeId demand) {
  const Term& term = list_.model().term(id);
  if (term.kind == TermKind::kMap && IsConnective(term)) return VisitMap(term, id, demand);
  if (term.kind == TermKind::kMap) return VisitInside(term, demand);
  if (!term.inputs.empty()) VisitFold(term, demand);
}

void ProbeWalk::VisitMap(const Term& term, TermId id, NodeId demand) {
  switch (term.map) {
    case MapOp::kCoalesce: return VisitFallback(term, demand);
    case MapOp::kSafeDivide: return VisitDivision(term, demand);
    case MapOp::kIf:
    case MapOp::kIfTrue:
      if (term.type.kind != TypeKind::kBool || IsConnective(term)) return VisitChoice(term, demand);
      break;
    case MapOp::kAnd:
    case MapOp::kOr:
      if (IsConnective(term)) return VisitJoined(term, demand);
      break;
    default: break;
  }
  if (term.type.kind == TypeKind::kBool && !IsConnective(term)) {
    return VisitTruth(term, id, demand);
  }
  for (const TermId input : term.inputs) Visit(input, demand);
}

// Is it made of other conditions, each of which counts by itself? The parts of `a <= x <= b` and of
// `x between a and b` stand at one place and count as one.
bool ProbeWalk::IsConnective(const Term& term) const {
  switch (term.map) {
    case MapOp::kAnd:
    case MapOp::kOr:
    case MapOp::kNot:
    case MapOp::kIf:
    case MapOp::kIfTrue:
    case MapOp::kGiven: break;
    default: return false;
  }
  if (made_.count(term.span) > 0) return true;
  return std::any_of(term.inputs.begin(), term.inputs.end(),
                     [&](TermId input) { return list_.model().term(input).span != term.span; });
}

// A condition that is not made of others; rows are folded before it is.
bool ProbeWalk::IsPlainTruth(const Term& term) const {
  if (term.type.kind != TypeKind::kBool) return false;
  if (term.kind != TermKind::kMap) return term.inputs.empty();
  return !IsConnective(term) && term.map != MapOp::kCoalesce;
}

void ProbeWalk::VisitTruth(const Term& term, TermId id, NodeId demand) {
  const NodeId node = list_.Lower(id);
  const ProbeKind kind = std::exchange(part_, false) ? ProbeKind::kPart : ProbeKind::kCondition;
  Ways(kind, term.span, node, demand, node);
  if (term.kind == TermKind::kMap) VisitInside(term, demand);
}

// Below a condition: what stands at its own place is part of it.
void ProbeWalk::VisitInside(const Term& term, NodeId demand) {
  for (const TermId input : term.inputs) {
    const Term& part = list_.model().term(input);
    const bool same =
        part.span == term.span && part.kind == TermKind::kMap && part.type.kind == TypeKind::kBool;
    if (same) {
      VisitInside(part, demand);
    } else {
      Visit(input, demand);
    }
  }
}

void ProbeWalk::VisitChoice(const Term& term, NodeId demand) {
  const NodeId condition = list_.Lower(term.inputs[0]);
  Visit(term.inputs[0], demand);
  Visit(term.inputs[1], list_.Both(demand, condition));
  const NodeId otherwise =
      term.map == MapOp::kIf ? list_.Not(condition) : list_.Leaves(condition, true);
  Visit(term.inputs[2], list_.Both(demand, otherwise));
}

// A part of `and` or `or` counts in the rows where the other parts leave the outcome to it.
void ProbeWalk::VisitJoined(const Term& term, NodeId demand) {
  const bool written = made_.count(term.span) == 0;
  for (size_t i = 0; i < term.inputs.size(); ++i) {
    NodeId decides = demand;
    for (size_t j = 0; written && j < term.inputs.size(); ++j) {
      if (j == i) continue;
      const NodeId other = list_.Lower(term.inputs[j]);
      decides = list_.Both(decides, list_.Leaves(other, term.map == MapOp::kOr));
    }
    part_ = written && IsPlainTruth(list_.model().term(term.inputs[i]));
    Visit(term.inputs[i], decides);
    part_ = false;
  }
}

void ProbeWalk::VisitFallback(const Term& term, NodeId demand) {
  NodeId missing = demand;
  for (size_t i = 0; i < term.inputs.size(); ++i) {
    Visit(term.inputs[i], missing);
    if (i + 1 == term.inputs.size()) break;
    if (!CanBeMissing(list_.model(), term.inputs[i])) break;
    const NodeId value = list_.Lower(term.inputs[i]);
    const NodeId present = list_.Not(list_.IsMissing(value));
    Ways(ProbeKind::kFallback, list_.model().term(term.inputs[i]).span, present, missing, value);
    missing = list_.Both(missing, list_.IsMissing(value));
  }
}

void ProbeWalk::VisitDivision(const Term& term, NodeId demand) {
  for (const TermId input : term.inputs) Visit(input, demand);
  const NodeId divisor = list_.Lower(term.inputs[1]);
  const NodeId zero = list_.builder().Constant(Number());
  const NodeId divides = list_.builder().Map(MapOp::kNotEqual, {divisor, zero}, kBool);
  Ways(ProbeKind::kFallback, term.span, divides, demand, divisor);
}

// The rows that are folded: those for which the condition holds. Where they are not rows of the
// row that asks, all of them are asked for.
void ProbeWalk::VisitFold(const Term& term, NodeId demand) {
  NodeId asked = term.kind == TermKind::kAggregate ? demand : NodeId::None();
  if (term.condition.valid()) {
    Visit(term.condition, asked);
    asked = list_.Both(asked, list_.Lower(term.condition));
  }
  for (const TermId input : term.inputs) Visit(input, asked);
  for (const TermId key : term.keys) Visit(key, NodeId::None());
}

void ProbeWalk::Ways(ProbeKind kind, Span span, NodeId condition, NodeId demand, NodeId watched) {
  if (made_.count(span) > 0) return;
  Probe probe;
  probe.kind = kind;
  probe.span = span;
  probe.id = id_;
  probe.name = name_;
  probe.every_row = every_row_;
  probe.outcome = ProbeOutcome::kHolds;
  probe.reached = list_.Both(demand, condition);
  list_.Add(probe, watched);
  probe.outcome = ProbeOutcome::kFails;
  probe.reached = list_.Both(demand, list_.Not(condition));
  list_.Add(std::move(probe), watched);
}

}  // namespace steelyard
