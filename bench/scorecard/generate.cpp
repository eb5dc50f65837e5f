// generate ROWS CSV COLUMNS: writes the rows as CSV, and their numbers as columns.
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string>

#include "bench/rivals/columns.h"
#include "bench/scorecard/data.h"

namespace {

void Keep(const bench::Row& row, bench::Columns& columns) {
  for (size_t k = 0; k < bench::kFigures; ++k) {
    const int64_t hundredths = row.hundredths[k];
    columns[k][row.number] = hundredths == bench::Row::kMissing
                                 ? std::numeric_limits<double>::quiet_NaN()
                                 : static_cast<double>(hundredths) / 100;
  }
  columns[bench::kRole][row.number] = row.account_manager ? 1 : 0;
}

bool Write(std::FILE* file, size_t rows, bench::Columns& columns) {
  std::string text = bench::CsvHeading();
  for (uint64_t number = 0; number < rows; ++number) {
    const bench::Row row = bench::MakeRow(number);
    bench::AppendCsv(row, text);
    Keep(row, columns);
    if (text.size() > (1U << 20U) || number + 1 == rows) {
      if (std::fwrite(text.data(), 1, text.size(), file) != text.size()) return false;
      text.clear();
    }
  }
  return true;
}

}  // namespace

int main(int count, char** arguments) {
  const size_t rows = count == 4 ? std::strtoull(arguments[1], nullptr, 10) : 0;
  if (rows == 0) {
    std::fputs("usage: generate ROWS CSV COLUMNS\n", stderr);
    return 2;
  }
  std::FILE* file = std::fopen(arguments[2], "wb");
  bench::Columns columns(bench::kInputs, rows);
  bool good = file != nullptr && Write(file, rows, columns);
  good = file != nullptr && std::fclose(file) == 0 && good;
  if (!good) {
    std::perror(arguments[2]);
    return 3;
  }
  bench::WriteColumns(arguments[3], columns);
  return 0;
}
