// Forced grades, pools, schedules, targets and entitlements: rules and data in, columns out.
#include <gtest/gtest.h>

#include <string>

#include "tests/support/score_text.h"

namespace steelyard {
namespace {

using Data = std::map<std::string, std::string>;

constexpr const char* kHead = R"(steelyard: 1
scorecard: t
subject: m
effective: 2026-01-01..2026-12-31
data:
  m:
    key: id
    columns:
      id: text
      x: {type: number, min: 0, max: 200}
      team: text
      part: number
      pay: {type: money, unit: CNY}
      kept: bool
      factor: percent
      signed: date
)";

constexpr const char* kCard = R"(
indicators: {x: {score: {linear: {0: 0, 100: 100}}, missing: error}}
weights: {x: 100%}
grades: {S: 90, A: 80, B: 70, C: 60, D: 0}
)";

std::string Scored(const std::string& rules, const Data& data, const std::string& column,
                   const ScoreTextOptions& options = {}) {
  const ScoredText result = ScoreText(std::string(kHead) + rules, data, options);
  return result.csv.empty() ? result.diagnostics : ColumnOf(result.csv, column);
}

// Rows with an id and an x each, `~` for no x, and the same team.
Data People(const std::vector<std::string>& x) {
  std::string csv = "id,x,team\n";
  for (size_t i = 0; i < x.size(); ++i) {
    csv += "m" + std::to_string(10 + i) + "," + (x[i] == "~" ? "" : x[i]) + ",n\n";
  }
  return {{"m", csv}};
}

// --- forced distribution ------------------------------------------------------------------------

struct GradeCase {
  const char* distribution;
  std::vector<std::string> x;
  const char* grades;
};

TEST(Distribution, GivesGradesByPlaceAmongThePeers) {
  const std::vector<std::string> ten = {"99", "98", "97", "96", "95", "94", "93", "92", "91", "20"};
  const GradeCase cases[] = {
      // The others keep what their score earns, but nothing better than what the quotas leave.
      {"{S: 10%, A: 20%}", ten, "S A A B B B B B B D"},
      {"{S: 10%, A: 20%, B: 40%, C: 20%, D: 10%}", ten, "S A A B B B B C C D"},
      {"{D: 30%}", ten, "S S S S S S S D D D"},
      {"{S: 10%, D: 10%}",
       {"50", "40", "30", "20", "10", "9", "8", "7", "6", "5"},
       "S C C C C C C C C D"},
      // Ties share the better grade, at the top and at the bottom.
      {"{S: 25%, D: 25%}", {"95", "95", "75", "75"}, "S S B B"},
      {"{S: 25%, D: 25%}", {"95", "85", "75", "65"}, "S A B D"},
      // 15 % of ten are 1.5: two.
      {"{S: 15%}", ten, "S S A A A A A A A D"},
      {"{shares: {S: 15%}, round: down}", ten, "S A A A A A A A A D"},
      {"{shares: {S: 11%}, round: up}", ten, "S S A A A A A A A D"},
      // Too few for a quota: nobody has to take it.
      {"{S: 10%}", {"95", "85"}, "A A"},
  };
  for (const GradeCase& c : cases) {
    const std::string rules = std::string(kCard) + "distribution: " + c.distribution + "\n";
    EXPECT_EQ(Scored(rules, People(c.x), "grade"), c.grades) << c.distribution;
  }
}

TEST(Distribution, CountsOnlyWhoIsScored) {
  // Four of the eight are rejected: a quarter of those left is one.
  const Data data = People({"95", "94", "93", "92", "~", "~", "~", "~"});
  EXPECT_EQ(Scored(std::string(kCard) + "distribution: {S: 25%}\n", data, "grade"), "S A A A");
}

TEST(Distribution, IsMadeForEachGroup) {
  const Data data = {{"m", "id,x,team\na,95,n\nb,94,n\nc,93,s\nd,92,s\ne,91,\n"}};
  const std::string rules = std::string(kCard) + "distribution: {shares: {S: 50%}, among: team}\n";
  // Who belongs to no group keeps what the score earns.
  EXPECT_EQ(Scored(rules, data, "grade"), "S A S A S");
}

TEST(Distribution, StandsBeforeTheVetoes) {
  const std::string rules = std::string(kCard) +
                            "distribution: {S: 25%}\n"
                            "vetoes: {v: {when: id = 'm10', then: downgrade 2}}\n";
  EXPECT_EQ(Scored(rules, People({"95", "94", "93", "92"}), "grade"), "B A A A");
}

// --- pools --------------------------------------------------------------------------------------

const Data kTeam = {{"m",
                     "id,x,team,part\n"
                     "c,90,n,1\n"
                     "a,90,n,1\n"
                     "b,90,n,1\n"
                     "d,50,s,40\n"
                     "e,70,s,\n"
                     "f,,s,30\n"
                     "g,70,s,20\n"
                     "h,70,,1\n"}};

std::string Pool(const std::string& pool, const std::string& column = "p") {
  return Scored(std::string(kCard) + "pools: {p: {" + pool + "}}\n", kTeam, column);
}

TEST(Pools, DivideToTheCentWithinEachGroup) {
  // The odd cent goes to the first by key, which is `a`; nothing goes to the rejected `f`.
  EXPECT_EQ(Pool("amount: 100 CNY, by: part, among: team"), "33.33 33.34 33.33 66.67 ~ 33.33 ~");
  EXPECT_EQ(Pool("amount: 100 CNY, by: part, among: team", "review"), "~ ~ ~ ~ p ~ p");
}

TEST(Pools, LeaveOutWhoDoesNotTakePart) {
  EXPECT_EQ(Pool("amount: 100 CNY, by: part, among: team, when: grade != 'D'"),
            "33.33 33.34 33.33 0.00 ~ 100.00 ~");
}

TEST(Pools, TakeOtherPieces) {
  EXPECT_EQ(Pool("amount: 100 CNY, by: part, among: team, to: 1 CNY"),
            "33.00 34.00 33.00 67.00 ~ 33.00 ~");
  EXPECT_EQ(Pool("amount: 10, by: part, among: team, to: 1"), "3 4 3 7 ~ 3 ~");
}

TEST(Pools, NeverPayMoreThanTheAmount) {
  EXPECT_EQ(Pool("amount: 99.50 CNY, by: 1, to: 1 CNY"),
            "14.00 15.00 14.00 14.00 14.00 14.00 14.00");  // `a` is the first by key
  EXPECT_EQ(Pool("amount: 100.005 CNY, by: part, among: team", "p"),
            "33.33 33.34 33.33 66.67 ~ 33.33 ~");
}

TEST(Pools, NeedOneAmountForAll) {
  EXPECT_EQ(Pool("amount: x × 1 CNY, by: part, among: team"), "30.00 30.00 30.00 ~ ~ ~ ~");
}

TEST(Pools, MayBeUsedByOutcomes) {
  const std::string rules = std::string(kCard) +
                            "pools: {p: {name: 奖金包, amount: 100 CNY, by: part, among: team}}\n"
                            "outcomes: {o: 奖金包 × 2 + 1 CNY}\n";
  EXPECT_EQ(Scored(rules, kTeam, "o"), "67.66 67.68 67.66 134.34 ~ 67.66 ~");
}

// --- schedules ----------------------------------------------------------------------------------

std::string Deferred(const std::string& more, const std::string& row, const std::string& column,
                     const std::string& as_of) {
  const std::string rules = std::string(kCard) + R"(
schedules:
  d:
    amount: pay
    parts:
      first: {share: 50%, due: 2026-06-30}
      second: {share: 25%, due: 'add_months(signed, 12)', when: kept, factor: factor}
      third: {share: 25%, due: 2028-12-31}
)" + more;
  const Data data = {{"m", "id,x,pay,kept,factor,signed\nm," + row + "\n"}};
  return Scored(rules, data, column, {"", as_of});
}

TEST(Schedules, PayPartsWhenTheirDayHasComeAndTheirConditionHolds) {
  struct Case {
    const char* row;
    const char* as_of;
    const char* paid;
    const char* forfeited;
    const char* outstanding;
    const char* review;
  };
  const Case cases[] = {
      {"90,1000.01,yes,100%,2025-08-31", "2026-06-29", "0.00", "0.00", "1000.01", "~"},
      {"90,1000.01,yes,100%,2025-08-31", "2026-06-30", "500.01", "0.00", "500.00", "~"},
      {"90,1000.01,yes,100%,2025-08-31", "2026-08-31", "750.01", "0.00", "250.00", "~"},
      {"90,1000.01,yes,80%,2025-08-31", "2026-08-31", "700.01", "50.00", "250.00", "~"},
      {"90,1000.01,no,,2025-08-31", "2026-08-31", "500.01", "250.00", "250.00", "~"},
      {"90,1000.01,,80%,2025-08-31", "2026-08-31", "500.01", "0.00", "500.00", "d.second"},
      {"90,1000.01,yes,,2025-08-31", "2026-08-31", "500.01", "0.00", "500.00", "d.second"},
      {"90,1000.01,yes,80%,", "2026-08-31", "500.01", "0.00", "500.00", "d.second"},
      {"90,1000.01,yes,-80%,2025-08-31", "2026-08-31", "500.01", "0.00", "500.00", "d.second"},
      {"90,-1000,no,,2025-08-31", "2026-08-31", "-500.00", "-250.00", "-250.00", "~"},
      {"90,,yes,80%,2025-08-31", "2026-08-31", "~", "~", "~", "d"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Deferred("", c.row, "d.paid", c.as_of), c.paid) << c.row;
    EXPECT_EQ(Deferred("", c.row, "d.forfeited", c.as_of), c.forfeited) << c.row;
    EXPECT_EQ(Deferred("", c.row, "d.outstanding", c.as_of), c.outstanding) << c.row;
    EXPECT_EQ(Deferred("", c.row, "review", c.as_of), c.review) << c.row;
  }
}

TEST(Schedules, ReleaseWhatIsStillToCome) {
  const char* row = "90,1000,no,100%,2025-08-31";
  EXPECT_EQ(Deferred("    release: x >= 90\n", row, "d.third", "2026-08-31"), "250.00");
  EXPECT_EQ(Deferred("    release: x >= 90\n", row, "d.paid", "2026-08-31"), "750.00");
  EXPECT_EQ(Deferred("    release: x >= 90\n", row, "d.forfeited", "2026-08-31"), "250.00");
  EXPECT_EQ(Deferred("    release: x > 90\n", row, "d.paid", "2026-08-31"), "500.00");
}

// A day is remembered: what was released stays paid, and what was due before is judged as ever.
TEST(Schedules, ReleaseOnADay) {
  const std::string release =
      "    release: signed\n";  // 2026-07-01: after the first, before the rest
  const char* row = "90,1000,no,100%,2026-07-01";
  EXPECT_EQ(Deferred(release, row, "d.paid", "2026-06-30"), "500.00");
  EXPECT_EQ(Deferred(release, row, "d.paid", "2026-07-01"), "1000.00");
  EXPECT_EQ(Deferred(release, row, "d.paid", "2026-12-31"), "1000.00");
  EXPECT_EQ(Deferred(release, row, "d.outstanding", "2026-07-01"), "0.00");
  EXPECT_EQ(Deferred(release, "90,1000,no,100%,", "d.paid", "2026-12-31"), "500.00");
}

// --- targets and entitlements -------------------------------------------------------------------

constexpr const char* kTargets = R"(
indicators:
  x: {score: {linear: {0: 0, 100: 100}}, target: ">= 80", missing: zero}
  low: {formula: x, better: lower, target: {2026-01-01: "<= 50", 2026-07-01: "<= 40"}}
  level: {formula: x, better: lower, target: 50}
  band: {formula: x, target: 60 <= value <= 90}
  plain: {formula: x}
weights: {x: 100%}
entitlements:
  talk: {name: 行业峰会演讲机会, when: meets_target(x) and attainment(low) >= 50%}
outcomes:
  share: attainment(x)
)";

TEST(Targets, AreAttainedInTheirDirection) {
  const Data data = People({"100", "80", "40", "0", "~"});
  const ScoreTextOptions spring{"", "2026-03-31"};
  EXPECT_EQ(Scored(kTargets, data, "x.attainment", spring), "1.25 1 0.5 0 ~");
  EXPECT_EQ(Scored(kTargets, data, "low.attainment", spring), "0.5 0.625 1.25 ~ ~");
  EXPECT_EQ(Scored(kTargets, data, "low.attainment"), "0.4 0.5 1 ~ ~");
  EXPECT_EQ(Scored(kTargets, data, "level.attainment"), "0.5 0.625 1.25 ~ ~");
  EXPECT_EQ(Scored(kTargets, data, "share", spring), "1.25 1 0.5 0 ~");
  EXPECT_EQ(Scored(kTargets, data, "targets_missed", spring),
            "low;level;band low;level x;band x;band ~");
  EXPECT_EQ(Scored(kTargets, data, "targets_missed"), "low;level;band low;level x;band x;band ~");
}

TEST(Targets, OpenEntitlements) {
  const Data data = People({"100", "80", "40", "~"});
  const ScoreTextOptions spring{"", "2026-03-31"};
  EXPECT_EQ(Scored(kTargets, data, "entitlements", spring), "talk talk ~ ~");
  EXPECT_EQ(Scored(kTargets, data, "entitlements"), "~ talk ~ ~");
  EXPECT_EQ(Scored(kTargets, data, "review"), "~ ~ ~ talk");
}

}  // namespace
}  // namespace steelyard
