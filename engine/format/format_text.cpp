#include "engine/format/format_text.h"

#include "engine/base/text.h"
#include "engine/format/layout.h"
#include "engine/format/scalars.h"
#include "engine/rulefile/sections.h"
#include "engine/rulefile/yaml_read.h"
#include "engine/syntax/each_formula.h"

namespace steelyard {
namespace {

// What is wrong with the rules is for `check` to say.
void AddFormulas(const YamlNode& root, FileId file, Scalars& scalars) {
  DiagnosticSink unheard;
  std::optional<RuleFile> rules = ReadRules(root, file, FileRole::kEither, unheard);
  if (!rules) return;
  ForEachFormula(*rules, [&](const Formula& formula) {
    const bool whole = formula.parsed() && !formula.source.offsets.empty();
    if (whole) scalars.AddFormula(formula.source.offsets.front(), formula.source.text);
  });
}

}  // namespace

FormatKind KindOf(const YamlNode& root) {
  if (root.shape != Shape::kMapping) return FormatKind::kOther;
  if (HasKey(root, "steelyard"))
    return HasKey(root, "policy") ? FormatKind::kPolicy : FormatKind::kRules;
  return HasKey(root, "tests") ? FormatKind::kTests : FormatKind::kOther;
}

std::optional<std::string> FormatText(FileId file, const SourceFile& source, OperatorStyle style,
                                      DiagnosticSink& sink) {
  const size_t errors = sink.error_count();
  const std::optional<YamlNode> root = ReadYaml(file, source, sink);
  if (!root || sink.error_count() > errors) return std::nullopt;
  const FormatKind kind = KindOf(*root);
  if (kind == FormatKind::kOther) {
    sink.Report(DiagKind::kNotOurs, {file, 0, 0}, {source.path()}).Because(HelpKind::kOurFiles);
    return std::nullopt;
  }
  Scalars scalars(source.text(), style, kind == FormatKind::kTests);
  if (kind == FormatKind::kRules) AddFormulas(*root, file, scalars);
  return LayOut(source.text(), *root, scalars, {kind != FormatKind::kTests});
}

}  // namespace steelyard
