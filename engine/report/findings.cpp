#include "engine/report/findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace steelyard {

size_t CheckFindings::Count(Severity severity) const {
  return static_cast<size_t>(
      std::count_if(findings.begin(), findings.end(),
                    [&](const Diagnostic& diagnostic) { return diagnostic.severity == severity; }));
}

std::string_view SeverityWord(Severity severity) {
  switch (severity) {
    case Severity::kError: return "error";
    case Severity::kWarning: return "warning";
    case Severity::kNote: break;
  }
  return "note";
}

Region RegionOf(Span span, const SourceSet& sources) {
  const SourceFile& file = sources.file(span.file);
  return {file.PositionOf(span.begin), file.PositionOf(std::max(span.begin, span.end))};
}

std::string PlainPath(std::string_view path) {
  return std::filesystem::path(path).lexically_normal().generic_string();
}

std::string PathOf(Span span, const SourceSet& sources) {
  return PlainPath(sources.file(span.file).path());
}

std::string WholeMessage(const Diagnostic& diagnostic, const SourceSet& sources,
                         Language language) {
  const std::string_view colon = language == Language::kEnglish ? ": " : "：";
  std::string text = Message(diagnostic, language);
  const std::string label = Label(diagnostic, language);
  if (!label.empty()) text += fmt::format("{}{}", colon, label);
  for (const Help& help : diagnostic.helps) {
    text += "\n" + HelpLine(help, language);
    if (!help.span.valid()) continue;
    const Position place = RegionOf(help.span, sources).begin;
    text += fmt::format("{}{}:{}:{}", colon, PathOf(help.span, sources), place.line, place.column);
  }
  return text;
}

}  // namespace steelyard
