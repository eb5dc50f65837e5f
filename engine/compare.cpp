// The façade's calls over two versions of rules.
#include "engine/compare.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

#include "engine/check/check.h"
#include "engine/compare/compare.h"
#include "engine/compare/facts.h"
#include "engine/compare/git.h"
#include "engine/compare/plain.h"
#include "engine/find_files.h"
#include "engine/rulefile/load.h"
#include "engine/rulefile/policy.h"
#include "engine/rulefile/yaml_read.h"
#include "engine/test_files.h"

namespace steelyard {
namespace {

namespace fs = std::filesystem;

constexpr const char* kNoFile = "/dev/null";

std::optional<VersionSource> OnDisk(const std::string& given) {
  std::error_code error;
  const fs::file_status status = fs::status(given, error);
  if (error || !fs::exists(status)) return std::nullopt;
  VersionSource source;
  source.given = source.path = given;
  source.is_folder = fs::is_directory(status);
  source.session = std::make_unique<Session>();
  return source;
}

FileKind KindOf(const std::string& path) {
  if (IsTestFile(path)) return FileKind::kTests;
  return IsPolicyPath(path) ? FileKind::kPolicy : FileKind::kCard;
}

// A rule file that was read, and how many errors it has by itself.
struct Loaded {
  std::optional<RuleFile> file;
  size_t errors = 0;
};

Loaded Load(VersionSource& source, const std::string& path) {
  Loaded loaded;
  DiagnosticSink own;
  loaded.file = LoadRuleFile(source.session->sources, path, own, true);
  if (loaded.file && !loaded.file->is_library && !own.HasErrors()) Check(*loaded.file, own);
  loaded.errors = own.error_count();
  source.session->sink.Append(own);
  return loaded;
}

std::string TitleOf(const RuleFile& file) {
  return file.title.present() ? file.title.text : file.scorecard.text;
}

// The bytes of all files of a tree, by the path from its main file.
std::map<std::string, std::string> TextsOf(const VersionSource& source, const std::string& path,
                                           const RuleFile& file) {
  std::map<std::string, std::string> texts;
  std::set<FileId> files = {file.file};
  for (const auto& table : file.tables) files.insert(table.id.span.file);
  for (const auto& decl : file.parameters) files.insert(decl.id.span.file);
  for (const auto& decl : file.values) files.insert(decl.id.span.file);
  for (const auto& decl : file.indicators) files.insert(decl.id.span.file);
  for (const auto* gates : {&file.interlocks, &file.vetoes, &file.alerts}) {
    for (const auto& decl : *gates) files.insert(decl.id.span.file);
  }
  for (const FileId id : files) {
    const SourceFile& text = source.session->sources.file(id);
    const fs::path from = fs::path(path).parent_path();
    const std::string name =
        id == file.file ? "" : fs::path(text.path()).lexically_relative(from).generic_string();
    texts.emplace(name, text.text());
  }
  return texts;
}

class Differ {
 public:
  Differ(VersionSource& before, VersionSource& after) : before_(before), after_(after) {}

  // Both must be there.
  bool Compare(const std::string& old_path, const std::string& new_path) {
    ComparedFile file = Start(old_path, new_path);
    const bool compared = file.kind == FileKind::kCard
                              ? CompareRuleFiles(old_path, new_path, file)
                              : ComparePlainFiles(old_path, new_path, file);
    if (compared) outcome_.comparison.files.push_back(std::move(file));
    return compared;
  }

  // A file that only one side has.
  bool Alone(const std::string& path, bool added) {
    ComparedFile file = Start(added ? "" : path, added ? path : "");
    file.status = added ? FileStatus::kAdded : FileStatus::kRemoved;
    VersionSource& source = added ? after_ : before_;
    if (file.kind == FileKind::kCard) {
      const Loaded loaded = Load(source, path);
      if (!loaded.file) return false;
      if (loaded.file->is_library) file.kind = FileKind::kLibrary;
      file.title = TitleOf(*loaded.file);
    }
    outcome_.comparison.files.push_back(std::move(file));
    return true;
  }

  // One of many that cannot be read does not keep the others from being compared.
  void Unread(const std::string& old_path, const std::string& new_path) {
    ComparedFile file = Start(old_path, new_path);
    file.status = FileStatus::kNotCompared;
    file.reason[0] = "not compared: it cannot be read";
    file.reason[1] = "未比较：无法读取";
    outcome_.has_errors = true;
    outcome_.comparison.files.push_back(std::move(file));
  }

  DiffOutcome Take() { return std::move(outcome_); }
  std::vector<ComparedFile>& files() { return outcome_.comparison.files; }

 private:
  ComparedFile Start(const std::string& old_path, const std::string& new_path) const {
    ComparedFile file;
    file.kind = KindOf(new_path.empty() ? old_path : new_path);
    if (!old_path.empty()) file.old_path = before_.prefix + old_path;
    if (!new_path.empty()) file.new_path = after_.prefix + new_path;
    return file;
  }

  bool CompareRuleFiles(const std::string& old_path, const std::string& new_path,
                        ComparedFile& file) {
    const Loaded old_side = Load(before_, old_path);
    const Loaded new_side = Load(after_, new_path);
    if (!old_side.file || !new_side.file) return false;
    file.errors[0] = old_side.errors;
    file.errors[1] = new_side.errors;
    outcome_.has_errors = outcome_.has_errors || old_side.errors > 0 || new_side.errors > 0;
    file.title = TitleOf(*new_side.file);
    if (new_side.file->is_library) file.kind = FileKind::kLibrary;
    file.changes = CompareRules({*old_side.file, before_.session->sources, before_.prefix},
                                {*new_side.file, after_.session->sources, after_.prefix});
    const bool same =
        TextsOf(before_, old_path, *old_side.file) == TextsOf(after_, new_path, *new_side.file);
    file.status = !file.changes.empty() ? FileStatus::kChanged
                  : same                ? FileStatus::kSame
                                        : FileStatus::kLayout;
    return true;
  }

  std::optional<YamlNode> ReadPlain(VersionSource& source, const std::string& path,
                                    const SourceFile*& text) {
    Session& session = *source.session;
    const SourceSet::Opened opened = session.sources.Open(path);
    if (opened.failure) {
      ReportLoadFailure(*opened.failure, path, {}, session.sink);
      return std::nullopt;
    }
    text = &session.sources.file(opened.file);
    return ReadYaml(opened.file, *text, session.sink);
  }

  bool ComparePlainFiles(const std::string& old_path, const std::string& new_path,
                         ComparedFile& file) {
    const SourceFile* old_text = nullptr;
    const SourceFile* new_text = nullptr;
    const std::optional<YamlNode> before = ReadPlain(before_, old_path, old_text);
    const std::optional<YamlNode> after = ReadPlain(after_, new_path, new_text);
    if (!before || !after) return false;
    const Section section = file.kind == FileKind::kTests ? Section::kTests : Section::kPolicy;
    file.changes = ComparePlain({*before, *old_text, file.old_path},
                                {*after, *new_text, file.new_path}, section);
    file.status = !file.changes.empty()                  ? FileStatus::kChanged
                  : old_text->text() == new_text->text() ? FileStatus::kSame
                                                         : FileStatus::kLayout;
    return true;
  }

  VersionSource& before_;
  VersionSource& after_;
  DiffOutcome outcome_;
};

bool IsYaml(const std::string& path) { return path.ends_with(".yaml") || path.ends_with(".yml"); }

// Rule files begin with `steelyard:`, in whatever line; other YAML is no business of ours.
bool IsOurs(VersionSource& source, const std::string& path) {
  if (KindOf(path) != FileKind::kCard) return true;
  const SourceSet::Opened opened = source.session->sources.Open(path);
  if (opened.failure) return false;
  const std::string& text = source.session->sources.file(opened.file).text();
  return text.starts_with("steelyard:") || text.find("\nsteelyard:") != std::string::npos;
}

// --- folders ------------------------------------------------------------------------------------

// The rule, test and policy files of a side, by their path below its folder.
std::map<std::string, std::string> FilesOf(VersionSource& source, DiagnosticSink& sink) {
  const auto is_file = [](const fs::directory_entry& entry) {
    std::error_code ignored;
    return entry.is_regular_file(ignored);
  };
  const std::vector<std::string> files =
      source.files ? source.files(source.path) : FilesBelow(source.path, is_file, sink);
  std::map<std::string, std::string> found;
  for (const std::string& path : files) {
    if (!IsYaml(path) || !IsOurs(source, path)) continue;
    const std::string from = source.path.empty() ? "." : source.path;
    found.emplace(fs::path(path).lexically_relative(from).generic_string(), path);
  }
  return found;
}

// `scorecard: team`: by what a file that moved is found again.
std::string CardOf(VersionSource& source, const std::string& path) {
  if (KindOf(path) != FileKind::kCard) return {};
  DiagnosticSink ignored;
  const auto file = LoadRuleFile(source.session->sources, path, ignored, true);
  return file ? file->scorecard.text : std::string();
}

using Paths = std::pair<std::string, std::string>;  // one of them may be empty

std::vector<Paths> PairFiles(VersionSource& before, VersionSource& after, DiagnosticSink& sink) {
  std::map<std::string, std::string> old_files = FilesOf(before, sink);
  std::map<std::string, std::string> new_files = FilesOf(after, sink);
  std::vector<Paths> pairs;
  std::map<std::string, std::string> moved;  // by scorecard
  for (auto it = old_files.begin(); it != old_files.end();) {
    const auto found = new_files.find(it->first);
    if (found == new_files.end()) {
      const std::string card = CardOf(before, it->second);
      if (!card.empty()) moved.emplace(card, it->second);
      ++it;
      continue;
    }
    pairs.emplace_back(it->second, found->second);
    new_files.erase(found);
    it = old_files.erase(it);
  }
  for (const auto& [name, path] : new_files) {
    const auto found = moved.find(CardOf(after, path));
    if (found == moved.end()) {
      pairs.emplace_back("", path);
      continue;
    }
    pairs.emplace_back(found->second, path);
    std::erase_if(old_files, [&](const auto& file) { return file.second == found->second; });
    moved.erase(found);
  }
  for (const auto& [name, path] : old_files) pairs.emplace_back(path, "");
  std::sort(pairs.begin(), pairs.end(), [](const Paths& a, const Paths& b) {
    return (a.second.empty() ? a.first : a.second) < (b.second.empty() ? b.first : b.second);
  });
  return pairs;
}

std::string IdentityOf(const Change& change) {
  const auto at = [](const ChangePlace& place) {
    return place.file + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
  };
  return at(change.old_place) + "\n" + at(change.new_place) + "\n" + change.headline[0];
}

// What is changed in a library is told with the cards that it changes, and with the library where
// there are none; not in both places.
void TellOnce(std::vector<ComparedFile>& files) {
  std::set<std::string> told;
  for (ComparedFile& file : files) {
    if (file.kind != FileKind::kCard) continue;
    std::erase_if(file.changes, [&](const Change& change) {
      const ChangePlace& place = change.new_place.present() ? change.new_place : change.old_place;
      return change.unused && place.file != file.new_path && place.file != file.old_path;
    });
    for (const Change& change : file.changes) told.insert(IdentityOf(change));
    if (file.changes.empty() && file.status == FileStatus::kChanged) {
      file.status = FileStatus::kLayout;
    }
  }
  for (ComparedFile& file : files) {
    if (file.kind != FileKind::kLibrary) continue;
    const size_t all = file.changes.size();
    std::erase_if(file.changes,
                  [&](const Change& change) { return told.count(IdentityOf(change)) > 0; });
    file.told_elsewhere = all - file.changes.size();
  }
  std::erase_if(files, [](const ComparedFile& file) {
    return file.status == FileStatus::kSame && file.errors[0] + file.errors[1] == 0;
  });
}

bool CompareFolders(VersionSource& before, VersionSource& after, Differ& differ,
                    DiagnosticSink& sink) {
  const std::vector<Paths> pairs = PairFiles(before, after, sink);
  if (pairs.empty() && !sink.HasErrors()) {
    sink.Report(DiagKind::kNoRulesInFolder, {}, {before.given, after.given});
  }
  if (sink.HasErrors()) return false;
  for (const auto& [old_path, new_path] : pairs) {
    const bool alone = old_path.empty() || new_path.empty();
    const bool compared = alone ? differ.Alone(old_path + new_path, old_path.empty())
                                : differ.Compare(old_path, new_path);
    if (!compared) differ.Unread(old_path, new_path);
  }
  TellOnce(differ.files());
  return true;
}

std::optional<VersionSource> InGit(const std::string& given, size_t colon, DiagnosticSink& sink) {
  const std::optional<GitTree> tree = GitTree::Open(given.substr(0, colon), sink);
  if (!tree) return std::nullopt;
  VersionSource source;
  source.given = given;
  source.prefix = given.substr(0, colon + 1);
  source.path = GitTree::FromTop(given.substr(colon + 1));
  const GitTree::Kind kind = tree->KindOf(source.path);
  if (kind == GitTree::Kind::kNothing) {
    sink.Report(DiagKind::kFileNotFound, {}, {given});
    return std::nullopt;
  }
  source.is_folder = kind == GitTree::Kind::kFolder;
  source.session = std::make_unique<Session>(
      [tree = *tree](const std::string& path) { return tree.Read(path); });
  source.files = [tree = *tree](const std::string& folder) { return tree.FilesBelow(folder); };
  return source;
}

}  // namespace

std::optional<VersionSource> OpenVersion(const std::string& given, DiagnosticSink& sink) {
  if (given == kNoFile) {
    VersionSource nothing;
    nothing.given = given;
    nothing.is_nothing = true;
    nothing.session = std::make_unique<Session>();
    return nothing;
  }
  if (std::optional<VersionSource> source = OnDisk(given)) return source;
  const size_t colon = given.find(':');
  if (colon != std::string::npos) return InGit(given, colon, sink);
  sink.Report(DiagKind::kFileNotFound, {}, {given});
  return std::nullopt;
}

VersionSource StandIn(const std::string& path, const std::string& content) {
  VersionSource source;
  source.given = content;
  source.is_nothing = content == kNoFile;
  source.path = path;
  source.session = std::make_unique<Session>([path, content](const std::string& asked) {
    return LoadFromDisk(asked == path ? content : asked);
  });
  return source;
}

std::optional<DiffOutcome> Diff(VersionSource& before, VersionSource& after, DiagnosticSink& sink) {
  Differ differ(before, after);
  if (before.is_nothing || after.is_nothing) {
    const bool added = before.is_nothing;
    const VersionSource& source = added ? after : before;
    if (!source.is_nothing && !differ.Alone(source.path, added)) return std::nullopt;
    return differ.Take();
  }
  if (before.is_folder != after.is_folder) {
    const VersionSource& folder = before.is_folder ? before : after;
    const VersionSource& file = before.is_folder ? after : before;
    sink.Report(DiagKind::kFileAndFolder, {}, {folder.given, file.given});
    return std::nullopt;
  }
  if (before.is_folder) {
    if (!CompareFolders(before, after, differ, sink)) return std::nullopt;
    return differ.Take();
  }
  if (KindOf(before.path) != KindOf(after.path)) {
    sink.Report(DiagKind::kKindsDiffer, {}, {before.given, after.given});
    return std::nullopt;
  }
  if (!differ.Compare(before.path, after.path)) return std::nullopt;
  return differ.Take();
}

std::optional<std::string> TextToCompare(Session& session, const std::string& path) {
  const LoadedText loaded = LoadFromDisk(path);
  if (loaded.failure) {
    ReportLoadFailure(*loaded.failure, path, {}, session.sink);
    return std::nullopt;
  }
  if (KindOf(path) != FileKind::kCard) return loaded.text;
  // Only this file: what it imports is compared where it stands.
  SourceSet alone([&](const std::string& asked) {
    return asked == path ? loaded : LoadedText{{}, LoadFailure::kNotFound};
  });
  DiagnosticSink ignored;
  const auto file = LoadRuleFile(alone, path, ignored, true);
  return file ? FactsOf(*file) : loaded.text;
}

}  // namespace steelyard
