#include "engine/find_files.h"

#include <algorithm>
#include <set>
#include <system_error>

namespace steelyard {
namespace {

namespace fs = std::filesystem;

bool IsHidden(const fs::path& path) { return path.filename().generic_string().starts_with('.'); }

}  // namespace

std::vector<std::string> FilesBelow(const std::string& folder, const WantedFile& wanted,
                                    DiagnosticSink& sink) {
  std::vector<std::string> files;
  std::error_code error;
  fs::recursive_directory_iterator it(folder, error);
  for (const fs::recursive_directory_iterator end; !error && it != end; it.increment(error)) {
    std::error_code ignored;
    if (it->is_directory(ignored)) {
      if (IsHidden(it->path())) it.disable_recursion_pending();
    } else if (wanted(*it)) {
      files.push_back(it->path().generic_string());
    }
  }
  if (error) sink.Report(DiagKind::kFileUnreadable, Span(), {folder});
  return files;
}

std::vector<std::string> FindFiles(const std::vector<std::string>& paths, const WantedFile& wanted,
                                   DiagKind nothing, DiagnosticSink& sink) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      files.push_back(path);
      continue;
    }
    const size_t errors = sink.error_count();
    const std::vector<std::string> found = FilesBelow(path, wanted, sink);
    if (found.empty() && sink.error_count() == errors) sink.Report(nothing, Span(), {path});
    files.insert(files.end(), found.begin(), found.end());
  }
  for (std::string& file : files) file = fs::path(file).lexically_normal().generic_string();
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
