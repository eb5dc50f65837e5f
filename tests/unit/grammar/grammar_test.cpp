// The grammar by itself.
#include <gtest/gtest.h>

#include <string_view>
#include <tao/pegtl/contrib/analyze.hpp>

#include "engine/syntax/spell.h"
#include "grammar/formula.h"

namespace steelyard {
namespace {

// No rule can loop without reading anything.
TEST(Grammar, HasNoEndlessRules) {
  EXPECT_EQ(tao::pegtl::analyze<grammar::formula>(), 0u);
  EXPECT_EQ(tao::pegtl::analyze<grammar::band>(), 0u);
}

template <class Rule>
bool Matches(std::string_view text) {
  tao::pegtl::memory_input<tao::pegtl::tracking_mode::lazy> input(text.data(), text.size(), "");
  return tao::pegtl::parse<tao::pegtl::seq<Rule, tao::pegtl::eof>>(input);
}

// The words that Print puts in backquotes are those that the grammar reserves.
TEST(Grammar, ReservesTheWordsThatAreQuotedWhenPrinted) {
  for (const std::string_view word :
       {"or",   "and",  "in",   "between", "then", "else",  "where", "per",   "not",
        "is",   "if",   "case", "when",    "end",  "among", "true",  "false", "missing",
        "或",   "或者", "且",   "并且",    "並且", "属于",  "屬於",  "介于",  "介於",
        "则",   "則",   "那么", "那麼",    "否则", "否則",  "其中",  "每",    "非",
        "如果", "若",   "真",   "假",      "缺失", "Or",    "END"}) {
    EXPECT_TRUE(Matches<grammar::reserved>(word)) << word;
    EXPECT_FALSE(Matches<grammar::first_name>(word)) << word;
    EXPECT_TRUE(IsReservedWord(word)) << word;
  }
  for (const std::string_view word : {"all", "periods", "value", "和", "与", "之间", "为空", "orr",
                                      "或有负债", "非经营", "如果a", "每天", "sum"}) {
    EXPECT_FALSE(Matches<grammar::reserved>(word)) << word;
    EXPECT_TRUE(Matches<grammar::first_name>(word)) << word;
    EXPECT_FALSE(IsReservedWord(word)) << word;
  }
}

}  // namespace
}  // namespace steelyard
