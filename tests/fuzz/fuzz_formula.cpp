// Any bytes as a formula and as a band condition: they end in a tree or in one message, and what is
// printed reads back as the same tree.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/check.h"
#include "engine/diag/render.h"
#include "engine/parse/parse.h"

namespace steelyard {
namespace {

using Parser = ExprTree (*)(const EmbeddedText&, DiagnosticSink&);

// Spans lie in the file, and operators in their operations.
void CheckSpans(const ExprTree& tree, size_t size) {
  for (const Expr& expr : tree.nodes) {
    STEELYARD_CHECK(expr.span.valid() && expr.span.begin < expr.span.end);
    STEELYARD_CHECK(expr.span.end <= size);
    STEELYARD_CHECK(expr.span.begin <= expr.op_span.begin && expr.op_span.end <= expr.span.end);
  }
}

void Try(std::string_view text, Parser parse) {
  SourceSet sources;
  const FileId file = sources.Add("fuzz.yaml", std::string(text));
  DiagnosticSink sink;
  const ExprTree tree = parse(EmbeddedText::Verbatim(file, 0, text), sink);
  STEELYARD_CHECK(sink.all().size() == (tree.root.valid() ? 0 : 1));
  for (const Language language : {Language::kEnglish, Language::kChinese}) {
    STEELYARD_CHECK(!RenderAll(sink, sources, {language, false}).empty() || sink.all().empty());
  }
  if (!tree.root.valid()) return;
  CheckSpans(tree, text.size());
  const std::string printed = Print(tree, tree.root);
  if (printed.size() > kMaxFormulaBytes) return;
  const ExprTree again = ParseFormula(EmbeddedText::Verbatim(file, 0, printed), sink);
  STEELYARD_CHECK(again.root.valid());
  STEELYARD_CHECK(Dump(again) == Dump(tree));
  STEELYARD_CHECK(Print(again, again.root) == printed);
}

}  // namespace
}  // namespace steelyard

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  steelyard::Try(text, steelyard::ParseFormula);
  steelyard::Try(text, steelyard::ParseBandCondition);
  return 0;
}
