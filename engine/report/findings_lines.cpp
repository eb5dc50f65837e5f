// Commands of a GitHub workflow, and JUnit.
#include <fmt/format.h>

#include <map>

#include "engine/diag/printable.h"
#include "engine/report/findings.h"
#include "engine/report/html.h"

namespace steelyard {

namespace {

constexpr size_t kLongestPath = 400;

// What workflow commands would take for their own signs. Those of a property are more.
std::string ForWorkflow(std::string_view text, bool property) {
  std::string out;
  for (const char byte : text) {
    const bool special =
        byte == '%' || byte == '\r' || byte == '\n' || (property && (byte == ':' || byte == ','));
    if (special) {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(byte));
    } else {
      out += byte;
    }
  }
  return out;
}

std::string WorkflowCommand(const Diagnostic& finding, const CheckFindings& check) {
  const bool note = finding.severity == Severity::kNote;
  std::string line = fmt::format("::{} ", note ? "notice" : SeverityWord(finding.severity));
  if (finding.span.valid()) {
    const Region region = RegionOf(finding.span, check.sources);
    line += fmt::format("file={},line={},col={},",
                        ForWorkflow(PathOf(finding.span, check.sources), true), region.begin.line,
                        region.begin.column);
    // Both ends belong to the place; a column can only be told within one line.
    if (region.end.line != region.begin.line) {
      line += fmt::format("endLine={},", region.end.line);
    } else if (region.end.column > region.begin.column) {
      line += fmt::format("endColumn={},", region.end.column - 1);
    }
  }
  const std::string text = WholeMessage(finding, check.sources, check.language);
  return line + fmt::format("title={}::{}\n", Info(finding.kind).code, ForWorkflow(text, false));
}

struct Suite {
  std::string cases;
  size_t tests = 0;
  size_t failures = 0;
  size_t skipped = 0;
};

class Junit {
 public:
  explicit Junit(const CheckFindings& check) : check_(check) {}

  std::string Run() {
    for (const Diagnostic& finding : check_.findings) Add(finding);
    for (const AllowedFinding& allowed : check_.allowed) Add(allowed);
    for (const CheckedFile& file : check_.files) AddFile(file);
    Suite all;
    for (auto& [path, suite] : suites_) {
      all.tests += suite.tests;
      all.failures += suite.failures;
      all.skipped += suite.skipped;
      all.cases += fmt::format("  <testsuite name=\"{}\" {}>\n{}  </testsuite>\n", EscapeXml(path),
                               Counts(suite), suite.cases);
    }
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<testsuites name=\"steelyard check\" {}>\n{}</testsuites>\n",
        Counts(all), all.cases);
  }

 private:
  static std::string Counts(const Suite& suite) {
    return fmt::format("tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\"", suite.tests,
                       suite.failures, suite.skipped);
  }

  static void AddCase(Suite& suite, const std::string& path, const std::string& name,
                      const std::string& body) {
    ++suite.tests;
    suite.cases +=
        fmt::format("    <testcase classname=\"{}\" name=\"{}\"", EscapeXml(path), EscapeXml(name));
    suite.cases += body.empty() ? "/>\n" : fmt::format(">\n{}    </testcase>\n", body);
  }

  // A file without a finding of its own has a test too. What it imports may have made it fail.
  void AddFile(const CheckedFile& file) {
    Suite& suite = suites_[file.path];
    if (suite.tests > 0) return;
    const bool english = check_.language == Language::kEnglish;
    const std::string_view why = english ? "the errors stand elsewhere" : "错误见其他文件";
    suite.failures += file.passed ? 0 : 1;
    AddCase(
        suite, file.path, "check",
        file.passed ? "" : fmt::format("      <failure type=\"error\" message=\"{}\"/>\n", why));
  }

  std::string PathOfFinding(const Diagnostic& finding) const {
    return finding.span.valid() ? PathOf(finding.span, check_.sources) : "steelyard";
  }

  // `SY0205 team.yaml:75:35`.
  std::string NameOf(const Diagnostic& finding) const {
    const std::string code(Info(finding.kind).code);
    if (!finding.span.valid()) return code;
    const Position place = RegionOf(finding.span, check_.sources).begin;
    return fmt::format("{} {}:{}:{}", code, Printable(PathOfFinding(finding), kLongestPath),
                       place.line, place.column);
  }

  void Add(const Diagnostic& finding) {
    const std::string path = PathOfFinding(finding);
    Suite& suite = suites_[path];
    const bool fails = finding.severity == Severity::kError ||
                       (check_.strict && finding.severity == Severity::kWarning);
    const std::string text = EscapeXml(WholeMessage(finding, check_.sources, check_.language));
    const std::string message = EscapeXml(Message(finding, check_.language));
    const std::string_view word = SeverityWord(finding.severity);
    const std::string body =
        fails ? fmt::format("      <failure type=\"{}\" message=\"{}\">{}</failure>\n", word,
                            message, text)
              : fmt::format("      <system-out>{}: {}</system-out>\n", word, text);
    suite.failures += fails ? 1 : 0;
    AddCase(suite, path, NameOf(finding), body);
  }

  void Add(const AllowedFinding& allowed) {
    const std::string path = PathOfFinding(allowed.diagnostic);
    Suite& suite = suites_[path];
    ++suite.skipped;
    AddCase(suite, path, NameOf(allowed.diagnostic),
            fmt::format("      <skipped message=\"{}: {}\"/>\n",
                        EscapeXml(Message(allowed.diagnostic, check_.language)),
                        EscapeXml(allowed.reason)));
  }

  const CheckFindings& check_;
  std::map<std::string, Suite> suites_;
};

}  // namespace

std::string FindingsGithub(const CheckFindings& check) {
  std::string text;
  for (const Diagnostic& finding : check.findings) text += WorkflowCommand(finding, check);
  return text;
}

std::string FindingsJunit(const CheckFindings& check) { return Junit(check).Run(); }

}  // namespace steelyard
