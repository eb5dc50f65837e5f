#include "engine/testing/constant.h"

#include <algorithm>
#include <set>

#include "engine/base/text.h"
#include "engine/check/check.h"
#include "engine/parse/parse.h"
#include "engine/testing/names.h"

namespace steelyard {
namespace {

Span Place(const EmbeddedText& text) { return text.Locate(0, text.text.size()); }

bool IsMissingWord(const std::string& text) { return text == "missing" || text == "缺失"; }

std::optional<Value> ReadMoment(const std::string& text, TypeKind kind) {
  if (kind == TypeKind::kDate) {
    if (const auto date = Date::Parse(text)) return Value(*date);
  } else if (kind == TypeKind::kDateTime) {
    if (const auto moment = DateTime::Parse(text)) return Value(*moment);
  } else if (const auto period = Period::Parse(text)) {
    return Value(*period);
  }
  return std::nullopt;
}

}  // namespace

std::optional<bool> TruthOf(const std::string& text) {
  const std::string folded = FoldCase(text);
  for (const char* word : {"true", "yes", "真", "是"}) {
    if (folded == word) return true;
  }
  for (const char* word : {"false", "no", "假", "否"}) {
    if (folded == word) return false;
  }
  return std::nullopt;
}

ConstantReader::ConstantReader(const Schema& schema, FileId file, DiagnosticSink& sink)
    : sink_(sink) {
  const Span top{file, 0, 0};
  TableDecl table;
  table.id = {"constants", top};
  std::set<std::string> units;
  for (const TableSchema& known : schema.tables) {
    for (const ColumnSchema& column : known.columns) {
      if (!column.type.IsNumber() || column.type.unit.plain()) continue;
      const std::string unit = column.type.unit.ToString();
      if (!Unit::Parse(unit) || !units.insert(unit).second) continue;
      ColumnDecl declared;
      declared.id = {" " + unit, top};  // no formula can say this name
      declared.type = {"number", top};
      declared.unit = {unit, top};
      table.columns.push_back(std::move(declared));
    }
  }
  alone_.file = file;
  alone_.tables.push_back(std::move(table));
  alone_.subject = {"constants", top};
}

std::optional<Value> ConstantReader::WrongType(const EmbeddedText& text, const Type& type) {
  sink_.Report(DiagKind::kConstantType, Place(text), {text.text, type.ToString()});
  return std::nullopt;
}

std::optional<Value> ConstantReader::Read(const EmbeddedText& text, bool quoted, const Type& type) {
  if (!quoted && IsMissingWord(text.text)) return Value();
  switch (type.kind) {
    case TypeKind::kText: return Value(text.text);
    case TypeKind::kEnum: {
      if (!type.values) return Value(text.text);
      const auto& values = *type.values;
      if (std::find(values.begin(), values.end(), text.text) != values.end()) {
        return Value(text.text);
      }
      Diagnostic& diagnostic =
          sink_.Report(DiagKind::kConstantType, Place(text), {text.text, type.ToString()});
      Suggest(diagnostic, text.text, values, {});
      return std::nullopt;
    }
    case TypeKind::kBool:
      if (const auto truth = TruthOf(text.text)) return Value(*truth);
      return WrongType(text, type);
    case TypeKind::kDate:
    case TypeKind::kDateTime:
    case TypeKind::kPeriod:
      if (auto moment = ReadMoment(text.text, type.kind)) return moment;
      return WrongType(text, type);
    case TypeKind::kNumber: return ReadNumber(text, type);
    default: return WrongType(text, type);
  }
}

std::optional<Value> ConstantReader::ReadNumber(const EmbeddedText& text, const Type& type) {
  DiagnosticSink own;
  Formula formula;
  formula.source = text;
  formula.span = Place(text);
  formula.tree = ParseFormula(text, own);
  const auto checked =
      formula.parsed() ? CheckFormula(alone_, formula, own) : std::optional<CheckedFormula>();
  const auto value =
      checked ? ConstantValue(checked->model, checked->term) : std::optional<Value>();
  if (!value || own.HasErrors()) {
    const bool named = std::any_of(own.all().begin(), own.all().end(), [](const Diagnostic& found) {
      return found.kind == DiagKind::kUnknownName;
    });
    if (named || !own.HasErrors()) return WrongType(text, type);
    sink_.Append(own);
    return std::nullopt;
  }
  if (value->missing()) return value;
  if (!value->is_number()) return WrongType(text, type);
  const Unit& unit = checked->model.term(checked->term).type.unit;
  if (unit.plain()) return Value(value->number() * type.unit.Scale());
  if (!unit.SameDimensions(type.unit)) return WrongType(text, type);
  return value;
}

}  // namespace steelyard
