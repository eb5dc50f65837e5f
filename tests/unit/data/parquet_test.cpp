// Parquet files, written by DuckDB for the test: every type of value comes out exactly.
#include <gtest/gtest.h>

#include "engine/data/database.h"
#include "tests/unit/data/data_support.h"

namespace steelyard {
namespace {

class ParquetTest : public testing::Test {
 protected:
  void SetUp() override {
    if (SharedDatabase() == nullptr) GTEST_SKIP() << "built without DuckDB";
  }
  // Writes what a query gives and loads it as table `t`.
  Loaded LoadQuery(const std::string& query, const TableSchema& table) {
    const std::string path = folder_.Path("t.parquet");
    EXPECT_TRUE(SharedDatabase()->Query(
        "COPY (" + query + ") TO " + SqlText(path) + " (FORMAT parquet)", [](const TextBlock&) {}));
    Schema schema;
    schema.tables = {table};
    schema.subject = TableId{0};
    return Load(schema, {path});
  }
  // The one value of a query, as a column of the type.
  std::string Value(const std::string& sql, const std::string& type) {
    const Loaded loaded = LoadQuery("SELECT " + sql + " AS x", TableOf("t", {"x: " + type}));
    if (!loaded.set) return loaded.Diagnostics();
    if (loaded.set->tables.tables[0].rows == 0) return RejectLines(*loaded.set);
    return RowText(loaded.set->tables.tables[0], 0);
  }
  TempFolder folder_;
};

TEST_F(ParquetTest, ValuesAreExact) {
  const struct {
    std::string sql;
    std::string type;
    std::string value;
  } cases[] = {
      {"0.1::DOUBLE", "number", "1/10"},
      {"(0.1::DOUBLE + 0.2::DOUBLE)", "number", "7500000000000001/25000000000000000"},
      {"0.1::FLOAT", "number", "1/10"},
      {"1e300::DOUBLE", "count", "1" + std::string(300, '0')},
      {"5e-5::DOUBLE", "number", "1/20000"},
      {"1.50::DECIMAL(9,4)", "number", "3/2"},
      {"12345678901234567890123456789.123456789::DECIMAL(38,9)", "number",
       "12345678901234567890123456789123456789/1000000000"},
      {"9223372036854775807::BIGINT", "number", "9223372036854775807"},
      {"18446744073709551615::UBIGINT", "number", "18446744073709551615"},
      {"(-5)::TINYINT", "number", "-5"},
      {"90032::BIGINT", "text", "90032"},
      {"true", "bool", "true"},
      {"true", "text", "true"},
      {"DATE '2026-04-01'", "date", "2026-04-01"},
      {"DATE '2026-04-01'", "datetime", "2026-04-01 00:00:00"},
      {"TIMESTAMP '2026-04-01 13:30:05.25'", "datetime", "2026-04-01 13:30:05.25"},
      {"TIMESTAMP '2026-04-01 00:00:00'", "date", "2026-04-01"},
      {"TIMESTAMPTZ '2026-04-01 13:30:05+00'", "datetime", "2026-04-01 13:30:05"},
      {"'West'::ENUM('West', 'East')", "[West, East]", "West"},
      {"NULL::DOUBLE", "number", "missing"},
      {"'85%'", "percent", "17/20"},
      {"'raw'::BLOB", "text", "raw"},
      {"'nan'::DOUBLE", "number", "1: x `nan` wrong_type: is not a number\n"},
  };
  for (const auto& [sql, type, value] : cases) EXPECT_EQ(Value(sql, type), value) << sql;
}

// What a query gives, as columns of every type: what was read, with all rejects. Rows are loaded as
// the types they have in the file, or as the texts that DuckDB writes for them.
std::string ReadAs(const TempFolder& folder, const std::string& query, bool as_texts) {
  const std::string path = folder.Path(as_texts ? "texts.parquet" : "types.parquet");
  // DuckDB writes some types as others (whole numbers of 128 bits as doubles): the texts are those
  // of what it reads back.
  const std::string asked =
      as_texts ? "SELECT CAST(x AS VARCHAR) AS x FROM " + SqlText(folder.Path("types.parquet"))
               : query;
  EXPECT_TRUE(SharedDatabase()->Query(
      "COPY (" + asked + ") TO " + SqlText(path) + " (FORMAT parquet)", [](const TextBlock&) {}))
      << query;
  std::string read;
  for (const std::string_view type : {"number", "count", "percent", "money CNY", "duration h",
                                      "text", "bool", "date", "datetime", "[1, true, West]"}) {
    TableSchema table = TableOf("t", {"x: " + std::string(type)});
    if (type == "money CNY") {
      table.columns[0].min = Number(-100);
      table.columns[0].max = Number::Fraction(12345, 100);
    }
    Schema schema;
    schema.tables = {table};
    schema.subject = TableId{0};
    const Loaded loaded = Load(schema, {path});
    EXPECT_TRUE(loaded.set.has_value()) << query << loaded.Diagnostics();
    if (!loaded.set) continue;
    const Table& rows = loaded.set->tables.tables[0];
    read += std::string(type) + ": " + CountLine(*loaded.set) + "\n" + RejectLines(*loaded.set);
    for (size_t row = 0; row < rows.rows; ++row) {
      read += std::to_string(rows.source_line[row]) + " " + RowText(rows, row) + "\n";
    }
  }
  return read;
}

TEST_F(ParquetTest, AValueMeansItsText) {
  const std::string random = " FROM range(3000) t(i)";
  const std::string queries[] = {
      "SELECT unnest([-128, -1, 0, 1, 127, NULL])::TINYINT AS x",
      "SELECT unnest([-32768, 0, 32767, NULL])::SMALLINT AS x",
      "SELECT unnest([-2147483648, 0, 1, 2147483647, NULL])::INTEGER AS x",
      "SELECT unnest(['-9223372036854775808', '0', '9223372036854775807', NULL])::BIGINT AS x",
      "SELECT unnest(['-170141183460469231731687303715884105728', '-1', '0', '1000000000000000000',"
      "'170141183460469231731687303715884105727', '100000000000000000000000000000000000000', NULL])"
      "::HUGEINT AS x",
      "SELECT unnest([0, 255, NULL])::UTINYINT AS x",
      "SELECT unnest([0, 65535, NULL])::USMALLINT AS x",
      "SELECT unnest([0, 4294967295, NULL])::UINTEGER AS x",
      "SELECT unnest(['0', '18446744073709551615', NULL])::UBIGINT AS x",
      "SELECT unnest(['-9.9', '-0.1', '0', '0.1', NULL])::DECIMAL(2,1) AS x",
      "SELECT unnest(['-0.9999', '0', '0.0001', '0.1', NULL])::DECIMAL(4,4) AS x",
      "SELECT unnest(['-9999999.99', '-0.05', '0', '123.45', '123.46', NULL])::DECIMAL(9,2) AS x",
      "SELECT unnest(['-9999999999.99', '-100', '-100.01', '0.5', NULL])::DECIMAL(12,2) AS x",
      "SELECT unnest(['-0.999999999999999999', '0.000000000000000001', NULL])::DECIMAL(18,18) AS x",
      "SELECT unnest(['-99999999999999999999999999999999999999', '0', '1'])::DECIMAL(38,0) AS x",
      "SELECT unnest(['-0.00000000000000000000000000000000000001', '0', '0.5'])::DECIMAL(38,38) AS "
      "x",
      "SELECT unnest(['12345678901234567890.123456789012345678', '-1.5'])::DECIMAL(38,18) AS x",
      "SELECT unnest([true, false, NULL]) AS x",
      "SELECT unnest(['nan', 'inf', '-inf', '0', '-0', '1', '0.1', '-2.5', '1e15', '1e16', '1e-4',"
      "'9.9e-5', '1e-7', '5e-324', '1.7976931348623157e308', '123456789012345.6',"
      "'999999999999999.9', '0.30000000000000004', '100000', NULL])::DOUBLE AS x",
      "SELECT unnest(['nan', 'inf', '-inf', '0', '-0', '0.1', '1e6', '999999.9', '16777216', "
      "'1e-4',"
      "'1e-5', '3.4e38', '1e-45', '0.3', '123456.7', NULL])::FLOAT AS x",
      "SELECT unnest(['0001-01-01', '1969-12-31', '1970-01-01', '2024-02-29', '9999-12-31',"
      "'10000-01-01', '0001-12-31 (BC)', 'infinity', '-infinity', NULL])::DATE AS x",
      "SELECT unnest(['0001-01-01 00:00:00', '1969-12-31 23:59:59.999999', '2026-04-01',"
      "'2026-04-01 13:30', '2026-04-01 13:30:05.25', '9999-12-31 23:59:59.999999',"
      "'10000-01-01 00:00:00', 'infinity', '-infinity', NULL])::TIMESTAMP AS x",
      "SELECT unnest(['', ' ', 'NULL', 'n/a', '-', '85%', '1,234.5', ' 7 ', '是', 'West', 'west',"
      "'2026年4月1日', '¥200万', 'a text that is longer than twelve bytes', NULL]) AS x",
      "SELECT unnest(['West', 'East', NULL])::ENUM('West', 'East') AS x",
      "SELECT CASE WHEN i % 7 = 0 THEN NULL ELSE hash(i) END AS x" + random,
      "SELECT (hash(i)::HUGEINT - 9223372036854775808)::BIGINT >> (i % 60)::INT AS x" + random,
      "SELECT (hash(i) % 2000000)::BIGINT / 100 - 5000 AS x" + random,
      "SELECT ((hash(i) % 2000000)::BIGINT - 500000)::DECIMAL(12,2) / 100 AS x" + random,
      "SELECT ((hash(i) % 2000000)::DECIMAL(18,2) / 8)::DECIMAL(18,6) AS x" + random,
      "SELECT (hash(i) % 1000000007)::DOUBLE / (1 + hash(i + 5) % 1000003) AS x" + random,
      "SELECT ((hash(i) % 100003)::FLOAT / (1 + hash(i + 5) % 1003))::FLOAT AS x" + random,
      "SELECT DATE '1900-01-01' + (hash(i) % 90000)::INT AS x" + random,
      "SELECT make_timestamp((hash(i) % 4000000000000000)::BIGINT - 1000000000000000) AS x" +
          random,
      "SELECT 'k' || (hash(i) % 50) AS x" + random,
  };
  for (const std::string& query : queries) {
    const std::string read = ReadAs(folder_, query, false);
    EXPECT_EQ(read, ReadAs(folder_, query, true)) << query;
  }
}

// Keys and links by numbers in one file and by texts in the other; rejects in the order of rows.
TEST_F(ParquetTest, LinksByWhatKeysMean) {
  const auto write = [&](const std::string& name, const std::string& query) {
    const std::string path = folder_.Path(name);
    EXPECT_TRUE(SharedDatabase()->Query(
        "COPY (" + query + ") TO " + SqlText(path) + " (FORMAT parquet)", [](const TextBlock&) {}));
    return path;
  };
  const std::string parents = write(
      "p.parquet", "SELECT CASE WHEN i = 70000 THEN 5 ELSE i END AS id FROM range(100000) t(i)");
  const std::string children =
      write("c.parquet",
            "SELECT CASE WHEN i = 99999 THEN 'none' WHEN i % 1000 = 7 THEN NULL ELSE "
            "CAST((i * 7919) % 100000 AS VARCHAR) END AS p, i AS n FROM range(100000) t(i)");
  Schema schema;
  schema.tables = {TableOf("p", {"id: text"}, {"id"}), TableOf("c", {"p: text", "n: count"})};
  schema.subject = TableId{0};
  Link(schema, "c", "p", "p");
  const Loaded loaded = Load(schema, {"p=" + parents, "c=" + children});
  ASSERT_TRUE(loaded.set.has_value()) << loaded.Diagnostics();
  EXPECT_EQ(CountLine(*loaded.set, 0), "read 100000 used 99999 rejected 1");
  EXPECT_EQ(CountLine(*loaded.set, 1), "read 100000 used 99898 rejected 102");
  const Table& rows = loaded.set->tables.tables[1];
  for (size_t row = 0; row < rows.rows; ++row) {
    const auto i = static_cast<int64_t>(rows.source_line[row]) - 1;
    const int64_t key = i * 7919 % 100000;
    ASSERT_EQ(rows.parents[0][row], key < 70000 ? key : key - 1);
  }
  EXPECT_EQ(std::string_view(RejectLines(*loaded.set)).substr(0, 60).find("70001"), 0u)
      << RejectLines(*loaded.set).substr(0, 60);
}

TEST_F(ParquetTest, RowsKeepTheirOrderAndNumber) {
  const Loaded loaded = LoadQuery("SELECT i AS n, 'x' || i AS \"Row Name\" FROM range(300000) t(i)",
                                  TableOf("t", {"n: count", "Row Name: text"}));
  ASSERT_TRUE(loaded.set.has_value()) << loaded.Diagnostics();
  const Table& table = loaded.set->tables.tables[0];
  ASSERT_EQ(table.rows, 300'000u);
  for (const size_t row : {size_t{0}, size_t{2048}, size_t{150'000}, size_t{299'999}}) {
    EXPECT_EQ(RowText(table, row), std::to_string(row) + "|x" + std::to_string(row));
    EXPECT_EQ(table.source_line[row], row + 1);
  }
}

}  // namespace
}  // namespace steelyard
