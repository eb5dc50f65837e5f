// Terms that mean the same get the same number: each is told by its operation and the numbers of
// what it is made of.
#include "engine/check/figures.h"

#include <algorithm>

namespace steelyard {
namespace {

std::string Text(const Value& value) {
  if (value.is_number()) return "n" + value.number().ToFraction();
  if (value.is_bool()) return value.truth() ? "b1" : "b0";
  if (value.is_text()) return "t" + value.text();
  if (value.is_date()) return "d" + std::to_string(value.date().days);
  if (value.is_datetime()) return "m" + std::to_string(value.datetime().micros);
  if (value.is_period()) return "p" + value.period().ToString();
  return "x";
}

void AddGrain(Grain grain, std::vector<int64_t>& key) {
  key.push_back(grain.table.value);
  key.push_back(grain.periodic ? 1 : 0);
}

}  // namespace

std::vector<TermId> TermsOfDefinitions(const Model& model) {
  std::vector<TermId> terms;
  for (const Definition& definition : model.definitions) {
    if (definition.term.valid()) terms.push_back(definition.term);
  }
  std::sort(terms.begin(), terms.end(), [](TermId a, TermId b) { return a.value < b.value; });
  return terms;
}

// An indicator is missing while it is not in force, and a value of another table where a row
// belongs to none of its rows: their formulas alone do not say so.
TermId Figures::Behind(TermId id) {
  const TermId named = id;
  for (;;) {
    const auto found = behind_.find(id.value);
    const TermId next = found != behind_.end() ? found->second : FormulaOf(id);
    if (next == id) break;
    id = next;
  }
  if (id != named) behind_[named.value] = id;
  return id;
}

TermId Figures::FormulaOf(TermId id) const {
  const Term& term = model_.term(id);
  if (term.kind != TermKind::kDefinition) return id;
  const Definition& definition = model_.definition(term.definition);
  if (definition.kind == DefinitionKind::kIndicator || !definition.term.valid()) return id;
  const TableId table = model_.term(definition.term).grain.table;
  const bool own = !table.valid() || table == model_.subject.table;
  return own && !definition.is_list ? definition.term : id;
}

int32_t Figures::Of(TermId id) {
  if (const auto found = known_.find(id.value); found != known_.end()) return found->second;
  if (!looked_ahead_) {  // long chains of values are climbed from below
    looked_ahead_ = true;
    for (const TermId term : TermsOfDefinitions(model_)) Of(term);
  }
  const TermId behind = Behind(id);
  const int32_t number = behind == id ? Number(KeyOf(model_.term(id))) : Of(behind);
  known_.emplace(id.value, number);
  return number;
}

int32_t Figures::AsOf() {
  Term term;
  term.kind = TermKind::kRun;
  return Number(KeyOf(term));
}

int32_t Figures::Number(const Key& key) {
  return numbers_.emplace(key, static_cast<int32_t>(numbers_.size())).first->second;
}

int64_t Figures::Constant(const Value& value) {
  return constants_.emplace(Text(value), static_cast<int64_t>(constants_.size())).first->second;
}

Figures::Key Figures::KeyOf(const Term& term) {
  Key key = {static_cast<int64_t>(term.kind)};
  switch (term.kind) {
    case TermKind::kConstant:
      key.push_back(Constant(term.constant));
      AddGrain(term.grain, key);
      return key;
    case TermKind::kColumn:
      key.push_back(term.column.table.value);
      key.push_back(term.column.column);
      return key;
    case TermKind::kDefinition: key.push_back(term.definition.value); return key;
    case TermKind::kRun: key.push_back(static_cast<int64_t>(term.run)); return key;
    case TermKind::kScoring:
      key.push_back(static_cast<int64_t>(term.scoring));
      key.push_back(term.index);
      return key;
    default: AddParts(term, key); return key;
  }
}

void Figures::AddParts(const Term& term, Key& key) {
  key.push_back(static_cast<int64_t>(term.map));
  key.push_back(static_cast<int64_t>(term.aggregate));
  key.push_back(static_cast<int64_t>(term.rank));
  key.push_back(static_cast<int64_t>(term.time));
  key.push_back(term.index);
  key.push_back(term.all_periods ? 1 : 0);
  key.push_back(term.count_rows ? 1 : 0);
  AddGrain(term.grain, key);
  AddGrain(term.source, key);
  key.push_back(term.condition.valid() ? Of(term.condition) : -1);
  key.push_back(static_cast<int64_t>(term.inputs.size()));
  for (const TermId input : term.inputs) key.push_back(Of(input));
  for (const TermId id : term.keys) key.push_back(Of(id));
}

}  // namespace steelyard
