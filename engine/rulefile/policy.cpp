// Finding house rules, and the way from a path to their tree.
#include "engine/rulefile/policy.h"

#include <filesystem>
#include <system_error>

#include "engine/rulefile/load.h"
#include "engine/rulefile/sections.h"
#include "engine/rulefile/yaml_read.h"

namespace steelyard {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPolicyName = "steelyard.policy.yaml";
constexpr std::string_view kPolicyEnding = ".policy.yaml";

// Nothing above this folder is looked at.
bool IsTop(const fs::path& folder) {
  std::error_code error;
  if (fs::exists(folder / ".git", error)) return true;
  const fs::path absolute = fs::absolute(folder.empty() ? fs::path(".") : folder, error);
  return error || absolute.lexically_normal().relative_path().empty();
}

fs::path Above(const fs::path& folder) {
  if (folder.empty()) return "..";
  return folder.filename() == ".." ? folder / ".." : folder.parent_path();
}

}  // namespace

bool IsPolicyPath(std::string_view path) { return path.ends_with(kPolicyEnding); }

std::optional<std::string> FindPolicy(SourceSet& sources, const std::string& rules,
                                      DiagnosticSink& sink) {
  fs::path folder = fs::path(rules).lexically_normal().parent_path();
  while (true) {
    const std::string path = (folder / kPolicyName).generic_string();
    const SourceSet::Opened opened = sources.Open(path);
    if (!opened.failure) return path;
    if (*opened.failure != LoadFailure::kNotFound) {
      ReportLoadFailure(*opened.failure, path, Span{}, sink);
      return std::nullopt;
    }
    if (IsTop(folder)) return std::nullopt;
    folder = Above(folder);
  }
}

std::optional<Policy> LoadPolicy(SourceSet& sources, const std::string& path,
                                 DiagnosticSink& sink) {
  const SourceSet::Opened opened = sources.Open(path);
  if (opened.failure) {
    ReportLoadFailure(*opened.failure, path, Span{}, sink);
    return std::nullopt;
  }
  const std::optional<YamlNode> root = ReadYaml(opened.file, sources.file(opened.file), sink);
  if (!root) return std::nullopt;
  return ReadPolicy(*root, opened.file, fs::path(path).filename().string(), sink);
}

}  // namespace steelyard
