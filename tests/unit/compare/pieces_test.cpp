#include "engine/compare/pieces.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/rulefile/load.h"

namespace steelyard {
namespace {

std::vector<std::string> CardsIn(const std::string& folder) {
  std::vector<std::string> cards;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string path = entry.path().string();
    const std::string name = entry.path().filename().string();
    if (name.find(".test.") == std::string::npos && name.find("steelyard") == std::string::npos) {
      cards.push_back(path);
    }
  }
  std::sort(cards.begin(), cards.end());
  return cards;
}

// What a tree says, whatever order the columns of its tables stand in.
std::string Said(RuleFile file) {
  for (TableDecl& table : file.tables) {
    std::sort(table.columns.begin(), table.columns.end(),
              [](const ColumnDecl& a, const ColumnDecl& b) { return a.id.text < b.id.text; });
  }
  return Dump(file);
}

class Folders : public testing::TestWithParam<std::string> {};

// Cards that have little in common are the hardest versions of each other.
TEST_P(Folders, AllPiecesMakeTheNewVersion) {
  SourceSet sources;
  DiagnosticSink sink;
  std::vector<RuleFile> cards;
  for (const std::string& path : CardsIn(GetParam())) {
    if (auto card = LoadRuleFile(sources, path, sink, true)) cards.push_back(std::move(*card));
  }
  ASSERT_FALSE(sink.HasErrors());
  ASSERT_GE(cards.size(), 1u);
  for (const RuleFile& before : cards) {
    for (const RuleFile& after : cards) {
      RuleFile tree = before;
      const std::vector<TreePiece> pieces = PiecesOf(before, after);
      EXPECT_EQ(pieces.empty(), &before == &after);
      for (const TreePiece& piece : pieces) piece.take(tree);
      EXPECT_EQ(Said(tree), Said(after));
      // In any order, and twice.
      tree = before;
      for (auto piece = pieces.rbegin(); piece != pieces.rend(); ++piece) piece->take(tree);
      for (const TreePiece& piece : pieces) {
        if (piece.facet == "order") piece.take(tree);
      }
      EXPECT_EQ(Said(tree), Said(after));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Rules, Folders,
                         testing::Values("rules/account-types", "rules/balanced-scorecard",
                                         "rules/customer-department", "rules/key-account",
                                         "rules/long-term-sales"),
                         [](const testing::TestParamInfo<std::string>& folder) {
                           std::string name = folder.param.substr(folder.param.find('/') + 1);
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(Pieces, AChangeConcernsItsFacetOnly) {
  Change change;
  change.old_path = {Section::kIndicators, "nps", "score.bands[2]", "points"};
  change.new_path = change.old_path;
  const auto piece = [](Section section, const std::string& id, const std::string& facet) {
    return TreePiece{section, id, facet, "", nullptr};
  };
  EXPECT_TRUE(Concerns(change, piece(Section::kIndicators, "nps", "score")));
  EXPECT_FALSE(Concerns(change, piece(Section::kIndicators, "nps", "formula")));
  EXPECT_FALSE(Concerns(change, piece(Section::kIndicators, "csat", "score")));
  EXPECT_FALSE(Concerns(change, piece(Section::kVetoes, "nps", "score")));
  change.old_path = change.new_path = {Section::kDimensions, "sales", "", "weight"};
  EXPECT_TRUE(Concerns(change, piece(Section::kWeights, "", "weights")));
  change.old_path = change.new_path = {Section::kCard, "", "", "effective"};
  EXPECT_TRUE(Concerns(change, piece(Section::kCard, "", "effective")));
  EXPECT_FALSE(Concerns(change, piece(Section::kCard, "", "period")));
}

}  // namespace
}  // namespace steelyard
