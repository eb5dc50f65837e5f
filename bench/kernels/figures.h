// Figures of the scorecard that speed is measured on, for kernels to work on.
#pragma once

#include <string>
#include <vector>

#include "bench/scorecard/data.h"

namespace bench {

// The cells of `rows` rows as they stand in the CSV file.
std::vector<std::string> FigureTexts(size_t rows);

// The file itself.
std::string CsvText(size_t rows);

}  // namespace bench
