// `parameters:`, `values:`, `grades:` and `outcomes:` — things with a name and a formula.
#include <algorithm>

#include "engine/rulefile/sections.h"

namespace steelyard {

namespace {

// `2026-01-01` and also `2026-13-01` or `2026-1-1`: a date was meant, and Date::Parse will
// complain.
bool LooksLikeDate(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return text.size() > 5 && std::all_of(text.begin(), text.begin() + 4, is_digit) &&
         (text[4] == '-' || text[4] == '/');
}

ParameterDecl::Entry ReadParameterEntry(Reader& reader, const Field& field, bool& is_list) {
  ParameterDecl::Entry entry;
  is_list = field.value.shape == Shape::kList;
  reader.Items(field, "[S, A]", [&](const Field& item) {
    auto text = reader.Text(item, "6%");
    if (text) entry.values.push_back(reader.ParseExpression(std::move(*text)));
  });
  return entry;
}

void ReadDatedParameter(Reader& reader, const Field& field, ParameterDecl& parameter) {
  bool first = true;
  for (const YamlEntry& dated : field.value.entries) {
    const std::optional<Date> from = reader.ParseDate(dated.key.text);
    bool is_list = false;
    ParameterDecl::Entry entry = ReadParameterEntry(reader, {dated.key, dated.value}, is_list);
    if (!from) continue;
    if (!first && is_list != parameter.is_list) {
      reader.Report(DiagKind::kListAndSingle, dated.key.span, {parameter.id.text});
      continue;
    }
    first = false;
    parameter.is_list = is_list;
    entry.from = from;
    entry.from_span = dated.key.span;
    parameter.entries.push_back(std::move(entry));
  }
}

void ReadParameterValue(Reader& reader, const Field& field, ParameterDecl& parameter) {
  if (IsDatedMapping(field.value)) return ReadDatedParameter(reader, field, parameter);
  parameter.entries.push_back(ReadParameterEntry(reader, field, parameter.is_list));
}

// A formula, or `{name:, formula:}` where there is more to say.
template <class Decl>
void ReadNamedFormula(Reader& reader, const Field& field, Decl& decl, KeyRules more) {
  if (field.value.shape != Shape::kMapping) return reader.Into(decl.formula)(field);
  more.push_back({"name", reader.Into(decl.name)});
  more.push_back({"formula", reader.Into(decl.formula), "formula: sum(order.amount)"});
  reader.Keys(field, {}, more);
}

}  // namespace

bool IsDatedMapping(const YamlNode& node) {
  return node.shape == Shape::kMapping &&
         std::any_of(node.entries.begin(), node.entries.end(),
                     [](const YamlEntry& entry) { return LooksLikeDate(entry.key.text.text); });
}

void ReadDated(Reader& reader, const Field& field, std::vector<DatedFormula>& values) {
  if (!IsDatedMapping(field.value)) {
    DatedFormula always;
    reader.Into(always.formula)(field);
    values.push_back(std::move(always));
    return;
  }
  for (const YamlEntry& entry : field.value.entries) {
    DatedFormula dated;
    dated.from = reader.ParseDate(entry.key.text);
    dated.from_span = entry.key.span;
    reader.Into(dated.formula)({entry.key, entry.value});
    if (dated.from) values.push_back(std::move(dated));
  }
}

void ReadParameters(Reader& reader, const Field& field, std::vector<ParameterDecl>& parameters) {
  reader.Entries(field, "churn_limit: 5%", [&](const Field& entry) {
    const std::optional<Word> id = reader.Id(entry.key);
    ParameterDecl parameter;
    if (id) parameter.id = *id;
    const auto value = [&](const Field& inner) { ReadParameterValue(reader, inner, parameter); };
    if (entry.value.shape == Shape::kMapping && !IsDatedMapping(entry.value)) {
      reader.Keys(entry, {},
                  {{"name", reader.Into(parameter.name)},
                   {"value", value, "value: 5%"},
                   {"override", reader.Into(parameter.overrides)}});
    } else {
      value(entry);
    }
    if (id) parameters.push_back(std::move(parameter));
  });
}

void ReadValues(Reader& reader, const Field& field, std::vector<ValueDecl>& values) {
  reader.Entries(field, "revenue: sum(order.amount)", [&](const Field& entry) {
    const std::optional<Word> id = reader.Id(entry.key);
    ValueDecl value;
    ReadNamedFormula(reader, entry, value, {{"override", reader.Into(value.overrides)}});
    if (!id) return;
    value.id = *id;
    values.push_back(std::move(value));
  });
}

void ReadOutcomes(Reader& reader, const Field& field, std::vector<OutcomeDecl>& outcomes) {
  reader.Entries(field, "bonus: target_bonus * score / 100", [&](const Field& entry) {
    const std::optional<Word> id = reader.Id(entry.key);
    OutcomeDecl outcome;
    ReadNamedFormula(reader, entry, outcome,
                     {{"decimals", reader.WholeInto(outcome.decimals, 0, 12)},
                      {"unit", reader.Into(outcome.unit)}});
    if (!id) return;
    outcome.id = *id;
    outcomes.push_back(std::move(outcome));
  });
}

void ReadGrades(Reader& reader, const Field& field, std::vector<GradeDecl>& grades) {
  reader.Entries(field, "grades: {A: 90, B: 75, C: 0}", [&](const Field& entry) {
    GradeDecl grade;
    grade.id = Reader::MakeWord(Slice(entry.key.text, 0, entry.key.text.text.size()));
    if (grade.id.text.empty()) {
      reader.Report(DiagKind::kKeyNotText, entry.key.span);
      return;
    }
    reader.Into(grade.lowest)(entry);
    grades.push_back(std::move(grade));
  });
}

}  // namespace steelyard
