// What rules become: the program as text.
#include <gtest/gtest.h>

#include <string>

#include "tests/support/golden.h"
#include "tests/support/score_text.h"

namespace steelyard {
namespace {

constexpr const char* kHead = R"(steelyard: 1
scorecard: t
subject: m
period: quarter
data:
  m: {key: id, columns: {id: text, region: text}}
  o: {belongs_to: {m: id}, time: on, columns: {on: date, amount: number, cost: number}}
)";

std::string Dumped(const std::string& rules) { return DumpText(std::string(kHead) + rules); }

std::string Lines(const std::string& dump, const std::string& word) {
  std::string found;
  size_t begin = 0;
  while (begin < dump.size()) {
    const size_t end = dump.find('\n', begin);
    const std::string line = dump.substr(begin, end - begin);
    if (line.find(word) != std::string::npos) found += line + "\n";
    begin = end + 1;
  }
  return found;
}

TEST(Lower, SharesEqualExpressions) {
  const std::string dump = Dumped(R"(
values: {total: sum(o.amount)}
indicators:
  x: {formula: sum(o.amount) ÷ count(o), score: {formula: value}}
  y: {formula: total × 2, score: {formula: value}}
weights: {x: 50%, y: 50%}
)");
  EXPECT_EQ(Lines(dump, "reduce sum"), "n1 [m × period] = reduce sum n0 of o\n");
}

TEST(Lower, FoldsConstants) {
  const std::string dump = Dumped(R"(
parameters: {rate: 1/3}
indicators: {x: {formula: sum(o.amount where amount > 2 × rate × 3), score: {formula: value}}}
weights: {x: 100%}
)");
  EXPECT_EQ(Lines(dump, "const 2\n").size() + Lines(dump, " gt ").size(),
            Lines(dump, " gt ").size());
  EXPECT_NE(dump.find("= const 2\n"), std::string::npos) << dump;
  EXPECT_EQ(dump.find("const 1/3"), std::string::npos) << dump;
}

TEST(Lower, WholeProgram) {
  ExpectGolden("program/small.txt", Dumped(R"(
parameters: {limit: {2025-01-01: 6%, 2026-01-01: 5%}}
indicators:
  margin: {formula: (sum(o.amount) - sum(o.cost)) ÷ sum(o.amount), score: {linear: {0%: 0, 20%: 100}}}
  place: {formula: rank(sum(o.amount) among region), score: {formula: 101 - value}}
weights:
  dimensions: {d: {margin: 60%, place: 40%}}
  profiles: [{name: north, when: region = 'N', set: {place: 30%}, rest: rescale}]
grades: {A: 80, B: 0}
vetoes: {low: {when: streak(margin < limit) >= 2, then: downgrade 1}}
outcomes: {pay: 1000 × points(d) ÷ 100}
)"));
}

}  // namespace
}  // namespace steelyard
