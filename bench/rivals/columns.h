// What every rival that is written in C++ gets and gives: the rows as columns in memory, and the 18
// answers of a row. A missing number is a not-a-number.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/scorecard/data.h"

namespace bench {

// Columns of doubles, each beginning on a cache line and followed by at least one more, so that
// whole lines can be read and written. They lie no power of two apart: such columns would meet in
// the same few places of a cache.
class Columns {
 public:
  Columns(size_t columns, size_t rows);
  ~Columns();
  Columns(const Columns&) = delete;
  Columns& operator=(const Columns&) = delete;
  Columns(Columns&& other) noexcept;
  Columns& operator=(Columns&& other) = delete;

  size_t columns() const { return columns_; }
  size_t rows() const { return rows_; }
  double* operator[](size_t column) { return cells_ + column * stride_; }
  const double* operator[](size_t column) const { return cells_ + column * stride_; }

 private:
  size_t columns_;
  size_t rows_;
  size_t stride_;
  double* cells_;
};

// The inputs: the figures of data.h, then 1 for an account manager and 0 for a director.
constexpr size_t kRole = kFigures;
constexpr size_t kInputs = kFigures + 1;

// The answers: values and points of the indicators, the score, and the grade from 0 (S) to 4 (D).
constexpr size_t kIndicators = 8;
constexpr size_t kFirstPoints = kIndicators;
constexpr size_t kScore = 2 * kIndicators;
constexpr size_t kGrade = kScore + 1;
constexpr size_t kAnswers = kGrade + 1;

// Files of columns: the doubles of the first column, those of the second, and so on. Both end the
// program with a message where the file cannot be read or written.
Columns ReadColumns(const std::string& path, size_t columns);
void WriteColumns(const std::string& path, const Columns& columns);

// Copies past the cache, where the machine can: nobody reads the answers back while time is
// measured. `to` is aligned to 16 bytes, like every second row of a column.
void Keep(const double* from, size_t rows, double* to);

// What a rival does between reading the columns and being timed; what it returns is timed.
using Work = std::function<void()>;
using Prepare = std::function<Work(const Columns& inputs, Columns& answers, int threads)>;

// The main program of a rival: `compute COLUMNS THREADS ROUNDS [ANSWERS]` prints the seconds of
// each round, and writes the answers of the last one.
int ComputeMain(int count, char** arguments, const Prepare& prepare);

// Runs `part(first, end)` on as many threads, each with its share of the rows; parts begin on cache
// lines.
void InParts(size_t rows, int threads, const std::function<void(size_t first, size_t end)>& part);

double Seconds();  // of a clock that never goes back

}  // namespace bench
