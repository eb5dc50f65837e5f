// What `check` found, for other programs: JSON, SARIF for platforms that show it beside the code,
// the commands of a GitHub workflow, and JUnit. Keys and codes are stable; messages are in the
// language that was asked for, in JSON in both.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/diag/diagnostic.h"

namespace steelyard {

struct CheckedFile {
  std::string path;
  std::string_view kind;  // `card`, `library`, `tests` or `policy`
  size_t indicators = 0;
  size_t formulas = 0;
  std::string policy;  // the house rules that were applied; empty: none
  bool passed = true;  // no errors, also in what it imports
};

struct CheckFindings {
  const SourceSet& sources;
  std::vector<Diagnostic> findings;     // in the order of places
  std::vector<AllowedFinding> allowed;  // likewise
  std::vector<CheckedFile> files;
  Language language = Language::kEnglish;
  bool strict = false;  // warnings fail
  int exit_code = 0;
  std::string_view version;  // of the program

  size_t Count(Severity severity) const;
};

std::string FindingsJson(const CheckFindings& check);
std::string FindingsSarif(const CheckFindings& check);
std::string FindingsGithub(const CheckFindings& check);
std::string FindingsJunit(const CheckFindings& check);

// --- what they share ---

// `error`, `warning` or `note`.
std::string_view SeverityWord(Severity severity);

// A span in lines and columns from 1; the end is the place after the last character.
struct Region {
  Position begin;
  Position end;
};
Region RegionOf(Span span, const SourceSet& sources);
// As platforms compare it: without `./`.
std::string PlainPath(std::string_view path);
std::string PathOf(Span span, const SourceSet& sources);
// The message with its label, and a line for each help.
std::string WholeMessage(const Diagnostic& diagnostic, const SourceSet& sources, Language language);

}  // namespace steelyard
