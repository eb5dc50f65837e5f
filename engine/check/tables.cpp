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

// The type that other languages, and people, call so.
std::optional<std::string_view> TypeMeant(std::string_view word) {
  constexpr std::pair<std::string_view, std::string_view> kOtherWords[] = {
      {"string", "text"},    {"str", "text"},       {"varchar", "text"},
      {"文本", "text"},      {"文字", "text"},      {"integer", "count"},
      {"int", "count"},      {"整数", "count"},     {"数量", "count"},
      {"float", "number"},   {"double", "number"},  {"decimal", "number"},
      {"numeric", "number"}, {"数字", "number"},    {"数值", "number"},
      {"百分比", "percent"}, {"百分数", "percent"}, {"比率", "percent"},
      {"boolean", "bool"},   {"是否", "bool"},      {"金额", "money"},
      {"货币", "money"},     {"currency", "money"}, {"时长", "duration"},
      {"日期", "date"},      {"时间", "datetime"},  {"timestamp", "datetime"},
      {"enum", "[a, b, c]"}, {"枚举", "[a, b, c]"}, {"选项", "[a, b, c]"},
  };
  for (const auto& [other, type] : kOtherWords) {
    if (other == word) return type;
  }
  return std::nullopt;
}

Unit UnitOfColumn(Checking& checking, const ColumnDecl& column, const TypeWord& word) {
  if (!column.unit.present()) {
    return word.form == NumberForm::kDuration ? Unit::Of("h") : Unit();
  }
  const auto unit = Unit::Parse(column.unit.text);
  const bool number = word.kind == TypeKind::kNumber;
  const bool fits = unit && number && (word.form != NumberForm::kDuration || unit->IsTime()) &&
                    (word.form != NumberForm::kPercent || unit->plain());
  if (fits) return *unit;
  Type type = Type::Of(word.kind);
  type.form = word.form;
  ReportBadUnit(checking, column.unit, type);
  return Unit();
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
  if (const auto meant = TypeMeant(column.type.text)) {
    diagnostic.Because(HelpKind::kDidYouMean, {std::string(*meant)});
  } else {
    Suggest(diagnostic, column.type.text, TypeNames());
  }
  diagnostic.Because(HelpKind::kOneOf, {"number, count, percent, money, duration, date, datetime, "
                                        "bool, text, [a, b, c]"});
  return Type::Of(TypeKind::kError);
}

size_t IndexOf(TableId table) { return table.index(); }
size_t IndexOf(int32_t column) { return static_cast<size_t>(column); }

// Gives the thing declared at `id` among `declared` a name, its id or what people call it.
template <class Id, class Decl>
void AddName(Checking& checking, std::map<std::string, Id>& names, const Word& word, Id id,
             const std::vector<Decl>& declared) {
  if (!word.present()) return;
  const std::string name = NormalizeName(word.text);
  const auto [at, added] = names.emplace(name, id);
  if (added || at->second == id) return;
  const Decl& first = declared[IndexOf(at->second)];
  const bool by_id = NormalizeName(first.id.text) == name;
  checking.sink.Report(DiagKind::kNameTwice, word.span, {word.text})
      .Because(HelpKind::kFirstHere, {}, by_id ? first.id.span : first.name.span);
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
  const auto& all = checking.file.tables[table.index()].columns;
  AddName(checking, names, declared.id, index, all);
  AddName(checking, names, declared.name, index, all);
}

// The column a key, link or time names; reported where there is none.
int32_t FindColumn(Checking& checking, TableId table, const Word& word) {
  if (const auto column = LookupColumn(checking, table, NormalizeName(word.text))) return *column;
  ReportUnknownColumn(checking, table, word.text, word.span);
  return -1;
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
      ReportUnknownTable(checking, parent.table.text, parent.table.span);
      checking.unlinked.push_back(id);
      continue;
    }
    const int32_t column = FindColumn(checking, id, parent.column);
    if (column < 0) continue;
    if (checking.schema().table(*above).key.size() != 1) {
      checking.unlinked.push_back(id);
      checking.sink.Report(DiagKind::kParentWithoutKey, parent.table.span, {parent.table.text})
          .Because(HelpKind::kGiveKey);
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
      checking.sink.Report(DiagKind::kTableCircle, checking.file.tables[circle[0].index()].id.span,
                           {text + checking.TableName(circle[0])});
      checking.model.schema.tables[circle.back().index()].parents.clear();
      checking.unlinked.push_back(circle.back());
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
                           {column.min.source.text, column.max.source.text});
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
    checking.computed.emplace(
        definition.column, DefinitionId{static_cast<int32_t>(checking.model.definitions.size())});
    checking.model.definitions.push_back(std::move(definition));
    Checking::Pending pending;
    pending.formula = &column.formula;
    pending.place.context = id;
    checking.pending.push_back(std::move(pending));
  }
}

}  // namespace

void ReportBadUnit(Checking& checking, const Word& unit, const Type& of) {
  Diagnostic& diagnostic =
      checking.sink.Report(DiagKind::kBadUnit, unit.span, {unit.text, Describe(of)});
  if (!of.IsNumber()) {
    diagnostic.Because(HelpKind::kNumbersHaveUnits);
  } else if (of.form == NumberForm::kPercent) {
    diagnostic.Because(HelpKind::kPlainPercent);
  } else if (of.form == NumberForm::kDuration || of.unit.IsTime()) {
    diagnostic.Because(HelpKind::kTimeUnits);
  } else if (!Unit::Parse(unit.text)) {
    diagnostic.Because(HelpKind::kUnitForm);
  }
}

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
    AddName(checking, checking.tables, tables[i].id, id, tables);
    AddName(checking, checking.tables, tables[i].name, id, tables);
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
      ReportUnknownTable(checking, checking.file.subject.text, checking.file.subject.span);
    }
  }
  for (size_t i = 0; i < tables.size(); ++i) {
    CheckColumnLimits(checking, TableId{static_cast<int32_t>(i)}, tables[i]);
  }
}

}  // namespace steelyard
