#include "engine/explain/derive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/golden.h"
#include "tests/unit/explain/scene_text.h"

namespace steelyard {
namespace {

std::string Lines(const TextScene& scene, const std::string& heading, size_t row,
                  Language language = Language::kEnglish, size_t most = 20) {
  std::string text = "# " + heading + "\n";
  for (const std::string& line : DerivationLines(scene.scene(), heading, row, language, most)) {
    text += line + "\n";
  }
  return text + "\n";
}

TEST(Derive, TellsEveryKindOfResult) {
  const TextScene team(kTeamRules, kTeamData);
  std::string text;
  for (const char* heading : {"attainment", "share", "attainment.points", "share.points", "score",
                              "grade", "bonus", "vetoes"}) {
    text += Lines(team, heading, team.Row("M2", "2026Q2"));
  }
  ExpectGolden("explain/derive.txt", text);
}

TEST(Derive, SpeaksChinese) {
  const TextScene team(kTeamRules, kTeamData);
  std::string text;
  for (const char* heading : {"share", "share.points", "grade", "bonus"}) {
    text += Lines(team, heading, team.Row("M1", "2026Q1"), Language::kChinese);
  }
  ExpectGolden("explain/derive_zh.txt", text);
}

TEST(Derive, TellsWhyAValueIsMissing) {
  const TextScene team(kTeamRules, kTeamData);
  EXPECT_THAT(Lines(team, "share", team.Row("M3", "2026Q1")),
              testing::HasSubstr("= missing (division by zero, in `sum(order.amount where tier in "
                                 "strategic) ÷ revenue`)\n"));
}

TEST(Derive, KeepsToAFewLines) {
  const TextScene team(kTeamRules, kTeamData);
  EXPECT_EQ(Lines(team, "attainment", team.Row("M1", "2026Q1"), Language::kEnglish, 2),
            "# attainment\n"
            "目标达成率 = 总营收 ÷ 季度目标 × 100% = 800 CNY ÷ 1,000 CNY × 100% = 80%\n"
            "…\n\n");
}

TEST(Derive, SaysNothingOfKeys) {
  const TextScene team(kTeamRules, kTeamData);
  EXPECT_EQ(Lines(team, "manager_id", team.Row("M1", "2026Q1")), "# manager_id\n\n");
}

}  // namespace
}  // namespace steelyard
