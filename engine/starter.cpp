#include "engine/starter.h"

#include <filesystem>
#include <system_error>

namespace steelyard {

namespace {

namespace fs = std::filesystem;

bool MakeFolder(Session& session, const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (!error) return true;
  session.sink.Report(DiagKind::kCannotMakeFolder, {}, {folder.string()});
  return false;
}

// Is there nothing that could be lost or mixed up?
bool IsFree(Session& session, const std::string& folder) {
  std::error_code error;
  const fs::file_status status = fs::status(folder, error);
  if (!fs::exists(status)) return true;
  DiagKind kind = DiagKind::kNotAFolder;
  if (fs::is_directory(status)) {
    const bool empty = fs::is_empty(folder, error);
    if (empty && !error) return true;
    kind = error ? DiagKind::kCannotMakeFolder : DiagKind::kFolderNotEmpty;
  }
  session.sink.Report(kind, {}, {folder}).Because(HelpKind::kNameNewFolder);
  return false;
}

}  // namespace

std::vector<StarterFile> StarterFiles(Language language) {
  const std::string_view wanted = language == Language::kChinese ? "zh" : "en";
  std::vector<StarterFile> files;
  for (const StarterFile& file : AllStarterFiles()) {
    if (file.language == wanted) files.push_back(file);
  }
  return files;
}

bool WriteStarter(Session& session, const std::string& folder, Language language) {
  if (!IsFree(session, folder)) return false;
  for (const StarterFile& file : StarterFiles(language)) {
    const fs::path path = fs::path(folder) / file.path;
    if (!MakeFolder(session, path.parent_path())) return false;
    if (!WriteFile(session, path.string(), std::string(file.text))) return false;
  }
  return true;
}

}  // namespace steelyard
