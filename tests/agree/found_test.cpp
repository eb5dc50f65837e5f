// Cases in which the evaluators once differed, or one of them failed; made as small as they go.
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "tests/agree/hold.h"

namespace steelyard::agree {
namespace {

using Data = std::map<std::string, std::string>;

void ExpectAgreement(const std::string& rules, const Data& data) {
  const Finding finding = Hold("steelyard: 1\nscorecard: t\nsubject: s\n" + rules, data, {});
  EXPECT_EQ(finding.refusal, "");
  EXPECT_EQ(finding.difference, "");
}

// One table of numbers x, y, one formula.
void ExpectAgreement(const std::string& formula, const std::string& rows) {
  ExpectAgreement(
      "data: {s: {key: id, columns: {id: text, x: number, y: number}}}\n"
      "outcomes: {o: {formula: \"" +
          formula + "\"}}\n",
      {{"s", "id,x,y\n" + rows}});
}

// 1 ÷ 10^5 is no double.
TEST(Found, RoundingToTensAndHundreds) {
  ExpectAgreement("if round(x, -5) = y then 1 else 0",
                  "a,185923572.19,185900000\nb,1999999,2000000\n");
  ExpectAgreement("round(x, -5) - y", "a,185923572.19,185900000\nb,1999999,2000000\n");
}

// The value carried is the same in all periods, so its table has none.
TEST(Found, CarryingWhatHasNoPeriods) {
  ExpectAgreement(R"(period: quarter
data:
  s: {key: id, columns: {id: text, x: number}}
  c: {belongs_to: {s: id}, time: day, columns: {id: text, day: date, x: number}}
indicators:
  i: {formula: s.x, missing: carry, score: {formula: value}}
  j: {formula: sum(c.x), score: {formula: value}}
weights: {i: 50%, j: 50%}
outcomes: {o: {formula: rank(i among all)}}
)",
                  {{"s", "id,x\na,1\nb,\n"}, {"c", "id,day,x\na,2026-01-31,1\na,2026-05-01,2\n"}});
}

// Numbers below all doubles are not 0.
TEST(Found, NumbersBelowAllDoubles) {
  ExpectAgreement("if x > 0 then 1 else 0", "a,1e-390,0\nb,0,1e-390\n");
  ExpectAgreement("if x ÷ y > 0 then 1 else 0", "a,1e-200,1e190\nb,0,1e190\n");
  ExpectAgreement("if x >= 1e-390 then 1 else 0", "a,0,0\n");
}

// Where all doubles of a block are 0, their errors still multiply.
TEST(Found, ProductsOfWhatIsNearlyNothing) {
  ExpectAgreement(R"(data:
  s:
    key: id
    belongs_to: {p: pid}
    columns: {id: text, pid: text, z: number}
  p:
    key: pid
    columns:
      pid: text
      x: number
      q: {formula: x + 1000000000000000 - 1000000000000000}
outcomes: {o: {formula: "if (p.q ?? s.z) × (p.q ?? s.z) > 0 then 1 else 0"}}
)",
                  {{"s", "id,pid,z\na,p,0\n"}, {"p", "pid,x\np,0.000000000001\nq,3\n"}});
}

// Two breakpoints of a curve that have one double.
TEST(Found, BreakpointsTooCloseForDoubles) {
  ExpectAgreement("linear(x, 200000: 60, 200000.000000000001: 100, 200001: 60)",
                  "a,0.126,0\nb,200000,0\nc,200000.5,0\n");
}

// 20x = 19y − 1: the double of x ÷ y is that of 0.95, where the curve ends, and x ÷ y is less.
TEST(Found, RoughQuotientsAtTheEndOfACurve) {
  ExpectAgreement("if linear(x ÷ y, 0: 0, 0.95: 60) >= 60 then 1 else 0",
                  "a,1045000000000018,1100000000000019\n");
}

// x · 999979 − y · 999983 is 1 in the first row, the second makes all errors large.
TEST(Found, DenominatorsThatShareAPart) {
  const std::string rules =
      R"(data: {s: {key: id, columns: {id: text, x: number, y: number, z: number}}}
outcomes: {o: {formula: "if (x ÷ z) ÷ 999983 ÷ 7 - (y ÷ z) ÷ 999979 ÷ 7 > 0 then 1 else 0"}}
)";
  ExpectAgreement(rules, {{"s", "id,x,y,z\na,749987,749984,3\nb,1000000000000,1,3\n"}});
}

// Tables long enough for several threads.
TEST(Found, NothingInLongTables) {
  std::string children = "id,n,m\n";
  for (int i = 0; i < 70'000; ++i) {
    children += "s" + std::to_string(i % 37) + "," + std::to_string(i % 1000) + "." +
                std::to_string(i % 10) + "," + std::to_string(i % 7) + "\n";
  }
  std::string subjects = "id,x\n";
  for (int i = 0; i < 37; ++i) subjects += "s" + std::to_string(i) + "," + std::to_string(i) + "\n";
  HoldOptions options;
  options.all_ways = true;
  const Finding finding = Hold(R"rules(steelyard: 1
scorecard: t
subject: s
data:
  s: {key: id, columns: {id: text, x: number}}
  c: {belongs_to: {s: id}, columns: {id: text, n: number, m: number}}
outcomes:
  a: {formula: "sum(c.n where c.n ÷ c.m > 100)"
}
  b: {formula: "avg(c.n ÷ c.m)"}
  c: {formula: "max(c.n ÷ 3) - min(c.m)"}
  d: {formula: "any(c.n = s.x and c.m = 3)"}
  e: {formula: "count(c where c.n ÷ c.m = 0.5)"}
)rules",
                               {{"s", subjects}, {"c", children}}, options);
  EXPECT_EQ(finding.refusal, "");
  EXPECT_EQ(finding.difference, "");
}

// A file that is scored while it is read, in several pieces, each with cells that are turned away,
// empty, on a limit, and too large for doubles.
TEST(Found, NothingInFilesOfSeveralPieces) {
  std::string rows = "id,kind,x,y,z\n";
  for (int i = 0; i < 45'000; ++i) {
    const std::string word = i % 20'000 < 3 ? "d" : std::string(1, "abc"[i % 3]);
    rows += "subject-" + std::to_string(i) + "," + (i % 41 == 0 ? "" : word) + "," +
            std::to_string(i % 500) + "." + std::to_string(i % 100) + "," +
            (i % 997 == 0 ? "" : std::to_string(i % 25)) + "," +
            (i % 7001 == 0 ? "1e300" : std::to_string(i % 8) + ".5") + "\n";
  }
  HoldOptions options;
  options.all_ways = true;
  const Finding finding = Hold(R"rules(steelyard: 1
scorecard: t
subject: {table: s, where: "kind != 'c' or x > 100"}
data:
  s:
    key: id
    columns: {id: text, kind: [a, b, c], x: number, y: number, z: {type: money, unit: CNY}}
indicators:
  i: {formula: x ÷ y, score: {linear: {0: 0, 12.5: 60, 40: 100}}, missing: zero}
  j: {formula: y, score: {bands: {">= 20": 100, ">= 5": 50, else: 0}}, missing: error}
weights: {i: 60%, j: 40%}
rounding: 1
grades: {A: 80, B: 50, C: 0}
vetoes: {v: {when: z > 7 CNY and kind = 'a', then: cap 49.95}}
outcomes:
  pay: {formula: z × x ÷ 3}
  root: {formula: "sqrt(x)", decimals: 3}
)rules",
                               {{"s", rows}}, options);
  EXPECT_EQ(finding.refusal, "");
  EXPECT_EQ(finding.difference, "");
}

}  // namespace
}  // namespace steelyard::agree
