// The façade of `diff`: two versions of rules compared by what they mean.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/compare/report.h"
#include "engine/steelyard.h"

namespace steelyard {

// One side: a file or folder on disk, or in a git repository (`main:rules/x.yaml`). Files of a
// revision are read with their imports as they were then: `session` has the loader for it.
struct VersionSource {
  std::string given;   // as the user typed it
  std::string path;    // what to open in the session
  std::string prefix;  // `main:`, before the paths of its files where they are shown
  bool is_folder = false;
  bool is_nothing = false;  // `/dev/null`: there is no file on this side
  std::unique_ptr<Session> session;
  // All files below a folder; empty: as the disk has them.
  std::function<std::vector<std::string>(const std::string& folder)> files;
};
// Empty after a report in `sink`: no such revision, file or folder. A file of that name on disk
// comes before a revision.
std::optional<VersionSource> OpenVersion(const std::string& given, DiagnosticSink& sink);

struct DiffOutcome {
  Comparison comparison;
  // Were the rules of a side found wanting?
  bool has_errors = false;
};
// Compares two files, or the files of two folders. What is wrong with a version by itself is in its
// own session. Empty after a report in `sink`, or where a file that was asked for cannot be read.
std::optional<DiffOutcome> Diff(VersionSource& before, VersionSource& after, DiagnosticSink& sink);

// A file that stands for another, as git hands it to a diff program: its text is that of `content`,
// its imports are looked for where `path` is.
VersionSource StandIn(const std::string& path, const std::string& content);

// A rule file with one fact a line, in an order of its own, for `git` to compare by lines: imports
// are not followed, and what cannot be read is printed as it is. Empty after a report.
std::optional<std::string> TextToCompare(Session& session, const std::string& path);

}  // namespace steelyard
