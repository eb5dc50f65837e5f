// One formula read, with everything a test may ask about it.
#pragma once

#include <string>
#include <string_view>

#include "engine/diag/render.h"
#include "engine/parse/parse.h"

namespace steelyard {

class Parsing {
 public:
  enum class As { kFormula, kBand };

  explicit Parsing(std::string_view text, As as = As::kFormula) {
    file_ = sources_.Add("rules.yaml", std::string(text));
    const EmbeddedText source = EmbeddedText::Verbatim(file_, 0, text);
    tree_ = as == As::kFormula ? ParseFormula(source, sink_) : ParseBandCondition(source, sink_);
  }

  bool ok() const { return tree_.root.valid(); }
  const ExprTree& tree() const { return tree_; }
  const DiagnosticSink& sink() const { return sink_; }

  // The tree, or the messages where there is none.
  std::string Dumped() const { return ok() ? Dump(tree_) : Messages(); }
  std::string Printed() const { return ok() ? Print(tree_, tree_.root) : Messages(); }
  std::string Messages(Language language = Language::kEnglish) const {
    return RenderAll(sink_, sources_, {language, false});
  }
  // The characters that a span covers.
  std::string_view Slice(Span span) const {
    return std::string_view(sources_.file(span.file).text())
        .substr(span.begin, span.end - span.begin);
  }

 private:
  SourceSet sources_;
  FileId file_;
  DiagnosticSink sink_;
  ExprTree tree_;
};

}  // namespace steelyard
