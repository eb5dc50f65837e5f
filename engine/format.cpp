// From a path to the text that should stand there.
#include "engine/format.h"

#include <filesystem>
#include <system_error>

#include "engine/find_files.h"
#include "engine/format/format_text.h"
#include "engine/format/line_diff.h"
#include "engine/format/proof.h"
#include "engine/rulefile/load.h"
#include "engine/rulefile/yaml_read.h"

namespace steelyard {
namespace {

namespace fs = std::filesystem;

HelpKind WordsFor(FormatLoss loss) {
  switch (loss) {
    case FormatLoss::kYaml: return HelpKind::kLostYaml;
    case FormatLoss::kRules: return HelpKind::kLostRules;
    case FormatLoss::kFindings: return HelpKind::kLostFindings;
    case FormatLoss::kMeaning: return HelpKind::kLostMeaning;
    case FormatLoss::kComments: return HelpKind::kLostComments;
    case FormatLoss::kNotStable: return HelpKind::kLostStability;
  }
  return HelpKind::kLostMeaning;
}

FormatOutcome FormatSource(Session& session, FileId file, OperatorStyle style) {
  const SourceFile& source = session.sources.file(file);
  std::optional<std::string> text = FormatText(file, source, style, session.sink);
  if (!text) return {};
  if (*text == source.text()) return {FormatStatus::kUnchanged, *std::move(text), ""};
  const SourceLoader loader = [&](const std::string& path) -> LoadedText {
    const SourceSet::Opened opened = session.sources.Open(path);
    if (opened.failure) return {"", opened.failure};
    return {session.sources.file(opened.file).text(), std::nullopt};
  };
  if (const auto loss = FindLoss(source, *text, style, loader)) {
    session.sink.Report(DiagKind::kFormatFault, {file, 0, 0}, {source.path()})
        .Because(WordsFor(*loss))
        .Because(HelpKind::kTellUs);
    return {};
  }
  std::string diff = UnifiedDiff(source.text(), *text, source.path());
  return {FormatStatus::kChanged, *std::move(text), std::move(diff)};
}

bool IsYamlPath(const fs::path& path) {
  const std::string ending = path.extension().generic_string();
  return ending == ".yaml" || ending == ".yml";
}

// One of ours, by its keys. A file that cannot be read as YAML is, if it names our language in a
// line of its own.
bool IsOurs(Session& session, const std::string& path) {
  const SourceSet::Opened opened = session.sources.Open(path);
  if (opened.failure) return false;
  const SourceFile& source = session.sources.file(opened.file);
  DiagnosticSink unheard;
  const auto root = ReadYaml(opened.file, source, unheard);
  if (root && !unheard.HasErrors()) return KindOf(*root) != FormatKind::kOther;
  const std::string& text = source.text();
  return text.starts_with("steelyard:") || text.find("\nsteelyard:") != std::string::npos ||
         path.ends_with(".test.yaml") || path.ends_with(".policy.yaml");
}

}  // namespace

FormatOutcome FormatFile(Session& session, const std::string& path, OperatorStyle style) {
  const SourceSet::Opened opened = session.sources.Open(path);
  if (!opened.failure) return FormatSource(session, opened.file, style);
  ReportLoadFailure(*opened.failure, path, Span(), session.sink);
  return {};
}

FormatOutcome FormatText(Session& session, const std::string& name, const std::string& text,
                         OperatorStyle style) {
  return FormatSource(session, session.sources.Add(name, text), style);
}

std::vector<std::string> FindFilesToFormat(Session& session,
                                           const std::vector<std::string>& paths) {
  // By its path as it will be named.
  const auto wanted = [&](const fs::directory_entry& entry) {
    std::error_code ignored;
    const bool hidden = entry.path().filename().generic_string().starts_with('.');
    return !hidden && IsYamlPath(entry.path()) && entry.is_regular_file(ignored) &&
           IsOurs(session, entry.path().lexically_normal().generic_string());
  };
  return FindFiles(paths, wanted, DiagKind::kNothingToFormat, session.sink);
}

}  // namespace steelyard
