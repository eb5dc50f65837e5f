#include "bench/rivals/columns.h"

#include <sys/mman.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <thread>
#include <utility>

namespace bench {

namespace {

constexpr size_t kLine = 64;

size_t Stride(size_t rows) {
  const size_t doubles = kLine / sizeof(double);
  return (rows + doubles - 1) / doubles * doubles + 9 * doubles;
}

[[noreturn]] void Fail(const std::string& path) {
  std::perror(path.c_str());
  std::exit(3);
}

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

File Open(const std::string& path, const char* mode) {
  File file(std::fopen(path.c_str(), mode), &std::fclose);
  if (file == nullptr) Fail(path);
  return file;
}

}  // namespace

Columns::Columns(size_t columns, size_t rows)
    : columns_(columns), rows_(rows), stride_(Stride(rows)), cells_(nullptr) {
  constexpr size_t kHugePage = size_t{1} << 21U;
  const size_t bytes = (columns * stride_ * sizeof(double) + kHugePage - 1) / kHugePage * kHugePage;
  cells_ = static_cast<double*>(std::aligned_alloc(kHugePage, bytes));
  if (cells_ == nullptr) Fail("memory");
  madvise(cells_, bytes, MADV_HUGEPAGE);
  std::memset(cells_, 0, bytes);
}

Columns::Columns(Columns&& other) noexcept
    : columns_(other.columns_),
      rows_(other.rows_),
      stride_(other.stride_),
      cells_(std::exchange(other.cells_, nullptr)) {}

Columns::~Columns() { std::free(cells_); }

Columns ReadColumns(const std::string& path, size_t columns) {
  const File file = Open(path, "rb");
  if (std::fseek(file.get(), 0, SEEK_END) != 0) Fail(path);
  const auto bytes = static_cast<size_t>(std::ftell(file.get()));
  std::rewind(file.get());
  Columns read(columns, bytes / sizeof(double) / columns);
  for (size_t column = 0; column < columns; ++column) {
    if (std::fread(read[column], sizeof(double), read.rows(), file.get()) != read.rows()) {
      Fail(path);
    }
  }
  return read;
}

void WriteColumns(const std::string& path, const Columns& columns) {
  const File file = Open(path, "wb");
  for (size_t column = 0; column < columns.columns(); ++column) {
    const size_t rows = columns.rows();
    if (std::fwrite(columns[column], sizeof(double), rows, file.get()) != rows) Fail(path);
  }
}

void Keep(const double* from, size_t rows, double* to) {
  size_t row = 0;
#ifdef __SSE2__
  for (; row + 2 <= rows; row += 2) _mm_stream_pd(to + row, _mm_loadu_pd(from + row));
#endif
  std::memcpy(to + row, from + row, (rows - row) * sizeof(double));
}

int ComputeMain(int count, char** arguments, const Prepare& prepare) {
  if (count < 5 || std::string_view(arguments[1]) != "compute") {
    std::fputs("usage: compute COLUMNS THREADS ROUNDS [ANSWERS]\n", stderr);
    return 2;
  }
  const Columns inputs = ReadColumns(arguments[2], kInputs);
  Columns answers(kAnswers, inputs.rows());
  const Work work = prepare(inputs, answers, std::atoi(arguments[3]));
  for (int round = std::atoi(arguments[4]); round > 0; --round) {
    const double start = Seconds();
    work();
    std::printf("%.6f\n", Seconds() - start);
  }
  if (count > 5) WriteColumns(arguments[5], answers);
  return 0;
}

void InParts(size_t rows, int threads, const std::function<void(size_t, size_t)>& part) {
  std::vector<std::thread> running;
  const auto parts = static_cast<size_t>(threads);
  const auto edge = [&](size_t i) { return i == parts ? rows : rows * i / parts / 8 * 8; };
  for (size_t i = 1; i < parts; ++i) running.emplace_back(part, edge(i), edge(i + 1));
  part(0, edge(1));
  for (std::thread& thread : running) thread.join();
}

double Seconds() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double>(now).count();
}

}  // namespace bench
