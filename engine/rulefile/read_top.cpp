// What rule files and policy files have alike at their top.
#include "engine/base/text.h"
#include "engine/rulefile/sections.h"
#include "engine/rulefile/yaml_read.h"

namespace steelyard {

namespace {

// The one version of the language there is; other files must not be read as if they were of it.
constexpr std::string_view kLanguageVersion = "1";

}  // namespace

bool IsTopMapping(Reader& reader, const Field& root) {
  if (root.value.shape == Shape::kMapping) return true;
  const bool empty = root.value.shape == Shape::kNothing;
  Diagnostic& found =
      reader.Report(empty ? DiagKind::kEmptyFile : DiagKind::kTopNotMapping, root.value.span);
  found.Because(HelpKind::kWriteLike, {"steelyard: 1"});
  ExplainColon(root.value.text.text, found);
  return false;
}

// A file of another language version would only cause wrong complaints.
bool IsKnownVersion(Reader& reader, const Field& root, Word& version) {
  for (const YamlEntry& entry : root.value.entries) {
    if (NormalizeName(entry.key.text.text) != "steelyard") continue;
    reader.Into(version)({entry.key, entry.value});
    if (!version.present() || version.text == kLanguageVersion) continue;
    reader.Report(DiagKind::kLanguageVersion, version.span, {version.text})
        .Because(HelpKind::kKnownVersion);
    return false;
  }
  return true;
}

}  // namespace steelyard
