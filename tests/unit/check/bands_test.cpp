// Interval reasoning: unions, gaps, and how they are told.
#include "engine/check/bands.h"

#include <gtest/gtest.h>

namespace steelyard {
namespace {

Interval From(int64_t low, bool open = false) { return {Number(low), std::nullopt, open, false}; }
Interval To(int64_t high, bool open = false) { return {std::nullopt, Number(high), false, open}; }
Interval Between(int64_t low, int64_t high, bool low_open = false, bool high_open = false) {
  return {Number(low), Number(high), low_open, high_open};
}

std::string Told(const IntervalSet& set) {
  std::string text;
  for (const Interval& interval : set) {
    text += (text.empty() ? "" : ", ") + Describe(interval, Type::Plain());
  }
  return text;
}

TEST(Bands, ComplementLeavesExactlyTheRest) {
  EXPECT_EQ(Told(Complement({})), "any value");
  EXPECT_EQ(Told(Complement(Everything())), "");
  EXPECT_EQ(Told(Complement({From(5)})), "< 5");
  EXPECT_EQ(Told(Complement({From(5, true)})), "<= 5");
  EXPECT_EQ(Told(Complement({To(5)})), "> 5");
  EXPECT_EQ(Told(Complement({Between(1, 2), Between(4, 5, true, true)})),
            "< 1, 2 < value <= 4, >= 5");
  EXPECT_EQ(Told(Complement({To(5, true), From(5, true)})), "= 5");
}

TEST(Bands, UnionJoinsWhatTouches) {
  EXPECT_EQ(Told(Union({To(5)}, {From(5, true)})), "any value");
  EXPECT_EQ(Told(Union({To(5, true)}, {From(5)})), "any value");
  EXPECT_EQ(Told(Union({To(5, true)}, {From(5, true)})), "< 5, > 5");
  EXPECT_EQ(Told(Union({Between(1, 3)}, {Between(2, 4)})), "1 <= value <= 4");
  EXPECT_EQ(Told(Union({Between(3, 1)}, {})), "");
}

TEST(Bands, IntersectionIsWhatBothTake) {
  EXPECT_EQ(Told(Intersection({From(1)}, {To(1)})), "= 1");
  EXPECT_EQ(Told(Intersection({From(1, true)}, {To(1)})), "");
  EXPECT_EQ(Told(Intersection({Between(1, 5)}, {Between(2, 3, true), From(5)})),
            "2 < value <= 3, = 5");
  EXPECT_EQ(Told(Intersection(Everything(), {Between(1, 2)})), "1 <= value <= 2");
}

}  // namespace
}  // namespace steelyard
