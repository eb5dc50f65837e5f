#include "tests/unit/data/data_support.h"

#include <stdlib.h>

#include <fstream>
#include <sstream>
#include <system_error>

#include "engine/data/load_with.h"
#include "engine/diag/render.h"

namespace steelyard {

namespace fs = std::filesystem;

TempFolder::TempFolder() {
  std::string name = (fs::temp_directory_path() / "steelyard-test-XXXXXX").string();
  path_ = mkdtemp(name.data()) == nullptr ? fs::path("missing") : fs::path(name);
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string TempFolder::Write(const std::string& name, std::string_view bytes) const {
  std::ofstream file(path_ / name, std::ios::binary | std::ios::trunc);
  file << bytes;
  return Path(name);
}

std::string ReadWhole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

Type TypeOf(std::string_view text) {
  if (text.starts_with("[")) {
    std::vector<std::string> values;
    std::istringstream words(std::string(text.substr(1, text.size() - 2)));
    for (std::string word; std::getline(words, word, ',');) {
      values.push_back(word.substr(word.find_first_not_of(' ')));
    }
    Type type = Type::Of(TypeKind::kEnum);
    type.values = std::make_shared<const std::vector<std::string>>(std::move(values));
    return type;
  }
  const size_t blank = text.find(' ');
  const std::string_view word = text.substr(0, blank);
  Unit unit;
  if (blank != std::string_view::npos) unit = Unit::Parse(text.substr(blank)).value_or(Unit());
  if (word == "count") return Type::WithUnit(unit, NumberForm::kCount);
  if (word == "percent") return Type::WithUnit(unit, NumberForm::kPercent);
  if (word == "money") return Type::WithUnit(unit, NumberForm::kMoney);
  if (word == "duration") return Type::WithUnit(unit, NumberForm::kDuration);
  if (word == "date") return Type::Of(TypeKind::kDate);
  if (word == "datetime") return Type::Of(TypeKind::kDateTime);
  if (word == "bool") return Type::Of(TypeKind::kBool);
  if (word == "text") return Type::Of(TypeKind::kText);
  return Type::WithUnit(unit);
}

ColumnSchema ColumnOf(const std::string& id, std::string_view type) {
  ColumnSchema column;
  column.id = id;
  column.type = TypeOf(type);
  return column;
}

TableSchema TableOf(const std::string& id, const std::vector<std::string>& columns,
                    const std::vector<std::string>& key) {
  TableSchema table;
  table.id = id;
  for (const std::string& text : columns) {
    const size_t colon = text.find(": ");
    table.columns.push_back(ColumnOf(text.substr(0, colon), text.substr(colon + 2)));
    for (const std::string& name : key) {
      if (table.columns.back().id == name) {
        table.key.push_back(static_cast<int32_t>(table.columns.size()) - 1);
      }
    }
  }
  return table;
}

void Link(Schema& schema, const std::string& table, const std::string& column,
          const std::string& parent, bool optional) {
  TableSchema& child = schema.tables[schema.FindTable(table).index()];
  for (size_t i = 0; i < child.columns.size(); ++i) {
    if (child.columns[i].id != column) continue;
    child.parents.push_back({schema.FindTable(parent), static_cast<int32_t>(i), optional});
  }
}

std::string CellText(const Column& column, size_t row) {
  if (!column.valid.at(row)) return "missing";
  switch (column.type.kind) {
    case TypeKind::kText:
    case TypeKind::kEnum: return std::get<TextCells>(column.cells).at(row);
    case TypeKind::kBool:
      return std::get<std::vector<uint8_t>>(column.cells)[row] != 0 ? "true" : "false";
    case TypeKind::kDate: return std::get<std::vector<Date>>(column.cells)[row].ToString();
    case TypeKind::kDateTime: return std::get<std::vector<DateTime>>(column.cells)[row].ToString();
    default: return std::get<NumberCells>(column.cells).at(row).ToFraction();
  }
}

std::string RowText(const Table& table, size_t row) {
  std::string text;
  for (const Column& column : table.columns) {
    if (column.size() == 0) continue;
    if (&column != &table.columns.front()) text += '|';
    text += CellText(column, row);
  }
  return text;
}

std::string Loaded::Diagnostics(Language language) const {
  return RenderAll(sink, SourceSet(), {language, false});
}

Database* SharedDatabase() {
  static const std::unique_ptr<Database> database = Database::Open();
  return database.get();
}

Loaded Load(const Schema& schema, const std::vector<std::string>& arguments) {
  std::vector<DataArgument> data;
  for (const std::string& argument : arguments) data.push_back(ParseDataArgument(argument));
  Loaded loaded;
  loaded.set = LoadDataWith(SharedDatabase(), schema, data, {}, loaded.sink);
  return loaded;
}

Loaded LoadText(const TableSchema& table, std::string_view bytes, const std::string& name) {
  const TempFolder folder;
  Schema schema;
  schema.tables = {table};
  schema.subject = TableId{0};
  return Load(schema, {folder.Write(name, bytes)});
}

std::string RejectLines(const DataSet& set) {
  std::string lines;
  for (const Reject& reject : set.rejects) {
    lines += std::to_string(reject.line) + ": " + reject.column + " `" + reject.text + "` " +
             std::string(ReasonCode(reject.reason)) + ": " +
             ReasonText(reject, Language::kEnglish) + "\n";
  }
  return lines;
}

std::string CountLine(const DataSet& set, size_t table) {
  const TableCount& count = set.counts[table];
  return "read " + std::to_string(count.read) + " used " + std::to_string(count.used) +
         " rejected " + std::to_string(count.rejected);
}

}  // namespace steelyard
