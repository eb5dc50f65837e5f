// Puts the rows of a case together.
#include "engine/testing/draft.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "engine/base/text.h"
#include "engine/testing/names.h"

namespace steelyard {
namespace {

// Finds out what is meant by the names in a case, and takes its rows in.
class DraftReader {
 public:
  DraftReader(const Model& model, DiagnosticSink& sink)
      : model_(model), schema_(model.schema), sink_(sink) {
    draft_.tables.resize(schema_.tables.size());
  }

  void TakeTable(const TestTable& given) {
    const TableId id = TableOfName(schema_, given.table.text);
    if (!id.valid()) return UnknownTable(given.table);
    DraftTable& table = draft_.tables[id.index()];
    if (table.given) {
      sink_.Report(DiagKind::kGivenTwice, given.table.span, {given.table.text});
      return;
    }
    table.given = true;
    for (const TestRow& row : given.rows) table.rows.push_back(ReadRow(id, row));
  }

  void TakeValues(const TestRow& row) {
    const TableSchema& table = schema_.table(schema_.subject);
    DraftRow keys = EmptyRow(schema_.subject, row.span);
    std::vector<DraftValue> values;
    std::optional<Period> period;
    Span period_span;
    bool has_keys = false;
    for (const TestCell& cell : row.cells) {
      const int32_t column = ColumnOfHeading(table, cell.column.text);
      const bool is_key =
          column >= 0 && std::find(table.key.begin(), table.key.end(), column) != table.key.end();
      if (is_key) {
        has_keys = true;
        SetCell(keys, column, cell);
      } else if (cell.column.text == "period" && schema_.period) {
        period = ReadPeriod(schema_, {cell.text.text, cell.span}, sink_);
        period_span = cell.span;
      } else if (const auto value = ReadValue(cell)) {
        values.push_back(*value);
      }
    }
    const auto subject = has_keys ? SubjectWith(keys) : OnlySubject(row.span);
    if (!subject) return;
    for (DraftValue& value : values) {
      value.subject = *subject;
      value.period = period;
      value.period_span = period_span;
      Add(std::move(value));
    }
  }

  Draft Take() { return std::move(draft_); }

 private:
  DraftRow EmptyRow(TableId id, Span span) const {
    DraftRow row;
    row.cells.resize(schema_.table(id).columns.size());
    row.span = span;
    return row;
  }

  static void SetCell(DraftRow& row, int32_t column, const TestCell& cell) {
    DraftCell& target = row.cells[static_cast<size_t>(column)];
    target.present = true;
    target.span = cell.span;
    if (!cell.empty) target.text = cell.text.text;
  }

  DraftRow ReadRow(TableId id, const TestRow& given) {
    DraftRow row = EmptyRow(id, given.span);
    const TableSchema& table = schema_.table(id);
    for (const TestCell& cell : given.cells) {
      const int32_t column = ColumnOfHeading(table, cell.column.text);
      if (column < 0) {
        UnknownColumn(table, cell.column);
      } else if (table.columns[static_cast<size_t>(column)].computed) {
        sink_.Report(DiagKind::kComputedGiven, cell.column.span, {cell.column.text})
            .Because(HelpKind::kGiveItsParts);
      } else if (row.cells[static_cast<size_t>(column)].present) {
        sink_.Report(DiagKind::kGivenTwice, cell.column.span, {cell.column.text});
      } else {
        SetCell(row, column, cell);
      }
    }
    return row;
  }

  void UnknownTable(const Word& name) {
    Diagnostic& diagnostic = sink_.Report(DiagKind::kUnknownTestTable, name.span, {name.text});
    std::vector<std::string> names;
    std::vector<std::string> ids;
    for (const TableSchema& table : schema_.tables) {
      if (table.pairs_of.valid()) continue;
      ids.push_back(table.id);
      names.push_back(table.id);
      if (!table.name.empty()) names.push_back(table.name);
    }
    Suggest(diagnostic, name.text, names, ids);
  }

  void UnknownColumn(const TableSchema& table, const Word& name) {
    Diagnostic& diagnostic =
        sink_.Report(DiagKind::kUnknownTestColumn, name.span, {name.text, table.id});
    if (FindDefinition(model_, name.text).valid()) {
      diagnostic.Because(HelpKind::kStandsUnderValues, {name.text});
      return;
    }
    std::vector<std::string> names;
    std::vector<std::string> ids;
    for (const ColumnSchema& column : table.columns) {
      ids.push_back(column.id);
      names.push_back(column.id);
      if (!column.name.empty()) names.push_back(column.name);
    }
    Suggest(diagnostic, name.text, names, ids);
  }

  std::optional<DraftValue> ReadValue(const TestCell& cell) {
    const DefinitionId id = FindDefinition(model_, cell.column.text);
    if (!id.valid()) {
      UnknownValue(cell.column);
      return std::nullopt;
    }
    const Definition& definition = model_.definition(id);
    const Grain grain = definition.term.valid() ? model_.term(definition.term).grain : Grain{};
    if (!definition.term.valid() || (grain.table.valid() && grain.table != schema_.subject)) {
      sink_.Report(DiagKind::kValueOfRows, cell.column.span,
                   {cell.column.text, schema_.table(schema_.subject).id});
      return std::nullopt;
    }
    DraftValue value;
    value.definition = id;
    value.written = cell;
    return value;
  }

  void UnknownValue(const Word& name) {
    const TableSchema& table = schema_.table(schema_.subject);
    Diagnostic& diagnostic = sink_.Report(DiagKind::kUnknownTestValue, name.span, {name.text});
    if (ColumnOfHeading(table, name.text) >= 0) {
      diagnostic.Because(HelpKind::kStandsUnderGiven, {table.id, name.text});
      return;
    }
    std::vector<std::string> names;
    std::vector<std::string> ids;
    for (const Definition& definition : model_.definitions) {
      if (!CanBeGiven(definition)) continue;
      ids.push_back(definition.id);
      names.push_back(definition.id);
      if (!definition.name.empty()) names.push_back(definition.name);
    }
    Suggest(diagnostic, name.text, names, ids);
  }

  // The row of the subject's table with these keys. If there is none, a new one, unless the case
  // gives the table: then the keys are mistyped.
  std::optional<size_t> SubjectWith(const DraftRow& keys) {
    std::vector<DraftRow>& rows = draft_.tables[schema_.subject.index()].rows;
    for (; indexed_ < rows.size(); ++indexed_) subjects_.emplace(KeyOf(rows[indexed_]), indexed_);
    const auto found = subjects_.find(KeyOf(keys));
    if (found != subjects_.end()) return found->second;
    if (draft_.tables[schema_.subject.index()].given) {
      UnknownSubject(keys);
      return std::nullopt;
    }
    subjects_.emplace(KeyOf(keys), rows.size());
    rows.push_back(keys);
    return indexed_++;
  }

  // Of several keys, the first that no row has; where each is somewhere, the first of all.
  void UnknownSubject(const DraftRow& keys) {
    const TableSchema& table = schema_.table(schema_.subject);
    std::optional<size_t> wrong;
    for (const int32_t key : table.key) {
      const auto column = static_cast<size_t>(key);
      if (!keys.cells[column].text) continue;
      const std::vector<std::string> known = TextsOf(column);
      const bool here =
          std::find(known.begin(), known.end(), *keys.cells[column].text) != known.end();
      if (!here || !wrong) wrong = column;
      if (!here) break;
    }
    const size_t column = wrong.value_or(static_cast<size_t>(table.key[0]));
    const DraftCell& cell = keys.cells[column];
    Diagnostic& diagnostic =
        sink_.Report(DiagKind::kGivenCell, cell.span.valid() ? cell.span : keys.span,
                     {table.columns[column].id, "values"});
    diagnostic.Because(HelpKind::kWhyNoSuchParent, {table.id});
    Suggest(diagnostic, cell.text.value_or(""), TextsOf(column), {});
  }

  // What the rows of the subject's table have in a column.
  std::vector<std::string> TextsOf(size_t column) const {
    std::vector<std::string> texts;
    for (const DraftRow& row : draft_.tables[schema_.subject.index()].rows) {
      if (row.cells[column].text) texts.push_back(*row.cells[column].text);
    }
    return texts;
  }

  std::vector<std::optional<std::string>> KeyOf(const DraftRow& row) const {
    std::vector<std::optional<std::string>> key;
    for (const int32_t column : schema_.table(schema_.subject).key) {
      key.push_back(row.cells[static_cast<size_t>(column)].text);
    }
    return key;
  }

  std::optional<size_t> OnlySubject(Span span) {
    std::vector<DraftRow>& rows = draft_.tables[schema_.subject.index()].rows;
    if (rows.empty()) rows.push_back(EmptyRow(schema_.subject, span));
    if (rows.size() == 1) return 0;
    const TableSchema& table = schema_.table(schema_.subject);
    Diagnostic& diagnostic =
        sink_.Report(DiagKind::kWhoseValues, span, {table.id, std::to_string(rows.size())});
    if (!table.key.empty()) {
      diagnostic.Because(HelpKind::kSayWhich,
                         {table.columns[static_cast<size_t>(table.key[0])].id});
    }
    return std::nullopt;
  }

  void Add(DraftValue value) {
    const bool is_new = given_.emplace(value.definition.value, value.subject, value.period).second;
    if (!is_new) {
      sink_.Report(DiagKind::kGivenTwice, value.written.span,
                   {model_.definition(value.definition).id});
      return;
    }
    draft_.values.push_back(std::move(value));
  }

  const Model& model_;
  const Schema& schema_;
  DiagnosticSink& sink_;
  Draft draft_;
  // Rows of the subject's table by their keys, and how many of them are in it.
  std::map<std::vector<std::optional<std::string>>, size_t> subjects_;
  size_t indexed_ = 0;
  std::set<std::tuple<int32_t, size_t, std::optional<Period>>> given_;
};

}  // namespace

TableId TableOfName(const Schema& schema, const std::string& name) {
  const auto find = [&](const auto& same) {
    for (size_t i = 0; i < schema.tables.size(); ++i) {
      const TableSchema& table = schema.tables[i];
      if (table.pairs_of.valid()) continue;
      if (same(table.id) || (!table.name.empty() && same(table.name))) {
        return TableId{static_cast<int32_t>(i)};
      }
    }
    return TableId::None();
  };
  const TableId exact =
      find([&](const std::string& known) { return NormalizeName(known) == NormalizeName(name); });
  if (exact.valid()) return exact;
  return find([&](const std::string& known) { return FoldCase(known) == FoldCase(name); });
}

std::optional<Draft> MakeDraft(const Model& model, const TestCase& test, DiagnosticSink& sink) {
  const size_t before = sink.error_count();
  DraftReader reader(model, sink);
  for (const TestTable& table : test.given) reader.TakeTable(table);
  for (const TestRow& row : test.values) reader.TakeValues(row);
  if (sink.error_count() > before) return std::nullopt;
  Draft draft = reader.Take();
  FillDraft(model.schema, draft, sink, test.name.span);
  if (sink.error_count() > before) return std::nullopt;
  return draft;
}

}  // namespace steelyard
