// Where the text of results is kept while it grows.
#include <filesystem>
#include <fstream>
#include <optional>
#include <system_error>
#include <utility>

#include "engine/base/sha256.h"
#include "engine/data/atomic_file.h"
#include "engine/data/scratch_file.h"
#include "engine/score_to.h"

namespace steelyard {

namespace {

constexpr size_t kMostInMemory = 16 << 20;
constexpr size_t kPieceBytes = 1 << 20;

}  // namespace

struct ResultFile::State {
  Session& session;
  std::string path;
  bool hashed = false;
  bool opened = false;
  bool failed = false;
  std::optional<AtomicFile> file;  // under `path`, where that is an ordinary file
  std::string text;                // otherwise, or
  std::optional<ScratchFile> scratch;
  std::ofstream spool;
  Sha256 hash;
  uint64_t bytes = 0;

  void Open() {
    opened = true;
    // What a pipe or a device has taken cannot be taken back.
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (path.empty() ||
        (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status) &&
         !std::filesystem::is_directory(status))) {
      return;
    }
    if (auto created = AtomicFile::Create(path, session.sink)) file.emplace(std::move(*created));
    failed = !file;
  }

  void Keep(std::string_view more) {
    if (!scratch && text.size() + more.size() <= kMostInMemory) {
      text += more;
      return;
    }
    if (!scratch) StartSpool();
    if (failed) return;
    spool.write(more.data(), static_cast<std::streamsize>(more.size()));
    if (!spool) Fail();
  }

  void StartSpool() {
    if (auto created = ScratchFile::Create()) scratch.emplace(std::move(*created));
    if (scratch) spool.open(scratch->path(), std::ios::binary | std::ios::trunc);
    if (!scratch || !spool) return Fail();
    spool.write(text.data(), static_cast<std::streamsize>(text.size()));
    text.clear();
  }

  void Fail() {
    if (!failed) session.sink.Report(DiagKind::kCannotSpool, {}, {"-", ScratchFile::Folder()});
    failed = true;
  }
};

ResultFile::ResultFile(Session& session, std::string path, bool hashed)
    : state_(new State{session, std::move(path), hashed, false, false, {}, {}, {}, {}, {}, 0}) {}
ResultFile::~ResultFile() = default;

void ResultFile::Begin() {
  State& state = *state_;
  state.opened = state.failed = false;
  state.file.reset();
  state.text.clear();
  state.spool.close();
  state.scratch.reset();
  state.hash.Take();
  state.bytes = 0;
}

void ResultFile::Write(std::string_view text) {
  State& state = *state_;
  if (!state.opened) state.Open();
  if (state.failed) return;
  if (state.hashed) state.hash.Add(text);
  state.bytes += text.size();
  if (state.file) {
    state.file->stream().write(text.data(), static_cast<std::streamsize>(text.size()));
  } else {
    state.Keep(text);
  }
}

ResultDigest ResultFile::Digest() { return {state_->hash.Take(), state_->bytes}; }

bool ResultFile::Commit() {
  State& state = *state_;
  if (state.scratch && !state.failed) {
    state.spool.close();
    if (!state.spool) state.Fail();
  }
  if (state.failed) return false;
  if (state.file) return state.file->Commit(state.session.sink);
  if (state.path.empty()) return true;
  std::optional<AtomicFile> device = AtomicFile::Create(state.path, state.session.sink);
  if (!device) return false;
  Print([&](std::string_view text) {
    device->stream().write(text.data(), static_cast<std::streamsize>(text.size()));
    return device->stream().good();
  });
  return device->Commit(state.session.sink);
}

bool ResultFile::Print(const std::function<bool(std::string_view)>& take) {
  if (!state_->scratch) return take(state_->text);
  std::ifstream in(state_->scratch->path(), std::ios::binary);
  std::string piece(kPieceBytes, '\0');
  while (in) {
    in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    const auto count = static_cast<size_t>(in.gcount());
    if (count > 0 && !take(std::string_view(piece).substr(0, count))) return false;
  }
  return !in.bad();
}

}  // namespace steelyard
