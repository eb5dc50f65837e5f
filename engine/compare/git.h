// Files as a git repository has them at one revision, read with the program `git`.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/diag/diagnostic.h"
#include "engine/source/source.h"

namespace steelyard {

class GitTree {
 public:
  // The revision as `git` takes it: a branch, a tag, a commit, `HEAD~1`; empty: what is staged.
  // Empty after a report where there is no such thing, or no `git`.
  static std::optional<GitTree> Open(const std::string& revision, DiagnosticSink& sink);

  enum class Kind : uint8_t { kNothing, kFile, kFolder };
  // Paths are from the top of the repository.
  Kind KindOf(const std::string& path) const;
  LoadedText Read(const std::string& path) const;
  std::vector<std::string> FilesBelow(const std::string& folder) const;

  // From the top of the repository: of `./x` the folder we are in counts.
  static std::string FromTop(const std::string& path);

 private:
  explicit GitTree(std::string object) : object_(std::move(object)) {}

  std::string NameOf(const std::string& path) const;

  std::string object_;  // the name of the tree in hexadecimal; empty: the index
};

}  // namespace steelyard
