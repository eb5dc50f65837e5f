// What is left of a band when the bands above it have taken theirs.
#include "engine/handbook/intervals.h"

#include <gtest/gtest.h>

namespace steelyard {
namespace {

ValueInterval From(int low) { return {Number(low), {}, true, false}; }
ValueInterval Below(int high) { return {{}, Number(high), false, false}; }

TEST(Without, ABandEndsWhereTheOneAboveBegins) {
  const auto left = Without(From(30), {From(50)});
  ASSERT_TRUE(left);
  EXPECT_EQ(*left->low, Number(30));
  EXPECT_TRUE(left->low_closed);
  EXPECT_EQ(*left->high, Number(50));
  EXPECT_FALSE(left->high_closed);
}

TEST(Without, FromBelow) {
  const auto left = Without(Below(70), {Below(30), From(60)});
  ASSERT_TRUE(left);
  EXPECT_EQ(*left->low, Number(30));
  EXPECT_TRUE(left->low_closed);
  EXPECT_EQ(*left->high, Number(60));
}

TEST(Without, NothingInCommon) {
  const auto left = Without(From(50), {Below(50)});
  ASSERT_TRUE(left);
  EXPECT_EQ(*left->low, Number(50));
  EXPECT_FALSE(left->high);
}

TEST(Without, NothingLeftOrInPieces) {
  EXPECT_FALSE(Without(From(60), {From(50)}));
  EXPECT_FALSE(Without(From(0), {ValueInterval{Number(10), Number(20), true, true}}));
}

}  // namespace
}  // namespace steelyard
