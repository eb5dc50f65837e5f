// The top of a rule file, its parameters, values and tables.
#include "engine/compare/outline.h"

#include <algorithm>
#include <utility>

#include "engine/base/text.h"
#include "engine/compare/outline_build.h"

namespace steelyard {
namespace {

Said SayEffective(const DateRange& range) {
  if (!range.span.valid()) return {};
  Said said;
  said.span = range.span;
  said.pieces.push_back(Plain(range.from ? range.from->ToString() : ""));
  said.pieces.push_back(Glue(".."));
  said.pieces.push_back(Plain(range.until ? range.until->ToString() : ""));
  return said;
}

void OutlineCard(const RuleFile& file, Outline& outline) {
  Item card = MakeItem(Role::kCard, Section::kCard, {});
  card.name = file.title.present() ? file.title.text : file.scorecard.text;
  card.span = file.scorecard.present() ? file.scorecard.span : Span{file.file, 0, 0};
  Add(card, "scorecard", SayWord(file.scorecard), ChangeEffect::kNone);
  Add(card, "title", SayWord(file.title), ChangeEffect::kNone);
  Add(card, "version", SayWord(file.version), ChangeEffect::kNone);
  Add(card, "effective", SayEffective(file.effective));
  Add(card, "level", SaySet(file.level), ChangeEffect::kNone);
  Add(card, "subject", SayName(file.subject, NameOf::kTable));
  Add(card, "subject_where", SayFormula(file.subject_where));
  Add(card, "period", SayWord(file.period));
  Add(card, "import", SaySet(file.imports), ChangeEffect::kNone);
  outline.items.push_back(std::move(card));
}

Said SayEntries(const ParameterDecl& parameter) {
  std::vector<const ParameterDecl::Entry*> sorted;
  for (const auto& entry : parameter.entries) sorted.push_back(&entry);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto* a, const auto* b) { return a->from < b->from; });
  const auto kind = parameter.is_list ? Piece::Kind::kConstant : Piece::Kind::kFormula;
  Said said;
  said.span = parameter.id.span;
  for (const ParameterDecl::Entry* entry : sorted) {
    if (!said.pieces.empty()) said.pieces.push_back(Glue("; "));
    if (entry->from) {
      said.pieces.push_back(Plain(entry->from->ToString()));
      said.pieces.push_back(Glue(": "));
    }
    for (size_t i = 0; i < entry->values.size(); ++i) {
      if (i > 0) said.pieces.push_back(Glue(", "));
      said.pieces.push_back(Tree(entry->values[i], kind));
    }
  }
  if (parameter.entries.empty()) return said;
  const ParameterDecl::Entry& first = parameter.entries.front();
  if (!first.values.empty()) said.span = first.values.front().span;
  if (first.from) said.span = first.from_span;
  // The order of a list means nothing; that of dates does.
  said.as_set = parameter.is_list && parameter.entries.size() == 1;
  return said;
}

void OutlineNamed(const RuleFile& file, Outline& outline) {
  for (const ParameterDecl& decl : file.parameters) {
    Item item = MakeItem(Role::kParameter, Section::kParameters, decl.id, decl.name);
    Add(item, "name", SayWord(decl.name), ChangeEffect::kNone);
    Add(item, "value", SayEntries(decl));
    const Span overrides = decl.overrides ? decl.id.span : Span{};
    Add(item, "override", SayChoice(decl.overrides ? "true" : "false", overrides),
        ChangeEffect::kNone);
    outline.items.push_back(std::move(item));
  }
  for (const ValueDecl& decl : file.values) {
    Item item = MakeItem(Role::kValue, Section::kValues, decl.id, decl.name);
    Add(item, "name", SayWord(decl.name), ChangeEffect::kNone);
    Add(item, "formula", SayFormula(decl.formula));
    const Span overrides = decl.overrides ? decl.id.span : Span{};
    Add(item, "override", SayChoice(decl.overrides ? "true" : "false", overrides),
        ChangeEffect::kNone);
    outline.items.push_back(std::move(item));
  }
}

// Keys and links that are no columns of their own are texts.
std::string_view ImpliedType(const TableDecl& table, const std::string& column) {
  const auto same = [&](const Word& word) { return NormalizeName(word.text) == column; };
  const bool is_key = std::any_of(table.key.begin(), table.key.end(), same);
  const bool is_link = std::any_of(table.parents.begin(), table.parents.end(),
                                   [&](const ParentDecl& parent) { return same(parent.column); });
  return is_key || is_link ? "text" : "";
}

Item OutlineColumn(const TableDecl& table, const ColumnDecl& decl) {
  Item item = MakeItem(Role::kColumn, Section::kTables, decl.id, decl.name);
  item.part = "columns." + decl.id.text;
  Add(item, "name", SayWord(decl.name));  // also a heading by which files have it
  Add(item, "type", SayWord(decl.type));
  const std::string_view implied = ImpliedType(table, NormalizeName(decl.id.text));
  const bool untyped = !decl.type.present() && decl.values.empty() && !decl.formula.present();
  if (untyped && !implied.empty()) Add(item, "type", SayChoice(implied, {}));
  Add(item, "values", SaySet(decl.values));
  Add(item, "unit", SayWord(decl.unit));
  Add(item, "min", SayFormula(decl.min));
  Add(item, "max", SayFormula(decl.max));
  Add(item, "formula", SayFormula(decl.formula));
  Add(item, "aliases", SaySet(decl.aliases));
  return item;
}

Item OutlineParent(const TableDecl& table, const ParentDecl& decl) {
  Item item = MakeItem(Role::kParent, Section::kTables, decl.table);
  item.part = "belongs_to." + decl.table.text;
  Add(item, "column", SayName(decl.column, NameOf::kColumn, table.id.text));
  const Span span = decl.optional ? decl.optional_span : Span{};
  Add(item, "optional", SayChoice(decl.optional ? "true" : "false", span));
  return item;
}

}  // namespace

void OutlineTables(const RuleFile& file, Outline& outline) {
  for (const TableDecl& decl : file.tables) {
    Item item = MakeItem(Role::kTable, Section::kTables, decl.id, decl.name);
    Add(item, "name", SayWord(decl.name), ChangeEffect::kNone);
    Add(item, "key", SayNames(decl.key, NameOf::kColumn, decl.id.text));
    Add(item, "time", SayName(decl.time, NameOf::kColumn, decl.id.text));
    Add(item, "results_of", SayWord(decl.results_of));
    for (const ParentDecl& parent : decl.parents) {
      item.items.push_back(OutlineParent(decl, parent));
    }
    for (const ColumnDecl& column : decl.columns) {
      item.items.push_back(OutlineColumn(decl, column));
    }
    outline.items.push_back(std::move(item));
  }
}

bool CanBeRenamed(Role role) {
  switch (role) {
    case Role::kTable:
    case Role::kColumn:
    case Role::kParameter:
    case Role::kValue:
    case Role::kIndicator:
    case Role::kDimension:
    case Role::kProfile:
    case Role::kAdjustment:
    case Role::kGate:
    case Role::kGrade:
    case Role::kOutcome:
    case Role::kPool:
    case Role::kSchedule: return true;
    default: return false;
  }
}

Outline MakeOutline(const RuleFile& file) {
  Outline outline;
  outline.file = file.file;
  outline.is_library = file.is_library;
  OutlineCard(file, outline);
  OutlineTables(file, outline);
  OutlineNamed(file, outline);
  OutlineIndicators(file, outline);
  OutlineWeights(file, outline);
  OutlineGates(file, outline);
  OutlinePay(file, outline);
  return outline;
}

}  // namespace steelyard
