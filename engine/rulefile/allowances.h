// Comments by which an author lets a finding stand: `# steelyard: allow SY0404 because on trial`.
#pragma once

#include <string>
#include <vector>

#include "engine/diag/diagnostic.h"
#include "engine/source/source.h"

namespace steelyard {

// One code of one comment. Behind something on its line it is for what is found on that line; on a
// line of its own for the entry, or the item of a list, that begins on the next one.
struct Allowance {
  DiagKind kind{};
  Span code;
  Span comment;
  std::string reason;
  uint32_t begin = 0;  // findings that begin in these bytes
  uint32_t end = 0;

  bool Covers(const Diagnostic& diagnostic) const {
    const Span& span = diagnostic.span;
    return diagnostic.kind == kind && span.file == code.file && span.begin >= begin &&
           span.begin < end;
  }
};

// Reports comments that are meant so and say it wrongly. Nothing of a file that is no YAML.
std::vector<Allowance> ReadAllowances(FileId file, const SourceFile& source, DiagnosticSink& sink);

}  // namespace steelyard
