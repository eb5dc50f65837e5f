// Named things: parameters, values, indicators, outcomes, computed columns. Each is typed once,
// when something first asks for it.
#include <algorithm>
#include <set>

#include "engine/base/text.h"
#include "engine/check/checking.h"
#include "engine/check/literals.h"

namespace steelyard {
namespace {

// How many definitions may build one upon the other; far beyond any real card.
constexpr size_t kMaxChain = 300;

void AddName(Checking& checking, const Word& word, DefinitionId id) {
  if (!word.present()) return;
  const std::string name = NormalizeName(word.text);
  if (IsReservedName(name)) {
    checking.sink.Report(DiagKind::kReservedName, word.span, {word.text});
    return;
  }
  const auto [at, added] = checking.definitions.emplace(name, id);
  if (added || at->second == id) return;
  checking.sink.Report(DiagKind::kNameTwice, word.span, {word.text})
      .Because(HelpKind::kFirstHere, {}, checking.model.definition(at->second).span);
}

DefinitionId Add(Checking& checking, DefinitionKind kind, const Word& id, const Word& name,
                 const Formula* formula, Stage stage) {
  const DefinitionId added{static_cast<int32_t>(checking.model.definitions.size())};
  Definition definition;
  definition.kind = kind;
  definition.id = NormalizeName(id.text);
  definition.name = name.text;
  definition.span = id.span;
  checking.model.definitions.push_back(std::move(definition));
  Checking::Pending pending;
  pending.formula = formula;
  pending.place.context = checking.schema().subject;
  pending.place.stage = stage;
  pending.place.self = added;
  checking.pending.push_back(std::move(pending));
  AddName(checking, id, added);
  AddName(checking, name, added);
  return added;
}

// --- parameters ---------------------------------------------------------------------------------

using Entry = ParameterDecl::Entry;

std::vector<const Entry*> ByDate(const ParameterDecl& declared) {
  std::vector<const Entry*> entries;
  for (const Entry& entry : declared.entries) entries.push_back(&entry);
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Entry* a, const Entry* b) { return a->from < b->from; });
  return entries;
}

// A bare word is a text (`[S, A]`), unless it is another parameter; a single one that names
// something else was meant to be that.
TermId ElementTerm(Checking& checking, const Formula& formula, DefinitionId self) {
  if (!formula.parsed()) return TermId::None();
  Place place;
  place.stage = Stage::kConstant;
  const Expr& root = formula.tree.at(formula.tree.root);
  if (root.kind == ExprKind::kName && root.text2.empty()) {
    const Found found = Lookup(checking, root.text, place);
    const bool parameter =
        found.kind == FoundKind::kDefinition && found.definition != self &&
        checking.model.definition(found.definition).kind == DefinitionKind::kParameter;
    const bool of_list = checking.model.definition(self).is_list;
    if (!parameter && (of_list || found.kind == FoundKind::kNothing)) {
      Term text;
      text.constant = root.text;
      text.type = Type::Of(TypeKind::kText);
      text.span = root.span;
      return checking.model.Add(std::move(text));
    }
  }
  const TermId term = CheckWhole(checking, formula, place);
  return HasError(checking, term) ? TermId::None() : term;
}

// The value in force at the evaluation date: the last one whose date has come.
TermId InForce(Checking& checking, const std::vector<const Entry*>& entries,
               std::vector<TermId> values, Span span) {
  const auto type = UnifyBranches(checking, values, "parameters");
  if (!type) return TermId::None();
  TermId result = ConstantTerm(checking, MissingCause::kNotInForce, *type, span);
  for (size_t i = 0; i < entries.size(); ++i) {
    result = entries[i]->from
                 ? FromDateTerm(checking, *entries[i]->from, values[i], result, *type, span)
                 : values[i];
  }
  return result;
}

TermId ResolveParameter(Checking& checking, DefinitionId id) {
  const ParameterDecl& declared = *checking.pending[id.index()].parameter;
  const auto entries = ByDate(declared);
  std::vector<TermId> values;
  std::vector<Definition::ListEntry> lists;
  bool failed = entries.empty();
  for (const Entry* entry : entries) {
    std::vector<TermId> elements;
    for (const Formula& formula : entry->values) {
      elements.push_back(ElementTerm(checking, formula, id));
      failed = failed || !elements.back().valid();
    }
    // One without a value was reported when the file was read.
    failed = failed || (elements.empty() && !declared.is_list);
    if (!elements.empty()) values.push_back(elements[0]);
    lists.push_back({entry->from, std::move(elements)});
  }
  if (failed) return TermId::None();
  Definition& definition = checking.model.definitions[id.index()];
  if (!declared.is_list) return InForce(checking, entries, std::move(values), definition.span);
  definition.lists = std::move(lists);
  // Lists are used element by element; the term only says that all is well.
  Term marker;
  marker.type = Type::Of(TypeKind::kNothing);
  marker.span = definition.span;
  return checking.model.Add(std::move(marker));
}

// --- resolving ----------------------------------------------------------------------------------

void AddNames(const std::vector<WeightEntry>& entries, std::set<std::string>& names) {
  for (const WeightEntry& entry : entries) names.insert(NormalizeName(entry.indicator.text));
}

// Everything the weights name.
std::set<std::string> WeighedNames(const WeightsDecl& weights) {
  std::set<std::string> names;
  for (const DimensionDecl& dimension : weights.dimensions) AddNames(dimension.entries, names);
  for (const ProfileDecl& profile : weights.profiles) AddNames(profile.set, names);
  for (const AdjustmentDecl& adjustment : weights.adjustments) {
    AddNames(adjustment.change, names);
    AddNames(adjustment.set, names);
  }
  return names;
}

void ReportCycle(Checking& checking, DefinitionId id, Span used_at) {
  const auto first = std::find(checking.running.begin(), checking.running.end(), id);
  std::string way;
  for (auto at = first; at != checking.running.end(); ++at) {
    way += checking.model.definition(*at).id + " → ";
  }
  const std::string& name = checking.model.definition(id).id;
  checking.sink.Report(DiagKind::kCycle, used_at, {name, way + name});
}

// A computed column belongs to its table's rows; anything else to the subject's.
Grain GrainOf(const Checking& checking, DefinitionId id) {
  const Definition& definition = checking.model.definition(id);
  if (definition.kind != DefinitionKind::kComputedColumn) return checking.model.subject;
  const TableId table = definition.column.table;
  const bool periodic = checking.schema().period && !IsDated(checking.schema(), table);
  return Grain{table, periodic};
}

TermId ResolveFormula(Checking& checking, DefinitionId id) {
  // A copy: more definitions may be added to the list while this one runs.
  const Checking::Pending pending = checking.pending[id.index()];
  if (!pending.formula->parsed()) return TermId::None();
  const Definition& definition = checking.model.definition(id);
  const ExprId root = WithoutLabel(checking, *pending.formula, pending.place,
                                   {definition.id, NormalizeName(definition.name)});
  TermId term = CheckExpression(checking, pending.formula->tree, root, pending.place);
  // A value may be finer than the subject: it is then for use inside aggregates.
  if (definition.kind != DefinitionKind::kValue) {
    term = RequireGrain(checking, term, GrainOf(checking, id));
  }
  if (HasError(checking, term)) return TermId::None();
  return term;
}

void TypeComputedColumn(Checking& checking, DefinitionId id, TermId term) {
  const Definition& definition = checking.model.definition(id);
  if (definition.kind != DefinitionKind::kComputedColumn || !term.valid()) return;
  checking.model.schema.tables[definition.column.table.index()]
      .columns[definition.column.index()]
      .type = checking.model.term(term).type;
}

}  // namespace

ExprId WithoutLabel(Checking& checking, const Formula& formula, const Place& place,
                    const std::vector<std::string>& own_names) {
  const ExprTree& tree = formula.tree;
  const Expr& root = tree.at(tree.root);
  if (root.kind != ExprKind::kBinary || root.op != Op::kEqual) return tree.root;
  const Expr& left = tree.at(root.children[0]);
  if (left.kind != ExprKind::kName || !left.text2.empty()) return tree.root;
  if (std::find(own_names.begin(), own_names.end(), left.text) != own_names.end()) {
    return root.children[1];
  }
  const ExprKind right = tree.at(root.children[1]).kind;
  const bool computed = right == ExprKind::kBinary || right == ExprKind::kCall;
  if (!computed || Lookup(checking, left.text, place).kind != FoundKind::kNothing) {
    return tree.root;
  }
  checking.sink.Report(DiagKind::kLabelIgnored, left.span, {left.text});
  return root.children[1];
}

void RegisterDefinitions(Checking& checking) {
  for (const ParameterDecl& parameter : checking.file.parameters) {
    const DefinitionId id = Add(checking, DefinitionKind::kParameter, parameter.id, parameter.name,
                                nullptr, Stage::kConstant);
    checking.model.definitions[id.index()].is_list = parameter.is_list;
    checking.pending[id.index()].parameter = &parameter;
  }
  for (const ValueDecl& value : checking.file.values) {
    Add(checking, DefinitionKind::kValue, value.id, value.name, &value.formula, Stage::kValues);
  }
  for (const IndicatorDecl& declared : checking.file.indicators) {
    IndicatorModel indicator;
    indicator.decl = &declared;
    indicator.id = NormalizeName(declared.id.text);
    indicator.name = declared.name.text;
    indicator.definition = Add(checking, DefinitionKind::kIndicator, declared.id, declared.name,
                               &declared.formula, Stage::kValues);
    const auto index = static_cast<int32_t>(checking.model.indicators.size());
    checking.model.definitions.back().indicator = index;
    checking.indicators.emplace(indicator.id, index);
    if (declared.name.present()) {
      checking.indicators.emplace(NormalizeName(declared.name.text), index);
    }
    checking.model.indicators.push_back(std::move(indicator));
  }
  for (const OutcomeDecl& outcome : checking.file.outcomes) {
    Add(checking, DefinitionKind::kOutcome, outcome.id, outcome.name, &outcome.formula,
        Stage::kResult);
  }
  for (const PoolDecl& pool : checking.file.pools) {
    const DefinitionId id =
        Add(checking, DefinitionKind::kPool, pool.id, pool.name, nullptr, Stage::kResult);
    checking.pending[id.index()].pool = &pool;
  }
}

TermId Resolve(Checking& checking, DefinitionId id, Span used_at) {
  using State = Checking::Pending::State;
  if (checking.pending[id.index()].state == State::kDone) {
    return checking.model.definition(id).term;
  }
  if (checking.pending[id.index()].state == State::kRunning) {
    ReportCycle(checking, id, used_at);
    return TermId::None();
  }
  if (checking.running.size() >= kMaxChain) {
    checking.sink.Report(DiagKind::kTooManyNames, checking.model.definition(id).span,
                         {checking.model.definition(id).id, std::to_string(kMaxChain)});
    return TermId::None();
  }
  checking.pending[id.index()].state = State::kRunning;
  checking.running.push_back(id);
  const bool parameter = checking.model.definition(id).kind == DefinitionKind::kParameter;
  TermId term;
  if (parameter) {
    term = ResolveParameter(checking, id);
  } else if (checking.model.definition(id).kind == DefinitionKind::kPool) {
    term = PoolTerm(checking, id);
  } else if (checking.pending[id.index()].formula->present()) {
    term = ResolveFormula(checking, id);
  } else {
    term = ValueWithoutFormula(checking, id);
  }
  checking.running.pop_back();
  checking.pending[id.index()].state = State::kDone;
  TypeComputedColumn(checking, id, term);
  Definition& definition = checking.model.definitions[id.index()];
  definition.term = term;
  definition.constant = ConstantValue(checking.model, term);
  return term;
}

void ResolveAll(Checking& checking) {
  const std::set<std::string> weighed = WeighedNames(checking.file.weights);
  for (size_t i = 0; i < checking.pending.size(); ++i) {
    const DefinitionId id{static_cast<int32_t>(i)};
    const Definition& definition = checking.model.definition(id);
    if (IsResult(definition.kind)) continue;
    // What a library offers and this card has no use for may speak of tables that are not here.
    const bool offered = IsImported(checking, definition.span);
    if (offered && weighed.count(definition.id) == 0 &&
        weighed.count(NormalizeName(definition.name)) == 0) {
      continue;
    }
    Resolve(checking, id, checking.model.definition(id).span);
  }
}

}  // namespace steelyard
