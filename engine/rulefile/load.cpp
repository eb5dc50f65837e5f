// A rule file with everything it imports, as one tree.
#include "engine/rulefile/load.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

#include "engine/rulefile/inherit.h"
#include "engine/rulefile/sections.h"
#include "engine/rulefile/yaml_read.h"

namespace steelyard {

namespace {

namespace fs = std::filesystem;

// Links between folders can make endless new paths to the same file, so that a cycle is not seen.
constexpr size_t kMaxImports = 200;
constexpr size_t kBytesInMebibyte = 1u << 20;

std::string Normal(const fs::path& path) { return path.lexically_normal().generic_string(); }

// The same for all ways to write the path of one file; looks at no file.
std::string Identity(const std::string& path) {
  std::error_code error;
  const fs::path absolute = fs::absolute(path, error);
  return Normal(error ? fs::path(path) : absolute);
}

class Loader {
 public:
  Loader(SourceSet& sources, DiagnosticSink& sink) : sources_(sources), sink_(sink) {}

  std::optional<RuleFile> LoadMain(const std::string& path, FileRole role) {
    std::optional<RuleFile> main = LoadOne(path, Span{}, role);
    if (!main) return std::nullopt;
    chain_.push_back(Identity(path));
    LoadImports(path, *main);
    Merge(std::move(*main));
    // Tables may come from an import; where one is lost, so may be theirs.
    const bool needs_data = whole_ && !has_data_errors_ && !merged_.is_library;
    if (needs_data && merged_.tables.empty()) ReportNoData();
    return std::move(merged_);
  }

 private:
  std::optional<RuleFile> LoadOne(const std::string& path, Span import, FileRole role) {
    const SourceSet::Opened opened = sources_.Open(path);
    if (opened.failure) {
      ReportLoadFailure(*opened.failure, path, import, sink_);
      return std::nullopt;
    }
    const size_t errors = sink_.error_count();
    const std::optional<YamlNode> root = ReadYaml(opened.file, sources_.file(opened.file), sink_);
    if (!root) return std::nullopt;
    std::optional<RuleFile> rules = ReadRules(*root, opened.file, role, sink_);
    has_data_errors_ = has_data_errors_ || sink_.error_count() > errors;
    return rules;
  }

  void LoadImports(const std::string& path, const RuleFile& importing) {
    for (const Word& word : importing.imports) {
      LoadImport(Normal(fs::path(path).parent_path() / word.text), word);
    }
  }

  void LoadImport(const std::string& path, const Word& word) {
    const std::string identity = Identity(path);
    if (std::find(chain_.begin(), chain_.end(), identity) != chain_.end()) {
      sink_.Report(DiagKind::kImportCycle, word.span, {path});
      return;
    }
    // Two files may import the same third.
    if (!loaded_.insert(identity).second) return;
    if (loaded_.size() > kMaxImports) {
      const bool is_first = loaded_.size() == kMaxImports + 1;
      if (is_first)
        sink_.Report(DiagKind::kTooManyImports, word.span, {std::to_string(kMaxImports)});
      whole_ = false;
      return;
    }
    std::optional<RuleFile> library = LoadOne(path, word.span, FileRole::kLibrary);
    if (!library) {
      whole_ = false;
      return;
    }
    chain_.push_back(identity);
    LoadImports(path, *library);
    chain_.pop_back();
    Merge(std::move(*library));
  }

  // Adds a file behind what was merged before. The last one, the file that was asked for, gives
  // everything that cannot be added up.
  void Merge(RuleFile next) {
    MergeDecls(merged_.tables, next.tables, tables_);
    Override(merged_.parameters, next.parameters, parameters_);
    MergeDecls(merged_.parameters, next.parameters, parameters_);
    Override(merged_.values, next.values, values_);
    MergeDecls(merged_.values, next.values, values_);
    Inherit(next.indicators, merged_.indicators, sink_);
    indicators_.clear();
    for (const IndicatorDecl& before : merged_.indicators) {
      indicators_.emplace(before.id.text, before.id.span);
    }
    MergeDecls(merged_.indicators, next.indicators, indicators_);
    MergeDecls(merged_.interlocks, next.interlocks, interlocks_);
    MergeDecls(merged_.vetoes, next.vetoes, vetoes_);
    MergeDecls(merged_.alerts, next.alerts, alerts_);
    merged_ = std::move(next);
  }

  using Places = std::map<std::string, Span>;

  // Takes out of `before` what one of `next` says it takes the place of. Its name goes with it,
  // unless the new one has its own, so that formulas find it as they did.
  template <class Decl>
  void Override(std::vector<Decl>& before, std::vector<Decl>& next, Places& places) {
    for (Decl& decl : next) {
      if (!decl.overrides) continue;
      const auto old = std::find_if(before.begin(), before.end(), [&](const Decl& other) {
        return other.id.text == decl.id.text;
      });
      if (old == before.end()) {
        sink_.Report(DiagKind::kNothingToOverride, decl.id.span, {decl.id.text});
        continue;
      }
      if (!decl.name.present()) decl.name = old->name;
      before.erase(old);
      places.erase(decl.id.text);
    }
  }

  // `next` becomes `before` followed by those of its own that are new.
  template <class Decl>
  void MergeDecls(std::vector<Decl>& before, std::vector<Decl>& next, Places& places) {
    std::vector<Decl> all = std::move(before);
    for (Decl& decl : next) {
      const auto [first, is_new] = places.emplace(decl.id.text, decl.id.span);
      if (is_new) {
        all.push_back(std::move(decl));
      } else {
        Diagnostic& found = sink_.Report(DiagKind::kDefinedTwice, decl.id.span, {decl.id.text});
        found.Because(HelpKind::kFirstHere, {}, first->second);
        if (first->second.file != decl.id.span.file) AdviseImported(decl, found);
      }
    }
    next = std::move(all);
  }

  // How a card may say something of its own about what it imports.
  template <class Decl>
  static void AdviseImported(const Decl& decl, Diagnostic& found) {
    if constexpr (requires { decl.overrides; }) found.Because(HelpKind::kSayOverride);
    if constexpr (requires { decl.based_on; }) found.Because(HelpKind::kSayBasedOn, {decl.id.text});
  }

  void ReportNoData() {
    const Span top{merged_.file, 0, 0};
    const Span place = merged_.scorecard.present() ? merged_.scorecard.span : top;
    sink_.Report(DiagKind::kMissingTopKey, place, {"data"})
        .Because(HelpKind::kWriteLike, {"data: {manager: {key: manager_id, columns: …}}"});
  }

  SourceSet& sources_;
  DiagnosticSink& sink_;
  std::vector<std::string> chain_;  // from the main file to the one being read
  std::set<std::string> loaded_;
  RuleFile merged_;
  bool whole_ = true;  // no import was lost
  bool has_data_errors_ = false;
  Places tables_, parameters_, values_, indicators_, interlocks_, vetoes_, alerts_;
};

}  // namespace

void ReportLoadFailure(LoadFailure failure, const std::string& path, Span span,
                       DiagnosticSink& sink) {
  DiagKind kind = DiagKind::kFileUnreadable;
  if (failure == LoadFailure::kNotFound) kind = DiagKind::kFileNotFound;
  if (failure == LoadFailure::kIsDirectory) kind = DiagKind::kFileIsDirectory;
  if (failure == LoadFailure::kTooLarge) kind = DiagKind::kFileTooLarge;
  sink.Report(kind, span, {path, std::to_string(kMaxSourceBytes / kBytesInMebibyte)});
}

std::optional<RuleFile> LoadRuleFile(SourceSet& sources, const std::string& path,
                                     DiagnosticSink& sink, bool or_library) {
  return Loader(sources, sink)
      .LoadMain(path, or_library ? FileRole::kEither : FileRole::kScorecard);
}

}  // namespace steelyard
