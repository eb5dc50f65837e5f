// What profiles leave the weights at, where these are parts.
#include <gtest/gtest.h>

#include <string>

#include "engine/check/check.h"
#include "tests/unit/rulefile/rule_text.h"

namespace steelyard {
namespace {

// The weights under the only profile.
std::string Under(const std::string& weights, const std::string& profile) {
  const LoadedRules loaded(
      "steelyard: 1\nscorecard: test\nsubject: rep\n"
      "data: {rep: {key: id, columns: {a: number, b: number, c: number, ok: bool}}}\n"
      "indicators:\n"
      "  a: {score: {formula: value}}\n  b: {score: {formula: value}}\n"
      "  c: {score: {formula: value}}\n"
      "weights:\n  normalise: true\n  " +
      weights + "\n  profiles: [{name: p, when: ok, " + profile + "}]\n");
  EXPECT_EQ(loaded.Faults(), "");
  DiagnosticSink sink;
  const auto model = Check(*loaded.file(), sink);
  if (!model) return "errors";
  std::string said;
  for (const Number& weight : model->profiles[0].weights[0].weights) {
    said += (said.empty() ? "" : " ") + weight.ToFraction();
  }
  return said;
}

TEST(Weights, OfProfilesArePartsAsThoseTheyLeaveAlone) {
  const std::string plain = "indicators: {a: 3, b: 2, c: 1}";
  EXPECT_EQ(Under(plain, "set: {a: 1}"), "1/4 1/2 1/4");
  EXPECT_EQ(Under(plain, "set: {a: 3}"), "1/2 1/3 1/6");
  EXPECT_EQ(Under(plain, "set: {a: 60%}, rest: rescale"), "3/5 4/15 2/15");
}

TEST(Weights, OfProfilesArePartsOfADimensionThatHasAWeight) {
  const std::string dimensions =
      "dimensions: {d: {weight: 60, indicators: {a: 3, b: 1}}, e: {weight: 40, indicators: {c: "
      "1}}}";
  EXPECT_EQ(Under(dimensions, "set: {a: 1}"), "3/10 3/10 2/5");
  EXPECT_EQ(Under(dimensions, "set: {e: 20}"), "9/16 3/16 1/4");
  EXPECT_EQ(Under("dimensions: {d: {a: 3, b: 1}, e: {c: 1}}", "set: {d: 1}"), "3/8 1/8 1/2");
}

}  // namespace
}  // namespace steelyard
