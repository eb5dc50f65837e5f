#include "engine/report/write.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/golden.h"
#include "tests/unit/report/sample.h"

namespace steelyard {
namespace {

ResultTable OneText(std::string text) {
  ResultTable table;
  table.rows = 1;
  ResultColumn column;
  column.heading = "na\"me";
  column.type = Type::Of(TypeKind::kText);
  column.cells = {Value(std::move(text))};
  table.columns.push_back(std::move(column));
  return table;
}

TEST(ToCsv, WritesEveryRole) { ExpectGolden("report/sample.csv", ToCsv(SampleResults())); }

TEST(ToCsv, QuotesOnlyWhatNeedsIt) {
  EXPECT_EQ(ToCsv(OneText("plain; 'text' ")), "\"na\"\"me\"\nplain; 'text' \n");
  EXPECT_EQ(ToCsv(OneText("two\nlines")), "\"na\"\"me\"\n\"two\nlines\"\n");
  EXPECT_EQ(ToCsv(OneText("a,\"b\"")), "\"na\"\"me\"\n\"a,\"\"b\"\"\"\n");
}

TEST(ToCsv, OfNoRowsIsTheHeadings) {
  ResultTable table = SampleResults();
  table.rows = 0;
  EXPECT_EQ(ToCsv(table),
            "manager_id,period,strategic_share,strategic_share.points,closure,score,grade,vetoes,"
            "interlocks,alerts,review,bonus,promoted\n");
}

TEST(ToJson, WritesEveryRole) { ExpectGolden("report/sample.json", ToJson(SampleResults())); }

TEST(ToJson, IsJsonWithColumnsInOrder) {
  const auto rows = nlohmann::ordered_json::parse(ToJson(SampleResults()));
  ASSERT_EQ(rows.size(), 5u);
  EXPECT_EQ(rows[0].begin().key(), "manager_id");
  EXPECT_EQ(rows[1]["vetoes"], nlohmann::json({"churn", "bribery"}));
  EXPECT_EQ(rows[0]["alerts"], nlohmann::json::array());
  EXPECT_TRUE(rows[2]["score"].is_null());
  EXPECT_TRUE(rows[0]["promoted"].is_boolean());
  EXPECT_EQ(rows[2]["manager_id"], "李雷, \"主管\"");
}

TEST(ToJson, EscapesTexts) {
  EXPECT_EQ(ToJson(OneText("a\\b\"\n\x01")), "[\n  {\"na\\\"me\": \"a\\\\b\\\"\\n\\u0001\"}\n]\n");
  EXPECT_EQ(ToJson(OneText("\xff")), "[\n  {\"na\\\"me\": \"\xEF\xBF\xBD\"}\n]\n");
}

TEST(ToJson, OfNoRowsIsAnEmptyList) {
  ResultTable table = SampleResults();
  table.rows = 0;
  EXPECT_EQ(ToJson(table), "[]\n");
}

}  // namespace
}  // namespace steelyard
