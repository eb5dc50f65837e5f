// Values that each use the one before, thousands of them: no check may climb them all at once.
#include <gtest/gtest.h>

#include <functional>
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
