// A file that is read by place. What is read is a copy: a file that somebody cuts short meanwhile
// just ends sooner.
#pragma once

#include <cstdint>
#include <string>

namespace steelyard {

class InputFile {
 public:
  explicit InputFile(const std::string& path);
  ~InputFile();
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  bool is_open() const { return file_ >= 0; }
  // Fills `to` with the `size` bytes at `offset`, or as many as there are. Their number; -1 where
  // the file cannot be read.
  int64_t Read(uint64_t offset, char* to, size_t size) const;
  // Changes with every write to the file, as far as its system tells.
  struct Stamp {
    int64_t size = -1;
    int64_t seconds = 0;
    int64_t nanoseconds = 0;
    bool operator==(const Stamp&) const = default;
  };
  Stamp stamp() const;

 private:
  int file_ = -1;
};

}  // namespace steelyard
