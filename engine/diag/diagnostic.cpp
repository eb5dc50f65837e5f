// The tables of kinds and helps, the sink, and messages with their arguments filled in.
#include "engine/diag/diagnostic.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <set>

#include "engine/base/check.h"
#include "engine/diag/printable.h"

namespace steelyard {

namespace {

// What one argument may show: arguments come from users' files, which hold anything.
constexpr size_t kMaxArgumentCharacters = 120;

constexpr KindInfo kKinds[] = {
#define STEELYARD_DIAG(name, code, severity, blame, en, zh, label_en, label_zh) \
  {std::string_view(#name).substr(1),                                           \
   code,                                                                        \
   Severity::severity,                                                          \
   Blame::blame,                                                                \
   {en, zh},                                                                    \
   {label_en, label_zh}},
#include "engine/diag/kinds.def"
#undef STEELYARD_DIAG
};
static_assert(std::size(kKinds) == static_cast<size_t>(DiagKind::kCount));

using HelpTexts = std::array<std::string_view, 2>;  // by Language

constexpr HelpTexts kHelps[] = {
#define STEELYARD_HELP(name, en, zh) HelpTexts{en, zh},
#include "engine/diag/helps.def"
#undef STEELYARD_HELP
};
static_assert(std::size(kHelps) == static_cast<size_t>(HelpKind::kCount));

struct Placeholder {
  size_t argument;
  size_t length;  // in bytes, with the braces
};

// Reads `{12}` at the front of `text`.
std::optional<Placeholder> ReadPlaceholder(std::string_view text) {
  constexpr size_t kMaxDigits = 2;
  size_t argument = 0;
  size_t at = 1;
  for (; at < text.size() && at <= kMaxDigits && text[at] >= '0' && text[at] <= '9'; ++at) {
    argument = argument * 10 + static_cast<size_t>(text[at] - '0');
  }
  if (at == 1 || at >= text.size() || text[at] != '}') return std::nullopt;
  return Placeholder{argument, at + 1};
}

// Puts the arguments in the places of {0}, {1} …; braces in the arguments are left alone, and a
// place without an argument stays as it is.
std::string Fill(std::string_view text, const std::vector<std::string>& args) {
  std::string filled;
  while (!text.empty()) {
    const size_t brace = std::min(text.find('{'), text.size());
    filled += text.substr(0, brace);
    text.remove_prefix(brace);
    if (text.empty()) break;
    const auto place = ReadPlaceholder(text);
    const size_t length = place ? place->length : 1;
    if (place && place->argument < args.size()) {
      filled += Printable(args[place->argument], kMaxArgumentCharacters);
    } else {
      filled += text.substr(0, length);
    }
    text.remove_prefix(length);
  }
  return filled;
}

}  // namespace

const KindInfo& Info(DiagKind kind) {
  STEELYARD_CHECK(kind < DiagKind::kCount);
  return kKinds[static_cast<size_t>(kind)];
}

std::string_view HelpText(HelpKind kind, Language language) {
  STEELYARD_CHECK(kind < HelpKind::kCount);
  return kHelps[static_cast<size_t>(kind)][static_cast<size_t>(language)];
}

Diagnostic& DiagnosticSink::Report(DiagKind kind, Span span, std::vector<std::string> args) {
  return Report(Info(kind).severity, kind, span, std::move(args));
}

Diagnostic& DiagnosticSink::Report(Severity severity, DiagKind kind, Span span,
                                   std::vector<std::string> args) {
  if (severity == Severity::kWarning) ++warnings_;
  if (severity == Severity::kError) {
    const Blame blame = Info(kind).blame;
    ++errors_;
    if (blame == Blame::kEnvironment) ++environment_errors_;
    if (blame == Blame::kUsage) ++usage_errors_;
  }
  return diagnostics_.emplace_back(Diagnostic{kind, span, std::move(args), {}, severity});
}

void DiagnosticSink::Append(const DiagnosticSink& other) {
  diagnostics_.insert(diagnostics_.end(), other.diagnostics_.begin(), other.diagnostics_.end());
  errors_ += other.errors_;
  warnings_ += other.warnings_;
  environment_errors_ += other.environment_errors_;
  usage_errors_ += other.usage_errors_;
}

std::vector<Diagnostic> DiagnosticSink::Sorted() const {
  std::vector<Diagnostic> sorted;
  const auto less = [](const Diagnostic* a, const Diagnostic* b) { return *a < *b; };
  std::set<const Diagnostic*, decltype(less)> seen(less);
  for (const Diagnostic& diagnostic : diagnostics_) {
    if (seen.insert(&diagnostic).second) sorted.push_back(diagnostic);
  }
  std::stable_sort(sorted.begin(), sorted.end(), [](const Diagnostic& a, const Diagnostic& b) {
    if (a.span.file != b.span.file) return a.span.file < b.span.file;
    return a.span.begin < b.span.begin;
  });
  return sorted;
}

std::string Message(const Diagnostic& diagnostic, Language language) {
  return Fill(Info(diagnostic.kind).text[static_cast<size_t>(language)], diagnostic.args);
}

std::string Label(const Diagnostic& diagnostic, Language language) {
  return Fill(Info(diagnostic.kind).label[static_cast<size_t>(language)], diagnostic.args);
}

std::string HelpLine(const Help& help, Language language) {
  return Fill(HelpText(help.kind, language), help.args);
}

}  // namespace steelyard
