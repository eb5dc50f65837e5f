#include "cli/console.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include "engine/diag/printable.h"

namespace steelyard {

namespace {

std::string_view Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

// Zero, or the number of the error.
int WriteAll(int stream, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(stream, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<size_t>(written));
  }
  return 0;
}

// The message has been written; what is left is the exit code of a fault.
void OnAbort(int) { _exit(static_cast<int>(ExitCode::kFailed)); }

}  // namespace

Language LanguageOfEnvironment() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const std::string_view value = Environment(name);
    if (!value.empty()) return value.starts_with("zh") ? Language::kChinese : Language::kEnglish;
  }
  return Language::kEnglish;
}

void PrepareStreams() {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGABRT, OnAbort);
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(stream, F_GETFD) != -1) continue;
    // Takes the lowest free number: this one. Results must not vanish, so what stands in for
    // standard output cannot be written to.
    const int mode = stream == STDOUT_FILENO ? O_RDONLY : O_RDWR;
    if (open("/dev/null", mode) < 0) _exit(static_cast<int>(ExitCode::kFailed));
  }
}

Console::Console(Language language) : language_(language) {
  interactive_ = isatty(STDERR_FILENO) == 1;
  color_ = interactive_ && Environment("NO_COLOR").empty() && Environment("TERM") != "dumb";
}

bool Console::Print(std::string_view results) const {
  const int error = WriteAll(STDOUT_FILENO, results);
  if (error != 0 && error != EPIPE) {
    TellError(fmt::format(
        fmt::runtime(Say("cannot write to standard output: {}", "无法写入标准输出：{}")),
        std::strerror(error)));
  }
  return error == 0;
}

void Console::Tell(std::string_view text) const {
  WriteAll(STDERR_FILENO, text);  // where even this fails there is nobody left to tell
}

void Console::TellError(std::string_view message, const std::vector<std::string>& advice) const {
  const std::string_view word = Say("error", "错误");
  std::string text = color_ ? fmt::format("\x1b[1;31m{}\x1b[0m", word) : std::string(word);
  text += fmt::format("{}{}\n", Say(": ", "："), message);
  for (const std::string& line : advice) text += fmt::format("  = {}\n", line);
  Tell(text);
}

void Console::TellOverwrites(std::string_view path) const {
  constexpr size_t kLongestPath = 60;
  TellError(fmt::format(
      fmt::runtime(Say("`{}` is read by this run and would be lost: name another file to write",
                       "本次运行要读取 `{}`，写入会覆盖它：请换一个文件名写入")),
      Printable(path, kLongestPath)));
}

void Console::TellDiagnostics(const Session& session) const {
  Tell(RenderAll(session.sink, session.sources, render_options()));
}

ExitCode CodeOfFailure(const Session& session) {
  if (session.sink.HasEnvironmentErrors()) return ExitCode::kFailed;
  return session.sink.HasUsageErrors() ? ExitCode::kUsage : ExitCode::kWanting;
}

}  // namespace steelyard
