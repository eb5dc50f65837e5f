// CSV files of every shape: what becomes of their rows, and on which line each stands.
#include <gtest/gtest.h>

#include "engine/data/csv_header.h"
#include "tests/unit/data/data_support.h"

namespace steelyard {
namespace {

class CsvTest : public testing::Test {
 protected:
  // The rows with their lines, then the rejects: `2: a|1`.
  static std::string Read(std::string_view bytes, const TableSchema& table = Two(),
                          const std::string& name = "t.csv") {
    const Loaded loaded = LoadText(table, bytes, name);
    if (!loaded.set) return loaded.Diagnostics();
    const Table& read = loaded.set->tables.tables[0];
    std::string text;
    for (size_t row = 0; row < read.rows; ++row) {
      text += std::to_string(read.source_line[row]) + ": " + RowText(read, row) + "\n";
    }
    const TableCount& count = loaded.set->counts[0];
    EXPECT_EQ(count.read, count.used + count.rejected);
    EXPECT_EQ(count.used, read.rows);
    EXPECT_EQ(count.rejected, loaded.set->rejects.size());
    return text + RejectLines(*loaded.set);
  }
  static TableSchema Two() { return TableOf("t", {"a: text", "b: number"}); }
  static TableSchema One() { return TableOf("t", {"a: text"}); }
};

TEST_F(CsvTest, PlainFiles) {
  EXPECT_EQ(Read("a,b\nx,1\ny,2\n"), "2: x|1\n3: y|2\n");
  EXPECT_EQ(Read("a,b\r\nx,1\r\ny,2\r\n"), "2: x|1\n3: y|2\n");
  EXPECT_EQ(Read("a,b\nx,1\ny,2"), "2: x|1\n3: y|2\n");  // no line end at the end
  EXPECT_EQ(Read("\xEF\xBB\xBF"
                 "a,b\nx,1\n"),
            "2: x|1\n");
  EXPECT_EQ(Read("b,ignored,a\n1,zzz,x\n"), "2: x|1\n");
  EXPECT_EQ(Read("a,b\n"), "");
  EXPECT_EQ(Read("a,b"), "");
}

TEST_F(CsvTest, Separators) {
  EXPECT_EQ(Read("a;b\nx;1\n"), "2: x|1\n");
  EXPECT_EQ(Read("a\tb\nx\t1\n"), "2: x|1\n");
  EXPECT_EQ(Read("a|b\nx|1\n"), "2: x|1\n");
  EXPECT_EQ(Read("a;b;\"c,d,e,f\"\nx;1;2\n"), "2: x|1\n");  // commas in quotes do not count
  EXPECT_EQ(Read("a\tb,c,d\nx\t1\n", TableOf("t", {"a: text", "b,c,d: number"}), "t.tsv"),
            "2: x|1\n");
}

TEST_F(CsvTest, Quotes) {
  EXPECT_EQ(Read("a,b\n\"x, y\",1\n\"say \"\"hi\"\"\",2\n\"\",3\n"),
            "2: x, y|1\n3: say \"hi\"|2\n4: missing|3\n");
  EXPECT_EQ(Read("a,b\n5\" pipe,1\n \"x, y\" ,2\n"), "2: 5\" pipe|1\n3: x, y|2\n");
  EXPECT_EQ(Read("a,b\n\"back\\slash\\\",1\n"), "2: back\\slash\\|1\n");
}

TEST_F(CsvTest, LinesAreThoseOfTheFile) {
  EXPECT_EQ(Read("a,b\n\"two\nlines\",1\nx,2\n"), "2: two\nlines|1\n4: x|2\n");
  EXPECT_EQ(Read("a,b\r\n\"two\r\nlines\",1\r\n\r\nx,2\r\n"), "2: two\r\nlines|1\n5: x|2\n");
  EXPECT_EQ(Read("\n\na,b\n\nx,1\n   \n\ny,2\n\n\n"), "5: x|1\n8: y|2\n");
  EXPECT_EQ(Read("a,\"b\n\"\nx,1\n", TableOf("t", {"a: text", "b: number"})), "3: x|1\n");
  EXPECT_EQ(Read("a,b\nx,1\r\ny,2\nz,3\r\r\n"), "2: x|1\n3: y|2\n4: z|3\n");
  EXPECT_EQ(Read("a,b\rx,1\ry,2\r"), "2: x|1\n3: y|2\n");  // carriage returns alone
}

TEST_F(CsvTest, OneColumn) {
  EXPECT_EQ(Read("a\nx\n\ny\n\"\"\n", One()), "2: x\n4: y\n5: missing\n");
}

TEST_F(CsvTest, RowsOfTheWrongLength) {
  EXPECT_EQ(Read("a,b\nx\ny,2\nz,3,4\n,\n"),
            "3: y|2\n5: missing|missing\n"
            "2:  `x` malformed_row: the row has fewer cells than the 2 headings\n"
            "4:  `z,3,4` malformed_row: the row has more cells than the 2 headings\n");
}

TEST_F(CsvTest, AStrayQuoteCostsItsOwnLine) {
  EXPECT_EQ(Read("a,b\n\"x,1\ny,2\nz,3\n"),
            "3: y|2\n4: z|3\n2:  `\"x,1` malformed_row: the row has a quote out of place\n");
  EXPECT_EQ(Read("a,b\n\"x,1\ny,2\n\"z\",3\n"),
            "3: y|2\n4: z|3\n2:  `\"x,1` malformed_row: the row has a quote out of place\n");
  EXPECT_EQ(Read("a,b\n\"x\"y,1\ny,2\n"),
            "3: y|2\n2:  `\"x\"y,1` malformed_row: the row has a quote out of place\n");
}

TEST_F(CsvTest, BytesThatAreNoText) {
  EXPECT_EQ(Read(std::string_view("a,b\nx\0,1\ny,2\n", 13)),
            "3: y|2\n2:  `x?,1` malformed_row: the row has a zero byte\n");
  EXPECT_EQ(Read("a,b\n\xFFx,1\ny,2\n"),
            "3: y|2\n2:  `?x,1` malformed_row: the row is not UTF-8 text\n");
  EXPECT_EQ(Read("a,b\nx\ry,1\ny,2\n"),
            "3: y|2\n2:  `x\ry,1` malformed_row: the row has a carriage return in its middle\n");
}

TEST_F(CsvTest, LongRows) {
  const std::string longest(3'000'000, 'x');
  const Loaded loaded = LoadText(Two(), "a,b\n" + longest + ",1\ny,2\n");
  ASSERT_TRUE(loaded.set.has_value()) << loaded.Diagnostics();
  EXPECT_EQ(CountLine(*loaded.set), "read 2 used 2 rejected 0");
  EXPECT_EQ(CellText(loaded.set->tables.tables[0].columns[0], 0).size(), longest.size());
  const Loaded rejected = LoadText(Two(), "a,b\n1," + longest + "\ny,2\n");
  ASSERT_TRUE(rejected.set.has_value());
  EXPECT_EQ(CountLine(*rejected.set), "read 2 used 1 rejected 1");
  EXPECT_EQ(rejected.set->rejects[0].text.size(), 500u);
}

TEST_F(CsvTest, ManyRowsOverSeveralBlocks) {
  std::string text = "a,b\n";
  for (int i = 0; i < 200'000; ++i) {
    text += i % 1000 == 500 ? "\"two\nlines\"," : "name " + std::to_string(i) + ",";
    text += std::to_string(i) + "\n";
  }
  const Loaded loaded = LoadText(Two(), text);
  ASSERT_TRUE(loaded.set.has_value()) << loaded.Diagnostics();
  const Table& table = loaded.set->tables.tables[0];
  ASSERT_EQ(table.rows, 200'000u);
  EXPECT_EQ(table.source_line[499], 501u);
  EXPECT_EQ(table.source_line[500], 502u);
  EXPECT_EQ(table.source_line[501], 504u);
  EXPECT_EQ(table.source_line[199'999], 200'201u);
  EXPECT_EQ(CellText(table.columns[1], 199'999), "199999");
}

TEST_F(CsvTest, ANameLikeAPatternIsAName) {
  const TempFolder folder;
  folder.Write("t1.csv", "a,b\nwrong,1\n");
  folder.Write("it's.csv", "a,b\nright,1\n");
  Schema schema;
  schema.tables = {Two()};
  schema.subject = TableId{0};
  for (const char* name : {"t[1].csv", "t?.csv", "*.csv", "it's.csv"}) {
    const Loaded loaded = Load(schema, {folder.Write(name, "a,b\nright,1\n")});
    ASSERT_TRUE(loaded.set.has_value()) << loaded.Diagnostics();
    EXPECT_EQ(RowText(loaded.set->tables.tables[0], 0), "right|1") << name;
    EXPECT_EQ(CountLine(*loaded.set), "read 1 used 1 rejected 0") << name;
  }
}

TEST(SplitRecord, TakesCellsOutOfQuotes) {
  using Cells = std::vector<std::string>;
  EXPECT_EQ(SplitRecord("a,b c,", ','), (Cells{"a", "b c", ""}));
  EXPECT_EQ(SplitRecord(" \"a, b\" ;\"say \"\"hi\"\"\"", ';'), (Cells{"a, b", "say \"hi\""}));
  EXPECT_EQ(SplitRecord("5\" x,\"\"", ','), (Cells{"5\" x", ""}));
}

}  // namespace
}  // namespace steelyard
