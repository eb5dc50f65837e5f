// Whether two of very many keys may be the same, in memory that does not grow with their number:
// beyond a million, hashes of keys wait in a scratch file, those that begin alike together.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <span>
#include <vector>

namespace steelyard {

class DuplicateWatch {
 public:
  static constexpr size_t kHashesInMemory = size_t{1} << 20;

  explicit DuplicateWatch(size_t hashes_in_memory = kHashesInMemory);
  ~DuplicateWatch();
  DuplicateWatch(const DuplicateWatch&) = delete;
  DuplicateWatch& operator=(const DuplicateWatch&) = delete;

  // The hashes of some rows, in any order; any thread may call.
  void Take(std::span<const uint64_t> hashes);
  // Once all are taken: false where all were different. True also where the scratch file could not
  // be written, and, with a chance of one to some millions even for ten million rows, where two
  // different keys have one hash.
  bool MayHaveDuplicates();

 private:
  static constexpr size_t kParts = 256;
  // Where some hashes of a part lie in the scratch file.
  struct Run {
    uint64_t offset = 0;
    size_t count = 0;
  };
  struct Part {
    std::vector<uint64_t> hashes;
    std::vector<Run> runs;
  };

  bool Spill();
  bool Load(const Part& part, std::vector<uint64_t>& hashes) const;

  const size_t most_;
  std::mutex mutex_;
  std::array<Part, kParts> parts_;
  size_t in_memory_ = 0;
  int file_ = -1;
  uint64_t file_size_ = 0;
  bool failed_ = false;
};

}  // namespace steelyard
