// `indicators:` — what is measured, and how its value becomes points.
#include "engine/rulefile/sections.h"

namespace steelyard {

namespace {

// `{system: CRM, kind: system}`, or the name of the system alone.
void ReadSource(Reader& reader, const Field& field, IndicatorDecl& indicator) {
  if (field.value.shape != Shape::kMapping) return reader.Into(indicator.source_system)(field);
  const auto kind = [&](const Field& inner) {
    const auto text = reader.Text(inner);
    if (!text) return;
    const Word word = Reader::MakeWord(*text);
    const std::vector<std::string> kinds(std::begin(kSourceKinds), std::end(kSourceKinds));
    for (const std::string& known : kinds) {
      if (word.text == known) indicator.source_kind = word;
    }
    if (!indicator.source_kind.present()) reader.UnknownWord(inner.name(), word, kinds);
  };
  reader.Keys(field, {}, {{"system", reader.Into(indicator.source_system)}, {"kind", kind}});
}

void ReadTarget(Reader& reader, const Field& field, IndicatorDecl& indicator) {
  if (!IsDatedMapping(field.value)) return reader.ConditionInto(indicator.target)(field);
  for (const YamlEntry& entry : field.value.entries) {
    DatedFormula dated;
    dated.from = reader.ParseDate(entry.key.text);
    dated.from_span = entry.key.span;
    reader.ConditionInto(dated.formula)({entry.key, entry.value});
    if (dated.from) indicator.dated_targets.push_back(std::move(dated));
  }
}

// What is computed.
void AddMeasure(Reader& reader, IndicatorDecl& indicator, KeyRules& rules) {
  rules.insert(
      rules.end(),
      {{"name", reader.Into(indicator.name)},
       {"formula", reader.Into(indicator.formula)},
       {"display", reader.Into(indicator.display)},
       {"decimals", reader.WholeInto(indicator.decimals, 0, 12)},
       {"unit", reader.Into(indicator.unit)},
       {"better", reader.Into(indicator.better, &indicator.better_span,
                              std::vector<Choice<Better>>{{"higher", Better::kHigher},
                                                          {"lower", Better::kLower}})},
       {"score", [&](const Field& score) { ReadScore(reader, score, indicator.score); }},
       {"missing", [&](const Field& missing) { ReadMissing(reader, missing, indicator.missing); }},
       {"weight_range", reader.Into(indicator.weight_range, "25%..30%")},
       {"target", [&](const Field& target) { ReadTarget(reader, target, indicator); }},
       {"audit_range", reader.Into(indicator.audit_range, "85%..95%")}});
}

// When it counts.
void AddLife(Reader& reader, IndicatorDecl& indicator, KeyRules& rules) {
  rules.insert(rules.end(),
               {{"when", reader.Into(indicator.when)},
                {"status", reader.Into(indicator.status, &indicator.status_span,
                                       std::vector<Choice<Status>>{{"active", Status::kActive},
                                                                   {"draft", Status::kDraft},
                                                                   {"trial", Status::kTrial},
                                                                   {"retired", Status::kRetired}})},
                {"from", reader.Into(indicator.from, &indicator.from_span)},
                {"until", reader.Into(indicator.until, &indicator.until_span)},
                {"replaced_by", reader.NameInto(indicator.replaced_by)},
                {"why", reader.Into(indicator.why)}});
}

// What people must know of it.
void AddRecord(Reader& reader, IndicatorDecl& indicator, KeyRules& rules) {
  rules.insert(
      rules.end(),
      {{"definition", reader.Into(indicator.definition)},
       {"period", reader.Into(indicator.period)},
       {"owner", reader.Into(indicator.owner)},
       {"strategy", reader.Into(indicator.strategy)},
       {"source", [&](const Field& source) { ReadSource(reader, source, indicator); }},
       {"level", reader.NamesInto(indicator.level)},
       {"based_on", reader.NameInto(indicator.based_on)},
       {"flexible", reader.Into(indicator.flexible, &indicator.flexible_span,
                                std::vector<Choice<bool>>{{"true", true}, {"false", false}})}});
}

void ReadIndicator(Reader& reader, const Field& field, std::vector<IndicatorDecl>& indicators) {
  const std::optional<Word> id = reader.Id(field.key);
  IndicatorDecl indicator;
  indicator.span = field.key.span;
  KeyRules rules;
  AddMeasure(reader, indicator, rules);
  AddLife(reader, indicator, rules);
  AddRecord(reader, indicator, rules);
  const bool read = reader.Keys(field, "nps: {formula: avg(survey.likelihood)}", rules);
  if (indicator.from && indicator.until && *indicator.until < *indicator.from) {
    reader.Report(DiagKind::kRangeBackwards, field.key.span,
                  {indicator.from->ToString() + ".." + indicator.until->ToString()});
  }
  if (!read || !id) return;
  indicator.id = *id;
  indicators.push_back(std::move(indicator));
}

}  // namespace

void ReadIndicators(Reader& reader, const Field& field, std::vector<IndicatorDecl>& indicators) {
  reader.Entries(field, "nps: {formula: avg(survey.likelihood)}",
                 [&](const Field& entry) { ReadIndicator(reader, entry, indicators); });
}

}  // namespace steelyard
