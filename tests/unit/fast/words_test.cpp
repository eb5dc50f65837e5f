#include "engine/fast/words.h"

#include <gtest/gtest.h>

namespace steelyard::fast {
namespace {

TEST(Words, EqualTextsHaveEqualNumbers) {
  Words words;
  const double a = words.NumberOf("a");
  EXPECT_NE(words.NumberOf("b"), a);
  EXPECT_EQ(words.NumberOf("a"), a);
  EXPECT_EQ(words.TextOf(words.NumberOf("b")), "b");
}

TEST(Words, ShrinkingForgetsTheLastOnly) {
  Words words;
  words.NumberOf("rules");
  words.NumberOf("data");
  words.Shrink(1);
  EXPECT_EQ(words.size(), 1u);
  EXPECT_EQ(words.NumberOf("rules"), 0);
  EXPECT_EQ(words.NumberOf("other"), 1);
  EXPECT_EQ(words.TextOf(1), "other");
}

}  // namespace
}  // namespace steelyard::fast
