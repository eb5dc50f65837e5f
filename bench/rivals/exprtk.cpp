// compute COLUMNS THREADS ROUNDS [ANSWERS]: ExprTk, one expression with all assignments in it.
#include <cstdio>
#include <exprtk.hpp>
#include <limits>

#include "bench/rivals/by_row.h"

namespace {

struct Evaluator {
  Evaluator() {
    exprtk::symbol_table<double> symbols;
    variables.Each([&](const std::string& name, double& at) { symbols.add_variable(name, at); });
    symbols.add_constant("missing", std::numeric_limits<double>::quiet_NaN());
    expression.register_symbol_table(symbols);
    exprtk::parser<double> parser;
    if (!parser.compile(bench::Assignments({" := ", ";\n", "floor(score * 100 + 0.5) / 100", "0"}),
                        expression)) {
      std::fprintf(stderr, "%s\n", parser.error().c_str());
      std::exit(3);
    }
  }
  void Run() { expression.value(); }

  bench::Variables variables;
  exprtk::expression<double> expression;
};

}  // namespace

int main(int count, char** arguments) {
  return bench::ComputeMain(count, arguments, bench::ByRow<Evaluator>);
}
