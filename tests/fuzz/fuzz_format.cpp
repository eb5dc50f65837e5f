// Any bytes as a file to format: it is refused, or its new text is proved to mean the same. A text
// that could not be proved is a mistake of the formatter.
#include <cstddef>
#include <cstdint>
#include <string>

#include "engine/base/check.h"
#include "engine/diag/render.h"
#include "engine/format.h"

namespace steelyard {
namespace {

void FormatOnce(const std::string& text, OperatorStyle style) {
  Session session([](const std::string&) -> LoadedText { return {"", LoadFailure::kNotFound}; });
  const FormatOutcome outcome = FormatText(session, "fuzz.yaml", text, style);
  for (const Diagnostic& diagnostic : session.sink.all()) {
    STEELYARD_CHECK(diagnostic.kind != DiagKind::kFormatFault);
  }
  STEELYARD_CHECK((outcome.status == FormatStatus::kFailed) == session.sink.HasErrors());
  RenderAll(session.sink, session.sources, {});
}

}  // namespace
}  // namespace steelyard

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  // Whatever it is, it is one of our files.
  const std::string text =
      "steelyard: 1\n" + std::string(reinterpret_cast<const char*>(data), size);
  for (const auto style : {steelyard::OperatorStyle::kKeep, steelyard::OperatorStyle::kAscii,
                           steelyard::OperatorStyle::kTypographic}) {
    steelyard::FormatOnce(text, style);
  }
  return 0;
}
