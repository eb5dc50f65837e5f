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
  // Long texts go past the buffer.
  std::streamsize xsputn(const char* text, std::streamsize count) override {
    if (static_cast<size_t>(count) < bytes_.size()) return std::streambuf::xsputn(text, count);
    return Drain() && WriteAll(text, text + count) ? count : 0;
  }

 private:
  void Reset() { setp(bytes_.data(), bytes_.data() + bytes_.size()); }
  bool Drain() {
    WriteAll(pbase(), pptr());
    Reset();
    return error_ == 0;
  }
  bool WriteAll(const char* at, const char* end) {
    while (error_ == 0 && at < end) {
      const ssize_t written = write(descriptor_, at, static_cast<size_t>(end - at));
      if (written >= 0) {
        at += written;
      } else if (errno != EINTR) {
        error_ = errno;
      }
    }
    return error_ == 0;
  }

  int descriptor_;
  int error_ = 0;
  std::array<char, 1 << 16> bytes_;
};

// Tries names beside `target` until `make` finds one that nothing else has. Its result; below 0
// with errno where it fails.
template <class Make>
int MakeBeside(const fs::path& target, std::string& temporary, const Make& make) {
  constexpr int kTries = 100;
  for (int i = 0; i < kTries; ++i) {
    temporary = (target.parent_path() / ("." + target.filename().string() + "." +
                                         std::to_string(getpid()) + "-" + std::to_string(i)))
                    .string();
    const int result = make(temporary.c_str());
    if (result >= 0 || errno != EEXIST) return result;
  }
  return -1;
}

std::string NameOf(int descriptor) { return "/proc/self/fd/" + std::to_string(descriptor); }

// A new file in the folder of `target`: without a name where the system has such files, so that
// nothing is left of a run that is killed; otherwise under a name that nothing else has.
int OpenBeside(const fs::path& target, mode_t mode, std::string& temporary) {
  const fs::path parent = target.parent_path();
  const std::string folder = parent.empty() ? "." : parent.string();
  // It will need a name beside its own.
  constexpr size_t kSuffix = 16;
  const long longest = pathconf(folder.c_str(), _PC_NAME_MAX);
  if (longest > 0 && target.filename().string().size() + kSuffix > static_cast<size_t>(longest)) {
    errno = ENAMETOOLONG;
    return -1;
  }
  const int unnamed = open(folder.c_str(), O_WRONLY | O_TMPFILE | O_CLOEXEC, mode);
  if (unnamed >= 0) {
    if (access(NameOf(unnamed).c_str(), F_OK) == 0) return unnamed;
    close(unnamed);
  }
  return MakeBeside(target, temporary, [mode](const char* name) {
    return open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  });
}

}  // namespace

struct AtomicFile::State {
  State(std::string path_asked, std::string target_file, std::string temporary_file,
        bool is_ordinary, int file)
      : path(std::move(path_asked)),
        target(std::move(target_file)),
        temporary(std::move(temporary_file)),
        ordinary(is_ordinary),
        descriptor(file),
        buffer(file),
        stream(&buffer) {}
  // Gives a file without a name one beside its place: no file is put over another by linking.
  // 0, or what went wrong.
  int Name() {
    const std::string name = NameOf(descriptor);
    const int linked = MakeBeside(target, temporary, [&](const char* beside) {
      return linkat(AT_FDCWD, name.c_str(), AT_FDCWD, beside, AT_SYMLINK_FOLLOW);
    });
    if (linked == 0) return 0;
    const int error = errno;
    temporary.clear();
    return error;
  }

  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (descriptor >= 0) close(descriptor);
    if (!temporary.empty()) unlink(temporary.c_str());
  }

  std::string path;       // as asked for
  std::string target;     // with links followed
  std::string temporary;  // empty: it has no name, or is written as it stands, or committed
  bool ordinary;          // to be put in the place of `target`
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
  bool ordinary = false;
  if (exists && !S_ISREG(found.st_mode)) {
    descriptor = open(path.c_str(), O_WRONLY | O_CLOEXEC);
  } else if (exists && access(path.c_str(), W_OK) != 0) {
    descriptor = -1;  // a file that may not be written is not replaced either
  } else {
    ordinary = true;
    descriptor = OpenBeside(target, exists ? found.st_mode & 07777 : 0666, temporary);
  }
  if (descriptor < 0) {
    ReportWriteError(path, errno, sink);
    return std::nullopt;
  }
  return AtomicFile(
      std::make_unique<State>(path, target.string(), std::move(temporary), ordinary, descriptor));
}

AtomicFile::AtomicFile(std::unique_ptr<State> state) : state_(std::move(state)) {}
AtomicFile::AtomicFile(AtomicFile&& other) noexcept = default;
AtomicFile::~AtomicFile() = default;

std::ostream& AtomicFile::stream() { return state_->stream; }

bool AtomicFile::Commit(DiagnosticSink& sink) {
  state_->stream.flush();
  int error = state_->buffer.error();
  const bool ordinary = state_->ordinary;
  if (error == 0 && ordinary && fsync(state_->descriptor) != 0) error = errno;
  if (error == 0 && ordinary && state_->temporary.empty()) error = state_->Name();
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
