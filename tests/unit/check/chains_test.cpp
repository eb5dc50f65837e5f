// Values that each use the one before, thousands of them: no check may climb them all at once.
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>

#include "engine/check/check.h"
#include "tests/unit/rulefile/rule_text.h"

namespace steelyard {
namespace {

// `v1` to `v20000`, each `before` + the name of the one before + `after`; the last one decides
// about an adjustment, too.
std::string Warnings(const std::string& before, const std::string& after) {
  constexpr int kCount = 20000;
  std::string text =
      "steelyard: 1\nscorecard: test\nsubject: rep\n"
      "data: {rep: {key: id, columns: {x: number, ok: bool}}}\nvalues:\n  v0: x\n";
  for (int i = 1; i <= kCount; ++i) {
    text += "  v" + std::to_string(i) + ": " + before + "v" + std::to_string(i - 1) + after + "\n";
  }
  const std::string last = "v" + std::to_string(kCount);
  text += "indicators: {a: {formula: " + last + ", score: {linear: {0: 0, 100: 100}}}}\n";
  text += "weights: {indicators: {a: 100%}, adjustments: [{name: late, when: " + last +
          " > 3, change: {a: +0%}}]}\nalerts: {far: {when: " + last + " < 0}}\n";
  const LoadedRules loaded(text);
  EXPECT_EQ(loaded.Faults(), "");
  DiagnosticSink sink;
  EXPECT_TRUE(Check(*loaded.file(), sink, nullptr, true));
  std::string said;
  for (const Diagnostic& one : sink.all()) said += std::string(Info(one.kind).code) + " ";
  return said;
}

TEST(Chains, AreCheckedWhateverTheirLength) {
  EXPECT_EQ(Warnings("", " + 1"), "SY0459 ");
  EXPECT_EQ(Warnings("", ""), "SY0459 ");
  EXPECT_EQ(Warnings("if ok then ", " else 1"), "");
}

// The range at the end of the chain is known all the same.
TEST(Chains, KeepTheirRange) { EXPECT_EQ(Warnings("abs(", ")"), "SY0451 SY0459 "); }

// Indicators that build upon as many values, one upon the other, and computed columns; with a
// parameter, a veto and an alert upon the score for each.
std::string ManyIndicators(int count, const std::string& formula) {
  std::string tables =
      "data:\n  rep:\n    key: id\n    columns:\n      x: {type: number, min: 0}\n";
  std::string parameters = "parameters:\n";
  std::string values = "values:\n  v0: x\n";
  std::string indicators = "indicators:\n";
  std::string gates = "vetoes:\n";
  std::string alerts = "alerts:\n";
  std::string weights = "weights:\n  normalise: true\n  indicators:\n";
  for (int i = 1; i <= count; ++i) {
    const std::string n = std::to_string(i);
    tables += "      c" + n + ": {formula: x + " + n + "}\n";
    parameters += "  p" + n + ": {2026-01-01: " + n + ", 2026-07-01: 9}\n";
    values += "  v" + n + ": v" + std::to_string(i - 1) + " + c" + n + " ÷ (x + 1)\n";
    indicators += "  i" + n + ": {formula: v" + n + formula +
                  (i % 9 == 0 ? ", from: 2026-02-01" : "") +
                  ", score: {linear: {0: 0, 100: 100}}}\n";
    gates += "  veto" + n + ": {when: i" + n + " > p" + n + ", then: cap 80}\n";
    alerts += "  alert" + n + ": {when: score < 50 and i" + n + " < 9}\n";
    weights += "    i" + n + ": 1\n";
  }
  const LoadedRules loaded(
      "steelyard: 1\nscorecard: test\nsubject: rep\neffective: 2026-01-01..\n" + tables +
      parameters + values + indicators + weights + gates + alerts + "grades: {A: 80, B: 0}\n");
  EXPECT_EQ(loaded.Faults(), "");
  DiagnosticSink sink;
  Check(*loaded.file(), sink, nullptr, true);
  std::map<std::string, int> counts;
  for (const Diagnostic& one : sink.all()) ++counts[std::string(Info(one.kind).code)];
  std::string said;
  for (const auto& [code, times] : counts) said += code + " " + std::to_string(times) + " ";
  return said;
}

// Nothing that is done for each of them may go through all of them.
TEST(Chains, OfTenThousandIndicatorsAreChecked) {
  EXPECT_EQ(ManyIndicators(10'000, " ÷ x"), "SY0460 10000 ");
  EXPECT_EQ(ManyIndicators(1'000, " ÷ (x + 1)"), "");
  EXPECT_EQ(ManyIndicators(1'000, " + nothing_of_this_name"), "SY0203 1000 ");
}

// 400 adjustments of one card, each under its condition.
std::string Adjusted(const std::function<std::string(const std::string&)>& when) {
  std::string text =
      "steelyard: 1\nscorecard: test\nsubject: rep\n"
      "data: {rep: {key: id, columns: {x: number, site: text}}}\n"
      "indicators: {x: {score: {linear: {0: 0, 100: 100}}}}\n"
      "weights:\n  indicators: {x: 100%}\n  adjustments:\n";
  for (int i = 0; i < 400; ++i) {
    const std::string n = std::to_string(i);
    text += "    - {name: a" + n + ", when: \"" + when(n) + "\", change: {x: +0%}}\n";
  }
  const LoadedRules loaded(text);
  EXPECT_EQ(loaded.Faults(), "");
  DiagnosticSink sink;
  Check(*loaded.file(), sink);
  std::string said;
  for (const Diagnostic& one : sink.all()) said += std::string(Info(one.kind).code) + " ";
  return said;
}

// Each of these takes a fraction of a second: those that exclude each other, or contain each other,
// are few combinations; what is too tangled is given up soon.
TEST(Chains, OfAdjustmentsAreProvedOrGivenUp) {
  EXPECT_EQ(Adjusted([](const std::string& n) { return "site = 'S" + n + "'"; }), "");
  EXPECT_EQ(Adjusted([](const std::string& n) { return "x > " + n; }), "");
  EXPECT_EQ(Adjusted([](const std::string& n) { return "x > " + n + " and site != 'S" + n + "'"; }),
            "SY0415 ");
}

}  // namespace
}  // namespace steelyard
