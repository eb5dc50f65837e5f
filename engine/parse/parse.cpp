// Runs the grammar over a formula and turns whatever stops it into one diagnostic.
#include "engine/parse/parse.h"

#include <algorithm>

#include "engine/base/check.h"
#include "engine/base/text.h"
#include "engine/parse/actions.h"
#include "engine/parse/explain.h"

namespace steelyard {

namespace {

// Formulas that are not worth reading. Whether one was reported.
bool Refuse(const EmbeddedText& source, DiagnosticSink& sink) {
  const std::string& text = source.text;
  if (text.size() > kMaxFormulaBytes) {
    sink.Report(DiagKind::kFormulaTooLong, source.Locate(0, text.size()),
                {std::to_string(kMaxFormulaBytes >> 10)});
    return true;
  }
  if (const auto bad = FirstInvalidUtf8(text)) {
    sink.Report(DiagKind::kInvalidUtf8, source.Locate(*bad, *bad + 1));
    return true;
  }
  return false;
}

template <class Rule>
ExprTree Read(const EmbeddedText& source, DiagnosticSink& sink) {
  if (Refuse(source, sink)) return {};
  const FoldedText text(source);
  if (std::all_of(text.text().begin(), text.text().end(), parse::IsBlank)) {
    sink.Report(DiagKind::kFormulaEmpty, source.Locate(0, source.text.size()));
    return {};
  }
  TreeBuilder builder(text);
  tao::pegtl::memory_input<tao::pegtl::tracking_mode::lazy> input(text.text(), "");
  try {
    // Every rule that may fail is needed: the reading ends in a tree or is stopped.
    STEELYARD_CHECK((tao::pegtl::parse<Rule, parse::Action, parse::Control>(input, builder)));
    return builder.Finish();
  } catch (const Unexpected& unexpected) {
    Explain(unexpected, builder, sink);
  } catch (const FormulaFault& fault) {
    sink.Report(fault.kind, text.Locate(fault.at), fault.args);
  }
  return {};
}

}  // namespace

ExprTree ParseFormula(const EmbeddedText& text, DiagnosticSink& sink) {
  return Read<grammar::formula>(text, sink);
}

ExprTree ParseBandCondition(const EmbeddedText& text, DiagnosticSink& sink) {
  return Read<grammar::band>(text, sink);
}

}  // namespace steelyard
