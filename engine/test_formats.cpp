// Results of rule tests for programs: JSON, and the JUnit XML that CI servers read.
#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "engine/report/html.h"
#include "engine/tests.h"

namespace steelyard {
namespace {

using Json = nlohmann::ordered_json;

constexpr auto kEnglish = static_cast<size_t>(Language::kEnglish);

std::string_view StatusWord(TestStatus status) {
  switch (status) {
    case TestStatus::kPassed: return "passed";
    case TestStatus::kFailed: return "failed";
    default: return "not_run";
  }
}

Json MistakeOf(const Diagnostic& diagnostic, const SourceSet& sources) {
  Json json;
  json["code"] = Info(diagnostic.kind).code;
  json["message"] = Message(diagnostic, Language::kEnglish);
  if (!diagnostic.span.valid()) return json;
  const SourceFile& file = sources.file(diagnostic.span.file);
  const Position at = file.PositionOf(diagnostic.span.begin);
  json["file"] = file.path();
  json["line"] = at.line;
  json["column"] = at.column;
  return json;
}

Json FailureOf(const TestFailure& failure) {
  Json json;
  json["line"] = failure.line;
  json["column"] = failure.column;
  json["subject"] = failure.subject;
  json["output"] = failure.output;
  json["expected"] = failure.expected[kEnglish];
  json["found"] = failure.found[kEnglish];
  json["derivation"] = failure.derivation[kEnglish];
  return json;
}

Json CaseOf(const TestResult& result, const SourceSet& sources) {
  Json json;
  json["file"] = result.file;
  json["line"] = result.line;
  json["name"] = result.name;
  json["status"] = StatusWord(result.status);
  json["failures"] = Json::array();
  for (const TestFailure& failure : result.failures) json["failures"].push_back(FailureOf(failure));
  json["mistakes"] = Json::array();
  for (const Diagnostic& mistake : result.mistakes) {
    json["mistakes"].push_back(MistakeOf(mistake, sources));
  }
  return json;
}

Json ItemOf(const CoverageItem& item) {
  Json json;
  json["kind"] = ToWord(item.kind);
  json["outcome"] = ToWord(item.outcome);
  json["id"] = item.id;
  json["name"] = item.name;
  json["text"] = item.text;
  json["file"] = item.file;
  json["line"] = item.line;
  json["column"] = item.column;
  json["reached"] = item.reached;
  return json;
}

Json CountsOf(size_t reached, size_t total) {
  Json json;
  json["reached"] = reached;
  json["total"] = total;
  json["percent"] = PercentReached(reached, total);
  return json;
}

Json CoverageOf(const TestOutcome& outcome, const LeastCoverage& least) {
  Json json = CountsOf(outcome.reached(), outcome.reachable());
  if (least) {
    json["min"] = FormatSignificant(*least);
    json["enough"] = ReachesPercent(outcome.reached(), outcome.reachable(), *least);
  }
  json["rules"] = Json::array();
  for (const RuleCoverage& rules : outcome.coverage) {
    Json of_rules;
    of_rules["file"] = rules.rules;
    of_rules.update(CountsOf(rules.reached(), rules.items.size()));
    of_rules["items"] = Json::array();
    for (const CoverageItem& item : rules.items) of_rules["items"].push_back(ItemOf(item));
    json["rules"].push_back(std::move(of_rules));
  }
  return json;
}

// --- JUnit
// ----------------------------------------------------------------------------------------

struct Suite {
  std::string cases;
  size_t tests = 0;
  size_t failures = 0;
  size_t errors = 0;
};

std::string Told(const Diagnostic& mistake, const SourceSet& sources) {
  const std::string message = Message(mistake, Language::kEnglish);
  if (!mistake.span.valid()) return message;
  const SourceFile& file = sources.file(mistake.span.file);
  const Position at = file.PositionOf(mistake.span.begin);
  return fmt::format("{}:{}:{}: {}", file.path(), at.line, at.column, message);
}

std::string Told(const TestResult& result, const TestFailure& failure) {
  const std::string whose = failure.subject.empty() ? "" : failure.subject + " ";
  return fmt::format("{}:{}: {}{}: expected {}, found {}", result.file, failure.line, whose,
                     failure.output, failure.expected[kEnglish], failure.found[kEnglish]);
}

void AddElement(Suite& suite, std::string_view tag, const std::vector<std::string>& lines) {
  ++(tag == "error" ? suite.errors : suite.failures);
  suite.cases += fmt::format("      <{} message=\"{}\">", tag, EscapeXml(lines.front()));
  for (size_t i = 0; i < lines.size(); ++i) {
    suite.cases += (i == 0 ? "" : "\n") + EscapeXml(lines[i]);
  }
  suite.cases += fmt::format("</{}>\n", tag);
}

void AddCase(Suite& suite, const TestResult& result, const SourceSet& sources) {
  ++suite.tests;
  suite.cases += fmt::format("    <testcase classname=\"{}\" name=\"{}\" file=\"{}\" line=\"{}\"",
                             EscapeXml(result.file), EscapeXml(result.name), EscapeXml(result.file),
                             result.line);
  if (result.status == TestStatus::kPassed) {
    suite.cases += "/>\n";
    return;
  }
  suite.cases += ">\n";
  std::vector<std::string> lines;
  for (const TestFailure& failure : result.failures) {
    lines.push_back(Told(result, failure));
    for (const std::string& line : failure.derivation[kEnglish]) lines.push_back("  " + line);
  }
  for (const Diagnostic& mistake : result.mistakes) lines.push_back(Told(mistake, sources));
  if (lines.empty()) lines.emplace_back("the rules that this tests have mistakes");
  AddElement(suite, result.status == TestStatus::kFailed ? "failure" : "error", lines);
  suite.cases += "    </testcase>\n";
}

// A file that cannot be read as tests, and other mistakes that belong to no case.
void AddMistakes(Suite& suite, const std::string& name, const std::vector<std::string>& lines) {
  ++suite.tests;
  suite.cases += fmt::format("    <testcase classname=\"{0}\" name=\"{0}\">\n", EscapeXml(name));
  AddElement(suite, "error", lines);
  suite.cases += "    </testcase>\n";
}

void AddCoverage(Suite& suite, const TestOutcome& outcome, const Number& least) {
  ++suite.tests;
  const size_t reached = outcome.reached();
  const size_t total = outcome.reachable();
  suite.cases += fmt::format("    <testcase classname=\"coverage\" name=\"at least {}%\"",
                             FormatSignificant(least));
  if (ReachesPercent(reached, total, least)) {
    suite.cases += "/>\n";
    return;
  }
  suite.cases += ">\n";
  std::vector<std::string> lines = {
      fmt::format("reached {} of {}, {}", reached, total, PercentReached(reached, total))};
  for (const RuleCoverage& rules : outcome.coverage) {
    for (const CoverageItem& item : rules.items) {
      if (item.reached) continue;
      lines.push_back(fmt::format("{}:{}:{}: {}", item.file, item.line, item.column,
                                  NotReached(item, Language::kEnglish)));
    }
  }
  AddElement(suite, "failure", lines);
  suite.cases += "    </testcase>\n";
}

// Mistakes that are not in a case: in rule files, and in files of tests as a whole.
std::vector<std::string> OtherMistakes(const TestOutcome& outcome, const Session& session) {
  std::vector<std::string> lines;
  for (const Diagnostic& mistake : session.sink.Sorted()) {
    if (mistake.severity != Severity::kError) continue;
    bool in_case = false;
    for (const TestResult& result : outcome.results) {
      for (const Diagnostic& known : result.mistakes) in_case = in_case || known == mistake;
    }
    if (!in_case) lines.push_back(Told(mistake, session.sources));
  }
  return lines;
}

}  // namespace

std::string TestsAsJson(const TestOutcome& outcome, const Session& session,
                        const LeastCoverage& least) {
  Json json;
  json["passed"] = outcome.Count(TestStatus::kPassed);
  json["failed"] = outcome.Count(TestStatus::kFailed);
  json["not_run"] = outcome.Count(TestStatus::kNotRun);
  json["cases"] = Json::array();
  for (const TestResult& result : outcome.results) {
    json["cases"].push_back(CaseOf(result, session.sources));
  }
  json["unreadable"] = outcome.unreadable;
  json["errors"] = Json::array();
  for (const Diagnostic& mistake : session.sink.Sorted()) {
    if (mistake.severity != Severity::kError) continue;
    json["errors"].push_back(MistakeOf(mistake, session.sources));
  }
  if (outcome.covered) json["coverage"] = CoverageOf(outcome, least);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string TestsAsJunit(const TestOutcome& outcome, const Session& session,
                         const LeastCoverage& least) {
  std::map<std::string, Suite> suites;
  for (const TestResult& result : outcome.results) {
    AddCase(suites[result.file], result, session.sources);
  }
  const std::vector<std::string> others = OtherMistakes(outcome, session);
  if (!others.empty()) AddMistakes(suites["mistakes"], "mistakes", others);
  if (least) AddCoverage(suites["coverage"], outcome, *least);
  Suite all;
  for (const auto& [name, suite] : suites) {
    all.tests += suite.tests;
    all.failures += suite.failures;
    all.errors += suite.errors;
    all.cases += fmt::format(
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\">\n{}  </testsuite>\n",
        EscapeXml(name), suite.tests, suite.failures, suite.errors, suite.cases);
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites name=\"steelyard\" tests=\"{}\" failures=\"{}\" errors=\"{}\">\n{}"
      "</testsuites>\n",
      all.tests, all.failures, all.errors, all.cases);
}

}  // namespace steelyard
