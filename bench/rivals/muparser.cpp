// compute COLUMNS THREADS ROUNDS [ANSWERS]: muParser, one expression with all assignments in it.
#include <muParser.h>

#include <cstdio>
#include <limits>

#include "bench/rivals/by_row.h"

namespace {

struct Evaluator {
  Evaluator() {
    variables.Each([&](const std::string& name, double& at) { parser.DefineVar(name, &at); });
    parser.DefineConst("missing", std::numeric_limits<double>::quiet_NaN());
    parser.SetExpr(bench::Assignments({" = ", ",\n", "rint(score * 100) / 100", "0"}));
  }
  void Run() {
    try {
      parser.Eval();
    } catch (const mu::Parser::exception_type& error) {
      std::fprintf(stderr, "%s\n", error.GetMsg().c_str());
      std::exit(3);
    }
  }

  bench::Variables variables;
  mu::Parser parser;
};

}  // namespace

int main(int count, char** arguments) {
  return bench::ComputeMain(count, arguments, bench::ByRow<Evaluator>);
}
