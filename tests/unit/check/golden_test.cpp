// Every rule file of tests/golden/check/ with what `check` says to it in both languages. `fail_`
// files have errors, `warn_` files only warnings, `ok_` files neither.
#include "tests/support/golden.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "engine/diag/render.h"
#include "engine/steelyard.h"

namespace steelyard {
namespace {

namespace fs = std::filesystem;

// Paths are relative to the repository, so that messages are the same on every machine.
LoadedText LoadFromRoot(const std::string& path) {
  std::ifstream stream(SourceRoot() / path, std::ios::binary);
  if (!stream) return {{}, LoadFailure::kNotFound};
  std::ostringstream text;
  text << stream.rdbuf();
  return {text.str(), std::nullopt};
}

// Names as they stand below tests/golden/check/, of files in that folder or in one within.
std::vector<std::string> Cases(const std::string& prefix, const std::string& folder = "") {
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(GoldenRoot() / "check" / folder)) {
    const std::string name = entry.path().stem().string();
    if (entry.path().extension() == ".yaml" && name.starts_with(prefix)) {
      names.push_back(folder + name);
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

void ExpectSaid(const std::string& name, const Session& session) {
  const auto said = [&](Language language) {
    return RenderAll(session.sink, session.sources, {language, false});
  };
  ExpectGolden("check/" + name + ".en.txt", said(Language::kEnglish));
  ExpectGolden("check/" + name + ".zh.txt", said(Language::kChinese));
}

void CheckCase(const std::string& name, bool passes, const PolicyChoice& policy = {}) {
  SCOPED_TRACE(name);
  Session session(LoadFromRoot);
  const CheckOutcome outcome =
      CheckRules(session, "tests/golden/check/" + name + ".yaml", false, policy);
  EXPECT_EQ(outcome.passed, passes);
  ExpectSaid(name, session);
}

TEST(CheckGoldens, Fail) {
  for (const std::string& name : Cases("fail_")) CheckCase(name, false);
}

// A file too long to be kept.
TEST(CheckGoldens, TooManyTables) {
  std::string text = "steelyard: 1\nscorecard: export\nsubject: t0\ndata:\n";
  for (int i = 0; i < 501; ++i) text += "  t" + std::to_string(i) + ": {key: id}\n";
  text +=
      "indicators: {size: {formula: 1, score: {linear: {0: 0, 1: 100}}}}\nweights: {size: 100%}\n";
  Session session([&](const std::string&) -> LoadedText { return {text, std::nullopt}; });
  EXPECT_FALSE(CheckRules(session, "export.yaml", false).passed);
  ExpectSaid("fail_too_many_tables", session);
}

TEST(CheckGoldens, Warn) {
  for (const std::string& name : Cases("warn_")) CheckCase(name, true);
}

TEST(CheckGoldens, Good) {
  const std::vector<std::string> names = Cases("ok_");
  ASSERT_FALSE(names.empty());
  for (const std::string& name : names) {
    Session session(LoadFromRoot);
    const CheckOutcome outcome = CheckRules(session, "tests/golden/check/" + name + ".yaml", true);
    EXPECT_TRUE(outcome.passed) << name;
    EXPECT_EQ(RenderAll(session.sink, session.sources, {}), "") << name;
    EXPECT_FALSE(outcome.dump.empty()) << name;
  }
}

// The cards of a folder with house rules, and mistakes in house rules themselves.

constexpr const char* kPolicyFolder = "policy/";
const PolicyChoice kNearest = {true, ""};

TEST(PolicyGoldens, Fail) {
  for (const std::string& name : Cases("fail_", kPolicyFolder)) CheckCase(name, false, kNearest);
}

TEST(PolicyGoldens, Warn) {
  for (const std::string& name : Cases("warn_", kPolicyFolder)) CheckCase(name, true, kNearest);
}

TEST(PolicyGoldens, Good) {
  const std::vector<std::string> names = Cases("ok_", kPolicyFolder);
  ASSERT_FALSE(names.empty());
  for (const std::string& name : names) {
    Session session(LoadFromRoot);
    const CheckOutcome outcome =
        CheckRules(session, "tests/golden/check/" + name + ".yaml", false, kNearest);
    EXPECT_TRUE(outcome.passed) << name;
    EXPECT_EQ(RenderAll(session.sink, session.sources, {}), "") << name;
    const bool is_policy = name.ends_with(".policy");
    EXPECT_EQ(outcome.policy, is_policy ? "" : "tests/golden/check/policy/steelyard.policy.yaml")
        << name;
  }
}

// What breaks the house rules passes without them.
TEST(PolicyGoldens, FailByTheirPolicyOnly) {
  Session session(LoadFromRoot);
  const std::string path = "tests/golden/check/policy/fail_excluded.yaml";
  const CheckOutcome without = CheckRules(session, path, false);
  EXPECT_TRUE(without.passed);
  EXPECT_EQ(without.policy, "");
  const PolicyChoice other = {true, "tests/golden/check/policy/ok_long.policy.yaml"};
  const CheckOutcome by_other = CheckRules(session, path, false, other);
  EXPECT_TRUE(by_other.passed);
  EXPECT_EQ(by_other.policy, other.path);
}

}  // namespace
}  // namespace steelyard
