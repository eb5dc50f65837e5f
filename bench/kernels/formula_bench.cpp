// Formulas from text to tree. One item is one formula.
#include <benchmark/benchmark.h>

#include "engine/parse/parse.h"

namespace steelyard {
namespace {

void Parse(benchmark::State& state, const char* formula) {
  const EmbeddedText text = EmbeddedText::Verbatim(FileId(0), 0, formula);
  for (auto _ : state) {
    DiagnosticSink sink;
    benchmark::DoNotOptimize(ParseFormula(text, sink));
  }
  state.SetItemsProcessed(state.iterations());
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(text.text.size()));
}
BENCHMARK_CAPTURE(Parse, name, "revenue");
BENCHMARK_CAPTURE(Parse, quotient, "strategic_revenue ÷ total_revenue × 100%");
BENCHMARK_CAPTURE(Parse, brackets,
                  "((annual_revenue - service_cost) × retention - (a + b) × (c - d)) ÷ clv_target");
BENCHMARK_CAPTURE(Parse, aggregate,
                  "sum(order.amount where status = 'paid' and amount > 500) ÷ count(order)");
BENCHMARK_CAPTURE(Parse, choice,
                  "if tier = 'S' then base × 1.2 else if tier = 'A' then base else 0");
BENCHMARK_CAPTURE(Parse, chinese, "战略客户营收 ÷ 总营收 × 100%");

}  // namespace
}  // namespace steelyard
