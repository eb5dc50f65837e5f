// Lays out one diagnostic:
//
//   error[SY0203]: unknown name `reveneu`
//      ┌─ rules/sales.yaml:41:14
//      │
//   41 │     formula: reveneu ÷ 2
//      │              ^^^^^^^ not a column, value or indicator of `manager`
//      = did you mean `revenue`?
//
// The text of the user's file is made safe to show, and lines too long for a screen are cut around
// the place, so that what one diagnostic prints is bounded.
#include "engine/diag/render.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/base/text.h"
#include "engine/diag/printable.h"

namespace steelyard {

namespace {

constexpr size_t kMaxLineColumns = 160;     // longer lines are cut to this
constexpr size_t kColumnsBeforePlace = 60;  // of a cut line
constexpr size_t kMaxPathCharacters = 400;
constexpr std::string_view kCut = "…";

constexpr std::string_view kBold = "\x1b[1m";
constexpr std::string_view kBlue = "\x1b[1;34m";

std::string_view ColorOf(Severity severity) {
  switch (severity) {
    case Severity::kError: return "\x1b[1;31m";
    case Severity::kWarning: return "\x1b[1;33m";
    case Severity::kNote: break;
  }
  return "\x1b[1;36m";
}

std::string_view WordFor(Severity severity, Language language) {
  const bool english = language == Language::kEnglish;
  switch (severity) {
    case Severity::kError: return english ? "error" : "错误";
    case Severity::kWarning: return english ? "warning" : "警告";
    case Severity::kNote: break;
  }
  return english ? "note" : "提示";
}

std::string_view Colon(Language language) { return language == Language::kEnglish ? ": " : "："; }

std::string Paint(std::string_view text, std::string_view color, const RenderOptions& options) {
  if (!options.color || text.empty()) return std::string(text);
  return fmt::format("{}{}\x1b[0m", color, text);
}

std::string PlaceText(Span span, const SourceSet& sources) {
  const SourceFile& file = sources.file(span.file);
  const Position position = file.PositionOf(span.begin);
  return fmt::format("{}:{}:{}", Printable(file.path(), kMaxPathCharacters), position.line,
                     position.column);
}

bool IsContinuation(char byte) { return (byte & 0xC0) == 0x80; }

// Columns that a character counts for when a line is cut; one at least, so that a pile of combining
// marks comes to an end.
size_t Cost(std::string_view text, size_t offset, size_t length) {
  return std::max<size_t>(DisplayWidth(text.substr(offset, length)), 1);
}

// Where to start so that at most `columns` stand before `offset`.
size_t StepBack(std::string_view line, size_t offset, size_t columns) {
  size_t used = 0;
  while (offset > 0) {
    size_t before = offset - 1;
    while (before > 0 && IsContinuation(line[before]) && offset - before < 4) --before;
    used += Cost(line, before, offset - before);
    if (used > columns) break;
    offset = before;
  }
  return offset;
}

// Where to stop so that at most `columns` stand from `offset` on.
size_t StepForward(std::string_view line, size_t offset, size_t columns) {
  size_t used = 0;
  while (offset < line.size()) {
    const size_t length = DecodeAt(line, offset).length;
    used += Cost(line, offset, length);
    if (used > columns) break;
    offset += length;
  }
  return offset;
}

std::string PrintablePart(std::string_view line, size_t begin, size_t end) {
  std::string shown;
  for (size_t at = begin; at < end;) at += AppendPrintable(line, at, shown);
  return shown;
}

// A source line as it is shown, and where the carets go.
struct Excerpt {
  std::string text;
  size_t blanks = 0;
  size_t carets = 1;
};

// Bytes [begin, end) of `line` are the place; both are within it.
Excerpt MakeExcerpt(std::string_view line, size_t begin, size_t end) {
  size_t from = 0;
  size_t to = StepForward(line, 0, kMaxLineColumns);
  if (to < line.size()) {
    from = StepBack(line, begin, kColumnsBeforePlace);
    to = StepForward(line, from, kMaxLineColumns);
  }
  const std::string before = PrintablePart(line, from, begin);
  const std::string place = PrintablePart(line, begin, std::min(end, to));
  const std::string after = PrintablePart(line, std::min(end, to), to);

  Excerpt excerpt;
  if (from > 0) excerpt.text += kCut;
  excerpt.text += before;
  excerpt.blanks = DisplayWidth(excerpt.text);
  excerpt.text += place;
  excerpt.text += after;
  if (to < line.size()) excerpt.text += kCut;
  excerpt.carets = std::max<size_t>(DisplayWidth(place), 1);
  while (excerpt.text.ends_with(' ')) excerpt.text.pop_back();
  return excerpt;
}

// The part of the span on its first line.
Excerpt ExcerptOf(const SourceFile& file, Span span, size_t line_number) {
  const std::string_view line = file.Line(line_number);
  const size_t start = file.LineStart(line_number);
  size_t begin = std::min<size_t>(span.begin - start, line.size());
  size_t end = std::min<size_t>(std::max(span.end, span.begin) - start, line.size());
  while (begin > 0 && begin < line.size() && IsContinuation(line[begin])) --begin;
  while (end < line.size() && IsContinuation(line[end])) ++end;
  return MakeExcerpt(line, begin, std::max(begin, end));
}

class Renderer {
 public:
  Renderer(const Diagnostic& diagnostic, const SourceSet& sources, const RenderOptions& options)
      : diagnostic_(diagnostic),
        info_(Info(diagnostic.kind)),
        sources_(sources),
        options_(options) {}

  std::string Run() {
    WriteHeading();
    if (diagnostic_.span.valid()) WritePlace();
    for (const Help& help : diagnostic_.helps) WriteHelp(help);
    return std::move(out_);
  }

 private:
  void WriteHeading() {
    const std::string word =
        fmt::format("{}[{}]", WordFor(diagnostic_.severity, options_.language), info_.code);
    const std::string message =
        fmt::format("{}{}", Colon(options_.language), Message(diagnostic_, options_.language));
    out_ += Paint(word, ColorOf(diagnostic_.severity), options_);
    out_ += Paint(message, kBold, options_);
    out_ += '\n';
  }

  void WritePlace() {
    const SourceFile& file = sources_.file(diagnostic_.span.file);
    const size_t line = file.PositionOf(diagnostic_.span.begin).line;
    const std::string number = std::to_string(line);
    margin_ = std::string(number.size() + 1, ' ');
    const Excerpt excerpt = ExcerptOf(file, diagnostic_.span, line);

    WriteLine(margin_ + "┌─", PlaceText(diagnostic_.span, sources_));
    WriteLine(margin_ + "│", "");
    WriteLine(number + " │", excerpt.text);
    const std::string label = Label(diagnostic_, options_.language);
    std::string carets(excerpt.carets, '^');
    if (!label.empty()) carets += " " + label;
    WriteLine(margin_ + "│", std::string(excerpt.blanks, ' ') +
                                 Paint(carets, ColorOf(diagnostic_.severity), options_));
  }

  void WriteHelp(const Help& help) {
    std::string text = HelpLine(help, options_.language);
    if (help.span.valid()) {
      text += Colon(options_.language);
      text += PlaceText(help.span, sources_);
    }
    WriteLine(margin_ + "=", text);
  }

  void WriteLine(std::string_view gutter, std::string_view text) {
    out_ += Paint(gutter, kBlue, options_);
    if (!text.empty()) out_ += ' ';
    out_ += text;
    out_ += '\n';
  }

  const Diagnostic& diagnostic_;
  const KindInfo& info_;
  const SourceSet& sources_;
  const RenderOptions& options_;
  std::string margin_ = "  ";
  std::string out_;
};

struct Totals {
  size_t errors = 0;
  size_t warnings = 0;
};

std::string CountText(size_t count, std::string_view one, std::string_view many,
                      std::string_view chinese, Language language) {
  if (language == Language::kChinese) return fmt::format("{} 个{}", count, chinese);
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

// `2 errors, 1 warning`; empty where there are none of either.
std::string TotalsLine(Totals totals, Language language) {
  std::string line;
  if (totals.errors > 0) line = CountText(totals.errors, "error", "errors", "错误", language);
  if (totals.warnings == 0) return line;
  if (!line.empty()) line += language == Language::kEnglish ? ", " : "，";
  return line + CountText(totals.warnings, "warning", "warnings", "警告", language);
}

}  // namespace

std::string Render(const Diagnostic& diagnostic, const SourceSet& sources,
                   const RenderOptions& options) {
  return Renderer(diagnostic, sources, options).Run();
}

std::string RenderAll(const DiagnosticSink& sink, const SourceSet& sources,
                      const RenderOptions& options) {
  std::string text;
  Totals totals;
  for (const Diagnostic& diagnostic : sink.Sorted()) {
    if (diagnostic.severity == Severity::kError) ++totals.errors;
    if (diagnostic.severity == Severity::kWarning) ++totals.warnings;
    text += Render(diagnostic, sources, options);
    text += '\n';
  }
  const std::string line = TotalsLine(totals, options.language);
  if (line.empty()) return text.empty() ? text : text.substr(0, text.size() - 1);
  return text + line + '\n';
}

}  // namespace steelyard
