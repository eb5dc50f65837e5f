// Rule files that exist only in a test.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "engine/diag/diagnostic.h"
#include "engine/rulefile/load.h"
#include "engine/source/source.h"

namespace steelyard {

// Loads `main.yaml` out of texts in memory.
class LoadedRules {
 public:
  explicit LoadedRules(std::map<std::string, std::string> files);
  explicit LoadedRules(std::string text);

  const std::optional<RuleFile>& file() const { return file_; }
  const SourceSet& sources() const { return sources_; }
  const DiagnosticSink& sink() const { return sink_; }
  // What the span covers, in its file.
  std::string Covered(Span span) const;
  // Sorted, one a line: `SY0138 4:9 [quartr]`.
  std::string Faults() const;

 private:
  SourceSet sources_;
  DiagnosticSink sink_;
  std::optional<RuleFile> file_;
};

// `steelyard: 1` and the other obligatory lines: 4 of them.
inline constexpr std::string_view kHead =
    "steelyard: 1\n"
    "scorecard: test\n"
    "subject: rep\n"
    "data: {rep: {key: id}}\n";

}  // namespace steelyard
