// Rule files in their canonical form: what `steelyard fmt` does.
#pragma once

#include <string>
#include <vector>

#include "engine/format/formula_layout.h"
#include "engine/steelyard.h"

namespace steelyard {

enum class FormatStatus : uint8_t {
  kUnchanged,
  kChanged,
  kFailed,  // it cannot be read, or formatting would have changed more than its layout; both are
            // in the session's sink
};

struct FormatOutcome {
  FormatStatus status = FormatStatus::kFailed;
  std::string text;  // of the whole file; empty where it failed
  std::string diff;  // from the old to the new text; empty where they are equal
};

// Nothing is written.
FormatOutcome FormatFile(Session& session, const std::string& path, OperatorStyle style);
// A text that is at hand; what it imports is looked for from the current folder.
FormatOutcome FormatText(Session& session, const std::string& name, const std::string& text,
                         OperatorStyle style);

// The files among `paths`, and in the folders among them every YAML file that begins like a file of
// rules, tests or house rules: sorted, each once.
std::vector<std::string> FindFilesToFormat(Session& session, const std::vector<std::string>& paths);

}  // namespace steelyard
