// YAML to the tree of a rule file, imports followed. The only user of yaml-cpp; what YAML lets pass
// (duplicate keys, unknown keys, aliases without end) is caught here. Reports everything it finds;
// parts that could not be read are left out of the tree.
#pragma once

#include <optional>
#include <string>

#include "engine/diag/diagnostic.h"
#include "engine/source/source.h"
#include "engine/syntax/rule_file.h"

namespace steelyard {

// Reads `path` and what it imports (paths relative to the importing file), merged into one tree:
// imported tables, parameters, values and indicators stand before the file's own, and keep their
// own spans. A thing defined twice is an error; an import that comes back to itself too. Empty only
// when there is no tree at all to check (file missing, not YAML, not a mapping).
//
// With `or_library`, a file that has no `scorecard` and no `subject`, and nothing that only a
// scorecard can have, is no error but a library: see RuleFile::is_library.
std::optional<RuleFile> LoadRuleFile(SourceSet& sources, const std::string& path,
                                     DiagnosticSink& sink, bool or_library = false);

// Says why a file could not be had; `span` is where it is named, if it is.
void ReportLoadFailure(LoadFailure failure, const std::string& path, Span span,
                       DiagnosticSink& sink);

}  // namespace steelyard
