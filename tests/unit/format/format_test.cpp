// Whole files laid out.
#include "engine/format.h"

#include <gtest/gtest.h>

#include "engine/diag/render.h"
#include "engine/format/proof.h"

namespace steelyard {
namespace {

std::string Formatted(const std::string& text, OperatorStyle style = OperatorStyle::kKeep) {
  Session session([&](const std::string&) -> LoadedText { return {"", LoadFailure::kNotFound}; });
  const FormatOutcome outcome = FormatText(session, "rules.yaml", text, style);
  if (outcome.status == FormatStatus::kFailed) return RenderAll(session.sink, session.sources, {});
  EXPECT_EQ(outcome.status == FormatStatus::kUnchanged, outcome.text == text);
  return outcome.text;
}

// What stands below the first line, `steelyard: 1`.
std::string Below(const std::string& text) {
  const std::string head = "steelyard: 1\n";
  const std::string formatted = Formatted(head + text);
  EXPECT_TRUE(formatted.starts_with(head)) << formatted;
  return formatted.substr(std::min(head.size(), formatted.size()));
}

TEST(Format, IndentsByTwoBlanks) {
  EXPECT_EQ(
      Below("\nvalues:\n        a:\n            formula :   x\nimport:\n- a.yaml\n-   b.yaml\n"),
      "\nvalues:\n  a:\n    formula: x\n\nimport:\n  - a.yaml\n  - b.yaml\n");
}

TEST(Format, MakesLineEndsAndEndsOfFilesAlike) {
  EXPECT_EQ(Formatted("\xEF\xBB\xBFsteelyard: 1   \r\nscorecard: a"),
            "steelyard: 1\nscorecard: a\n");
  EXPECT_EQ(Below("scorecard: a\n\n\n\n"), "scorecard: a\n");
}

TEST(Format, KeepsOneBlankLineBetweenEntries) {
  EXPECT_EQ(Below("\nvalues:\n\n  a: 1\n\n\n\n  b: 2\n  c: 3\n"),
            "\nvalues:\n  a: 1\n\n  b: 2\n  c: 3\n");
}

TEST(Format, PartsSectionsOfSeveralLines) {
  EXPECT_EQ(
      Below("scorecard: a\nvalues:\n  a: 1\n# of outcomes\noutcomes:\n  b: 2\nmissing: zero\n"),
      "scorecard: a\n\nvalues:\n  a: 1\n\n# of outcomes\noutcomes:\n  b: 2\n\nmissing: zero\n");
}

TEST(Format, KeepsCommentsWithWhatTheyStandAt) {
  EXPECT_EQ(Below("\nvalues:   # of values\n     # of a\n     a: 1 # at a\n     # of the end\n"
                  "# of outcomes\noutcomes: {b: 2}\n# the last\n"),
            "\nvalues:   # of values\n  # of a\n  a: 1    # at a\n  # of the end\n\n"
            "# of outcomes\noutcomes: {b: 2}\n# the last\n");
}

TEST(Format, MovesCommentsThatStandBelowEachOtherTogether) {
  EXPECT_EQ(Below("values:\n  a: x+y+z # one\n  b: x     # two\n"),
            "\nvalues:\n  a: x + y + z  # one\n  b: x          # two\n");
}

TEST(Format, KeepsCommentsBetweenAKeyAndItsValue) {
  EXPECT_EQ(
      Below("scorecard:  # why\n    team\nvalues: # none\n    {}\nimport: [ # x\n  a ] # y\n"),
      "\nscorecard:  # why\n  team\n\nvalues:  # none\n  {}\n\nimport:   # x\n  - a  # y\n");
}

TEST(Format, KeepsShortBracketsAndBreaksLongOnesUp) {
  const std::string name(60, 'n');
  EXPECT_EQ(Below("\nvalues:\n  a: { name :  x,formula: y }\n  b: {name: " + name +
                  ", formula: sum(order.amount), override: true}  # of b\n"),
            "\nvalues:\n  a: {name: x, formula: y}\n  b:  # of b\n    name: " + name +
                "\n    formula: sum(order.amount)\n    override: true\n");
}

TEST(Format, WrapsLongListsOfWordsAndRows) {
  const std::string word(30, 'w');
  EXPECT_EQ(Below("level: [" + word + ", " + word + ", " + word + ", last]\n"),
            "\nlevel: [" + word + ", " + word + ",\n        " + word + ", last]\n");
  EXPECT_EQ(
      Formatted("tests: a.yaml\ncases:\n- {" + word + ": 1, x" + word + ": 2, y" + word + ": 3}\n"),
      "tests: a.yaml\ncases:\n  - {" + word + ": 1, x" + word + ": 2,\n     y" + word + ": 3}\n");
}

TEST(Format, OpensBracketsWhoseEntriesHaveLinesOfTheirOwn) {
  EXPECT_EQ(Below("grades: {\n  A: 80, # good\n  B: 0}\nweights: {a: 50%,\n   b: 50%}\n"),
            "\ngrades:\n  A: 80  # good\n  B: 0\n\nweights: {a: 50%, b: 50%}\n");
}

TEST(Format, LaysFormulasOut) {
  EXPECT_EQ(Below("values: {a: x*y, b: {formula: '(x+y)/2'}}\n"),
            "values: {a: x * y, b: {formula: (x + y) / 2}}\n");
  EXPECT_EQ(Formatted("steelyard: 1\nvalues: {a: x*y}\n", OperatorStyle::kTypographic),
            "steelyard: 1\nvalues: {a: x × y}\n");
}

TEST(Format, QuotesFormulasWhereTheyComeToNeedIt) {
  EXPECT_EQ(Below("values: {a: 求和（x，y）}\n"), "values: {a: 求和（x，y）}\n");
  EXPECT_EQ(Formatted("steelyard: 1\nvalues: {a: max（x，y）}\n", OperatorStyle::kAscii),
            "steelyard: 1\nvalues: {a: \"max(x, y)\"}\n");
  EXPECT_EQ(Below("values:\n  a: linear(x,0:0,1:9)\n"),
            "\nvalues:\n  a: \"linear(x, 0: 0, 1: 9)\"\n");
  EXPECT_EQ(Formatted("steelyard: 1\nvalues:\n  a: ＞ 5\n", OperatorStyle::kAscii),
            "steelyard: 1\n\nvalues:\n  a: ＞ 5\n");
}

TEST(Format, DropsQuotesOnlyWhereNobodyNeedsThem) {
  EXPECT_EQ(Below("title: \"达成 率\"\nversion: '2026.1'\nscorecard: 'yes'\n"),
            "title: 达成 率\nversion: \"2026.1\"\nscorecard: \"yes\"\n");
  EXPECT_EQ(Below("title: 'a: b'\nversion: '#1'\nlevel: ['a, b', 'x']\n"),
            "title: \"a: b\"\nversion: \"#1\"\nlevel: [\"a, b\", x]\n");
  EXPECT_EQ(Below("title: 'say \"x\"'\nversion: \"\\u4e00\"\n"),
            "title: say \"x\"\nversion: \"\\u4e00\"\n");
  for (const char* text :
       {"~", "null", "1e3", "007", "2026-01-01", "-1", ".5", "no", "* a", "&a",   "!a", "%a", "|",
        ">", "- a",  "? a", "[a",  "{a",         "`a", "@a", " a", "a ",  "a #b", "a:", ""}) {
    const std::string line = "title: \"" + std::string(text) + "\"\n";
    EXPECT_EQ(Below(line), line);
  }
}

TEST(Format, KeepsQuotesInTests) {
  const std::string text =
      "tests: a.yaml\ncases:\n  - {name: \"x\", expect: {grade: \"missing\", score: missing}}\n";
  EXPECT_EQ(Formatted(text), text);
}

TEST(Format, KeepsTextsOfSeveralLines) {
  EXPECT_EQ(
      Below("\nvalues:\n    a: >-\n         x+\n           y\n    b:\n        x +\n           y\n"),
      "\nvalues:\n  a: >-\n    x +\n      y\n  b:\n    x +\n    y\n");
  EXPECT_EQ(Below("title: |+  # kept\n     a  \n\n       b\n\nscorecard: x\n"),
            "\ntitle: |+  # kept\n  a  \n\n    b\n\nscorecard: x\n");
  EXPECT_EQ(Below("title: 'a\n\n     b'\n"), "\ntitle: 'a\n\n  b'\n");
}

TEST(Format, KeepsEmptyValuesAsTheyAreWritten) {
  EXPECT_EQ(Below("values:\nmissing: ~\nlevel: [  ]\ngrades: { }\nparameters: {a:, b: null}\n"),
            "values:\nmissing: ~\nlevel: []\ngrades: {}\nparameters: {a:, b: null}\n");
}

TEST(Format, KeepsALineOnWhichCheckIsToldSomething) {
  const std::string name(70, 'n');
  const std::string text =
      "\nvalues:\n  # steelyard: allow SY0412 because x\n  a: {name: " + name +
      ", formula: sum(order.amount), override: true}\n  b: {name: " + name +
      ", formula: count(order), override: true}  # steelyard: allow SY0412 because x\n";
  EXPECT_EQ(Below(text), text);
}

TEST(Format, FormatsFilesWithMistakesInTheRules) {
  EXPECT_EQ(Below("values: {a: x+, b:   y*z}\nunknown:    1\n"),
            "values: {a: x+, b: y * z}\nunknown: 1\n");
}

TEST(Format, RefusesWhatIsNotYamlAndNotOurs) {
  EXPECT_NE(Formatted("steelyard: 1\nvalues: {a: 1\n").find("SY0105"), std::string::npos);
  EXPECT_NE(Formatted("steelyard: &x 1\n").find("SY0116"), std::string::npos);
  EXPECT_NE(Formatted("services: {web: 1}\n").find("SY0640"), std::string::npos);
  EXPECT_NE(Formatted("").find("SY0640"), std::string::npos);
}

// The proof does what it is for.
TEST(Format, FindsEveryLoss) {
  const std::string text =
      "steelyard: 1\nscorecard: c\nsubject: m\n"
      "data: {m: {key: id, columns: {id: text, x: number}}}  # data\n"
      "indicators: {i: {formula: x + 1, score: {formula: value}}}\nweights: {i: 100%}\n"
      "grades: {A: 80, B: 0}\n";
  const auto loss = [&](const std::string& from, const std::string& to) {
    std::string after = text;
    after.replace(after.find(from), from.size(), to);
    return FindLoss(SourceFile("rules.yaml", text), after, OperatorStyle::kKeep, LoadFromDisk);
  };
  EXPECT_EQ(loss("A: 80", "A: 81"), FormatLoss::kYaml);
  EXPECT_EQ(loss("x + 1", "x - 1"), FormatLoss::kYaml);
  EXPECT_EQ(loss("subject: m\n", ""), FormatLoss::kYaml);
  EXPECT_EQ(loss("  # data", ""), FormatLoss::kComments);
  EXPECT_EQ(loss("x + 1", "x  +  1"), FormatLoss::kNotStable);
  EXPECT_EQ(loss("grades: {A: 80, B: 0}", "grades: {A: 80, B: 0"), FormatLoss::kYaml);
  EXPECT_EQ(FindLoss(SourceFile("a.test.yaml", "tests: a\ncases: [{name: 'x'}]\n"),
                     "tests: a\ncases: [{name: x}]\n", OperatorStyle::kKeep, LoadFromDisk),
            FormatLoss::kYaml);
}

}  // namespace
}  // namespace steelyard
