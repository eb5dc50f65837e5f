// What is read from a rule file, and what the places of it cover.
#include "engine/rulefile/load.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/rulefile/rule_text.h"

namespace steelyard {
namespace {

std::string WithHead(std::string_view text) { return std::string(kHead) + std::string(text); }

// --- faults: code, line and column, and what is underlined ---------------------------------------

struct FaultCase {
  const char* text;    // after the four lines of kHead
  const char* faults;  // as LoadedRules::Faults() says them
};

const FaultCase kFaultCases[] = {
    {"", ""},
    {"period: quarter\n", ""},
    {"period: quarterly\n", "SY0138 5:9 [quarterly]\n"},
    {"period:   'quarterly'  # no\n", "SY0138 5:12 [quarterly]\n"},
    {"title: 业绩\ntitle: 业务\n", "SY0114 6:1 [title]\n"},
    {"{tier: 1}: 2\n", "SY0115 5:1 [{tier: 1}]\n"},
    {"alerts:\nvetoes: ~\ninterlocks: {}\n", ""},
    {"vetoes: [a]\n", "SY0137 5:9 [[a]]\n"},
    {"vetoes:\n  - a\n  - b\n", "SY0137 6:3 [-]\n"},
    {"missing: points 60\n", ""},
    {"missing: point 60\n", "SY0138 5:10 [point 60]\n"},
    {"grades: {A: 90, A: 80}\n", "SY0114 5:17 [A]\n"},
    {"grades: {Ａ: 90, A: 80}\n", "SY0114 5:17 [A]\n"},
    {"rounding: 13\n", "SY0143 5:11 [13]\n"},
    {"effective: 2026-01-01..\n", ""},
    {"effective: ..\n", "SY0141 5:12 [..]\n"},
    {"weights: {a: 60%, profile: {b: 1}}\n", "SY0130 5:11 [a]\nSY0130 5:19 [profile]\n"},
    {"weights: {a: {2025-13-01: 1, 2026-01-01: 2}}\n", "SY0140 5:15 [2025-13-01]\n"},
    {"subject: x\n", "SY0114 5:1 [subject]\n"},
    {"indicators: {a: {formula: 1, target: {2026-02-30: 1}}}\n", "SY0140 5:39 [2026-02-30]\n"},
    {"values: {a: 1, b}\n", "SY0112 5:16 [b]\n"},
    {"values: {a: 1, b: }\n", "SY0134 5:16 [b]\n"},
    {"title: \"大客户\\q部\"\n", "SY0109 5:12 [\\q]\n"},
    {"import: [[a], {b: c}]\n", "SY0135 5:10 [[a]]\nSY0135 5:15 [{b: c}]\n"},
    {"? title\n: one\n? [list]\n: two\n", "SY0115 7:3 [[list]]\n"},
    {"subject2: {table: rep}\n", "SY0129 5:1 [subject2]\n"},
};

TEST(LoadRuleFile, SaysWhatIsWrongAndWhere) {
  for (const FaultCase& c : kFaultCases) {
    const LoadedRules loaded(WithHead(c.text));
    EXPECT_EQ(loaded.Faults(), c.faults) << c.text;
    EXPECT_TRUE(loaded.file().has_value()) << c.text;
  }
}

TEST(LoadRuleFile, GivesNoTreeWithoutMapping) {
  for (const char* text : {"", "# only a comment", "- a", "a", "[a, b]", "~", "---", "{",
                           "steelyard: 2\n", "a: \"b", "\xFF", "a: \x01"}) {
    const LoadedRules loaded{std::string(text)};
    EXPECT_FALSE(loaded.file().has_value()) << text;
    EXPECT_EQ(loaded.sink().error_count(), 1u) << text;
  }
}

TEST(LoadRuleFile, ReportsTheMissingFileWithoutPlace) {
  const LoadedRules loaded(std::map<std::string, std::string>{});
  EXPECT_FALSE(loaded.file().has_value());
  EXPECT_EQ(loaded.Faults(), "SY0001\n");
  EXPECT_TRUE(loaded.sink().HasEnvironmentErrors());
}

// --- formulas: an error in one points at the very character
// ----------------------------------------

struct FormulaCase {
  const char* text;
  const char* place;  // line and column of the only fault
};

const FormulaCase kFormulaCases[] = {
    {"values: {a: 1 + * 2}\n", "5:17 "},
    {"values:\n  收入: 成本 + * 2\n", "6:12 "},
    {"values:\n  a: '1 + * 2'\n", "6:11 "},
    {"values:\n  a: \"1 + \\u002A 2\"\n", "6:11 "},
    {"values:\n  a: |\n    1 +\n    2 + * 3\n", "8:9 "},
    {"values:\n  a: >\n    1 +\n\n      2 +\n    * 3\n", "10:5 "},
    {"values:\n  a: 1 +\n    * 2\n", "7:5 "},
    {"indicators: {a: {formula: 1, weight_range: 1 + * 2..5}}\n", "5:48 "},
    {"indicators: {a: {formula: 1, weight_range: 1..2 + * 5}}\n", "5:51 "},
    {"indicators: {a: {score: {tiers: {base: 60 @ 1 + * 5}}}}\n", "5:49 "},
    {"indicators: {a: {score: {bands: {'< 1 + * 2': 5, else: 0}}}}\n", "5:41 "},
    {"indicators: {a: {score: {linear: {1 + * 2: 5}}}}\n", "5:39 "},
    {"indicators: {a: {formula: 1, target: '>= 1 + * 2'}}\n", "5:46 "},
    {"missing: points 1 + * 2\n", "5:21 "},
    {"vetoes: {a: {when: true, then: downgrade 1 + * 2}}\n", "5:46 "},
    {"interlocks: {a: {require: true, otherwise: cap b 1 + * 2}}\n", "5:54 "},
    {"parameters: {a: {2026-01-01: 1 + * 2}}\n", "5:34 "},
};

TEST(LoadRuleFile, PointsIntoFormulas) {
  for (const FormulaCase& c : kFormulaCases) {
    const LoadedRules loaded(WithHead(c.text));
    EXPECT_EQ(loaded.sink().error_count(), 1u) << c.text << loaded.Faults();
    EXPECT_THAT(loaded.Faults(), testing::HasSubstr(std::string(" ") + c.place)) << c.text;
  }
}

TEST(LoadRuleFile, KeepsYamlsOwnWordsAsTexts) {
  const LoadedRules loaded(WithHead(
      "vetoes: {a: {when: true, then: score 0}}\nvalues: {b: 5%, c: 0x10 , d: 1e3, e: no}\n"));
  ASSERT_TRUE(loaded.file());
  EXPECT_EQ(loaded.file()->vetoes[0].condition.source.text, "true");
  std::vector<std::string> texts;
  for (const ValueDecl& value : loaded.file()->values) texts.push_back(value.formula.source.text);
  EXPECT_THAT(texts, testing::ElementsAre("5%", "0x10", "1e3", "no"));
}

TEST(LoadRuleFile, MarksFormulasThatCouldNotBeRead) {
  const LoadedRules loaded(WithHead("values: {a: , b: [1], c: 1 +}\n"));
  ASSERT_TRUE(loaded.file());
  ASSERT_EQ(loaded.file()->values.size(), 3u);
  for (const ValueDecl& value : loaded.file()->values) {
    EXPECT_TRUE(value.formula.present()) << value.id.text;
    EXPECT_FALSE(value.formula.parsed()) << value.id.text;
  }
}

TEST(LoadRuleFile, NormalizesNames) {
  const LoadedRules loaded(
      WithHead("values: {收入＿２: 1, \"e\\u0301\": 2}\nweights: {ｎｐｓ: 100%}\n"));
  ASSERT_TRUE(loaded.file());
  EXPECT_EQ(loaded.file()->values[0].id.text, "收入_2");
  EXPECT_EQ(loaded.Covered(loaded.file()->values[0].id.span), "收入＿２");
  EXPECT_EQ(loaded.file()->values[1].id.text, "\u00E9");
  EXPECT_EQ(loaded.Covered(loaded.file()->values[1].id.span), "e\\u0301");
  EXPECT_EQ(loaded.file()->weights.dimensions[0].entries[0].indicator.text, "nps");
}

// --- places --------------------------------------------------------------------------------------

TEST(LoadRuleFile, CoversWhatItRead) {
  const LoadedRules loaded(
      WithHead("indicators:\n"
               "  \"share\":\n"
               "    formula: >-\n"
               "      a +\n"
               "      b\n"
               "    better: 'higher'\n"
               "    score: {linear: {0%: 0, \"40%\": 100}}\n"
               "    weight_range:  25% .. 30%\n"
               "    target: ' >= 40% '\n"
               "    level: [x, 'y z']\n"));
  EXPECT_EQ(loaded.Faults(), "");
  ASSERT_TRUE(loaded.file());
  const IndicatorDecl& share = loaded.file()->indicators.at(0);
  EXPECT_EQ(loaded.Covered(share.id.span), "share");
  EXPECT_EQ(loaded.Covered(share.formula.span), "a +\n      b");
  EXPECT_EQ(loaded.Covered(share.better_span), "higher");
  EXPECT_EQ(loaded.Covered(share.score.span), "linear");
  EXPECT_EQ(loaded.Covered(share.score.linear[1].at.span), "40%");
  EXPECT_EQ(loaded.Covered(share.score.linear[0].span), "0%: 0");
  EXPECT_EQ(loaded.Covered(share.weight_range.span), "25% .. 30%");
  EXPECT_EQ(loaded.Covered(share.weight_range.low.span), "25%");
  EXPECT_EQ(loaded.Covered(share.weight_range.high.span), "30%");
  EXPECT_EQ(loaded.Covered(share.target.span), ">= 40%");
  EXPECT_EQ(loaded.Covered(share.level[1].span), "y z");
}

TEST(LoadRuleFile, ReadsTargetsAsConditionsOrValues) {
  const LoadedRules loaded(
      WithHead("indicators:\n"
               "  a: {formula: 1, target: '≥ 40%'}\n"
               "  b: {formula: 1, target: 40%}\n"
               "  c: {formula: 1, target: 85%..95%}\n"
               "  d: {formula: 1, target: value > 2}\n"));
  EXPECT_EQ(loaded.Faults(), "");
  ASSERT_TRUE(loaded.file());
  std::vector<ExprKind> roots;
  for (const IndicatorDecl& indicator : loaded.file()->indicators) {
    const ExprTree& tree = indicator.target.tree;
    roots.push_back(tree.at(tree.root).kind);
  }
  EXPECT_EQ(roots[0], ExprKind::kBinary);
  EXPECT_EQ(roots[1], ExprKind::kNumber);
  EXPECT_NE(roots[2], ExprKind::kNumber);
  EXPECT_EQ(roots[3], ExprKind::kBinary);
}

// --- effects -------------------------------------------------------------------------------------

struct EffectCase {
  const char* text;
  const char* target;
  const char* amount;
};

const EffectCase kEffectCases[] = {
    {"cap 80", "", "80"},
    {"cap  80", "", "80"},
    {"cap csat 60", "csat", "60"},
    {"cap 满意度 60%", "满意度", "60%"},
    {"cap `customer sat` 60", "customer sat", "60"},
    {"cap csat limit", "csat", "limit"},
    {"cap csat `low limit`", "csat", "`low limit`"},
    {"cap limit", "", "limit"},
    {"cap `low limit`", "", "`low limit`"},
    {"cap limit * 2", "", "limit * 2"},
    {"cap limit - 5", "", "limit - 5"},
    {"cap if a > b then 1 else 2", "", "if a > b then 1 else 2"},
    {"cap a + b 2", "", "a + b 2"},
    {"floor csat", "", "csat"},
};

TEST(Effects, TellTargetFromAmount) {
  for (const EffectCase& c : kEffectCases) {
    const LoadedRules loaded(
        WithHead(std::string("interlocks:\n  i:\n    require: true\n    otherwise: ") + c.text));
    ASSERT_TRUE(loaded.file());
    ASSERT_EQ(loaded.file()->interlocks.at(0).effects.size(), 1u) << c.text;
    const Effect& effect = loaded.file()->interlocks[0].effects[0];
    EXPECT_EQ(effect.target.text, c.target) << c.text;
    EXPECT_EQ(effect.amount.source.text, c.amount) << c.text;
    EXPECT_EQ(loaded.Covered(effect.span), c.text);
  }
}

}  // namespace
}  // namespace steelyard
