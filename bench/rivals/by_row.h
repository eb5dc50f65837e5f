// What rivals that look at one row at a time share: the variables of a row, each with its name.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "bench/rivals/card.h"

namespace bench {

// The variables of one evaluator. Their addresses must not change.
struct Variables {
  std::array<double, kInputs> inputs{};
  std::array<double, kAnswers> answers{};
  std::array<double, kIndicators> weights{};
  double total = 0;

  // define(name, variable) for each; the answers are v0 … v7, p0 … p7, score and grade.
  template <typename Define>
  void Each(const Define& define) {
    const std::vector<std::string> names = InputNames();
    for (size_t k = 0; k < kInputs; ++k) define(names[k], inputs[k]);
    for (size_t k = 0; k < kIndicators; ++k) {
      define("v" + std::to_string(k), answers[k]);
      define("p" + std::to_string(k), answers[kFirstPoints + k]);
      define("w" + std::to_string(k), weights[k]);
    }
    define("score", answers[kScore]);
    define("grade", answers[kGrade]);
    define("total", total);
  }
};

// Evaluates all rows, one after the other, with an evaluator for each thread; `Evaluator` has
// `variables` and `Run()`.
template <typename Evaluator>
Work ByRow(const Columns& inputs, Columns& answers, int threads) {
  auto evaluators = std::make_shared<std::vector<std::unique_ptr<Evaluator>>>();
  for (int i = 0; i < threads; ++i) evaluators->push_back(std::make_unique<Evaluator>());
  return [&inputs, &answers, threads, evaluators] {
    std::atomic<size_t> next{0};
    InParts(inputs.rows(), threads, [&](size_t first, size_t end) {
      Evaluator& evaluator = *(*evaluators)[next++];
      Variables& variables = evaluator.variables;
      for (size_t row = first; row < end; ++row) {
        for (size_t k = 0; k < kInputs; ++k) variables.inputs[k] = inputs[k][row];
        evaluator.Run();
        for (size_t k = 0; k < kAnswers; ++k) answers[k][row] = variables.answers[k];
      }
    });
  };
}

}  // namespace bench
