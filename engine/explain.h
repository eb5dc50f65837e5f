// The façade's `explain`: one subject's result from the grade down to the rows of the data, and
// what would change it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/steelyard.h"

namespace steelyard {

inline constexpr size_t kAllRowsOfFigures = static_cast<size_t>(-1);

enum class ExplainFormat : uint8_t { kText, kJson, kHtml };

struct ExplainOptions {
  ScoreOptions score;                // without a period: the last one in which there is a result
  std::vector<std::string> subject;  // its key: `M17`; of several parts `M17,2026` or one each
  ExplainFormat format = ExplainFormat::kText;
  Language language = Language::kEnglish;  // of texts and pages
  size_t rows = 10;  // of a figure, that texts and pages tell of; JSON has all
};

// Why there is nothing to explain, in the language that was asked for.
struct ExplainProblem {
  bool usage = false;  // what was asked for is not there; otherwise the data are found wanting
  std::string message;
  std::vector<std::string> advice;
};

struct ExplainOutcome {
  std::string text;                       // in the format that was asked for
  std::optional<ExplainProblem> problem;  // then there is no text
  std::unique_ptr<ScoreOutcome> score;    // of all subjects
};
// Null exactly when errors were reported.
std::unique_ptr<ExplainOutcome> Explain(Session& session, const ExplainOptions& options);

}  // namespace steelyard
