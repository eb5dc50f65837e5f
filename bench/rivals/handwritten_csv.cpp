#include "bench/rivals/handwritten_csv.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "bench/rivals/handwritten.h"
#include "bench/rivals/print_number.h"

namespace bench {

namespace {

constexpr size_t kChunk = size_t{256} << 10U;  // of the data that a thread takes at a time
constexpr size_t kLongestLine = size_t{4} << 10U;
constexpr size_t kMostRows = kChunk / 32;  // 27 cells with 26 commas and a line end, at least

[[noreturn]] void Fail(const std::string& path) {
  std::perror(path.c_str());
  std::exit(3);
}

// --- reading
// --------------------------------------------------------------------------------------

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
constexpr std::array<double, 19> kPowers = {1,    1e1,  1e2,  1e3,  1e4,  1e5,  1e6,
                                            1e7,  1e8,  1e9,  1e10, 1e11, 1e12, 1e13,
                                            1e14, 1e15, 1e16, 1e17, 1e18};

// A number up to a comma or a line end, which `at` then stands on. Exact up to 15 digits: a whole
// number and a power of ten are doubles, and their quotient is rounded once.
inline double ParseNumber(const char*& at) {
  const char* begin = at;
  const bool negative = *at == '-';
  at += negative ? 1 : 0;
  uint64_t digits = 0;
  unsigned digit = 0;
  for (; (digit = static_cast<unsigned char>(*at) - '0') < 10; ++at) digits = digits * 10 + digit;
  if (at == begin) return kMissing;
  auto value = static_cast<double>(digits);
  if (*at == '.') {
    const char* point = ++at;
    for (; (digit = static_cast<unsigned char>(*at) - '0') < 10; ++at) digits = digits * 10 + digit;
    value = static_cast<double>(digits) / kPowers[static_cast<size_t>(at - point)];
  }
  return negative ? -value : value;
}

// The rows of one chunk, and what is made of them.
struct Chunk {
  Chunk() : inputs(kInputs, kMostRows), answers(kAnswers, kMostRows) {}
  std::vector<char> data = std::vector<char>(kChunk + 2 * kLongestLine);
  std::vector<std::string_view> keys = std::vector<std::string_view>(kMostRows);
  size_t rows = 0;
  Columns inputs;
  Columns answers;
  std::vector<char> text;
};

inline const char* After(const char* at, char end) {
  while (*at != end) ++at;
  return at + 1;
}

void ParseRow(const char*& at, Chunk& chunk) {
  const char* begin = at;
  at = After(After(at, ','), ',');
  chunk.keys[chunk.rows] = {begin, static_cast<size_t>(at - begin)};  // with both commas
  chunk.inputs[kRole][chunk.rows] = *at == 'a' ? 1 : 0;
  at = After(After(at, ','), ',');
  for (size_t k = 0; k < kFigures; ++k, ++at) chunk.inputs[k][chunk.rows] = ParseNumber(at);
  ++chunk.rows;
}

// --- printing
// -------------------------------------------------------------------------------------

constexpr std::string_view kHeading =
    "manager_id,quarter,strategic_share,clv,nps,closure,per_head,delivery,talent_growth,"
    "proposal_conversion,strategic_share.points,clv.points,nps.points,closure.points,"
    "per_head.points,delivery.points,talent_growth.points,proposal_conversion.points,score,grade\n";
constexpr std::string_view kGradeNames = "SABCD";

void PrintRows(Chunk& chunk) {
  constexpr size_t kLongestRow = (kAnswers + 1) * kLongestNumber + kLongestLine;
  size_t used = 0;
  for (size_t row = 0; row < chunk.rows; ++row) {
    if (chunk.text.size() < used + kLongestRow) chunk.text.resize(2 * used + kLongestRow);
    char* to = chunk.text.data() + used;
    const std::string_view key = chunk.keys[row];
    to = std::copy(key.begin(), key.end(), to);
    for (size_t k = 0; k <= kScore; ++k) {
      to = PrintNumber(chunk.answers[k][row], to);
      *to++ = ',';
    }
    const double grade = chunk.answers[kGrade][row];
    if (grade == grade) *to++ = kGradeNames[static_cast<size_t>(grade)];
    *to++ = '\n';
    used = static_cast<size_t>(to - chunk.text.data());
  }
  chunk.text.resize(used);
}

// --- the whole
// ------------------------------------------------------------------------------------

class Job {
 public:
  Job(const std::string& data, const std::string& out)
      : data_(data),
        out_(out),
        in_file_(open(data.c_str(), O_RDONLY)),
        out_file_(open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0666)) {
    struct stat status {};
    if (in_file_ < 0 || fstat(in_file_, &status) != 0) Fail(data_);
    if (out_file_ < 0) Fail(out_);
    size_ = static_cast<size_t>(status.st_size);
    Write(kHeading, 0);
    written_ = kHeading.size();
  }
  ~Job() {
    close(in_file_);
    if (close(out_file_) != 0) Fail(out_);
  }
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;

  void Work() {
    Chunk chunk;
    for (size_t i = next_++; i * kChunk < size_; i = next_++) {
      Parse(i, chunk);
      Score(chunk);
      PrintRows(chunk);
      Write({chunk.text.data(), chunk.text.size()}, InTurn(i, chunk.text.size()));
    }
  }

 private:
  // The rows that begin within chunk `i`; the heading counts as belonging before the first.
  void Parse(size_t i, Chunk& chunk) {
    const size_t begin = i * kChunk;
    const size_t from = begin == 0 ? 0 : begin - 1;
    char* data = chunk.data.data();
    const ssize_t got = pread(in_file_, data, kChunk + kLongestLine, static_cast<off_t>(from));
    if (got < 0) Fail(data_);
    data[got] = '\n';
    const char* end = data + std::min(static_cast<size_t>(got), begin - from + kChunk);
    chunk.rows = 0;
    for (const char* at = After(data, '\n'); at < end;) ParseRow(at, chunk);
  }

  static void Score(Chunk& chunk) {
    Inputs in;
    Outputs out;
    for (size_t k = 0; k < kInputs; ++k) in.columns[k] = chunk.inputs[k];
    for (size_t k = 0; k < kAnswers; ++k) out.columns[k] = chunk.answers[k];
    ScoreRows(in, out, chunk.rows);
  }

  // Where the text of chunk `i` goes: once those before it know their place, so does it.
  size_t InTurn(size_t i, size_t size) {
    std::unique_lock lock(mutex_);
    turned_.wait(lock, [&] { return turn_ == i; });
    const size_t at = written_;
    written_ += size;
    ++turn_;
    turned_.notify_all();
    return at;
  }

  void Write(std::string_view text, size_t at) {
    while (!text.empty()) {
      const ssize_t done = pwrite(out_file_, text.data(), text.size(), static_cast<off_t>(at));
      if (done <= 0) Fail(out_);
      text.remove_prefix(static_cast<size_t>(done));
      at += static_cast<size_t>(done);
    }
  }

  std::string data_, out_;
  int in_file_, out_file_;
  size_t size_ = 0;
  std::atomic<size_t> next_{0};
  std::mutex mutex_;
  std::condition_variable turned_;
  size_t turn_ = 0;
  size_t written_ = 0;
};

}  // namespace

void ScoreFile(const std::string& data, const std::string& out, int threads) {
  Job job(data, out);
  std::vector<std::thread> running;
  for (int i = 1; i < threads; ++i) running.emplace_back([&job] { job.Work(); });
  job.Work();
  for (std::thread& thread : running) thread.join();
}

}  // namespace bench
