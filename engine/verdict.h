// What becomes of what a check has found: comments in the files allow some of it, and house rules
// make some graver or lighter than it is by itself.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/rulefile/allowances.h"
#include "engine/steelyard.h"
#include "engine/syntax/policy.h"

namespace steelyard {

class Verdict {
 public:
  // `policy` may be null; `card` is the id of the scorecard, for lines that are for some cards.
  Verdict(SourceSet& sources, const Policy* policy, std::string card)
      : sources_(sources), policy_(policy), card_(std::move(card)) {}

  // What is left to be told. With `is_whole`, everything in `file` was looked at, so that comments
  // in it which allow nothing are told too.
  DiagnosticSink Judge(FileId file, bool is_whole, const DiagnosticSink& found);
  std::vector<AllowedFinding> TakeAllowed() { return std::move(allowed_); }

 private:
  struct Known {
    Allowance allowance;
    const FindingLine* refused = nullptr;  // the line of the house rules that does so
    bool used = false;
  };

  void Read(FileId file, DiagnosticSink& sink);
  const FindingLine* LineFor(DiagKind kind) const;
  bool Allows(const Diagnostic& diagnostic);
  void TellUnused(FileId file, DiagnosticSink& sink) const;
  DiagnosticSink Weigh(const DiagnosticSink& found) const;

  SourceSet& sources_;
  const Policy* policy_;
  std::string card_;
  std::map<FileId, std::vector<Known>> files_;
  std::vector<AllowedFinding> allowed_;
};

}  // namespace steelyard
