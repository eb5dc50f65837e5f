// What a case expects, held against what was found.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/value.h"
#include "engine/diag/diagnostic.h"
#include "engine/program/program.h"
#include "engine/report/results.h"
#include "engine/syntax/test_file.h"
#include "engine/testing/constant.h"

namespace steelyard {

// One entry of `expect:`.
struct Expectation {
  enum class Kind : uint8_t {
    kValue,     // of a column: value, within
    kIds,       // of a column that holds ids: exactly these, or these and not those
    kRejected,  // is the subject turned away: truth, or because of `reason`
    kScored,    // is there a result at all: truth
  };
  Kind kind = Kind::kValue;
  size_t column = 0;
  Value value;
  std::optional<Number> within;
  std::vector<std::string> ids;
  bool partial = false;  // there may be others too
  std::vector<std::string> lacks;
  bool truth = true;
  std::string reason;  // id of an indicator or column; empty: any
  std::string output;  // as written
  std::string written;
  Span span;
};

// A key or the period, which says whose result is meant.
struct Selector {
  size_t column = 0;
  Value value;
  std::string written;
};

struct ExpectedResult {
  std::vector<Selector> selectors;
  std::vector<Expectation> expectations;
  Span span;
};

// Finds the columns that are named and reads what is expected of them; `columns` is a result table
// without rows. Empty exactly when a mistake was reported.
std::optional<std::vector<ExpectedResult>> BindExpectations(
    const Model& model, const Program& program, const ResultTable& columns, const TestCase& test,
    ConstantReader& constants, DiagnosticSink& sink);

// A subject that was turned away.
struct TurnedAway {
  std::vector<std::string> keys;
  std::optional<Period> period;  // empty: in all
  std::string because;           // id of the indicator or column
  std::string cause[2];          // by Language
};

// What was found instead of what was expected.
struct Mismatch {
  Span place;
  std::string subject;  // whose result, where a case has several
  std::string output;
  std::string expected[2];  // by Language
  std::string found[2];
  std::optional<size_t> row;  // of the results, where there is one
  size_t column = 0;
};

struct FoundResults {
  const ResultTable* results = nullptr;
  std::vector<TurnedAway> turned_away;
  std::vector<std::vector<std::string>> subjects;  // keys of all that the case gives
  // Why a value is missing, by Language.
  std::function<std::string(const Missing&, Language)> cause;
};

// Empty only where an expectation fits several results, which is reported.
std::optional<std::vector<Mismatch>> Compare(const std::vector<ExpectedResult>& expected,
                                             const FoundResults& found, DiagnosticSink& sink);

}  // namespace steelyard
