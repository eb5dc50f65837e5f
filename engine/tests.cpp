// Runs files of rule tests, each over the rules that it names.
#include "engine/tests.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <regex>

#include "engine/check/check.h"
#include "engine/program/lower.h"
#include "engine/rulefile/load.h"
#include "engine/rulefile/load_tests.h"
#include "engine/score.h"
#include "engine/test_case.h"
#include "engine/test_files.h"

namespace steelyard {
namespace {

// A rule file that tests are about; parts point into each other, so it stays where it is.
struct Loaded {
  std::optional<RuleFile> file;
  std::optional<Model> model;
  Program program;
  ResultTable columns;
  std::string path;
  std::optional<CoverageCount> coverage;
};

class Runner {
 public:
  explicit Runner(Session& session) : session_(session) {}

  void Run(const TestOptions& options) {
    outcome.covered = options.coverage;
    if (!ReadPattern(options.run)) return;
    for (const std::string& path : FindTestFiles(options.paths, session_.sink)) RunFile(path);
    for (const auto& [path, rules] : rules_) {
      if (!rules->coverage) continue;
      RuleCoverage covered{rules->path, rules->coverage->Items(session_.sources)};
      // What stands in the file itself before what it imports.
      std::stable_partition(
          covered.items.begin(), covered.items.end(),
          [own = rules->path](const CoverageItem& item) { return item.file == own; });
      outcome.coverage.push_back(std::move(covered));
    }
    if (matched_ || !pattern_ || cases_ == 0) return;
    session_.sink.Report(DiagKind::kNoCaseMatches, Span(), {options.run});
  }

  TestOutcome outcome;

 private:
  bool ReadPattern(const std::string& text) {
    if (text.empty()) return true;
    constexpr size_t kLongest = 1000;  // std::regex goes down a level for each bracket
    try {
      if (text.size() <= kLongest) pattern_ = std::regex(text, std::regex::ECMAScript);
    } catch (const std::regex_error&) {
      // Told below, as one that is too long.
    }
    if (!pattern_) session_.sink.Report(DiagKind::kBadPattern, Span(), {text});
    return pattern_.has_value();
  }

  bool IsAskedFor(const std::string& name) {
    constexpr size_t kLongest = 1000;  // std::regex goes down a level for each character
    if (!pattern_) return true;
    try {
      return std::regex_search(name.substr(0, kLongest), *pattern_);
    } catch (const std::regex_error&) {
      return false;  // more work than the library takes on
    }
  }

  void RunFile(const std::string& path) {
    DiagnosticSink own;
    const std::optional<TestFile> file = LoadTestFile(session_.sources, path, own);
    session_.sink.Append(own);
    ++outcome.files;
    if (!file) {
      outcome.unreadable.push_back(path);
      return;
    }
    Loaded& rules = RulesOf(path, file->rules);
    for (const TestCase& test : file->cases) {
      ++cases_;
      if (!IsAskedFor(test.name.text)) continue;
      matched_ = true;
      outcome.results.push_back(ResultOf(rules, file->file, test));
    }
  }

  TestResult ResultOf(Loaded& rules, FileId file, const TestCase& test) {
    if (rules.model) {
      CoverageCount* coverage = rules.coverage ? &*rules.coverage : nullptr;
      return RunCase(session_, {*rules.model, rules.program, rules.columns, coverage}, file, test);
    }
    const SourceFile& source = session_.sources.file(file);
    TestResult result;
    result.file = source.path();
    result.line = source.PositionOf(test.name.span.begin).line;
    result.name = test.name.text;
    result.status = TestStatus::kNotRun;
    return result;
  }

  // Mistakes in a rule file are told once, whatever the number of its test files.
  Loaded& RulesOf(const std::string& test_path, const Word& name) {
    namespace fs = std::filesystem;
    const std::string path =
        (fs::path(test_path).parent_path() / name.text).lexically_normal().generic_string();
    std::error_code error;
    const fs::path same = fs::weakly_canonical(path, error);  // two names may lead to one file
    std::unique_ptr<Loaded>& rules = rules_[error ? path : same.generic_string()];
    if (rules != nullptr) return *rules;
    rules = std::make_unique<Loaded>();
    rules->path = path;
    const SourceSet::Opened opened = session_.sources.Open(path);
    if (opened.failure) {
      ReportLoadFailure(*opened.failure, path, name.span, session_.sink);
      return *rules;
    }
    DiagnosticSink own;
    rules->file = LoadRuleFile(session_.sources, path, own);
    if (rules->file) rules->model = Check(*rules->file, own);
    if (rules->model) {
      rules->program = outcome.covered ? LowerWithProbes(*rules->model) : Lower(*rules->model);
      if (outcome.covered) rules->coverage.emplace(rules->program);
      rules->columns = ResultColumns(*rules->model, rules->program);
    } else {
      session_.sink.Append(own);  // warnings alone are for `check`
    }
    return *rules;
  }

  Session& session_;
  std::optional<std::regex> pattern_;
  std::map<std::string, std::unique_ptr<Loaded>> rules_;
  size_t cases_ = 0;
  bool matched_ = false;
};

}  // namespace

size_t TestOutcome::Count(TestStatus status) const {
  size_t count = 0;
  for (const TestResult& result : results) count += result.status == status ? 1 : 0;
  return count;
}

size_t TestOutcome::reached() const {
  size_t count = 0;
  for (const RuleCoverage& rules : coverage) count += rules.reached();
  return count;
}

size_t TestOutcome::reachable() const {
  size_t count = 0;
  for (const RuleCoverage& rules : coverage) count += rules.items.size();
  return count;
}

TestOutcome RunTests(Session& session, const TestOptions& options) {
  Runner runner(session);
  runner.Run(options);
  return std::move(runner.outcome);
}

}  // namespace steelyard
