#include "engine/receipt/cells.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace steelyard {
namespace {

using testing::ElementsAre;

constexpr std::string_view kCsv =
    "id,period,score,note\nA,Q1,97.09,\"x, \"\"y\"\"\"\nB,Q1,3,\nC,Q1,4,\n";
constexpr std::string_view kJson =
    "[\n  {\"id\": \"A\", \"score\": 97.09, \"vetoes\": [\"x\", \"y\"]},\n"
    "  {\"id\": \"B\", \"score\": null, \"vetoes\": []}\n]\n";

std::string With(std::string_view text, std::string_view from, std::string_view to) {
  std::string other(text);
  other.replace(other.find(from), from.size(), to);
  return other;
}

CellChanges Csv(const std::string& found) { return CompareCells(kCsv, found, false, 2); }
CellChanges JsonOf(const std::string& found) { return CompareCells(kJson, found, true, 1); }

TEST(Cells, AreNamedWhereTheyDiffer) {
  const CellChanges changes = Csv(With(With(kCsv, "97.09", "98.09"), "C,Q1,4", "C,Q1,5"));
  EXPECT_EQ(changes.cells, 2u);
  ASSERT_TRUE(changes.first);
  EXPECT_EQ(changes.first->row, "A / Q1");
  EXPECT_EQ(changes.first->line, 2u);
  EXPECT_EQ(changes.first->column, "score");
  EXPECT_EQ(changes.first->expected, "97.09");
  EXPECT_EQ(changes.first->found, "98.09");
}

TEST(Cells, MatchRowsByTheirKeys) {
  const CellChanges gone = Csv(With(kCsv, "B,Q1,3,\n", ""));
  EXPECT_THAT(gone.rows_missing, ElementsAre("B / Q1"));
  EXPECT_EQ(gone.missing, 1u);
  EXPECT_EQ(gone.cells, 0u);
  const CellChanges renamed = Csv(With(kCsv, "B,Q1", "D,Q1"));
  EXPECT_THAT(renamed.rows_missing, ElementsAre("B / Q1"));
  EXPECT_THAT(renamed.rows_added, ElementsAre("D / Q1"));
  const CellChanges twice = Csv(std::string(kCsv) + "C,Q1,4,\n");
  EXPECT_THAT(twice.rows_added, ElementsAre("C / Q1"));
  const CellChanges moved =
      Csv("id,period,score,note\nB,Q1,3,\nA,Q1,97.09,\"x, \"\"y\"\"\"\nC,Q1,4,\n");
  EXPECT_EQ(moved.moved, 1u);
  EXPECT_EQ(moved.cells + moved.missing + moved.added, 0u);
}

TEST(Cells, KeepKeysApartThatLookTheSame) {
  const CellChanges changes = CompareCells("x,y,z\na / b,c,1\n", "x,y,z\na,b / c,1\n", false, 2);
  EXPECT_THAT(changes.rows_missing, ElementsAre("a / b / c"));
  EXPECT_THAT(changes.rows_added, ElementsAre("a / b / c"));
  EXPECT_EQ(changes.cells, 0u);
}

TEST(Cells, TellOfColumns) {
  const CellChanges changes = Csv(With(kCsv, "score", "points"));
  EXPECT_THAT(changes.columns_missing, ElementsAre("score"));
  EXPECT_THAT(changes.columns_added, ElementsAre("points"));
  EXPECT_EQ(changes.cells, 0u);
}

TEST(Cells, TellOfRowsThatAreTooShort) {
  EXPECT_EQ(Csv(With(kCsv, "B,Q1,3,\n", "B,Q1\n")).cells, 2u);
}

TEST(Cells, AreTheSameHoweverTheyAreWritten) {
  const CellChanges quoted = Csv(With(kCsv, "B,", "\"B\","));
  EXPECT_EQ(quoted.cells + quoted.missing + quoted.added + quoted.moved, 0u);
  EXPECT_EQ(quoted.line, 3u);
  const CellChanges crlf = Csv(With(kCsv, "4,\n", "4,\r\n"));
  EXPECT_EQ(crlf.line, 4u);
}

TEST(Cells, OfJsonKeepTheirDigits) {
  EXPECT_EQ(JsonOf(std::string(kJson)).cells, 0u);
  const CellChanges changes = JsonOf(With(kJson, "97.09", "97.090"));
  ASSERT_TRUE(changes.first);
  EXPECT_EQ(changes.first->found, "97.090");
  EXPECT_EQ(changes.first->line, 2u);
  EXPECT_EQ(JsonOf(With(kJson, "\"x\", \"y\"", "\"x\"")).first->found, "x");
}

TEST(Cells, OfNoTableAreNotCompared) {
  for (const char* text : {"", "[1]", "{", "[{\"a\": {\"b\": 1}}]", "[[[[[[", "[{}]]"}) {
    EXPECT_FALSE(JsonOf(text).readable) << text;
  }
  EXPECT_TRUE(Csv("").readable);
  EXPECT_EQ(Csv("").missing, 3u);
  EXPECT_TRUE(Csv("\"").readable);
}

}  // namespace
}  // namespace steelyard
