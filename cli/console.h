// The two streams of the program and how it speaks on them: results go to standard output,
// everything for people to standard error.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/exit_code.h"
#include "engine/diag/render.h"
#include "engine/steelyard.h"

namespace steelyard {

// The language of LC_ALL, LC_MESSAGES or LANG, whichever is set first.
Language LanguageOfEnvironment();

// Call before anything is opened: takes the place of streams that the caller has closed, so that
// no data file comes to be standard output, and turns a broken pipe into a failed write.
void PrepareStreams();

class Console {
 public:
  explicit Console(Language language);

  Language language() const { return language_; }
  // Standard error is a terminal.
  bool interactive() const { return interactive_; }
  std::string_view Say(std::string_view english, std::string_view chinese) const {
    return language_ == Language::kEnglish ? english : chinese;
  }

  // Writes results to standard output. False where that was impossible, which has then been told,
  // except that a reader who has read enough (`| head`) needs no telling.
  bool Print(std::string_view results) const;

  // Writes to standard error.
  void Tell(std::string_view text) const;
  // `error: …`, and below it what may help.
  void TellError(std::string_view message, const std::vector<std::string>& advice = {}) const;
  // That a file which the run has read was named for what it writes.
  void TellOverwrites(std::string_view path) const;
  // All of a session's diagnostics and their count.
  void TellDiagnostics(const Session& session) const;
  RenderOptions render_options() const { return {language_, color_}; }

 private:
  Language language_;
  bool interactive_ = false;
  bool color_ = false;
};

// The exit code of a session with errors: by who has to act on them.
ExitCode CodeOfFailure(const Session& session);

}  // namespace steelyard
