#include "engine/source/sync_folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>

namespace steelyard {

void SyncFolder(const std::string& file) {
  const std::filesystem::path parent = std::filesystem::path(file).parent_path();
  const std::filesystem::path folder = parent.empty() ? "." : parent;
  const int descriptor = open(folder.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return;
  fsync(descriptor);
  close(descriptor);
}

}  // namespace steelyard
