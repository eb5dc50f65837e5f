// The scorecard of manager.yaml as a programmer would write it for one machine, in binary floating
// point. What that does to ties and thresholds is counted by `bench/agree.cpp`.
#pragma once

#include <array>
#include <cstddef>

#include "bench/rivals/columns.h"

namespace bench {

// Where the columns of a run of rows begin.
struct Inputs {
  std::array<const double*, kInputs> columns;
};
struct Outputs {
  std::array<double*, kAnswers> columns;
};

void ScoreRows(const Inputs& inputs, const Outputs& outputs, size_t rows);

}  // namespace bench
