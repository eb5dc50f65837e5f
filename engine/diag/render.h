// Diagnostics as text for people: code, message, the source line with carets under the place
// (right under wide characters too), and advice.
#pragma once

#include <string>

#include "engine/diag/diagnostic.h"

namespace steelyard {

struct RenderOptions {
  Language language = Language::kEnglish;
  bool color = false;
};

// Ends with a line end; so does RenderAll, unless there is nothing to say.
std::string Render(const Diagnostic& diagnostic, const SourceSet& sources,
                   const RenderOptions& options);

// All of them, sorted, with a blank line after each and a last line that counts errors and
// warnings: `2 errors, 1 warning`.
std::string RenderAll(const DiagnosticSink& sink, const SourceSet& sources,
                      const RenderOptions& options);

}  // namespace steelyard
