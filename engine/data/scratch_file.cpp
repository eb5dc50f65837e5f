// Makes and removes files in the system's folder for temporary ones.
#include "engine/data/scratch_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>

namespace steelyard {

std::string ScratchFile::Folder() {
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::temp_directory_path(error);
  return error ? "/tmp" : folder.string();
}

std::optional<ScratchFile> ScratchFile::Create(std::string_view ending) {
  std::string path = Folder() + "/steelyard-XXXXXX" + std::string(ending);
  const int file = mkstemps(path.data(), static_cast<int>(ending.size()));
  if (file < 0) return std::nullopt;
  close(file);
  return ScratchFile(std::move(path));
}

int ScratchFile::OpenUnnamed() {
  std::string path = Folder() + "/steelyard-XXXXXX";
  const int file = mkostemp(path.data(), O_CLOEXEC);
  if (file >= 0) unlink(path.c_str());
  return file;
}

ScratchFile::~ScratchFile() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove(path_, ignored);
}

}  // namespace steelyard
