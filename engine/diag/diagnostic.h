// What users are told about their files. Every message is one line of the tables in
// engine/diag/kinds/, with a stable code and its words in English and Chinese; nothing else in the
// program holds user-facing prose about rules or data.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/source/source.h"

namespace steelyard {

enum class Severity : uint8_t { kNote, kWarning, kError };

// Who has to act: the author of the rules or data (exit code 1), or whoever runs the program (a
// missing file, a full disk: exit code 3; an option that does not fit: exit code 2).
enum class Blame : uint8_t { kAuthor, kEnvironment, kUsage };

enum class DiagKind : uint16_t {
#define STEELYARD_DIAG(name, code, severity, blame, en, zh, label_en, label_zh) name,
#include "engine/diag/kinds.def"
#undef STEELYARD_DIAG
  kCount
};

// A line of advice below a message: `= did you mean …`.
enum class HelpKind : uint16_t {
#define STEELYARD_HELP(name, en, zh) name,
#include "engine/diag/helps.def"
#undef STEELYARD_HELP
  kCount
};

enum class Language : uint8_t { kEnglish, kChinese };

struct KindInfo {
  std::string_view name;  // `UnknownName`
  std::string_view code;  // `SY0203`
  Severity severity;      // of those that are reported without one of their own
  Blame blame;
  std::string_view text[2];   // by Language; `{0}`, `{1}` … stand for the arguments
  std::string_view label[2];  // beside the carets; may be empty
};
const KindInfo& Info(DiagKind kind);
std::string_view HelpText(HelpKind kind, Language language);

struct Help {
  HelpKind kind;
  std::vector<std::string> args;
  Span span;  // optional: another place that matters, shown as `path:line:column`

  auto operator<=>(const Help&) const = default;
};

struct Diagnostic {
  DiagKind kind{};
  Span span;  // not valid: about the run as a whole
  std::vector<std::string> args;
  std::vector<Help> helps;
  Severity severity = Info(kind).severity;

  auto operator<=>(const Diagnostic&) const = default;

  Diagnostic& Because(HelpKind help, std::vector<std::string> help_args = {}, Span at = {}) {
    helps.push_back({help, std::move(help_args), at});
    return *this;
  }
};

// What a comment in the file lets stand: `# steelyard: allow SY0404 because on trial`.
struct AllowedFinding {
  Diagnostic diagnostic;
  std::string reason;
  Span comment;
};

// Collects diagnostics in the order they were found; sorts them by place when asked.
class DiagnosticSink {
 public:
  // The reference is good until the next call.
  Diagnostic& Report(DiagKind kind, Span span, std::vector<std::string> args = {});
  // As grave as whoever asked for it says: house rules do.
  Diagnostic& Report(Severity severity, DiagKind kind, Span span,
                     std::vector<std::string> args = {});

  // All of another sink's, after what is here.
  void Append(const DiagnosticSink& other);

  bool HasErrors() const { return errors_ > 0; }
  size_t error_count() const { return errors_; }
  size_t warning_count() const { return warnings_; }
  bool HasEnvironmentErrors() const { return environment_errors_ > 0; }
  bool HasUsageErrors() const { return usage_errors_ > 0; }
  const std::vector<Diagnostic>& all() const { return diagnostics_; }
  // By file, then place, then order found; exact duplicates dropped.
  std::vector<Diagnostic> Sorted() const;

 private:
  std::vector<Diagnostic> diagnostics_;
  size_t errors_ = 0;
  size_t warnings_ = 0;
  size_t environment_errors_ = 0;
  size_t usage_errors_ = 0;
};

// The message itself, arguments filled in: safe for a terminal, each cut at 120 characters.
std::string Message(const Diagnostic& diagnostic, Language language);
std::string Label(const Diagnostic& diagnostic, Language language);
std::string HelpLine(const Help& help, Language language);

}  // namespace steelyard
