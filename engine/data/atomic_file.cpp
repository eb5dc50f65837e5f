// Writes under a temporary name, then renames.
#include "engine/data/atomic_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <streambuf>
#include <system_error>
#include <utility>

#include "engine/diag/write_error.h"
#include "engine/source/sync_folder.h"

namespace steelyard {
namespace {

namespace fs = std::filesystem;

// A buffer before a file descriptor that remembers the first error.
class DescriptorBuffer final : public std::streambuf {
 public:
  explicit DescriptorBuffer(int descriptor) : descriptor_(descriptor) { Reset(); }
  int error() const { return error_; }

 protected:
  int_type overflow(int_type c) override {
    if (!Drain()) return traits_type::eof();
    if (!traits_type::eq_int_type(c, traits_type::eof())) {
      *pptr() = traits_type::to_char_type(c);
      pbump(1);
    }
    return traits_type::not_eof(c);
  }
  int sync() override { return Drain() ? 0 : -1; }

 private:
  void Reset() { setp(bytes_.data(), bytes_.data() + bytes_.size()); }
  bool Drain() {
    const char* at = pbase();
    while (error_ == 0 && at < pptr()) {
      const ssize_t written = write(descriptor_, at, static_cast<size_t>(pptr() - at));
      if (written >= 0) {
        at += written;
      } else if (errno != EINTR) {
        error_ = errno;
      }
    }
    Reset();
    return error_ == 0;
  }

  int descriptor_;
  int error_ = 0;
  std::array<char, 1 << 16> bytes_;
};

// A new file beside `target`, under a name nothing else has.
int OpenBeside(const fs::path& target, mode_t mode, std::string& temporary) {
  constexpr int kTries = 100;
  for (int i = 0; i < kTries; ++i) {
    temporary = (target.parent_path() / ("." + target.filename().string() + "." +
                                         std::to_string(getpid()) + "-" + std::to_string(i)))
                    .string();
    const int descriptor = open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (descriptor >= 0 || errno != EEXIST) return descriptor;
  }
  return -1;
}

}  // namespace

struct AtomicFile::State {
  State(std::string path_asked, std::string target_file, std::string temporary_file, int file)
      : path(std::move(path_asked)),
        target(std::move(target_file)),
        temporary(std::move(temporary_file)),
        descriptor(file),
        buffer(file),
        stream(&buffer) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (descriptor >= 0) close(descriptor);
    if (!temporary.empty()) unlink(temporary.c_str());
  }

  std::string path;       // as asked for
  std::string target;     // with links followed
  std::string temporary;  // empty: written as it stands, or committed
  int descriptor;
  DescriptorBuffer buffer;
  std::ostream stream;
};

std::optional<AtomicFile> AtomicFile::Create(const std::string& path, DiagnosticSink& sink) {
  struct stat found = {};
  const bool exists = stat(path.c_str(), &found) == 0;
  if (exists && S_ISDIR(found.st_mode)) {
    ReportWriteError(path, EISDIR, sink);
    return std::nullopt;
  }
  // A link keeps pointing where it does: its target is what is replaced.
  std::error_code error;
  fs::path target =
      fs::is_symlink(path, error) ? fs::weakly_canonical(path, error) : fs::path(path);
  if (error) target = path;
  std::string temporary;
  int descriptor = -1;
  if (exists && !S_ISREG(found.st_mode)) {
    descriptor = open(path.c_str(), O_WRONLY | O_CLOEXEC);
  } else if (exists && access(path.c_str(), W_OK) != 0) {
    descriptor = -1;  // a file that may not be written is not replaced either
  } else {
    descriptor = OpenBeside(target, exists ? found.st_mode & 07777 : 0666, temporary);
  }
  if (descriptor < 0) {
    ReportWriteError(path, errno, sink);
    return std::nullopt;
  }
  return AtomicFile(
      std::make_unique<State>(path, target.string(), std::move(temporary), descriptor));
}

AtomicFile::AtomicFile(std::unique_ptr<State> state) : state_(std::move(state)) {}
AtomicFile::AtomicFile(AtomicFile&& other) noexcept = default;
AtomicFile::~AtomicFile() = default;

std::ostream& AtomicFile::stream() { return state_->stream; }

bool AtomicFile::Commit(DiagnosticSink& sink) {
  state_->stream.flush();
  int error = state_->buffer.error();
  const bool ordinary = !state_->temporary.empty();
  if (error == 0 && ordinary && fsync(state_->descriptor) != 0) error = errno;
  if (close(state_->descriptor) != 0 && error == 0) error = errno;
  state_->descriptor = -1;
  if (error == 0 && ordinary) {
    if (std::rename(state_->temporary.c_str(), state_->target.c_str()) != 0) {
      error = errno;
    } else {
      state_->temporary.clear();
      SyncFolder(state_->target);
    }
  }
  if (error != 0) ReportWriteError(state_->path, error, sink);
  return error == 0;
}

}  // namespace steelyard
