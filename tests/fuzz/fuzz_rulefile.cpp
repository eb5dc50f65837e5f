// Any bytes as a rule file: it is read or refused, never more. Bytes after a zero byte are a second
// file, which every import finds.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/check.h"
#include "engine/diag/render.h"
#include "engine/rulefile/load.h"

namespace steelyard {
namespace {

void LoadOnce(std::string_view input) {
  const size_t zero = input.find('\0');
  const std::string main(input.substr(0, zero));
  const std::string library(zero == std::string_view::npos ? "" : input.substr(zero + 1));
  SourceSet sources([&](const std::string& path) -> LoadedText {
    return {path == "main.yaml" ? main : library, std::nullopt};
  });
  DiagnosticSink sink;
  const std::optional<RuleFile> file = LoadRuleFile(sources, "main.yaml", sink);
  // No tree without a reason; what there is can be printed, and every place can be shown.
  STEELYARD_CHECK(file.has_value() || sink.HasErrors());
  if (file) Dump(*file);
  RenderAll(sink, sources, {});
}

}  // namespace
}  // namespace steelyard

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  steelyard::LoadOnce({reinterpret_cast<const char*>(data), size});
  return 0;
}
