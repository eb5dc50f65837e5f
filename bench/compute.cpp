// compute RULES DATA THREADS ROUNDS [ANSWERS]: Steelyard's evaluator with the data in memory.
// Prints the seconds of each round, which ends with all answers in memory, those of rows that only
// exact arithmetic can decide included; then says how long reading took and how many such rows
// there were.
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "bench/rivals/columns.h"
#include "engine/base/parallel.h"
#include "engine/check/check.h"
#include "engine/data/load.h"
#include "engine/diag/render.h"
#include "engine/fast/kernels.h"
#include "engine/fast/run.h"
#include "engine/periods.h"
#include "engine/program/lower.h"
#include "engine/rulefile/load.h"
#include "engine/steelyard.h"

namespace bench {

namespace {

using namespace steelyard;

constexpr std::string_view kGrades = "SABCD";
constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
// Grades that are written by their place already; those of the fast evaluator are numbers of texts.
constexpr double kPlaced = 1e6;

[[noreturn]] void Fail(const Session& session) {
  std::fputs(RenderAll(session.sink, session.sources, {}).c_str(), stderr);
  std::exit(1);
}

// The rules and the data, ready to be evaluated.
struct Ready {
  Session session;
  std::optional<Model> model;
  std::optional<Program> program;
  std::optional<DataSet> data;
  std::optional<RunPlan> plan;
  std::vector<NodeId> outputs;

  Ready(const std::string& rules, const std::string& path, unsigned threads) {
    const auto file = LoadRuleFile(session.sources, rules, session.sink);
    if (file) model = Check(*file, session.sink);
    if (!model) Fail(session);
    data = LoadData(model->schema, {ParseDataArgument(path)}, {}, session.sink, {}, threads);
    if (!data) Fail(session);
    program = Lower(*model);
    plan = PlanRun(*model, *program, data->tables, "", "", session.sink);
    if (!plan) Fail(session);
    for (const auto& indicator : program->indicators) outputs.push_back(indicator.value);
    for (const auto& indicator : program->indicators) {
      if (indicator.points.valid()) outputs.push_back(indicator.points);
    }
    outputs.push_back(program->score);
    outputs.push_back(program->grade);
  }
  const Tables& tables() const { return data->tables; }
  size_t rows() const { return tables().at(program->subject.table).rows; }
};

double NumberOf(const Value& value) {
  if (value.missing()) return kMissing;
  if (value.is_number()) return value.number().ToDouble();
  return kPlaced + static_cast<double>(kGrades.find(value.text()));
}

// One round; gives the number of rows that were computed exactly.
size_t Evaluate(const Ready& ready, size_t threads, Columns& answers) {
  fast::Run run(*ready.program, ready.tables(), ready.plan->frame, ready.outputs, threads);
  std::vector<fast::Runner> runners;
  for (size_t i = 0; i < threads; ++i) runners.push_back(run.MakeRunner());
  std::vector<size_t> exact(threads);
  const size_t rows = ready.rows();
  constexpr size_t kRows = fast::kBlockRows;
  ForEachTask((rows + kRows - 1) / kRows, threads, [&](size_t task, size_t thread) {
    const size_t first = task * kRows;
    const fast::Block& block = runners[thread].Run(first, std::min(kRows, rows - first));
    for (size_t k = 0; k < answers.columns(); ++k) {
      Keep(block.values[k], block.rows, answers[k] + first);
    }
    for (const uint32_t row : block.undecided) {
      for (size_t k = 0; k < answers.columns(); ++k) {
        answers[k][first + row] = NumberOf(run.Exact(ready.outputs[k], first + row));
      }
    }
    if (!block.undecided.empty()) run.Forget();
    exact[thread] += block.undecided.size();
  });
  size_t sum = 0;
  for (const size_t count : exact) sum += count;
  return sum;
}

// Grades by their place.
void PlaceGrades(const Ready& ready, size_t threads, Columns& answers) {
  const fast::Run run(*ready.program, ready.tables(), ready.plan->frame, ready.outputs, threads);
  for (size_t row = 0; row < ready.rows(); ++row) {
    double& grade = answers[kGrade][row];
    if (grade != grade) continue;
    grade =
        grade >= kPlaced ? grade - kPlaced : static_cast<double>(kGrades.find(run.TextOf(grade)));
  }
}

}  // namespace

}  // namespace bench

int main(int count, char** arguments) {
  if (count < 5) {
    std::fputs("usage: compute RULES DATA THREADS ROUNDS [ANSWERS]\n", stderr);
    return 2;
  }
  const auto threads = static_cast<unsigned>(std::atoi(arguments[3]));
  double start = bench::Seconds();
  const bench::Ready ready(arguments[1], arguments[2], threads);
  const double read = bench::Seconds() - start;
  if (std::atoi(arguments[4]) == 0) std::printf("%.6f\n", read);
  bench::Columns answers(ready.outputs.size(), ready.rows());
  size_t exact = 0;
  for (int round = std::atoi(arguments[4]); round > 0; --round) {
    start = bench::Seconds();
    exact = bench::Evaluate(ready, threads, answers);
    std::printf("%.6f\n", bench::Seconds() - start);
  }
  std::fprintf(stderr, "%zu of %zu rows computed exactly\n", exact, ready.rows());
  if (count > 5) {
    bench::PlaceGrades(ready, threads, answers);
    bench::WriteColumns(arguments[5], answers);
  }
  return 0;
}
