// Adds records to a ledger.
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include "engine/diag/write_error.h"
#include "engine/receipt/ledger.h"
#include "engine/receipt/record.h"
#include "engine/source/sync_folder.h"

namespace steelyard {

namespace {

constexpr int kTries = 100;

int Lock(int file) {
  int done = 0;
  do {
    done = flock(file, LOCK_EX);
  } while (done != 0 && errno == EINTR);
  return done;
}

// Does the path still name the open file? Somebody may have moved it while we waited.
bool IsStill(const std::string& path, int file) {
  struct stat named = {};
  struct stat open = {};
  return stat(path.c_str(), &named) == 0 && fstat(file, &open) == 0 &&
         named.st_dev == open.st_dev && named.st_ino == open.st_ino;
}

// Open and locked; -1 with errno set. `made`: there was no such file.
int OpenLocked(const std::string& path, bool& made) {
  constexpr int kFlags = O_RDWR | O_APPEND | O_CLOEXEC;
  for (int i = 0; i < kTries; ++i) {
    int file = open(path.c_str(), kFlags);
    made = file < 0 && errno == ENOENT;
    if (made) file = open(path.c_str(), kFlags | O_CREAT, 0666);
    if (file < 0) return -1;
    if (Lock(file) != 0) {
      const int error = errno;
      close(file);
      errno = error;
      return -1;
    }
    if (IsStill(path, file)) return file;
    close(file);
  }
  errno = EAGAIN;  // it was moved again and again
  return -1;
}

bool WriteAll(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = write(file, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    text.remove_prefix(static_cast<size_t>(count));
  }
  return fsync(file) == 0;
}

bool ReadAt(int file, uint64_t offset, std::string& bytes) {
  size_t at = 0;
  while (at < bytes.size()) {
    const ssize_t count =
        pread(file, bytes.data() + at, bytes.size() - at, static_cast<off_t>(offset + at));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    at += static_cast<size_t>(count);
  }
  return true;
}

}  // namespace

std::optional<LedgerWriter> LedgerWriter::Open(const std::string& path, DiagnosticSink& sink) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    const bool folder = std::filesystem::is_directory(status);
    ReportWriteError(path, folder ? EISDIR : EINVAL, sink);
    return std::nullopt;
  }
  bool made = false;
  const int file = OpenLocked(path, made);
  if (file < 0) {
    ReportWriteError(path, errno, sink);
    return std::nullopt;
  }
  LedgerWriter ledger(path, file);
  ledger.made_ = made;
  if (!ledger.ReadHead(sink)) return std::nullopt;
  return ledger;
}

LedgerWriter::~LedgerWriter() {
  if (file_ < 0) return;
  struct stat status = {};
  if (made_ && fstat(file_, &status) == 0 && status.st_size == 0) {
    std::error_code ignored;
    std::filesystem::remove(std::filesystem::canonical(path_, ignored), ignored);
  }
  close(file_);  // and unlocks it
}

// The last line with its line end, from the end backwards; empty where it has no beginning within
// what a record may take, or cannot be read.
std::optional<std::string> LedgerWriter::LastLine() const {
  constexpr uint64_t kFirstLook = 64u << 10;
  for (uint64_t look = kFirstLook;; look *= 4) {
    const uint64_t length = std::min(look, size_);
    std::string bytes(length, '\0');
    if (!ReadAt(file_, size_ - length, bytes)) return std::nullopt;
    const size_t before = length < 2 ? std::string::npos : bytes.rfind('\n', length - 2);
    if (before != std::string::npos) return bytes.substr(before + 1);
    if (length == size_) return bytes;
    if (look > kLongestRecord) return std::nullopt;
  }
}

bool LedgerWriter::ReadHead(DiagnosticSink& sink) {
  struct stat status = {};
  if (fstat(file_, &status) != 0) {
    ReportWriteError(path_, errno, sink);
    return false;
  }
  size_ = static_cast<uint64_t>(status.st_size);
  if (size_ == 0) return true;
  const std::optional<std::string> line = LastLine();
  const bool ended = line && line->ends_with('\n');
  const LedgerRecord record =
      ended ? ReadRecord(std::string_view(*line).substr(0, line->size() - 1)) : LedgerRecord();
  if (record.sealed) {
    head_ = {record.sequence, record.hash};
    return true;
  }
  const bool ours = line && line->starts_with(R"({"steelyard_ledger")");
  const DiagKind kind = !ours   ? DiagKind::kNotALedger
                        : ended ? DiagKind::kLedgerEndAltered
                                : DiagKind::kLedgerTorn;
  Diagnostic& found = sink.Report(kind, {}, {path_});
  if (ours) found.Because(HelpKind::kVerifyLedger, {path_});
  if (ours && !ended) found.Because(HelpKind::kCutTornLine);
  return false;
}

bool LedgerWriter::Append(const Receipt& receipt, const std::string& folder,
                          const std::string& time, DiagnosticSink& sink) {
  LedgerRecord record;
  record.sequence = head_.sequence + 1;
  record.previous = head_.hash;
  record.time = time;
  record.folder = folder;
  const std::string line = RecordLine(record, receipt) + "\n";
  if (line.size() > kLongestRecord) {
    ReportWriteError(path_, EFBIG, sink);
    return false;
  }
  if (!WriteAll(file_, line)) {
    const int error = errno;
    // Nothing of the record must stay; if this fails too, the next run finds the torn line.
    if (ftruncate(file_, static_cast<off_t>(size_)) == 0) fsync(file_);
    ReportWriteError(path_, error, sink);
    return false;
  }
  if (size_ == 0) SyncFolder(path_);
  size_ += line.size();
  head_ = {record.sequence, ReadRecord(std::string_view(line).substr(0, line.size() - 1)).hash};
  return true;
}

}  // namespace steelyard
