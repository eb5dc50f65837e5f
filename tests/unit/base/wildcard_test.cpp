#include "engine/base/wildcard.h"

#include <gtest/gtest.h>

#include <string>

namespace steelyard {
namespace {

struct WildcardCase {
  const char* pattern;
  const char* text;
  bool fits;
};

TEST(Wildcard, FitsTheWholeText) {
  const WildcardCase cases[] = {
      {"nps", "nps", true},
      {"nps", "nps2", false},
      {"nps", "np", false},
      {"", "", true},
      {"", "a", false},
      {"*", "", true},
      {"*", "anything", true},
      {"*_time", "response_time", true},
      {"*_time", "_time", true},
      {"*_time", "time", false},
      {"*_time", "response_time_2", false},
      {"c_*", "c_", true},
      {"c_*", "d_c_", false},
      {"*满意度*", "客户满意度(季度)", true},
      {"*满意度*", "客户满意", false},
      {"a*b*c", "abbc", true},
      {"a*b*c", "acb", false},
      {"a*ab", "aab", true},
      {"a**b", "ab", true},
      {"*ab*ab", "abab", true},
      {"*ab*ab", "abb", false},
      {"a?c", "abc", false},  // only the star is special
      {"Nps", "nps", false},
  };
  for (const WildcardCase& c : cases) {
    EXPECT_EQ(MatchesWildcard(c.pattern, c.text), c.fits) << c.pattern << " " << c.text;
  }
}

// Tried in every way this would not come to an end.
TEST(Wildcard, TakesNoTimeForManyStars) {
  std::string pattern;
  for (int i = 0; i < 200; ++i) pattern += "*a";
  EXPECT_FALSE(MatchesWildcard(pattern + "b", std::string(5000, 'a')));
  EXPECT_TRUE(MatchesWildcard(pattern, std::string(5000, 'a')));
}

}  // namespace
}  // namespace steelyard
