#include "bench/kernels/figures.h"

namespace bench {

std::string CsvText(size_t rows) {
  std::string text = CsvHeading();
  for (size_t row = 0; row < rows; ++row) AppendCsv(MakeRow(row), text);
  return text;
}

std::vector<std::string> FigureTexts(size_t rows) {
  constexpr size_t kTexts = 4;  // before the figures
  std::vector<std::string> texts;
  for (size_t row = 0; row < rows; ++row) {
    std::string line;
    AppendCsv(MakeRow(row), line);
    size_t cell = 0;
    for (size_t at = 0; at < line.size(); ++cell) {
      const size_t end = line.find_first_of(",\n", at);
      if (cell >= kTexts && end > at) texts.push_back(line.substr(at, end - at));
      at = end + 1;
    }
  }
  return texts;
}

}  // namespace bench
