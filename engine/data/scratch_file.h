// A file for a while, in the folder the system keeps for such files; gone when this object goes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace steelyard {

class ScratchFile {
 public:
  // With a name that ends so. Empty where the folder cannot be written.
  static std::optional<ScratchFile> Create(std::string_view ending = {});
  static std::string Folder();
  // A file without a name, which is gone once it is closed: its descriptor, -1 where the folder
  // cannot be written.
  static int OpenUnnamed();

  ScratchFile(ScratchFile&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  ScratchFile& operator=(ScratchFile&&) = delete;
  ~ScratchFile();
  const std::string& path() const { return path_; }

 private:
  explicit ScratchFile(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

}  // namespace steelyard
