#include "tests/unit/rulefile/rule_text.h"

#include <fmt/format.h>

#include <utility>

namespace steelyard {

namespace {

SourceLoader FromMemory(std::map<std::string, std::string> files) {
  return [files = std::move(files)](const std::string& path) -> LoadedText {
    const auto found = files.find(path);
    if (found == files.end()) return {{}, LoadFailure::kNotFound};
    return {found->second, std::nullopt};
  };
}

}  // namespace

LoadedRules::LoadedRules(std::map<std::string, std::string> files)
    : sources_(FromMemory(std::move(files))), file_(LoadRuleFile(sources_, "main.yaml", sink_)) {}

LoadedRules::LoadedRules(std::string text)
    : LoadedRules(std::map<std::string, std::string>{{"main.yaml", std::move(text)}}) {}

std::string LoadedRules::Covered(Span span) const {
  if (!span.valid()) return {};
  return sources_.file(span.file).text().substr(span.begin, span.end - span.begin);
}

std::string LoadedRules::Faults() const {
  std::string faults;
  for (const Diagnostic& diagnostic : sink_.Sorted()) {
    const std::string code(Info(diagnostic.kind).code);
    if (!diagnostic.span.valid()) {
      faults += code + "\n";
      continue;
    }
    const SourceFile& file = sources_.file(diagnostic.span.file);
    const Position place = file.PositionOf(diagnostic.span.begin);
    const std::string path = file.path() == "main.yaml" ? "" : file.path() + ":";
    faults += fmt::format("{} {}{}:{} [{}]\n", code, path, place.line, place.column,
                          Covered(diagnostic.span));
  }
  return faults;
}

}  // namespace steelyard
