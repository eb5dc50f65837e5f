// compute COLUMNS THREADS ROUNDS [ANSWERS], or csv DATA OUT THREADS: the hand-written program.
#include "bench/rivals/handwritten.h"

#include <cstdlib>
#include <string_view>

#include "bench/rivals/handwritten_csv.h"

namespace bench {

namespace {

Work Prepared(const Columns& inputs, Columns& answers, int threads) {
  return [&inputs, &answers, threads] {
    InParts(inputs.rows(), threads, [&](size_t first, size_t end) {
      Inputs in;
      Outputs out;
      for (size_t k = 0; k < kInputs; ++k) in.columns[k] = inputs[k] + first;
      for (size_t k = 0; k < kAnswers; ++k) out.columns[k] = answers[k] + first;
      ScoreRows(in, out, end - first);
    });
  };
}

}  // namespace

}  // namespace bench

int main(int count, char** arguments) {
  if (count == 5 && std::string_view(arguments[1]) == "csv") {
    bench::ScoreFile(arguments[2], arguments[3], std::atoi(arguments[4]));
    return 0;
  }
  return bench::ComputeMain(count, arguments, bench::Prepared);
}
