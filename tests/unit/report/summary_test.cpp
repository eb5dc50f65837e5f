#include <gtest/gtest.h>

#include "engine/report/write.h"
#include "tests/support/golden.h"
#include "tests/unit/report/sample.h"

namespace steelyard {
namespace {

SummaryInput SampleInput(const ResultTable& table) {
  SummaryInput input;
  input.table = &table;
  input.scorecard = "key-account";
  input.title = "大客户部绩效考核";
  input.accounts = {{"manager", 8, 5, 2}, {"订单", 1200, 1199, 1}, {"survey", 0, 0, 0}};
  input.subjects_scored = 5;
  input.subjects_not_selected = 1;
  input.rejects_by_reason = {{"wrong_type", 2}, {"duplicate_key", 1}};
  return input;
}

void ExpectSummaries(const std::string& name, const SummaryInput& input) {
  ExpectGolden("report/" + name + "_en.txt", Summary(input, Language::kEnglish));
  ExpectGolden("report/" + name + "_zh.txt", Summary(input, Language::kChinese));
}

TEST(Summary, TellsWhatHappened) {
  const ResultTable table = SampleResults();
  ExpectSummaries("summary", SampleInput(table));
}

TEST(Summary, TellsWhereTheFilesAre) {
  const ResultTable table = SampleResults();
  SummaryInput input = SampleInput(table);
  input.output = "out/结果.csv";
  input.rejects = "out/rejects.csv";
  const std::string text = Summary(input, Language::kEnglish);
  EXPECT_NE(text.find("results       out/结果.csv\n"), std::string::npos) << text;
  EXPECT_NE(text.find("rejects       out/rejects.csv\n"), std::string::npos) << text;
}

TEST(Summary, OfNobodyIsShort) {
  ResultTable table = SampleResults();
  for (ResultColumn& column : table.columns) column.cells.clear();
  table.rows = 0;
  SummaryInput input;
  input.table = &table;
  input.scorecard = "key-account";
  input.accounts = {{"manager", 0, 0, 0}};
  ExpectSummaries("summary_of_nobody", input);
}

TEST(Summary, SaysAScoreThatAllShareOnce) {
  ResultTable table = SampleResults();
  for (Value& score : table.columns[5].cells) score = Value(Number(80));
  const std::string text = Summary(SampleInput(table), Language::kEnglish);
  EXPECT_NE(text.find("score       80  M1 2026Q1 and 4 more\n"), std::string::npos) << text;
  EXPECT_EQ(text.find("lowest"), std::string::npos) << text;
}

TEST(Summary, CountsPeriodsThatWereRejectedInScoring) {
  const ResultTable table = SampleResults();
  SummaryInput input = SampleInput(table);
  input.subjects_scored = 7;
  input.rejects_by_reason = {{"evaluation", 3}};
  EXPECT_NE(
      Summary(input, Language::kEnglish).find("7 subjects × 1 period = 5 rows + 2 rejected\n"),
      std::string::npos);
  EXPECT_NE(Summary(input, Language::kChinese).find("7 个对象 × 1 期 = 5 行 + 拒绝 2\n"),
            std::string::npos);
}

TEST(Summary, SaysPlainlyWhatDoesNotAddUpToAFullGrid) {
  const ResultTable table = SampleResults();
  SummaryInput input = SampleInput(table);
  input.subjects_scored = 3;
  input.accounts = {{"manager", 20, 18, 1}};
  const std::string text = Summary(input, Language::kEnglish);
  EXPECT_NE(text.find("3 subjects, 1 period, 5 rows\n"), std::string::npos) << text;
  EXPECT_NE(text.find("read 20 = 18 used + 1 rejected + 1 not used\n"), std::string::npos) << text;
}

TEST(Summary, IsSafeForATerminal) {
  ResultTable table = SampleResults();
  table.columns[0].cells[0] = Value(std::string("\x1b[31mM1\n"));
  SummaryInput input = SampleInput(table);
  input.scorecard = "key\x1b]0;";
  EXPECT_EQ(Summary(input, Language::kEnglish).find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace steelyard
