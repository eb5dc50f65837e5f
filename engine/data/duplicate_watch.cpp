// Hashes by their highest bits, each part looked through on its own.
#include "engine/data/duplicate_watch.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "engine/data/scratch_file.h"

namespace steelyard {
namespace {

constexpr int kPartShift = 56;

// Writes or reads everything, or fails.
template <class Transfer>
bool All(size_t size, const Transfer& transfer) {
  for (size_t done = 0; done < size;) {
    const ssize_t now = transfer(done);
    if (now < 0 && errno == EINTR) continue;
    if (now <= 0) return false;
    done += static_cast<size_t>(now);
  }
  return true;
}

// By a table of twice as many places, whose memory is used again; 0 marks a free one.
bool HasTwice(const std::vector<uint64_t>& hashes, std::vector<uint64_t>& places) {
  size_t size = 16;
  while (size < hashes.size() * 2) size *= 2;
  places.assign(size, 0);
  size_t zeros = 0;
  for (const uint64_t hash : hashes) {
    if (hash == 0) {
      if (++zeros > 1) return true;
      continue;
    }
    size_t at = hash & (size - 1);
    for (; places[at] != 0; at = (at + 1) & (size - 1)) {
      if (places[at] == hash) return true;
    }
    places[at] = hash;
  }
  return false;
}

}  // namespace

DuplicateWatch::DuplicateWatch(size_t hashes_in_memory) : most_(hashes_in_memory) {}

DuplicateWatch::~DuplicateWatch() {
  if (file_ >= 0) close(file_);
}

void DuplicateWatch::Take(std::span<const uint64_t> hashes) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (failed_) return;
  for (const uint64_t hash : hashes) parts_[hash >> kPartShift].hashes.push_back(hash);
  in_memory_ += hashes.size();
  if (in_memory_ > most_) failed_ = !Spill();
}

bool DuplicateWatch::MayHaveDuplicates() {
  const std::lock_guard<std::mutex> lock(mutex_);
  // What is in memory makes room for one part after the other.
  if (file_ >= 0 && !failed_) failed_ = !Spill();
  std::vector<uint64_t> hashes;
  std::vector<uint64_t> places;
  for (Part& part : parts_) {
    if (failed_) return true;
    if (file_ < 0) {
      hashes.swap(part.hashes);
    } else {
      part.hashes = {};
    }
    if (!Load(part, hashes) || HasTwice(hashes, places)) return true;
    hashes.clear();
  }
  return false;
}

// Moves what is in memory to the file, which has no name any more.
bool DuplicateWatch::Spill() {
  if (file_ < 0) file_ = ScratchFile::OpenUnnamed();
  if (file_ < 0) return false;
  for (Part& part : parts_) {
    const size_t size = part.hashes.size() * sizeof(uint64_t);
    const char* bytes = reinterpret_cast<const char*>(part.hashes.data());
    const bool written = All(size, [&](size_t done) {
      return pwrite(file_, bytes + done, size - done, static_cast<off_t>(file_size_ + done));
    });
    if (!written) return false;
    if (size > 0) part.runs.push_back({file_size_, part.hashes.size()});
    file_size_ += size;
    part.hashes.clear();
  }
  in_memory_ = 0;
  return true;
}

// Adds what the file has of a part.
bool DuplicateWatch::Load(const Part& part, std::vector<uint64_t>& hashes) const {
  for (const Run& run : part.runs) {
    const size_t old = hashes.size();
    const size_t size = run.count * sizeof(uint64_t);
    hashes.resize(old + run.count);
    char* bytes = reinterpret_cast<char*>(hashes.data() + old);
    const bool read = All(size, [&](size_t done) {
      return pread(file_, bytes + done, size - done, static_cast<off_t>(run.offset + done));
    });
    if (!read) return false;
  }
  return true;
}

}  // namespace steelyard
