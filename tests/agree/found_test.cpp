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

}  // namespace
}  // namespace steelyard::agree
