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
