// Each kind of term becomes one node, with gathers where an input is coarser.
#include "engine/program/terms.h"

#include "engine/base/check.h"

namespace steelyard {

NodeId TermLowering::Lower(TermId id) {
  STEELYARD_CHECK(id.valid());
  if (const auto found = done_.find(id.value); found != done_.end()) return found->second;
  const NodeId made = Make(model_.term(id));
  done_.emplace(id.value, made);
  return made;
}

NodeId TermLowering::Make(const Term& term) {
  switch (term.kind) {
    case TermKind::kConstant:
      // count(table) folds a constant that is true on each row: it stays a constant.
      return builder_.Constant(term.constant, term.type);
    case TermKind::kColumn: return builder_.Input(term.column);
    case TermKind::kDefinition: return Referred(model_.definition(term.definition));
    case TermKind::kRun: return builder_.Run(term.run, model_.schema.period.has_value());
    case TermKind::kScoring: return Scoring(term);
    case TermKind::kAggregate: return Reduce(term);
    case TermKind::kAmong: return Among(term);
    case TermKind::kRank: return Rank(term);
    case TermKind::kTime: return Time(term);
    case TermKind::kStandIn: return StandIn(term);
    case TermKind::kMap: break;
  }
  std::vector<NodeId> inputs;
  for (const TermId input : term.inputs) inputs.push_back(Lower(input));
  return builder_.Map(term.map, std::move(inputs), term.type, term.span);
}

// What a name stands for. An indicator whose value is carried on goes by that value everywhere, so
// that alerts and outcomes see the figure that results show.
NodeId TermLowering::Referred(const Definition& definition) {
  if (definition.kind != DefinitionKind::kIndicator) return Lower(definition.term);
  const NodeId value = IndicatorValue(definition);
  const auto index = static_cast<size_t>(definition.indicator);
  const bool carries = model_.indicators[index].missing == MissingPolicy::kCarry;
  return carries ? Carried(value) : value;
}

// Apart: a column that says the same, of which there is one for each indicator.
NodeId TermLowering::IndicatorValue(const Definition& definition) {
  const NodeId value = Lower(definition.term);
  if (!apart_) return value;
  Node node;
  node.kind = NodeKind::kMap;
  node.map = MapOp::kCoalesce;
  node.n = definition.indicator + 1;
  node.table = builder_.node(value).table;
  node.type = builder_.node(value).type;
  node.inputs = {value};
  return builder_.Add(std::move(node));
}

std::vector<NodeId> TermLowering::Columns() const {
  std::vector<NodeId> columns(model_.terms.size());
  for (const auto& [term, node] : done_) columns[static_cast<size_t>(term)] = node;
  return columns;
}

NodeId TermLowering::Carried(NodeId id) {
  // What is the same in all periods has nothing to carry.
  if (!model_.subject.periodic || !builder_.node(id).table.periodic) return id;
  Node node;
  node.kind = NodeKind::kFrame;
  node.frame = FrameKind::kTime;
  node.time = TimeOp::kCarry;
  node.table = model_.subject;
  node.source = model_.subject;
  node.type = builder_.node(id).type;
  node.inputs = {builder_.At(id, model_.subject)};
  return builder_.Add(std::move(node));
}

NodeId TermLowering::Applies(const IndicatorModel& indicator) {
  const Type truth = Type::Of(TypeKind::kBool);
  // Retired without a last day: no day is known on which it still counted.
  if (indicator.status == Status::kRetired && !indicator.until) {
    return builder_.Constant(false, truth);
  }
  NodeId applies = builder_.InForce(indicator.from, indicator.until);
  if (indicator.when.valid()) {
    const NodeId yes = builder_.Constant(true, truth);
    const NodeId no = builder_.Constant(false, truth);
    const NodeId when = builder_.Map(MapOp::kIfTrue, {Lower(indicator.when), yes, no}, truth);
    applies = builder_.Map(MapOp::kAnd, {applies, when}, truth);
  }
  return applies;
}

NodeId TermLowering::Condition(const Term& term, Grain table, bool peers) {
  NodeId condition;
  if (term.condition.valid()) condition = builder_.At(Lower(term.condition), table);
  if (!peers || !model_.subject_where.valid() || table.table != model_.subject.table) {
    return condition;
  }
  NodeId selected = Lower(model_.subject_where);
  // Peers of all periods are those who are selected in this one; else nobody is left out.
  if (!Reaches(model_.schema, table, builder_.node(selected).table)) return condition;
  selected = builder_.At(selected, table);
  if (!condition.valid()) return selected;
  return builder_.Map(MapOp::kAnd, {condition, selected}, Type::Of(TypeKind::kBool), term.span);
}

NodeId TermLowering::Reduce(const Term& term) {
  Node node;
  node.kind = NodeKind::kReduce;
  node.aggregate = term.aggregate;
  node.count_rows = term.count_rows;
  node.table = term.grain;
  node.type = term.type;
  node.span = term.span;
  node.source = term.source;
  node.condition = Condition(term, term.source, false);
  node.inputs.push_back(builder_.At(Lower(term.inputs[0]), term.source));
  if (term.inputs.size() > 1) {
    const bool series =
        term.aggregate == AggregateOp::kWeightedAvg || term.aggregate == AggregateOp::kCorr;
    if (series) {
      node.inputs.push_back(builder_.At(Lower(term.inputs[1]), term.source));
    } else {
      node.extra = builder_.At(Lower(term.inputs[1]), term.grain);
    }
  }
  return builder_.Add(std::move(node));
}

NodeId TermLowering::Among(const Term& term) {
  Node node;
  node.kind = NodeKind::kFrame;
  node.frame = FrameKind::kAmong;
  node.aggregate = term.aggregate;
  node.count_rows = term.count_rows;
  node.all_periods = term.all_periods;
  node.table = term.grain;
  node.type = term.type;
  node.span = term.span;
  node.source = term.source;
  node.condition = Condition(term, term.source, true);
  node.inputs.push_back(builder_.At(Lower(term.inputs[0]), term.source));
  const bool series =
      term.aggregate == AggregateOp::kWeightedAvg || term.aggregate == AggregateOp::kCorr;
  if (term.inputs.size() > 1 && series) {
    node.inputs.push_back(builder_.At(Lower(term.inputs[1]), term.source));
  } else if (term.inputs.size() > 1) {
    node.extra = builder_.At(Lower(term.inputs[1]), term.grain);
  }
  for (const TermId key : term.keys) {
    node.keys.push_back(builder_.At(Lower(key), term.source));
    node.here_keys.push_back(builder_.At(Lower(key), term.grain));
  }
  return builder_.Add(std::move(node));
}

NodeId TermLowering::Rank(const Term& term) {
  Node node;
  node.kind = NodeKind::kFrame;
  node.frame = FrameKind::kRank;
  node.rank = term.rank;
  node.all_periods = term.all_periods;
  node.table = term.grain;
  node.source = term.grain;
  node.type = term.type;
  node.span = term.span;
  node.condition = Condition(term, term.grain, true);
  for (const TermId input : term.inputs) {
    node.inputs.push_back(builder_.At(Lower(input), term.grain));
  }
  for (const TermId key : term.keys) node.keys.push_back(builder_.At(Lower(key), term.grain));
  return builder_.Add(std::move(node));
}

NodeId TermLowering::Time(const Term& term) {
  Node node;
  node.kind = NodeKind::kFrame;
  node.frame = FrameKind::kTime;
  node.time = term.time;
  node.n = term.index;
  node.table = term.grain;
  node.source = term.grain;
  node.type = term.type;
  node.span = term.span;
  node.inputs.push_back(builder_.At(Lower(term.inputs[0]), term.grain));
  return builder_.Add(std::move(node));
}

NodeId TermLowering::StandIn(const Term& term) {
  Node node;
  node.kind = NodeKind::kInput;
  node.n = term.index;
  node.table = term.grain;
  node.type = term.type;
  node.span = term.span;
  return builder_.Add(std::move(node));
}

NodeId TermLowering::Scoring(const Term& term) {
  const auto index = static_cast<size_t>(term.index);
  switch (term.scoring) {
    case ScoringFigure::kPoints: return scoring.points[index];
    case ScoringFigure::kWeight: return scoring.weights[index];
    case ScoringFigure::kDimensionPoints: return scoring.dimension_points[index];
    case ScoringFigure::kDimensionWeight: return scoring.dimension_weights[index];
    case ScoringFigure::kScore: return scoring.score;
    case ScoringFigure::kGrade: return scoring.grade;
    case ScoringFigure::kAttainment: return scoring.attainments[index];
    case ScoringFigure::kMeetsTarget: return scoring.meets_target[index];
    case ScoringFigure::kScored: return scoring.scored;
  }
  STEELYARD_CHECK(false);
  return {};
}

}  // namespace steelyard
