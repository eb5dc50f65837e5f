// Runs `git` without a shell. What the user typed reaches it only behind `--end-of-options`;
// everything later goes by the hexadecimal name of the tree.
#include "engine/compare/git.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>

extern char** environ;

namespace steelyard {
namespace {

struct GitAnswer {
  bool ran = false;
  int code = -1;
  std::string output;
  bool too_long = false;
};

// Both ends of a pipe, closed when it goes.
class Pipe {
 public:
  Pipe() { open_ = pipe(ends_.data()) == 0; }
  ~Pipe() {
    CloseEnd(0);
    CloseEnd(1);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  bool open() const { return open_; }
  int end(size_t index) const { return ends_[index]; }
  void CloseEnd(size_t index) {
    if (open_ && ends_[index] >= 0) close(ends_[index]);
    ends_[index] = -1;
  }

 private:
  std::array<int, 2> ends_ = {-1, -1};
  bool open_ = false;
};

void ReadAll(int from, size_t limit, GitAnswer& answer) {
  std::array<char, 65536> block;
  while (true) {
    const ssize_t count = read(from, block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;
    answer.output.append(block.data(), static_cast<size_t>(count));
    if (answer.output.size() > limit) {
      answer.too_long = true;
      return;
    }
  }
}

int WaitFor(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return -1;
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

GitAnswer RunGit(std::vector<std::string> arguments, size_t limit = kMaxSourceBytes) {
  GitAnswer answer;
  Pipe pipe;
  if (!pipe.open()) return answer;
  arguments.insert(arguments.begin(), "git");
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, pipe.end(1), STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addclose(&actions, pipe.end(0));
  posix_spawn_file_actions_addclose(&actions, pipe.end(1));
  pid_t child = 0;
  const int failed = posix_spawnp(&child, "git", &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return answer;
  pipe.CloseEnd(1);
  ReadAll(pipe.end(0), limit, answer);
  pipe.CloseEnd(0);
  answer.code = WaitFor(child);
  answer.ran = answer.code != 127;
  return answer;
}

std::string FirstLine(const std::string& text) { return text.substr(0, text.find('\n')); }

constexpr size_t kMaxListing = 64u << 20;

}  // namespace

std::optional<GitTree> GitTree::Open(const std::string& revision, DiagnosticSink& sink) {
  const auto inside = RunGit({"rev-parse", "--git-dir"});
  if (!inside.ran) {
    sink.Report(DiagKind::kNoGit, {});
    return std::nullopt;
  }
  if (inside.code != 0) {
    sink.Report(DiagKind::kNotARepository, {});
    return std::nullopt;
  }
  if (revision.empty()) return GitTree("");
  const bool option = revision.front() == '-';
  const GitAnswer found =
      option
          ? GitAnswer{}
          : RunGit({"rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{tree}"});
  if (found.code != 0 || found.output.empty()) {
    sink.Report(DiagKind::kNoRevision, {}, {revision});
    return std::nullopt;
  }
  return GitTree(FirstLine(found.output));
}

std::string GitTree::FromTop(const std::string& path) {
  namespace fs = std::filesystem;
  const bool here = path == "." || path.starts_with("./") || path.starts_with("../");
  std::string full = path;
  if (here) full = FirstLine(RunGit({"rev-parse", "--show-prefix"}).output) + path;
  std::string normal = fs::path(full).lexically_normal().generic_string();
  while (!normal.empty() && normal.back() == '/') normal.pop_back();
  return normal == "." ? "" : normal;
}

// In the index with its stage, so that no path is taken for one, or for a search.
std::string GitTree::NameOf(const std::string& path) const {
  return (object_.empty() ? ":0:" : object_ + ":") + path;
}

GitTree::Kind GitTree::KindOf(const std::string& path) const {
  if (path.empty()) return Kind::kFolder;
  const GitAnswer type = RunGit({"cat-file", "-t", NameOf(path)});
  if (type.code == 0) return FirstLine(type.output) == "tree" ? Kind::kFolder : Kind::kFile;
  // The index has no folders, only files that are in one.
  if (object_.empty() && !FilesBelow(path).empty()) return Kind::kFolder;
  return Kind::kNothing;
}

LoadedText GitTree::Read(const std::string& path) const {
  const GitAnswer blob = RunGit({"cat-file", "blob", NameOf(path)});
  if (blob.too_long) return {{}, LoadFailure::kTooLarge};
  if (blob.code == 0) return {blob.output, std::nullopt};
  const Kind kind = KindOf(path);
  return {{}, kind == Kind::kFolder ? LoadFailure::kIsDirectory : LoadFailure::kNotFound};
}

std::vector<std::string> GitTree::FilesBelow(const std::string& folder) const {
  const std::string prefix = folder.empty() ? "" : folder + "/";
  const std::vector<std::string> command =
      object_.empty()
          ? std::vector<std::string>{"ls-files", "-z", "--full-name", "--",
                                     ":(top,literal)" + folder}
          : std::vector<std::string>{"ls-tree", "-r", "-z", "--name-only", "--full-tree", object_};
  const GitAnswer listing = RunGit(command, kMaxListing);
  std::vector<std::string> files;
  for (size_t at = 0; at < listing.output.size();) {
    const size_t end = std::min(listing.output.find('\0', at), listing.output.size());
    std::string path = listing.output.substr(at, end - at);
    if (path.starts_with(prefix)) files.push_back(std::move(path));
    at = end + 1;
  }
  return files;
}

}  // namespace steelyard
