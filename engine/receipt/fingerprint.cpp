#include "engine/receipt/fingerprint.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>
#include <vector>

#include "engine/base/sha256.h"

namespace steelyard {

namespace {

constexpr size_t kPiece = 1u << 20;
constexpr int64_t kNanoseconds = 1'000'000'000;

// Hashes what is left of the file; false where it cannot be read to its end.
bool ReadAll(int file, Fingerprint& print) {
  Sha256 hash;
  std::vector<char> piece(kPiece);
  for (;;) {
    const ssize_t count = read(file, piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    if (count == 0) break;
    hash.Add({piece.data(), static_cast<size_t>(count)});
    print.bytes += static_cast<uint64_t>(count);
  }
  print.sha256 = hash.Take();
  return true;
}

}  // namespace

FoundFile LookAt(const std::string& path) {
  FoundFile found;
  struct stat status = {};
  if (path.find('\0') != std::string::npos) return found;
  if (stat(path.c_str(), &status) != 0) {
    const bool gone = errno == ENOENT || errno == ENOTDIR;
    found.state = gone ? FileState::kGone : FileState::kUnreadable;
    return found;
  }
  found.state = FileState::kUnreadable;
  if (!S_ISREG(status.st_mode)) return found;
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return found;
  const bool good = fstat(file, &status) == 0 && ReadAll(file, found.print);
  close(file);
  found.print.modified = status.st_mtim.tv_sec * kNanoseconds + status.st_mtim.tv_nsec;
  if (good) found.state = FileState::kThere;
  return found;
}

// Two cards may read the same file: what counts is how it was before the first.
void InputWatch::Before(const std::string& path) {
  if (!before_.contains(path)) before_[path] = LookAt(path);
}

bool InputWatch::After(DiagnosticSink& sink) const {
  bool same = true;
  for (const auto& [path, before] : before_) {
    const FoundFile now = LookAt(path);
    if (now.state == before.state && now.print.sha256 == before.print.sha256 &&
        now.print.modified == before.print.modified) {
      continue;
    }
    sink.Report(DiagKind::kChangedWhileRead, {}, {path});
    same = false;
  }
  return same;
}

}  // namespace steelyard
