// House rules against weights that cannot be seen from the file alone.
#include "engine/check/policy.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <utility>

#include "engine/diag/render.h"
#include "engine/steelyard.h"
#include "tests/support/golden.h"

namespace steelyard {
namespace {

using Files = std::map<std::string, std::string>;

// The codes that `check` reports, in order, each with its severity: `SY0700w`.
std::string CodesBy(const std::string& policy, const std::string& rules) {
  const Files files = {{"steelyard.policy.yaml", policy}, {"card.yaml", rules}};
  Session session([&](const std::string& path) -> LoadedText {
    const auto found = files.find(path);
    if (found == files.end()) return {{}, LoadFailure::kNotFound};
    return {found->second, {}};
  });
  const CheckOutcome outcome = CheckRules(session, "card.yaml", false, {true, ""});
  EXPECT_EQ(outcome.passed, !session.sink.HasErrors());
  std::string codes;
  for (const Diagnostic& diagnostic : session.sink.Sorted()) {
    codes += codes.empty() ? "" : " ";
    codes += Info(diagnostic.kind).code;
    codes += diagnostic.severity == Severity::kError ? "e" : "w";
  }
  return codes;
}

std::string Codes(const std::string& policy, const std::string& rules) {
  return CodesBy("steelyard: 1\npolicy: p\n" + policy, rules);
}

// A card of three indicators.
std::string Card(const std::string& weights, const std::string& more = "") {
  return "steelyard: 1\nscorecard: c\nsubject: m\neffective: 2020-01-01..2026-12-31\n"
         "data: {m: {key: k, columns: {k: text, a: number, b: number, c: number}}}\n"
         "indicators:\n"
         "  a: {score: {linear: {0: 0, 100: 100}}}\n"
         "  b: {score: {linear: {0: 0, 100: 100}}, flexible: true" +
         more +
         "}\n"
         "  c: {score: {linear: {0: 0, 100: 100}}}\n"
         "weights: " +
         weights + "\n";
}

TEST(PolicyCheck, TakesBothEndsOfAShare) {
  const std::string policy = "flexible_share: 30%..40%\n";
  const auto share = [&](const std::string& a, const std::string& b) {
    return Codes(policy, Card("{a: " + a + ", b: " + b + ", c: 10%}"));
  };
  EXPECT_EQ(share("60%", "30%"), "");
  EXPECT_EQ(share("50%", "40%"), "");
  EXPECT_EQ(share("49.99999%", "40.00001%"), "SY0702e");
  EXPECT_EQ(share("60.00001%", "29.99999%"), "SY0703e");
}

TEST(PolicyCheck, LooksAtEveryDate) {
  const std::string rules = Card(
      "{a: {2020-01-01: 60%, 2026-07-01: 80%}, b: {2020-01-01: 30%, 2026-07-01: 10%}, c: 10%}");
  EXPECT_EQ(Codes("flexible_share: 30%..40%\n", rules), "SY0703e");
  EXPECT_EQ(Codes("flexible_share: 10%..40%\n", rules), "");
}

TEST(PolicyCheck, CountsWhatIsInForce) {
  // b ends before c begins: never more than two.
  const std::string rules =
      Card("{a: 60%, b: 40%, c: {2020-01-01: 0%, 2026-07-01: 40%}}", ", until: 2026-06-30");
  EXPECT_EQ(Codes("indicator_count: {at_most: 2}\n", rules), "");
  EXPECT_EQ(Codes("indicator_count: {at_most: 1}\n", rules), "SY0700e");
  EXPECT_EQ(Codes("indicator_count: {at_least: 3}\n", rules), "SY0701e");
}

TEST(PolicyCheck, SeesAdjustmentsTogether) {
  const std::string rules = Card(R"(
  indicators: {a: 60%, b: 30%, c: 10%}
  adjustments:
    - {name: one, when: a > 1, change: {b: +3%, a: -3%}}
    - {name: other, when: a > 2, change: {b: +3%, a: -3%}})");
  EXPECT_EQ(Codes("weights: {b: 30%..33%}\n", rules), "SY0710e");
  EXPECT_EQ(Codes("weights: {b: 30%..36%}\n", rules), "");
}

// The base weights never hold by themselves here; what they leave to the profile does.
TEST(PolicyCheck, SeesWeightsOfAProfileThatAlwaysHolds) {
  const std::string rules = Card(R"(
  indicators: {a: 60%, b: 30%, c: 10%}
  profiles:
    - {name: low, when: a > 1, set: {b: 35%, c: 5%}}
    - {name: other, when: a <= 1 or a is missing, set: {b: 35%, c: 5%}})");
  EXPECT_EQ(Codes("weights: {a: 50%..55%}\n", rules), "SY0710e");
  EXPECT_EQ(Codes("weights: {b: 30%..40%}\n", rules), "");
}

TEST(PolicyCheck, IsAsGraveAsTheLineSays) {
  const std::string rules = Card("{a: 50%, b: 50%}");
  EXPECT_EQ(Codes("excluded: {a: x}\n", rules), "SY0707e SY0404w");
  EXPECT_EQ(Codes("excluded: {a: {why: x, severity: warning}}\n", rules), "SY0707w SY0404w");
  EXPECT_EQ(Codes("excluded: {a: {why: x, severity: off}}\n", rules), "SY0404w");
  EXPECT_EQ(Codes("excluded: {a: {why: x, cards: d*}}\n", rules), "SY0404w");
}

TEST(PolicyCheck, LeavesDraftsAndHistoryAlone) {
  const std::string policy = "excluded: {b: x}\nchecklists: {S: {asks: {D: definition}}}\n";
  const std::string rules = Card("{a: 100%}", ", status: draft");
  EXPECT_EQ(Codes(policy, rules), "SY0704e SY0404w");  // of a; c is only shown
  const std::string history = Card("{a: 60%, b: 40%, c: {2020-01-01: 0%, 2021-01-01: 40%}}",
                                   ", status: retired, until: 2020-12-31");
  EXPECT_EQ(Codes(policy, history), "SY0704e SY0704e");  // of a and c
}

TEST(PolicyCheck, AsksForAListThatIsBuiltOn) {
  const std::string rules = Card("{a: 60%, b: 30%, c: 10%}", ", definition: d");
  const std::string both =
      "checklists: {S: {asks: {D: definition}}, T: {builds_on: S, asks: {P: period}}}\n";
  EXPECT_EQ(Codes(both, rules), "SY0704e SY0704e SY0704e SY0704e SY0704e");
  const std::string off =
      "checklists: {S: {asks: {D: definition}, severity: off}, T: {builds_on: S, asks: {P: "
      "period}}}\n";
  EXPECT_EQ(Codes(off, rules), "SY0704e SY0704e SY0704e");
}

TEST(PolicyCheck, StopsAtMistakesInTheHouseRules) {
  EXPECT_EQ(Codes("exclude: {a: x}\n", Card("{a: 60%, b: 30%, c: 10%}")), "SY0130e");
}

// --- rules/steelyard.policy.yaml: what the sources ask ------------------------------------------

// Codes that `check` reports of a card by the house rules that come with the packs.
std::string ByShipped(const std::string& rules) {
  std::ifstream stream(SourceRoot() / "rules/steelyard.policy.yaml");
  std::ostringstream policy;
  policy << stream.rdbuf();
  return CodesBy(policy.str(), rules);
}

// All that SMART-C asks for, but for the keys that are left out.
std::string Indicator(const std::string& id, const std::string& without = "",
                      const std::string& kind = "system") {
  const std::pair<std::string, std::string> keys[] = {
      {"definition", "d"},  {"unit", "u"},
      {"target", "'>= 1'"}, {"source", "{system: s, kind: " + kind + "}"},
      {"owner", "o"},       {"period", "month"},
      {"strategy", "s"},    {"score", "{linear: {0: 0, 100: 100}}"}};
  std::string text = "  " + id + ": {formula: 1";
  for (const auto& [key, value] : keys) {
    if (key != without) text += ", " + key + ": " + value;
  }
  return text + "}\n";
}

std::string Shipped(const std::string& indicators, const std::string& weights,
                    const std::string& level = "account_manager", const std::string& id = "c") {
  return "steelyard: 1\nscorecard: " + id +
         "\ntitle: t\nversion: 1\neffective: 2026-01-01..2026-12-31\nsubject: m\nlevel: " + level +
         "\ndata: {m: {key: k, columns: {k: text}}}\nindicators:\n" + indicators +
         "weights: " + weights + "\n";
}

TEST(ShippedPolicy, WantsEightIndicatorsAtMost) {
  std::string indicators;
  std::string weights;
  for (const std::string id : {"a", "b", "c", "d", "e", "f", "g", "h"}) {
    indicators += Indicator(id);
    weights += (weights.empty() ? "{" : ", ") + id + ": 11%";
  }
  EXPECT_EQ(ByShipped(Shipped(indicators + Indicator("i"), weights + ", i: 12%}")), "SY0700w");
  EXPECT_EQ(ByShipped(Shipped(indicators, "{normalise: true, indicators: " + weights + "}}")), "");
}

TEST(ShippedPolicy, KeepsAShareOfTheDepartmentsCardFlexible) {
  const auto share = [](const std::string& rest, const std::string& flexible) {
    std::string of_flexible = Indicator("b");
    of_flexible.insert(of_flexible.rfind('}'), ", flexible: true");
    return ByShipped(Shipped(Indicator("a") + of_flexible, "{a: " + rest + ", b: " + flexible + "}",
                             "director", "key-account"));
  };
  EXPECT_EQ(share("65%", "35%"), "");
  EXPECT_EQ(share("60%", "40%"), "");
  EXPECT_EQ(share("70%", "30%"), "");
  EXPECT_EQ(share("55%", "45%"), "SY0702e");
  EXPECT_EQ(share("75%", "25%"), "SY0703e");
}

TEST(ShippedPolicy, TrustsNobodyToRateHimself) {
  const auto from = [](const std::string& id, const std::string& kind) {
    return ByShipped(Shipped(Indicator(id, "", kind) + Indicator("issue_resolution_rate"),
                             "{" + id + ": 50%, issue_resolution_rate: 50%}"));
  };
  EXPECT_EQ(from("csat_score", "third_party"), "");
  EXPECT_EQ(from("csat_score", "self_rating"), "SY0705e SY0705e");
  EXPECT_EQ(from("first_response_time", "system"), "");
  EXPECT_EQ(from("first_response_time", "manual"), "SY0705e SY0705w");
}

TEST(ShippedPolicy, WantsEveryLetter) {
  const auto without = [](const std::string& key) {
    return ByShipped(Shipped(Indicator("a", key), "{a: 100%}"));
  };
  EXPECT_EQ(without(""), "");
  for (const char* key : {"definition", "unit", "target", "owner", "period", "strategy"}) {
    EXPECT_EQ(without(key), "SY0704e") << key;
  }
}

TEST(ShippedPolicy, AsksNobodyForMoreThanTheDutiesHold) {
  const auto on = [](const std::string& id, const std::string& level) {
    return ByShipped(Shipped(Indicator(id), "{" + id + ": 100%}", level));
  };
  EXPECT_EQ(on("clv", "specialist"), "SY0708e");
  EXPECT_EQ(on("clv", "account_manager"), "");
  EXPECT_EQ(on("issue_resolution_time", "specialist"), "");
}

TEST(ShippedPolicy, RefusesWhatHasNothingToDoWithKeyAccounts) {
  EXPECT_EQ(ByShipped(Shipped(Indicator("department_cost_saving_rate"),
                              "{department_cost_saving_rate: 100%}")),
            "SY0707e");
}

}  // namespace
}  // namespace steelyard
