// `data:` to the schema: tables, columns, types, keys, links.
#include <algorithm>

#include "engine/base/check.h"
#include "engine/base/text.h"
#include "engine/check/checking.h"

namespace steelyard {
namespace {

struct TypeWord {
  std::string_view word;
  TypeKind kind;
  NumberForm form;
};

// Links between tables are followed to and fro; no data set of a company comes near this.
constexpr size_t kMaxTables = 500;

constexpr TypeWord kTypeWords[] = {
    {"number", TypeKind::kNumber, NumberForm::kPlain},
    {"count", TypeKind::kNumber, NumberForm::kCount},
    {"percent", TypeKind::kNumber, NumberForm::kPercent},
    {"money", TypeKind::kNumber, NumberForm::kMoney},
    {"duration", TypeKind::kNumber, NumberForm::kDuration},
    {"date", TypeKind::kDate, NumberForm::kPlain},
    {"datetime", TypeKind::kDateTime, NumberForm::kPlain},
    {"bool", TypeKind::kBool, NumberForm::kPlain},
    {"text", TypeKind::kText, NumberForm::kPlain},
};

std::vector<std::string> TypeNames() {
  std::vector<std::string> names;
  for (const TypeWord& word : kTypeWords) names.emplace_back(word.word);
  return names;
}

Unit UnitOfColumn(Checking& checking, const ColumnDecl& column, const TypeWord& word) {
  if (!column.unit.present()) {
    return word.form == NumberForm::kDuration ? Unit::Of("h") : Unit();
  }
  const auto unit = Unit::Parse(column.unit.text);
  const bool number = word.kind == TypeKind::kNumber;
  const bool fits = unit && number && (word.form != NumberForm::kDuration || unit->IsTime()) &&
                    (word.form != NumberForm::kPercent || unit->plain());
  if (!fits) {
    checking.sink.Report(DiagKind::kBadUnit, column.unit.span,
                         {column.unit.text, "`" + std::string(word.word) + "`"});
    return Unit();
  }
  return *unit;
}

Type EnumType(const ColumnDecl& column) {
  Type type = Type::Of(TypeKind::kEnum);
  auto values = std::make_shared<std::vector<std::string>>();
  for (const Word& value : column.values) values->push_back(value.text);
  type.values = std::move(values);
  return type;
}

Type TypeOfColumn(Checking& checking, const ColumnDecl& column) {
  if (!column.values.empty()) return EnumType(column);
  if (!column.type.present()) return Type::Of(TypeKind::kError);
  for (const TypeWord& word : kTypeWords) {
    if (word.word != column.type.text) continue;
    Type type = Type::Of(word.kind);
    type.form = word.form;
    type.unit = UnitOfColumn(checking, column, word);
    return type;
  }
  Diagnostic& diagnostic =
      checking.sink.Report(DiagKind::kUnknownType, column.type.span, {column.type.text});
  Suggest(diagnostic, column.type.text, TypeNames());
  diagnostic.Because(HelpKind::kOneOf, {"number, count, percent, money, duration, date, datetime, "
                                        "bool, text, [a, b, c]"});
  return Type::Of(TypeKind::kError);
}

template <class Id>
void AddName(Checking& checking, std::map<std::string, Id>& names, const Word& word, Id id) {
  if (!word.present()) return;
  const auto [at, added] = names.emplace(NormalizeName(word.text), id);
  if (!added && at->second != id) {
    checking.sink.Report(DiagKind::kNameTwice, word.span, {word.text});
  }
}

void AddColumn(Checking& checking, TableId table, const ColumnDecl& declared) {
  ColumnSchema column;
  column.id = NormalizeName(declared.id.text);
  column.name = declared.name.text;
  for (const Word& alias : declared.aliases) column.aliases.push_back(alias.text);
  column.computed = declared.formula.present();
  column.type = TypeOfColumn(checking, declared);
  column.needed = false;
  const std::string symbol = column.type.unit.ToString();
  if (!symbol.empty()) checking.units.push_back(symbol);
  TableSchema& schema = checking.model.schema.tables[table.index()];
  const auto index = static_cast<int32_t>(schema.columns.size());
  schema.columns.push_back(std::move(column));
  auto& names = checking.columns[table.index()];
  if (IsReservedName(NormalizeName(declared.id.text)) && declared.id.text != "score" &&
      declared.id.text != "grade" && declared.id.text != "value" && declared.id.text != "period") {
    checking.sink.Report(DiagKind::kReservedName, declared.id.span, {declared.id.text});
  }
  AddName(checking, names, declared.id, index);
  AddName(checking, names, declared.name, index);
}

std::vector<std::string> ColumnNames(const TableSchema& table) {
  std::vector<std::string> names;
  for (const ColumnSchema& column : table.columns) names.push_back(column.id);
  return names;
}

// The column a key, link or time names; reported where there is none.
int32_t FindColumn(Checking& checking, TableId table, const Word& word) {
  if (const auto column = LookupColumn(checking, table, NormalizeName(word.text))) return *column;
  Diagnostic& diagnostic = checking.sink.Report(DiagKind::kUnknownColumn, word.span,
                                                {word.text, checking.TableName(table)});
  Suggest(diagnostic, word.text, ColumnNames(checking.schema().table(table)));
  return -1;
}

std::vector<std::string> TableNames(const Checking& checking) {
  std::vector<std::string> names;
  for (const TableSchema& table : checking.schema().tables) names.push_back(table.id);
  return names;
}

void ReportUnknownTable(Checking& checking, const Word& word) {
  Diagnostic& diagnostic = checking.sink.Report(DiagKind::kUnknownTable, word.span, {word.text});
  Suggest(diagnostic, word.text, TableNames(checking));
}

// A key or link column may be left out of `columns:`; it is a text then.
void AddImpliedColumn(Checking& checking, TableId table, const Word& word) {
  if (!word.present() || LookupColumn(checking, table, NormalizeName(word.text))) return;
  ColumnSchema column;
  column.id = NormalizeName(word.text);
  column.type = Type::Of(TypeKind::kText);
  TableSchema& schema = checking.model.schema.tables[table.index()];
  checking.columns[table.index()].emplace(column.id, static_cast<int32_t>(schema.columns.size()));
  schema.columns.push_back(std::move(column));
}

void CheckKeyAndTime(Checking& checking, TableId id, const TableDecl& declared) {
  TableSchema& table = checking.model.schema.tables[id.index()];
  for (const Word& word : declared.key) {
    const int32_t column = FindColumn(checking, id, word);
    if (column < 0) continue;
    table.key.push_back(column);
    table.columns[static_cast<size_t>(column)].needed = true;
  }
  if (!declared.time.present()) return;
  table.time = FindColumn(checking, id, declared.time);
  if (table.time < 0) return;
  ColumnSchema& column = table.columns[static_cast<size_t>(table.time)];
  column.needed = true;
  const TypeKind kind = column.type.kind;
  if (kind != TypeKind::kDate && kind != TypeKind::kDateTime && kind != TypeKind::kError) {
    checking.sink.Report(DiagKind::kTimeNotDate, declared.time.span, {declared.time.text});
  }
}

void CheckParents(Checking& checking, TableId id, const TableDecl& declared) {
  for (const ParentDecl& parent : declared.parents) {
    const auto above = LookupTable(checking, NormalizeName(parent.table.text));
    if (!above) {
      ReportUnknownTable(checking, parent.table);
      continue;
    }
    const int32_t column = FindColumn(checking, id, parent.column);
    if (column < 0) continue;
    if (checking.schema().table(*above).key.size() != 1) {
      checking.sink.Report(DiagKind::kParentWithoutKey, parent.table.span, {parent.table.text});
      continue;
    }
    TableSchema& table = checking.model.schema.tables[id.index()];
    table.columns[static_cast<size_t>(column)].needed = true;
    table.parents.push_back({*above, column, parent.optional});
  }
}

// The tables on the way from `at` back to a table already on the way; empty where there is none.
// Tables known to lead nowhere back are passed by.
std::vector<TableId> FindCircle(const Schema& schema, TableId at, std::vector<TableId>& way,
                                std::vector<bool>& done) {
  const auto first = std::find(way.begin(), way.end(), at);
  if (first != way.end()) return {first, way.end()};
  if (done[at.index()]) return {};
  way.push_back(at);
  for (const ParentLink& link : schema.table(at).parents) {
    auto circle = FindCircle(schema, link.parent, way, done);
    if (!circle.empty()) return circle;
  }
  way.pop_back();
  done[at.index()] = true;
  return {};
}

// A circle is reported once and cut, so that everything after may follow the links.
void CutCircles(Checking& checking) {
  std::vector<bool> done(checking.file.tables.size(), false);
  for (size_t i = 0; i < checking.file.tables.size(); ++i) {
    const TableId id{static_cast<int32_t>(i)};
    std::vector<TableId> way;
    for (auto circle = FindCircle(checking.schema(), id, way, done); !circle.empty();
         circle = FindCircle(checking.schema(), id, way, done)) {
      std::string text;
      for (const TableId table : circle) text += checking.TableName(table) + " → ";
      checking.sink.Report(DiagKind::kTableCircle,
                           checking.file.tables[circle[0].index()].id.span,
                           {text + checking.TableName(circle[0])});
      checking.model.schema.tables[circle.back().index()].parents.clear();
      way.clear();
    }
  }
}

void CheckColumnLimits(Checking& checking, TableId id, const TableDecl& declared) {
  for (const ColumnDecl& column : declared.columns) {
    const auto index = LookupColumn(checking, id, NormalizeName(column.id.text));
    if (!index) continue;
    ColumnSchema& schema =
        checking.model.schema.tables[id.index()].columns[static_cast<size_t>(*index)];
    const Number scale = schema.type.unit.Scale();
    if (column.min.present()) {
      if (auto low = RequireNumber(checking, column.min, schema.type)) schema.min = *low / scale;
    }
    if (column.max.present()) {
      if (auto high = RequireNumber(checking, column.max, schema.type)) schema.max = *high / scale;
    }
    if (schema.min && schema.max && *schema.max < *schema.min) {
      checking.sink.Report(DiagKind::kEmptyRange, column.max.span,
                           {FormatSignificant(*schema.min), FormatSignificant(*schema.max)});
    }
  }
}

// Computed columns are definitions too: formulas that wait for their names.
void RegisterComputed(Checking& checking, TableId id, const TableDecl& declared) {
  for (const ColumnDecl& column : declared.columns) {
    const auto index = LookupColumn(checking, id, NormalizeName(column.id.text));
    if (!column.formula.present() || !index) continue;
    Definition definition;
    definition.kind = DefinitionKind::kComputedColumn;
    definition.id = NormalizeName(column.id.text);
    definition.name = column.name.text;
    definition.span = column.id.span;
    definition.column = ColumnId{id, *index};
    checking.model.definitions.push_back(std::move(definition));
    Checking::Pending pending;
    pending.formula = &column.formula;
    pending.place.context = id;
    checking.pending.push_back(std::move(pending));
  }
}

}  // namespace

void CheckTables(Checking& checking) {
  const auto& tables = checking.file.tables;
  if (tables.size() > kMaxTables) {
    checking.sink.Report(DiagKind::kTooManyTables, tables[kMaxTables].id.span,
                         {std::to_string(tables.size()), std::to_string(kMaxTables)});
    return;
  }
  checking.model.schema.period = checking.file.period_kind;
  checking.columns.resize(tables.size());
  for (size_t i = 0; i < tables.size(); ++i) {
    const TableId id{static_cast<int32_t>(i)};
    TableSchema table;
    table.id = NormalizeName(tables[i].id.text);
    table.name = tables[i].name.text;
    table.needed = false;
    checking.model.schema.tables.push_back(std::move(table));
    AddName(checking, checking.tables, tables[i].id, id);
    AddName(checking, checking.tables, tables[i].name, id);
  }
  for (size_t i = 0; i < tables.size(); ++i) {
    const TableId id{static_cast<int32_t>(i)};
    for (const ColumnDecl& column : tables[i].columns) AddColumn(checking, id, column);
    for (const Word& key : tables[i].key) AddImpliedColumn(checking, id, key);
    for (const ParentDecl& parent : tables[i].parents) {
      AddImpliedColumn(checking, id, parent.column);
    }
    CheckKeyAndTime(checking, id, tables[i]);
  }
  for (size_t i = 0; i < tables.size(); ++i) {
    CheckParents(checking, TableId{static_cast<int32_t>(i)}, tables[i]);
  }
  CutCircles(checking);
  for (size_t i = 0; i < tables.size(); ++i) {
    RegisterComputed(checking, TableId{static_cast<int32_t>(i)}, tables[i]);
  }
  if (checking.file.subject.present()) {
    const auto subject = LookupTable(checking, NormalizeName(checking.file.subject.text));
    if (subject) {
      checking.model.schema.subject = *subject;
    } else {
      ReportUnknownTable(checking, checking.file.subject);
    }
  }
  for (size_t i = 0; i < tables.size(); ++i) {
    CheckColumnLimits(checking, TableId{static_cast<int32_t>(i)}, tables[i]);
  }
}

}  // namespace steelyard
