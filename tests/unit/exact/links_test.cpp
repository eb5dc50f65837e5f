// Rows by the group they belong to.
#include "engine/exact/links.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace steelyard {
namespace {

std::vector<std::vector<int32_t>> Listed(const Grouping& grouping) {
  std::vector<std::vector<int32_t>> lists;
  for (size_t group = 0; group < grouping.size(); ++group) {
    lists.emplace_back(grouping[group].begin(), grouping[group].end());
  }
  return lists;
}

TEST(Grouping, KeepsTheOrderOfRows) {
  const Grouping grouping({2, 0, kNoRow, 2, 0, 2}, 4);
  const std::vector<std::vector<int32_t>> expected = {{1, 4}, {}, {0, 3, 5}, {}};
  EXPECT_EQ(Listed(grouping), expected);
}

TEST(Grouping, OfNothing) {
  EXPECT_EQ(Grouping().size(), 0u);
  EXPECT_EQ(Grouping({}, 0).size(), 0u);
  EXPECT_EQ(Listed(Grouping({}, 2)), (std::vector<std::vector<int32_t>>{{}, {}}));
  EXPECT_EQ(Listed(Grouping({kNoRow, kNoRow}, 1)), (std::vector<std::vector<int32_t>>{{}}));
}

TEST(Grouping, HoldsEachRowOnce) {
  std::mt19937 random(11);
  for (int round = 0; round < 50; ++round) {
    const size_t groups = 1 + random() % 40;
    std::vector<int32_t> group_of(random() % 500);
    std::vector<std::vector<int32_t>> expected(groups);
    for (size_t row = 0; row < group_of.size(); ++row) {
      group_of[row] = static_cast<int32_t>(random() % (groups + 1)) - 1;
      if (group_of[row] != kNoRow) {
        expected[static_cast<size_t>(group_of[row])].push_back(static_cast<int32_t>(row));
      }
    }
    EXPECT_EQ(Listed(Grouping(group_of, groups)), expected);
  }
}

}  // namespace
}  // namespace steelyard
