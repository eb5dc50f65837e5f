// JSON files: arrays, lines, numbers as they are written, and records that are broken.
#include <gtest/gtest.h>

#include <sstream>

#include "engine/data/json_records.h"
#include "tests/unit/data/data_support.h"

namespace steelyard {
namespace {

// The records with their lines, then `broken at N` where the file is.
std::string Cut(const std::string& text) {
  std::istringstream file(text);
  JsonRecords records(file);
  JsonRecord record;
  std::string cut;
  while (records.Next(record)) {
    cut += std::to_string(record.line) + ":" + std::string(record.text) + " ";
  }
  if (records.broken()) cut += "broken at " + std::to_string(records.line());
  return cut;
}

TEST(JsonRecords, OfAnArray) {
  EXPECT_EQ(Cut("[]"), "");
  EXPECT_EQ(Cut(" [ ] \n"), "");
  EXPECT_EQ(Cut("[{\"a\":1},{\"a\":2}]"), "1:{\"a\":1} 1:{\"a\":2} ");
  EXPECT_EQ(Cut("[\n {\"a\": [1,\n 2]},\n\n {\"a\":\"]}\\\"\"}\n]\n"),
            "2:{\"a\": [1,\n 2]} 5:{\"a\":\"]}\\\"\"} ");
  EXPECT_EQ(Cut("[1, \"x,y\", null]"), "1:1 1:\"x,y\" 1:null ");
  EXPECT_EQ(Cut("[{}\n"), "1:{} broken at 2");
  EXPECT_EQ(Cut("[{} {}]"), "1:{} broken at 1");
  EXPECT_EQ(Cut("[{},]"), "1:{} broken at 1");
  EXPECT_EQ(Cut("[,{}]"), "broken at 1");
  EXPECT_EQ(Cut("[{}]\n x"), "1:{} broken at 2");
}

TEST(JsonRecords, OnePerLineOrOverSeveral) {
  EXPECT_EQ(Cut(""), "");
  EXPECT_EQ(Cut("{\"a\":1}\n\n{\"a\":2}\n"), "1:{\"a\":1} 3:{\"a\":2} ");
  EXPECT_EQ(Cut("{\n \"a\": {\n }\n}\n{}"), "1:{\n \"a\": {\n }\n} 5:{} ");
  EXPECT_EQ(Cut("{}{} 5 \"x\""), "1:{} 1:{} 1:5 1:\"x\" ");
  EXPECT_EQ(Cut("{\"a\": \"x\n{\"a\":2}\n"), "1:{\"a\": \"x\n 2:{\"a\":2} ");
  EXPECT_EQ(Cut("\xEF\xBB\xBF{}"), "1:{} ");
}

class JsonTest : public testing::Test {
 protected:
  static std::string Read(std::string_view bytes, const std::string& name = "t.json") {
    const Loaded loaded = LoadText(TableOf("t", {"a: text", "b: number"}), bytes, name);
    if (!loaded.set) return loaded.Diagnostics();
    const Table& table = loaded.set->tables.tables[0];
    std::string text;
    for (size_t row = 0; row < table.rows; ++row) {
      text += std::to_string(table.source_line[row]) + ": " + RowText(table, row) + "\n";
    }
    return text + RejectLines(*loaded.set);
  }
};

TEST_F(JsonTest, TakesNumbersAsTheyAreWritten) {
  EXPECT_EQ(Read("[{\"a\": \"x\", \"b\": 0.1000000000000000055511151231257827},\n"
                 " {\"b\": 12345678901234567890123, \"a\": 1.10},\n"
                 " {\"a\": true, \"b\": 1.5e2}, {\"a\": null, \"b\": \"1,000\"}, {\"b\": -0.0}]"),
            "1: x|1000000000000000055511151231257827/10000000000000000000000000000000000\n"
            "2: 1.10|12345678901234567890123\n"
            "3: true|150\n"
            "3: missing|1000\n"
            "3: missing|0\n");
}

TEST_F(JsonTest, RejectsRecordsThatAreNone) {
  EXPECT_EQ(Read("{\"a\":\"x\",\"b\":1}\n{\"a\":\"y\",}\n5\n{\"a\":{\"z\":1},\"b\":2}\n"
                 "{\"a\":\"z\",\"b\":[1]}\n{\"b\":3,\"c\":{\"a\":9}}\n",
                 "t.jsonl"),
            "1: x|1\n"
            "6: missing|3\n"
            "2:  `{\"a\":\"y\",}` malformed_row: the row cannot be read\n"
            "3:  `5` malformed_row: the row is not a JSON object\n"
            "4: a `{…}` wrong_type: holds a list or a record, not a single value\n"
            "5: b `[…]` wrong_type: holds a list or a record, not a single value\n");
}

TEST_F(JsonTest, MayHaveNoRows) {
  EXPECT_EQ(Read("[]"), "");
  EXPECT_EQ(Read("", "t.ndjson"), "");
}

}  // namespace
}  // namespace steelyard
