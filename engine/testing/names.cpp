#include "engine/testing/names.h"

#include "engine/base/text.h"

namespace steelyard {

bool CanBeGiven(const Definition& definition) {
  return definition.kind == DefinitionKind::kIndicator || definition.kind == DefinitionKind::kValue;
}

DefinitionId FindDefinition(const Model& model, const std::string& name) {
  const std::string wanted = NormalizeName(name);
  for (size_t i = 0; i < model.definitions.size(); ++i) {
    const Definition& definition = model.definitions[i];
    if (!CanBeGiven(definition)) continue;
    if (definition.id == wanted ||
        (!definition.name.empty() && NormalizeName(definition.name) == wanted)) {
      return DefinitionId{static_cast<int32_t>(i)};
    }
  }
  return DefinitionId::None();
}

void Suggest(Diagnostic& diagnostic, const std::string& name, const std::vector<std::string>& names,
             const std::vector<std::string>& ids) {
  constexpr size_t kMostShown = 30;
  if (const auto near = NearestName(name, names)) {
    diagnostic.Because(HelpKind::kDidYouMean, {*near});
    return;
  }
  std::string list;
  for (size_t i = 0; i < ids.size() && i < kMostShown; ++i) {
    list += (list.empty() ? "`" : ", `") + ids[i] + "`";
  }
  if (ids.size() > kMostShown) list += ", …";
  if (!list.empty()) diagnostic.Because(HelpKind::kOneOf, {list});
}

std::optional<Period> ReadPeriod(const Schema& schema, const Word& text, DiagnosticSink& sink) {
  const std::optional<Period> period = Period::Parse(text.text);
  if (period && period->kind == *schema.period) return period;
  const Date day = *Date::FromYmd(2026, 2, 1);
  sink.Report(DiagKind::kTestPeriod, text.span, {text.text, std::string(ToWord(*schema.period))})
      .Because(HelpKind::kPeriodExample, {Period::Containing(day, *schema.period).ToString()});
  return std::nullopt;
}

}  // namespace steelyard
