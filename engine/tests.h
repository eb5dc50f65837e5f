// The façade of rule tests: runs them, and shows what came of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/steelyard.h"
#include "engine/testing/coverage.h"

namespace steelyard {

struct TestOptions {
  std::vector<std::string> paths;  // `*.test.yaml` files, or folders that are searched for them
  std::string run;                 // a regular expression: only cases whose name has it
  bool coverage = false;           // count what the cases reach
};

// What was found instead of what a case expects.
struct TestFailure {
  size_t line = 0;  // of what is expected
  size_t column = 0;
  std::string subject;      // whose result, where the case says whose
  std::string output;       // the column
  std::string expected[2];  // by Language
  std::string found[2];
  std::vector<std::string> derivation[2];  // how what was found came about
};

enum class TestStatus : uint8_t {
  kPassed,
  kFailed,
  kNotRun,  // the case itself, or its rules, have a mistake, which is in the session's sink
};

struct TestResult {
  std::string file;
  size_t line = 0;  // of its name
  std::string name;
  TestStatus status = TestStatus::kPassed;
  std::vector<TestFailure> failures;
  std::vector<Diagnostic> mistakes;  // in the case itself, where it was not run
};

struct TestOutcome {
  std::vector<TestResult> results;  // by file, in the order of its cases
  size_t files = 0;
  std::vector<std::string> unreadable;  // files of tests that make no sense as such
  bool covered = false;                 // what is reached was counted
  std::vector<RuleCoverage> coverage;   // by rule file
  size_t Count(TestStatus status) const;
  size_t reached() const;  // of all rule files
  size_t reachable() const;
};
// Mistakes in test files and rule files are in the session's sink; the other cases are run all the
// same.
TestOutcome RunTests(Session& session, const TestOptions& options);

// How much of the rules the tests are to reach, in per cent.
using LeastCoverage = std::optional<Number>;

// Failures and what was not reached, for people; empty where all is well and no coverage was asked
// for.
std::string TestsAsText(const TestOutcome& outcome, Language language);
// For programs; both in English, docs/testing.md describes them.
std::string TestsAsJson(const TestOutcome& outcome, const Session& session,
                        const LeastCoverage& least);
std::string TestsAsJunit(const TestOutcome& outcome, const Session& session,
                         const LeastCoverage& least);

}  // namespace steelyard
