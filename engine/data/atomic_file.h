// A file that appears under its name only when it is complete. It is written in the same folder
// without a name, or under another one where the system knows no files without; Commit() puts it on
// the disk and in its place. Without Commit() nothing is left.
#pragma once

#include <memory>
#include <optional>
#include <ostream>
#include <string>

#include "engine/diag/diagnostic.h"

namespace steelyard {

class AtomicFile {
 public:
  // Empty where an error was reported. A path that is no ordinary file, such as /dev/stdout, is
  // written as it stands.
  static std::optional<AtomicFile> Create(const std::string& path, DiagnosticSink& sink);

  AtomicFile(AtomicFile&& other) noexcept;
  AtomicFile& operator=(AtomicFile&&) = delete;
  ~AtomicFile();

  std::ostream& stream();
  // False where an error was reported, of any write before it too; the file is then as it was.
  bool Commit(DiagnosticSink& sink);

 private:
  struct State;
  explicit AtomicFile(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace steelyard
