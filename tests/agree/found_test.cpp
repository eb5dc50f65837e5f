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

}  // namespace
}  // namespace steelyard::agree
