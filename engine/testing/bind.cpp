// From the words of `expect:` to columns of the results and values.
#include <algorithm>

#include "engine/base/text.h"
#include "engine/data/given.h"
#include "engine/report/ids.h"
#include "engine/testing/expect.h"
#include "engine/testing/names.h"

namespace steelyard {
namespace {

bool IsKey(ResultRole role) { return role == ResultRole::kKey || role == ResultRole::kPeriod; }

// `NAME.points` beside `ID.points`.
std::string HeadingByName(const ResultColumn& column) {
  if (column.name.empty()) return {};
  const std::string name = NormalizeName(column.name);
  const size_t dot = column.heading.rfind('.');
  if (dot == std::string::npos || name.find('.') != std::string::npos) return name;
  return name + column.heading.substr(dot);
}

class Binder {
 public:
  Binder(const Model& model, const Program& program, const ResultTable& columns,
         ConstantReader& constants, DiagnosticSink& sink)
      : model_(model), program_(program), columns_(columns), constants_(constants), sink_(sink) {}

  ExpectedResult Bind(const TestExpectedRow& row) {
    ExpectedResult result;
    result.span = row.span;
    for (const TestExpected& entry : row.entries) BindEntry(entry, result);
    if (result.expectations.empty() && !row.entries.empty() && !failed_) {
      sink_.Report(DiagKind::kNothingExpected, row.span);
    }
    return result;
  }

 private:
  void BindEntry(const TestExpected& entry, ExpectedResult& result) {
    const std::optional<size_t> column = Find(entry.output.text);
    if (!column) {
      if (entry.output.text == "rejected") return BindRejected(entry, result);
      if (entry.output.text == "scored") return BindScored(entry, result);
      failed_ = true;
      return UnknownOutput(entry.output);
    }
    if (Twice(entry, *column, result)) return;
    const ResultRole role = columns_.columns[*column].role;
    if (HoldsIds(role)) return BindIds(entry, *column, result);
    if (entry.is_list || entry.partial) {
      failed_ = true;
      sink_.Report(DiagKind::kOneValueExpected, entry.span, {entry.output.text});
      return;
    }
    const std::optional<Value> value = ReadValue(entry, *column);
    if (!value) {
      failed_ = true;
    } else if (IsKey(role)) {
      result.selectors.push_back({*column, *value, entry.texts[0].text});
    } else {
      AddValue(entry, *column, *value, result);
    }
  }

  std::optional<size_t> Find(const std::string& name) const {
    for (size_t i = 0; i < columns_.columns.size(); ++i) {
      if (NormalizeName(columns_.columns[i].heading) == name) return i;
    }
    for (size_t i = 0; i < columns_.columns.size(); ++i) {
      if (HeadingByName(columns_.columns[i]) == name) return i;
    }
    return std::nullopt;
  }

  void UnknownOutput(const Word& output) {
    Diagnostic& diagnostic = sink_.Report(DiagKind::kUnknownOutput, output.span, {output.text});
    std::vector<std::string> names = {"rejected", "scored"};
    std::vector<std::string> ids;
    for (const ResultColumn& column : columns_.columns) {
      names.push_back(column.heading);
      if (!column.name.empty()) names.push_back(HeadingByName(column));
      if (column.role != ResultRole::kPoints) ids.push_back(column.heading);
    }
    if (FindDefinition(model_, output.text).valid()) {
      diagnostic.Because(HelpKind::kOnlyInside, {output.text});
    } else {
      Suggest(diagnostic, output.text, names, ids);
    }
  }

  bool Twice(const TestExpected& entry, size_t column, const ExpectedResult& result) {
    const auto same = [&](const auto& other) { return other.column == column; };
    const bool twice =
        std::any_of(result.selectors.begin(), result.selectors.end(), same) ||
        std::any_of(
            result.expectations.begin(), result.expectations.end(), [&](const Expectation& other) {
              const bool of_column =
                  other.kind == Expectation::Kind::kValue || other.kind == Expectation::Kind::kIds;
              return of_column && same(other);
            });
    if (!twice) return false;
    failed_ = true;
    sink_.Report(DiagKind::kGivenTwice, entry.output.span, {entry.output.text});
    return true;
  }

  static Expectation Start(const TestExpected& entry, Expectation::Kind kind) {
    Expectation expectation;
    expectation.kind = kind;
    expectation.output = entry.output.text;
    expectation.span = entry.span;
    if (!entry.texts.empty()) expectation.written = entry.texts[0].text;
    return expectation;
  }

  void AddValue(const TestExpected& entry, size_t column, const Value& value,
                ExpectedResult& result) {
    Expectation expectation = Start(entry, Expectation::Kind::kValue);
    expectation.column = column;
    expectation.value = value;
    if (entry.within) {
      expectation.within = ReadTolerance(entry, columns_.columns[column].type, value);
      if (!expectation.within) {
        failed_ = true;
        return;
      }
    }
    result.expectations.push_back(std::move(expectation));
  }

  std::optional<Number> ReadTolerance(const TestExpected& entry, const Type& type,
                                      const Value& value) {
    if (!type.IsNumber() || !value.is_number()) {
      sink_.Report(DiagKind::kToleranceOfNumber, entry.span, {entry.output.text});
      return std::nullopt;
    }
    const EmbeddedText& text = *entry.within;
    const auto within = constants_.Read(text, false, type);
    if (!within) return std::nullopt;
    const Span place = text.Locate(0, text.text.size());
    if (!within->is_number()) {
      sink_.Report(DiagKind::kToleranceOfNumber, place, {text.text});
      return std::nullopt;
    }
    if (within->number() >= Number(0)) return within->number();
    sink_.Report(DiagKind::kGivenCell, place, {"within", entry.output.text})
        .Because(HelpKind::kWhyBelowMin, {"0"});
    return std::nullopt;
  }

  std::optional<Value> ReadValue(const TestExpected& entry, size_t column) {
    const ResultColumn& known = columns_.columns[column];
    auto value = constants_.Read(entry.texts[0], entry.quoted, known.type);
    if (!value || known.role != ResultRole::kGrade || !value->is_text()) return value;
    std::vector<std::string> grades = columns_.grades;
    grades.insert(grades.end(), {"incomplete", "disqualified"});
    if (std::find(grades.begin(), grades.end(), value->text()) != grades.end()) return value;
    Suggest(sink_.Report(DiagKind::kNoSuchGrade, entry.span, {value->text()}), value->text(),
            grades, grades);
    return std::nullopt;
  }

  // --- ids --------------------------------------------------------------------------------------

  void BindIds(const TestExpected& entry, size_t column, ExpectedResult& result) {
    Expectation expectation = Start(entry, Expectation::Kind::kIds);
    expectation.column = column;
    expectation.partial = entry.partial;
    const std::string has = ReadIds(entry.texts, column, expectation.ids);
    const std::string lacks = ReadIds(entry.lacks, column, expectation.lacks);
    expectation.written = has;
    if (entry.partial) {
      const std::string both = entry.texts.empty() || entry.lacks.empty() ? "" : ", ";
      expectation.written = "{" + (entry.texts.empty() ? "" : "has: " + has) + both +
                            (entry.lacks.empty() ? "" : "not: " + lacks) + "}";
    }
    if (entry.within) {
      failed_ = true;
      sink_.Report(DiagKind::kToleranceOfNumber, entry.span, {entry.output.text});
    }
    result.expectations.push_back(std::move(expectation));
  }

  // As they are written, in brackets.
  std::string ReadIds(const std::vector<EmbeddedText>& texts, size_t column,
                      std::vector<std::string>& ids) {
    std::string written = "[";
    for (const EmbeddedText& text : texts) {
      if (const auto id = ReadId(text, columns_.columns[column])) ids.push_back(*id);
      written += (written.size() > 1 ? ", " : "") + text.text;
    }
    return written + "]";
  }

  std::optional<std::string> ReadId(const EmbeddedText& text, const ResultColumn& column) {
    const std::string name = NormalizeName(text.text);
    const std::vector<std::string> ids = KnownIds(column.role);
    std::vector<std::string> names = ids;
    for (const std::string& id : ids) {
      if (id == name) return id;
      const std::string other = NameOf(id);
      if (!other.empty() && NormalizeName(other) == name) return id;
      if (!other.empty()) names.push_back(other);
    }
    failed_ = true;
    Diagnostic& diagnostic = sink_.Report(DiagKind::kNoSuchFlag, text.Locate(0, text.text.size()),
                                          {text.text, column.heading});
    Suggest(diagnostic, name, names, ids);
    return std::nullopt;
  }

  std::vector<std::string> KnownIds(ResultRole role) const {
    std::vector<std::string> ids;
    for (const FlagOutput& flag : FlagsOf(role)) {
      if (std::find(ids.begin(), ids.end(), flag.id) == ids.end()) ids.push_back(flag.id);
    }
    return ids;
  }

  const std::vector<FlagOutput>& FlagsOf(ResultRole role) const {
    switch (role) {
      case ResultRole::kInterlocks: return program_.interlocks;
      case ResultRole::kAlerts: return program_.alerts;
      case ResultRole::kReview: return program_.review;
      case ResultRole::kEntitlements: return program_.entitlements;
      case ResultRole::kTargetsMissed: return program_.targets_missed;
      default: return program_.vetoes;
    }
  }

  // The name of a veto, alert … or, as in `nps.audit`, of an indicator.
  std::string NameOf(const std::string& id) const {
    for (const auto* gates : {&model_.vetoes, &model_.interlocks, &model_.alerts, &model_.additions,
                              &model_.entitlements}) {
      for (const GateModel& gate : *gates) {
        if (gate.id == id) return gate.name;
      }
    }
    const size_t dot = id.rfind('.');
    for (const IndicatorModel& indicator : model_.indicators) {
      if (indicator.name.empty() || indicator.id != id.substr(0, dot)) continue;
      return dot == std::string::npos ? indicator.name : indicator.name + id.substr(dot);
    }
    return {};
  }

  // --- whether there is a result ----------------------------------------------------------------

  // `rejected: yes`, or the indicator or column that it is because of.
  void BindRejected(const TestExpected& entry, ExpectedResult& result) {
    if (!OneText(entry)) return;
    Expectation expectation = Start(entry, Expectation::Kind::kRejected);
    const std::string& text = entry.texts[0].text;
    if (const auto truth = TruthOf(text)) {
      expectation.truth = *truth;
    } else {
      expectation.reason = ReasonNamed(text);
      if (expectation.reason.empty()) return UnknownReason(entry);
    }
    result.expectations.push_back(std::move(expectation));
  }

  void BindScored(const TestExpected& entry, ExpectedResult& result) {
    if (!OneText(entry)) return;
    Expectation expectation = Start(entry, Expectation::Kind::kScored);
    const auto truth = TruthOf(entry.texts[0].text);
    if (!truth) {
      failed_ = true;
      sink_.Report(DiagKind::kConstantType, entry.span, {entry.texts[0].text, "bool"});
      return;
    }
    expectation.truth = *truth;
    result.expectations.push_back(std::move(expectation));
  }

  bool OneText(const TestExpected& entry) {
    if (!entry.is_list && !entry.within && !entry.partial) return true;
    failed_ = true;
    sink_.Report(DiagKind::kOneValueExpected, entry.span, {entry.output.text});
    return false;
  }

  std::string ReasonNamed(const std::string& text) const {
    const DefinitionId id = FindDefinition(model_, NormalizeName(text));
    if (id.valid() && model_.definition(id).kind == DefinitionKind::kIndicator) {
      return model_.definition(id).id;
    }
    const TableSchema& table = model_.schema.table(model_.schema.subject);
    const int32_t column = ColumnOfHeading(table, text);
    return column < 0 ? "" : table.columns[static_cast<size_t>(column)].id;
  }

  void UnknownReason(const TestExpected& entry) {
    failed_ = true;
    std::vector<std::string> names;
    for (const IndicatorModel& indicator : model_.indicators) names.push_back(indicator.id);
    for (const ColumnSchema& column : model_.schema.table(model_.schema.subject).columns) {
      names.push_back(column.id);
    }
    Suggest(sink_.Report(DiagKind::kNoSuchReason, entry.span, {entry.texts[0].text}),
            entry.texts[0].text, names, names);
  }

  const Model& model_;
  const Program& program_;
  const ResultTable& columns_;
  ConstantReader& constants_;
  DiagnosticSink& sink_;
  bool failed_ = false;
};

}  // namespace

std::optional<std::vector<ExpectedResult>> BindExpectations(
    const Model& model, const Program& program, const ResultTable& columns, const TestCase& test,
    ConstantReader& constants, DiagnosticSink& sink) {
  const size_t before = sink.error_count();
  std::vector<ExpectedResult> results;
  for (const TestExpectedRow& row : test.expect) {
    results.push_back(Binder(model, program, columns, constants, sink).Bind(row));
  }
  if (sink.error_count() > before) return std::nullopt;
  return results;
}

}  // namespace steelyard
