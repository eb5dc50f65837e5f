// `data:` — tables, their columns and the tables they belong to.
#include "engine/rulefile/sections.h"

namespace steelyard {

namespace {

constexpr std::string_view kColumnExample = "amount: {type: money, unit: CNY}";
constexpr std::string_view kParentExample = "belongs_to: {customer: customer_id}";

// `text`, `[S, A, B]`.
void ReadType(Reader& reader, const Field& field, ColumnDecl& column) {
  if (field.value.shape == Shape::kList) {
    if (field.value.items.empty()) reader.Empty(field, "[S, A, B]");
    reader.Into(column.values)(field);
  } else {
    reader.Into(column.type)(field);
  }
}

void ReadColumn(Reader& reader, const Field& field, std::vector<ColumnDecl>& columns) {
  const std::optional<Word> id = reader.Id(field.key, NameRule::kHeading);
  ColumnDecl column;
  if (id) column.id = *id;
  column.span = field.key.span;
  if (field.value.shape == Shape::kMapping) {
    reader.Keys(field, kColumnExample,
                {{"type", [&](const Field& type) { ReadType(reader, type, column); }},
                 {"name", reader.Into(column.name)},
                 {"values", reader.Into(column.values)},
                 {"unit", reader.Into(column.unit)},
                 {"min", reader.Into(column.min)},
                 {"max", reader.Into(column.max)},
                 {"formula", reader.Into(column.formula)},
                 {"aliases", reader.Into(column.aliases)}});
  } else if (field.value.shape == Shape::kNothing) {
    reader.WrongShape(field, Shape::kText, kColumnExample);
  } else {
    ReadType(reader, field, column);
  }
  if (id) columns.push_back(std::move(column));
}

void ReadParent(Reader& reader, const Field& field, std::vector<ParentDecl>& parents) {
  ParentDecl parent;
  const std::optional<Word> table = reader.Id(field.key, NameRule::kHeading);
  if (field.value.shape == Shape::kMapping) {
    reader.Keys(field, kParentExample,
                {{"column", reader.NameInto(parent.column), "column: customer_id"},
                 {"optional", reader.Into(parent.optional, &parent.optional_span)}});
  } else {
    reader.NameInto(parent.column)(field);
  }
  if (!table || !parent.column.present()) return;
  parent.table = *table;
  parents.push_back(std::move(parent));
}

void ReadTable(Reader& reader, const Field& field, std::vector<TableDecl>& tables) {
  const std::optional<Word> id = reader.Id(field.key, NameRule::kHeading);
  TableDecl table;
  const bool read = reader.Keys(
      field, "customer: {key: customer_id, columns: {customer_id: text}}",
      {{"name", reader.Into(table.name)},
       {"key", reader.NamesInto(table.key)},
       {"belongs_to",
        [&](const Field& parents) {
          reader.Entries(parents, kParentExample,
                         [&](const Field& parent) { ReadParent(reader, parent, table.parents); });
        }},
       {"time", reader.NameInto(table.time)},
       {"results_of", reader.Into(table.results_of)},
       {"columns", [&](const Field& columns) {
          reader.Entries(columns, kColumnExample,
                         [&](const Field& column) { ReadColumn(reader, column, table.columns); });
        }}});
  if (!read || !id) return;
  table.id = *id;
  tables.push_back(std::move(table));
}

}  // namespace

void ReadTables(Reader& reader, const Field& field, std::vector<TableDecl>& tables) {
  reader.Entries(field, "customer: {key: customer_id}",
                 [&](const Field& table) { ReadTable(reader, table, tables); });
}

}  // namespace steelyard
