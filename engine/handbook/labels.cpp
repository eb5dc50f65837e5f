#include "engine/handbook/labels.h"

#include <algorithm>

#include "engine/base/text.h"

namespace steelyard {
namespace {

bool IsName(TermKind kind) {
  return kind == TermKind::kColumn || kind == TermKind::kDefinition || kind == TermKind::kRun ||
         kind == TermKind::kScoring;
}

bool IsFold(TermKind kind) {
  return kind == TermKind::kAggregate || kind == TermKind::kAmong || kind == TermKind::kRank;
}

}  // namespace

Labels::Labels(const Model& model, Language language) : model_(model), language_(language) {
  for (size_t i = 0; i < model.terms.size(); ++i) {
    const Term& term = model.terms[i];
    const TermId id{static_cast<int32_t>(i)};
    if (IsName(term.kind)) terms_.emplace(term.span, id);
    if (IsFold(term.kind)) folds_.emplace(term.span, id);
  }
  for (size_t i = 0; i < model.definitions.size(); ++i) {
    const Definition& definition = model.definitions[i];
    if (definition.kind == DefinitionKind::kComputedColumn) continue;
    const DefinitionId id{static_cast<int32_t>(i)};
    by_name_.emplace(definition.id, id);
    if (!definition.name.empty()) by_name_.emplace(NormalizeName(definition.name), id);
    if (definition.term.valid()) ++uses_[Of(definition)];
  }
  for (const char* word : {"score", "grade"}) ++uses_[word];  // what is known of every card
  for (const TableSchema& table : model.schema.tables) {
    for (const ColumnSchema& column : table.columns) {
      if (column.needed) ++uses_[Chosen(column.id, column.name)];
    }
  }
}

std::string Labels::Chosen(const std::string& id, const std::string& name) {
  const bool only_ascii =
      std::all_of(id.begin(), id.end(), [](char c) { return static_cast<signed char>(c) >= 0; });
  return name.empty() || !only_ascii ? id : name;
}

std::string Labels::Of(TableId table) const {
  const TableSchema& schema = model_.schema.table(table);
  return Chosen(schema.id, schema.name);
}

// With its table where something else goes by the same name.
std::string Labels::Of(ColumnId column) {
  columns_.insert(column);
  const ColumnSchema& schema = model_.schema.column(column);
  const std::string label = Chosen(schema.id, schema.name);
  const auto uses = uses_.find(label);
  if (uses == uses_.end() || uses->second < 2) return label;
  return Of(column.table) + "·" + label;
}

std::string Labels::OfWord(const Word& indicator) const {
  const auto found = by_name_.find(NormalizeName(indicator.text));
  return found == by_name_.end() ? indicator.text : Of(model_.definition(found->second));
}

TermId Labels::TermOf(const Expr& name) const {
  const auto found = terms_.find(name.span);
  return found == terms_.end() ? TermId::None() : found->second;
}

DefinitionId Labels::DefinitionOf(const Expr& name) const {
  if (name.kind != ExprKind::kName || !name.text2.empty()) return DefinitionId::None();
  const TermId term = TermOf(name);
  if (term.valid() && model_.term(term).kind == TermKind::kDefinition) {
    return model_.term(term).definition;
  }
  if (term.valid()) return DefinitionId::None();
  const auto found = by_name_.find(name.text);
  return found == by_name_.end() ? DefinitionId::None() : found->second;
}

void Labels::Note(DefinitionId id) {
  if (std::find(met_.begin(), met_.end(), id) == met_.end()) met_.push_back(id);
}

std::vector<DefinitionId> Labels::TakeMet() {
  std::vector<DefinitionId> met;
  met.swap(met_);
  return met;
}

std::string Labels::Of(const Expr& name) {
  if (name.text == "value" && name.text2.empty() && indicator_ >= 0) {
    return Of(model_.indicators[static_cast<size_t>(indicator_)]);
  }
  const TermId term = TermOf(name);
  if (term.valid()) return OfTerm(model_.term(term));
  return OfIndicator(name);
}

// Names that are no figures by themselves: lists, dimensions, tables.
std::string Labels::OfIndicator(const Expr& name) {
  const auto found = by_name_.find(name.text);
  if (found != by_name_.end() && name.text2.empty()) {
    Note(found->second);
    return Of(model_.definition(found->second));
  }
  return OfTable(name);
}

std::string Labels::OfTable(const Expr& name) {
  for (size_t i = 0; i < model_.schema.tables.size(); ++i) {
    const TableSchema& table = model_.schema.tables[i];
    const bool fits = table.id == name.text || NormalizeName(table.name) == name.text;
    if (fits) return Of(TableId{static_cast<int32_t>(i)});
  }
  return name.text2.empty() ? name.text : name.text + "·" + name.text2;
}

std::string Labels::OfTerm(const Term& term) {
  switch (term.kind) {
    case TermKind::kColumn: return Of(term.column);
    case TermKind::kDefinition: {
      Note(term.definition);
      const Definition& definition = model_.definition(term.definition);
      return definition.column.valid() ? Of(definition.column) : Of(definition);
    }
    case TermKind::kRun:
      switch (term.run) {
        case RunFigure::kAsOf: return Say("evaluation date", "评估日");
        case RunFigure::kPeriodStart: return Say("first day of the period", "期初日");
        case RunFigure::kPeriodEnd: return Say("last day of the period", "期末日");
        case RunFigure::kPeriod: return Say("period", "考核期");
      }
      break;
    default: break;
  }
  return term.scoring == ScoringFigure::kGrade ? Say("grade", "等级") : Say("score", "总得分");
}

const Term* Labels::RowsTerm(const Expr& call) const {
  const auto found = folds_.find(call.span);
  return found == folds_.end() ? nullptr : &model_.term(found->second);
}

std::string Labels::RowsOf(const Expr& call) {
  const Term* term = RowsTerm(call);
  if (term == nullptr || !term->source.table.valid()) return "";
  const bool of_subjects = term->source.table == model_.schema.subject;
  return of_subjects ? "" : Of(term->source.table);
}

bool Labels::CountsRows(const Expr& call) {
  const Term* term = RowsTerm(call);
  return term != nullptr && term->count_rows;
}

}  // namespace steelyard
