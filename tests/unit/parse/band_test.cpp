// Conditions of bands, whose left side may be left out.
#include <gtest/gtest.h>

#include "tests/unit/parse/parsing.h"

namespace steelyard {
namespace {

struct BandCase {
  const char* source;
  const char* dump;
};

TEST(ParseBandCondition, ReadsConditionsOnValue) {
  const BandCase cases[] = {
      {"< 24h", "(lt value (qty 24 h))"},
      {"≥90％", "(ge value (pct 90))"},
      {">= 50% and < 80%", "(and (ge value (pct 50)) (lt value (pct 80)))"},
      {">= 50% 且 < 80%", "(and (ge value (pct 50)) (lt value (pct 80)))"},
      {"< 1 or > 2 and not = 3", "(or (lt value 1) (and (gt value 2) (not (eq value 3))))"},
      {"= 'A'", "(eq value 'A')"},
      {"> target + 1", "(gt value (add target 1))"},
      {"in ('A', 'B')", "(in value (list 'A' 'B'))"},
      {"not in ('A')", "(not-in value (list 'A'))"},
      {"属于 ('A')", "(in value (list 'A'))"},
      {"between 1 and 2", "(between value 1 2)"},
      {"not between 1 and 2", "(not-between value 1 2)"},
      {"is missing", "(is-missing value)"},
      {"为空", "(is-missing value)"},
      {"50%..80%", "(between value (pct 50) (pct 80))"},
      {"1..5", "(between value 1 5)"},
      {"low .. high + 1", "(between value low (add high 1))"},
      {"2026-01-01..2026-06-30", "(between value 2026-01-01 2026-06-30)"},
      {"1..2 or 5..6", "(or (between value 1 2) (between value 5 6))"},
  };
  for (const BandCase& c : cases) {
    EXPECT_EQ(Parsing(c.source, Parsing::As::kBand).Dumped(), c.dump) << c.source;
  }
}

TEST(ParseBandCondition, TakesWholeConditionsAsTheyStand) {
  const BandCase cases[] = {
      {"value > 3", "(gt value 3)"},
      {"value >= 50% and < 80%", "(and (ge value (pct 50)) (lt value (pct 80)))"},
      {"> 3 and churn < 5%", "(and (gt value 3) (lt churn (pct 5)))"},
      {"not (value > 3)", "(not (gt value 3))"},
      {"role = 'director'", "(eq role 'director')"},
      {"1 < value <= 2", "(chain 1 < value <= 2)"},
      {"if a then b else c", "(if a b c)"},
  };
  for (const BandCase& c : cases) {
    EXPECT_EQ(Parsing(c.source, Parsing::As::kBand).Dumped(), c.dump) << c.source;
  }
}

TEST(ParseBandCondition, PointsAtTheSignForAValueThatIsLeftOut) {
  const Parsing parsing("  ≤ 24h", Parsing::As::kBand);
  const ExprTree& tree = parsing.tree();
  const Expr& root = tree.at(tree.root);
  EXPECT_EQ(parsing.Slice(root.span), "≤ 24h");
  EXPECT_EQ(parsing.Slice(tree.at(root.children[0]).span), "≤");
}

}  // namespace
}  // namespace steelyard
