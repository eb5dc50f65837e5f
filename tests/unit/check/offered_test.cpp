// Definitions of a library that a card does not use.
#include <gtest/gtest.h>

#include <string>

#include "engine/check/check.h"
#include "tests/unit/rulefile/rule_text.h"

namespace steelyard {
namespace {

constexpr const char* kLibrary =
    "steelyard: 1\n"
    "parameters: {limit: 1 + 'a'}\n"
    "values: {elsewhere: sum(nowhere.amount)}\n"
    "indicators:\n"
    "  good: {formula: count(sale), score: {linear: {0: 0, 10: 100}}}\n"
    "  bad: {formula: elsewhere + limit, score: {linear: {0: 0, 10: 100}}}\n";

size_t Errors(const std::string& more) {
  const LoadedRules loaded({{"main.yaml",
                             "steelyard: 1\nscorecard: test\nsubject: rep\nimport: lib.yaml\n"
                             "data: {rep: {key: id}, sale: {belongs_to: {rep: rep}}}\n" +
                                 more},
                            {"lib.yaml", kLibrary}});
  DiagnosticSink sink;
  EXPECT_EQ(loaded.Faults(), "");
  Check(*loaded.file(), sink);
  return sink.error_count();
}

TEST(Offered, DefinitionsThatNothingUsesAreNotHeldAgainstTheCard) {
  EXPECT_EQ(Errors("weights: {good: 100%}\n"), 0u);
}

TEST(Offered, DefinitionsAreCheckedWhereTheyAreUsed) {
  EXPECT_GT(Errors("weights: {good: 50%, bad: 50%}\n"), 0u);
  EXPECT_GT(Errors("weights: {good: 100%}\nalerts: {a: {when: bad > 1}}\n"), 0u);
  EXPECT_GT(Errors("indicators: {mine: {formula: elsewhere}}\n"), 0u);
  EXPECT_GT(Errors("indicators: {bad: {based_on: bad}}\n"), 0u);
  EXPECT_GT(Errors("values: {v: limit}\n"), 0u);
}

// Points of an indicator that is only offered are never there; a dimension's are.
TEST(Offered, IndicatorsDoNotHideADimension) {
  const LoadedRules loaded(
      {{"main.yaml",
        "steelyard: 1\nscorecard: test\nsubject: rep\nimport: lib.yaml\n"
        "data: {rep: {key: id, columns: {x: number}}}\n"
        "indicators: {x: {score: {formula: value}}}\n"
        "weights: {dimensions: {质量: {x: 100%}}}\n"
        "outcomes: {o: points(质量)}\n"},
       {"lib.yaml", "steelyard: 1\nindicators: {q: {name: 质量, formula: 1}}\n"}});
  DiagnosticSink sink;
  const auto model = Check(*loaded.file(), sink);
  ASSERT_TRUE(model);
  EXPECT_EQ(model->term(model->outcomes[0].term).scoring, ScoringFigure::kDimensionPoints);
}

}  // namespace
}  // namespace steelyard
