#include "engine/test_files.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>

namespace steelyard {
namespace {

namespace fs = std::filesystem;

std::string Normal(const fs::path& path) { return path.lexically_normal().generic_string(); }

bool IsHidden(const fs::path& path) { return path.filename().generic_string().starts_with('.'); }

void Search(const std::string& folder, std::vector<std::string>& found, DiagnosticSink& sink) {
  std::error_code error;
  fs::recursive_directory_iterator it(folder, error);
  for (const fs::recursive_directory_iterator end; !error && it != end; it.increment(error)) {
    std::error_code ignored;
    if (it->is_directory(ignored)) {
      if (IsHidden(it->path())) it.disable_recursion_pending();
    } else if (IsTestFile(it->path().generic_string())) {
      found.push_back(Normal(it->path()));
    }
  }
  if (error) sink.Report(DiagKind::kFileUnreadable, Span(), {folder});
}

}  // namespace

bool IsTestFile(const std::string& path) {
  return path.ends_with(".test.yaml") || path.ends_with(".test.yml");
}

std::vector<std::string> FindTestFiles(const std::vector<std::string>& paths,
                                       DiagnosticSink& sink) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      files.push_back(Normal(path));
      continue;
    }
    const size_t before = files.size();
    Search(path, files, sink);
    if (files.size() == before && !sink.HasErrors()) {
      sink.Report(DiagKind::kNoTestFiles, Span(), {path});
    }
  }
  std::sort(files.begin(), files.end());
  // Two folders may lead to one file.
  std::set<fs::path> seen;
  std::erase_if(files, [&](const std::string& file) {
    std::error_code error;
    const fs::path same = fs::weakly_canonical(file, error);
    return !seen.insert(error ? fs::path(file) : same).second;
  });
  return files;
}

}  // namespace steelyard
