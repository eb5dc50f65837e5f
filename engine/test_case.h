// One case of a rule test: gives it to the engine and looks at what comes out.
#pragma once

#include "engine/program/program.h"
#include "engine/syntax/test_file.h"
#include "engine/tests.h"

namespace steelyard {

// Rules that are checked and ready.
struct TestedRules {
  const Model& model;
  const Program& program;
  const ResultTable& columns;         // without rows
  CoverageCount* coverage = nullptr;  // what the case reaches is added, where it is wanted
};

TestResult RunCase(Session& session, const TestedRules& rules, FileId file, const TestCase& test);

}  // namespace steelyard
