#include "engine/test_files.h"

#include "engine/find_files.h"

namespace steelyard {

bool IsTestFile(const std::string& path) {
  return path.ends_with(".test.yaml") || path.ends_with(".test.yml");
}

std::vector<std::string> FindTestFiles(const std::vector<std::string>& paths,
                                       DiagnosticSink& sink) {
  const auto wanted = [](const std::filesystem::directory_entry& entry) {
    return IsTestFile(entry.path().generic_string());
  };
  return FindFiles(paths, wanted, DiagKind::kNoTestFiles, sink);
}

}  // namespace steelyard
