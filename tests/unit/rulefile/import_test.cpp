// Files that import others.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "tests/unit/rulefile/rule_text.h"

namespace steelyard {
namespace {

using Files = std::map<std::string, std::string>;

std::string Main(std::string_view text) { return std::string(kHead) + std::string(text); }

std::vector<std::string> ValueIds(const LoadedRules& loaded) {
  std::vector<std::string> ids;
  for (const ValueDecl& value : loaded.file()->values) ids.push_back(value.id.text);
  return ids;
}

TEST(Imports, StandBeforeTheFilesOwn) {
  const LoadedRules loaded(Files{{"main.yaml", Main("import: [b.yaml, c.yaml]\nvalues: {m: 1}\n")},
                                 {"b.yaml", "steelyard: 1\nvalues: {b: 1}\n"},
                                 {"c.yaml", "steelyard: 1\nimport: d.yaml\nvalues: {c: 1}\n"},
                                 {"d.yaml", "steelyard: 1\nvalues: {d: 1}\n"}});
  EXPECT_EQ(loaded.Faults(), "");
  ASSERT_TRUE(loaded.file());
  EXPECT_THAT(ValueIds(loaded), testing::ElementsAre("b", "d", "c", "m"));
  EXPECT_EQ(loaded.Covered(loaded.file()->values[1].id.span), "d");
  EXPECT_EQ(loaded.file()->scorecard.text, "test");
}

TEST(Imports, AreRelativeToTheImportingFile) {
  const LoadedRules loaded(
      Files{{"main.yaml", Main("import: lib/b.yaml\n")},
            {"lib/b.yaml", "steelyard: 1\nimport: [../other/c.yaml, ./d.yaml]\n"},
            {"other/c.yaml", "steelyard: 1\nvalues: {c: 1}\n"},
            {"lib/d.yaml", "steelyard: 1\nvalues: {d: 1}\n"}});
  EXPECT_EQ(loaded.Faults(), "");
  ASSERT_TRUE(loaded.file());
  EXPECT_THAT(ValueIds(loaded), testing::ElementsAre("c", "d"));
}

TEST(Imports, OfTheSameFileCountOnce) {
  const LoadedRules loaded(Files{{"main.yaml", Main("import: [b.yaml, c.yaml, ./b.yaml]\n")},
                                 {"b.yaml", "steelyard: 1\nimport: lib/../d.yaml\n"},
                                 {"c.yaml", "steelyard: 1\nimport: d.yaml\n"},
                                 {"d.yaml", "steelyard: 1\nvalues: {d: 1}\n"}});
  EXPECT_EQ(loaded.Faults(), "");
  ASSERT_TRUE(loaded.file());
  EXPECT_THAT(ValueIds(loaded), testing::ElementsAre("d"));
}

TEST(Imports, ThatComeBackAreReportedWhereTheyDo) {
  const LoadedRules loaded(Files{{"main.yaml", Main("import: [main.yaml, b.yaml]\n")},
                                 {"b.yaml", "steelyard: 1\nimport: c.yaml\n"},
                                 {"c.yaml", "steelyard: 1\nimport: [x/../b.yaml, main.yaml]\n"}});
  EXPECT_EQ(loaded.Faults(),
            "SY0125 5:10 [main.yaml]\n"
            "SY0125 c.yaml:2:10 [x/../b.yaml]\n"
            "SY0125 c.yaml:2:23 [main.yaml]\n");
  EXPECT_TRUE(loaded.file().has_value());
}

TEST(Imports, ThatAreMissingAreTheEnvironmentsFault) {
  const LoadedRules loaded(Files{
      {"main.yaml", "steelyard: 1\nscorecard: a\nsubject: b\nimport: [b.yaml]\nvalues: {m: 1}\n"}});
  // The tables may stand in the lost file, so nothing is said of them.
  EXPECT_EQ(loaded.Faults(), "SY0001 4:10 [b.yaml]\n");
  EXPECT_TRUE(loaded.sink().HasEnvironmentErrors());
  ASSERT_TRUE(loaded.file());
  EXPECT_THAT(ValueIds(loaded), testing::ElementsAre("m"));
}

TEST(Imports, ThatDefineAgainAreReportedWithBothPlaces) {
  const LoadedRules loaded(
      Files{{"main.yaml", Main("import: b.yaml\nvetoes: {v: {when: true, then: score 0}}\n")},
            {"b.yaml",
             "steelyard: 1\ndata: {rep: {key: id}}\n"
             "vetoes: {v: {when: true, then: disqualify}}\n"}});
  EXPECT_EQ(loaded.Faults(), "SY0127 4:8 [rep]\nSY0127 6:10 [v]\n");
  const Diagnostic table = loaded.sink().Sorted().at(0);
  ASSERT_EQ(table.helps.size(), 1u);
  EXPECT_EQ(loaded.sources().file(table.helps[0].span.file).path(), "b.yaml");
  ASSERT_TRUE(loaded.file());
  EXPECT_EQ(loaded.file()->vetoes.size(), 1u);
}

TEST(Imports, NeedOnlyTheLanguageVersion) {
  const LoadedRules loaded(
      Files{{"main.yaml", Main("import: b.yaml\n")}, {"b.yaml", "values: {}"}});
  EXPECT_EQ(loaded.Faults(), "SY0131 b.yaml:1:1 [values]\n");
}

TEST(Imports, ThatCannotBeReadLeaveTheRest) {
  const LoadedRules loaded(Files{{"main.yaml", Main("import: [b.yaml, c.yaml]\nvalues: {m: 1}\n")},
                                 {"b.yaml", "steelyard: 1\nvalues: {b: [\n"},
                                 {"c.yaml", "steelyard: 1\nvalues: {c: 1}\n"}});
  EXPECT_EQ(loaded.Faults(), "SY0105 b.yaml:2:13 [[]\n");
  ASSERT_TRUE(loaded.file());
  EXPECT_THAT(ValueIds(loaded), testing::ElementsAre("c", "m"));
}

// --- libraries by themselves ---------------------------------------------------------------------

TEST(Libraries, AreKnownByWhatTheyHold) {
  struct Case {
    const char* text;
    bool library;
  };
  const Case cases[] = {
      {"steelyard: 1\nvalues: {a: 1}\n", true},
      {"steelyard: 1\nindicators: {a: {formula: x}}\ntitle: t\n", true},
      {"steelyard: 1\nvalues: {a: 1}\nweights: {a: 100%}\n", false},
      {"steelyard: 1\nsubject: a\nvalues: {a: 1}\n", false},
      {"steelyard: 1\n", false},
  };
  for (const Case& c : cases) {
    SourceSet sources([&](const std::string&) { return LoadedText{c.text, std::nullopt}; });
    DiagnosticSink sink;
    const auto file = LoadRuleFile(sources, "main.yaml", sink, true);
    ASSERT_TRUE(file);
    EXPECT_EQ(file->is_library, c.library) << c.text;
    EXPECT_EQ(sink.HasErrors(), !c.library) << c.text;
  }
}

// --- override -----------------------------------------------------------------------------------

TEST(Override, TakesThePlaceAndKeepsTheName) {
  const LoadedRules loaded(
      Files{{"main.yaml", Main("import: lib.yaml\n"
                               "parameters: {limit: {override: true, value: 2}}\n"
                               "values: {v: {override: true, name: own, formula: 3}}\n")},
            {"lib.yaml",
             "steelyard: 1\nparameters: {limit: {name: 上限, value: 1}}\n"
             "values: {v: {name: old, formula: 1}}\n"}});
  EXPECT_EQ(loaded.Faults(), "");
  ASSERT_EQ(loaded.file()->parameters.size(), 1u);
  EXPECT_EQ(loaded.file()->parameters[0].name.text, "上限");
  EXPECT_EQ(loaded.file()->parameters[0].entries[0].values[0].source.text, "2");
  ASSERT_EQ(loaded.file()->values.size(), 1u);
  EXPECT_EQ(loaded.file()->values[0].name.text, "own");
}

// --- based_on ------------------------------------------------------------------------------------

Files WithLibrary(const std::string& indicators) {
  return {
      {"main.yaml", Main("import: lib.yaml\nindicators: {" + indicators + "}\n")},
      {"lib.yaml",
       "steelyard: 1\nindicators:\n"
       "  nps: {name: 净推荐值, formula: 1 + 2, better: higher, missing: zero, target: '>= 2'}\n"
       "  csat: {formula: 5, status: trial, from: 2026-01-01, owner: sales}\n"}};
}

const IndicatorDecl& Indicator(const LoadedRules& loaded, const std::string& id) {
  for (const IndicatorDecl& indicator : loaded.file()->indicators) {
    if (indicator.id.text == id) return indicator;
  }
  ADD_FAILURE() << "no indicator " << id;
  static const IndicatorDecl none;
  return none;
}

TEST(BasedOn, TakesWhatItDoesNotSay) {
  const LoadedRules loaded(WithLibrary("nps: {based_on: nps, missing: error, owner: service}"));
  EXPECT_EQ(loaded.Faults(), "");
  ASSERT_EQ(loaded.file()->indicators.size(), 2u);  // it takes the place of its base
  const IndicatorDecl& nps = Indicator(loaded, "nps");
  EXPECT_EQ(loaded.Covered(nps.id.span), "nps");
  EXPECT_EQ(nps.id.span.file, loaded.file()->file);
  EXPECT_EQ(nps.name.text, "净推荐值");
  EXPECT_TRUE(nps.formula.parsed());
  EXPECT_TRUE(nps.target.parsed());
  EXPECT_EQ(nps.better, Better::kHigher);
  EXPECT_EQ(nps.missing.policy, MissingPolicy::kError);
  EXPECT_EQ(nps.owner.text, "service");
}

TEST(BasedOn, UnderAnotherIdLeavesTheBaseAndItsName) {
  const LoadedRules loaded(WithLibrary("mine: {based_on: nps}, more: {based_on: nps, name: m}"));
  EXPECT_EQ(loaded.Faults(), "");
  EXPECT_EQ(loaded.file()->indicators.size(), 4u);
  EXPECT_FALSE(Indicator(loaded, "mine").name.present());
  EXPECT_EQ(Indicator(loaded, "more").name.text, "m");
  EXPECT_TRUE(Indicator(loaded, "mine").formula.parsed());
}

TEST(BasedOn, TakesTheLifeAsAWhole) {
  const LoadedRules loaded(WithLibrary("csat: {based_on: csat, status: active}"));
  EXPECT_FALSE(Indicator(loaded, "csat").from.has_value());
  const LoadedRules silent(WithLibrary("csat: {based_on: csat}"));
  EXPECT_TRUE(Indicator(silent, "csat").from.has_value());
  EXPECT_EQ(Indicator(silent, "csat").status, Status::kTrial);
}

TEST(BasedOn, ReportsABaseThatIsNotThere) {
  const LoadedRules loaded(WithLibrary("nps: {based_on: npps}, x: {based_on: x, formula: 1}"));
  EXPECT_EQ(loaded.Faults(), "SY0160 6:30 [npps]\nSY0160 6:51 [x]\n");
}

}  // namespace
}  // namespace steelyard
