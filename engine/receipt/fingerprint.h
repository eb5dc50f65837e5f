// What a file holds, as a hash: of a file as it is, and of files while a run reads them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "engine/diag/diagnostic.h"

namespace steelyard {

struct Fingerprint {
  std::string sha256;
  uint64_t bytes = 0;
  int64_t modified = 0;  // nanoseconds; a change that was undone shows here
};

enum class FileState : uint8_t { kThere, kGone, kUnreadable };

struct FoundFile {
  FileState state = FileState::kGone;
  Fingerprint print;
};
// Reads the whole file, a piece at a time. Only ordinary files: a pipe might never end.
FoundFile LookAt(const std::string& path);

// Holds what data files were before a run read them against what they are behind it: the engine
// reads a file more than once, so a hash is good only if the file stayed the same all the while.
class InputWatch {
 public:
  void Before(const std::string& path);
  // False where a file changed, which is reported.
  bool After(DiagnosticSink& sink) const;
  const Fingerprint& Of(const std::string& path) const { return before_.at(path).print; }

 private:
  std::map<std::string, FoundFile> before_;
};

}  // namespace steelyard
