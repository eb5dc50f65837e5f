// Where house rules are found, and what is read from them.
#include "engine/rulefile/policy.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace steelyard {
namespace {

namespace fs = std::filesystem;

// A folder that is a repository, and is removed with all that is in it.
class PolicySearch : public testing::Test {
 protected:
  PolicySearch()
      : top_(fs::temp_directory_path() / ("steelyard-policy-" + std::to_string(getpid()))) {
    fs::create_directories(top_ / "repo" / ".git");
    fs::create_directories(top_ / "repo" / "rules" / "sales" / "north");
  }
  ~PolicySearch() override { fs::remove_all(top_); }

  void Write(const std::string& path) { std::ofstream(top_ / path) << "steelyard: 1\npolicy: p\n"; }

  // Relative to the top; `-` where none is found.
  std::string Find(const std::string& rules) {
    SourceSet sources;
    const auto found = FindPolicy(sources, (top_ / rules).string(), sink_);
    return found ? fs::path(*found).lexically_relative(top_).generic_string() : "-";
  }

  fs::path top_;
  DiagnosticSink sink_;
};

TEST_F(PolicySearch, TakesTheNearestAbove) {
  EXPECT_EQ(Find("repo/rules/sales/north/card.yaml"), "-");
  Write("repo/steelyard.policy.yaml");
  EXPECT_EQ(Find("repo/rules/sales/north/card.yaml"), "repo/steelyard.policy.yaml");
  Write("repo/rules/sales/steelyard.policy.yaml");
  EXPECT_EQ(Find("repo/rules/sales/north/card.yaml"), "repo/rules/sales/steelyard.policy.yaml");
  EXPECT_EQ(Find("repo/rules/sales/card.yaml"), "repo/rules/sales/steelyard.policy.yaml");
  EXPECT_EQ(Find("repo/rules/sales/../card.yaml"), "repo/steelyard.policy.yaml");
  EXPECT_EQ(Find("repo/card.yaml"), "repo/steelyard.policy.yaml");
  EXPECT_FALSE(sink_.HasErrors());
}

TEST_F(PolicySearch, EndsAtTheTopOfTheRepository) {
  Write("steelyard.policy.yaml");
  EXPECT_EQ(Find("repo/rules/sales/card.yaml"), "-");
  EXPECT_EQ(Find("card.yaml"), "steelyard.policy.yaml");
  fs::remove(top_ / "repo" / ".git");
  EXPECT_EQ(Find("repo/rules/sales/card.yaml"), "steelyard.policy.yaml");
}

TEST_F(PolicySearch, DoesNotPassOverOneThatCannotBeRead) {
  fs::create_directories(top_ / "repo" / "rules" / "steelyard.policy.yaml");
  Write("repo/steelyard.policy.yaml");
  EXPECT_EQ(Find("repo/rules/sales/card.yaml"), "-");
  ASSERT_EQ(sink_.all().size(), 1u);
  EXPECT_EQ(sink_.all()[0].kind, DiagKind::kFileIsDirectory);
}

// From a folder within: the way up leads through `..`.
TEST_F(PolicySearch, GoesUpFromTheWorkingFolder) {
  std::vector<std::string> asked;
  SourceSet sources([&](const std::string& path) -> LoadedText {
    asked.push_back(path);
    if (path == "../../steelyard.policy.yaml") return {"steelyard: 1\npolicy: p\n", {}};
    return {{}, LoadFailure::kNotFound};
  });
  const fs::path before = fs::current_path();
  fs::current_path(top_ / "repo" / "rules" / "sales");
  const auto found = FindPolicy(sources, "north/card.yaml", sink_);
  fs::current_path(before);
  EXPECT_EQ(found, "../../steelyard.policy.yaml");
  const std::vector<std::string> expected = {"north/steelyard.policy.yaml", "steelyard.policy.yaml",
                                             "../steelyard.policy.yaml",
                                             "../../steelyard.policy.yaml"};
  EXPECT_EQ(asked, expected);
}

TEST(Policy, IsKnownByItsName) {
  EXPECT_TRUE(IsPolicyPath("rules/steelyard.policy.yaml"));
  EXPECT_TRUE(IsPolicyPath("sales.policy.yaml"));
  EXPECT_FALSE(IsPolicyPath("policy.yaml"));
  EXPECT_FALSE(IsPolicyPath("steelyard.policy.yml"));
}

// --- reading ------------------------------------------------------------------------------------

Policy Read(const std::string& text) {
  SourceSet sources([&](const std::string&) -> LoadedText {
    return {"steelyard: 1\npolicy: p\n" + text, {}};
  });
  DiagnosticSink sink;
  std::optional<Policy> policy = LoadPolicy(sources, "steelyard.policy.yaml", sink);
  EXPECT_TRUE(policy) << text;
  for (const Diagnostic& diagnostic : sink.all()) {
    ADD_FAILURE() << text << ": " << Message(diagnostic, Language::kEnglish);
  }
  return policy.value_or(Policy());
}

TEST(Policy, TakesShortAndLongForms) {
  const Policy policy = Read(
      "flexible_share: ３０％..0.4\n"
      "excluded: {a: b, c: {why: d, severity: off}}\n"
      "levels: {a: b, c: {levels: [d, e], severity: warning, why: f, cards: [g]}}\n");
  ASSERT_EQ(policy.flexible.size(), 1u);
  EXPECT_EQ(policy.flexible[0].range.low, Number::Fraction(3, 10));
  EXPECT_EQ(policy.flexible[0].range.high, Number::Fraction(4, 10));
  EXPECT_EQ(policy.flexible[0].demand, Demand::kError);
  ASSERT_EQ(policy.excluded.size(), 2u);
  EXPECT_EQ(policy.excluded[0].why.text, "b");
  EXPECT_EQ(policy.excluded[1].demand, Demand::kOff);
  ASSERT_EQ(policy.levels.size(), 2u);
  EXPECT_EQ(policy.levels[1].levels[1].text, "e");
  EXPECT_EQ(policy.levels[1].demand, Demand::kWarning);
  EXPECT_EQ(policy.levels[1].why.text, "f");
  EXPECT_EQ(policy.levels[1].cards[0].text, "g");
}

TEST(Policy, TakesOneLineOrSeveral) {
  EXPECT_EQ(Read("indicator_count: {at_most: 8}\n").counts.size(), 1u);
  const Policy policy = Read(
      "indicator_count: [{at_most: 8, severity: warning}, {at_most: 12}]\n"
      "adjustments: [until, {asks: [why, approved_by], severity: off}]\n"
      "sources: {refuse: manual}\n");
  ASSERT_EQ(policy.counts.size(), 2u);
  EXPECT_EQ(policy.counts[0].at_most, 8);
  EXPECT_EQ(policy.counts[1].at_most, 12);
  ASSERT_EQ(policy.adjustments.size(), 2u);
  EXPECT_EQ(policy.adjustments[1].asks.size(), 2u);
  EXPECT_EQ(policy.sources.size(), 1u);
}

TEST(Policy, ReadsCharactersAndStretches) {
  const Policy policy = Read("ids: a-z_0-9一-龥-\n");
  using Stretch = std::pair<char32_t, char32_t>;
  const std::vector<Stretch> expected = {
      {U'a', U'z'}, {U'_', U'_'}, {U'0', U'9'}, {U'一', U'龥'}, {U'-', U'-'}};
  ASSERT_EQ(policy.ids.size(), 1u);
  EXPECT_EQ(policy.ids[0].characters, expected);
}

}  // namespace
}  // namespace steelyard
