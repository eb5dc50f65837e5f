// The public data sets that stand beside the repository, where they do: every row read, and sums
// equal to those of a plain DuckDB query that knows nothing of this engine.
#include <gtest/gtest.h>

#include "engine/data/database.h"
#include "tests/support/golden.h"
#include "tests/unit/data/data_support.h"

namespace steelyard {
namespace {

std::filesystem::path Sets() { return SourceRoot().parent_path() / "shared" / "data"; }

class RealSets : public testing::Test {
 protected:
  void SetUp() override {
    if (SharedDatabase() == nullptr) GTEST_SKIP() << "built without DuckDB";
    if (!std::filesystem::is_directory(Sets())) GTEST_SKIP() << "the data sets are not here";
  }

  static std::string File(const std::string& name) { return (Sets() / name).string(); }

  static Loaded LoadOne(const std::string& file, const std::vector<std::string>& columns,
                        const std::vector<std::string>& key = {}) {
    Schema schema;
    schema.tables = {TableOf("t", columns, key)};
    schema.subject = TableId{0};
    Loaded loaded = Load(schema, {File(file)});
    EXPECT_TRUE(loaded.set.has_value()) << loaded.Diagnostics();
    return loaded;
  }

  // `expression` over all rows of a file, as DuckDB's own reader of CSV sees them.
  static std::string Ask(const std::string& file, const std::string& expression) {
    std::string answer = "no answer";
    EXPECT_TRUE(SharedDatabase()->Query(
        "SELECT CAST(" + expression + " AS VARCHAR) FROM read_csv(" + SqlPath(File(file)) +
            ", header=true, all_varchar=true, delim=',', quote='\"')",
        [&](const TextBlock& block) { answer = block.row(0)[0].text; }))
        << expression;
    return answer;
  }

  static std::string Sum(const Table& table, size_t column) {
    Number sum;
    const Column& cells = table.columns[column];
    for (size_t row = 0; row < table.rows; ++row) {
      if (cells.valid.at(row)) sum += std::get<NumberCells>(cells.cells).at(row);
    }
    return FormatPlaces(sum, 10, 4);
  }
};

TEST_F(RealSets, HaveTheRowsTheyAreSaidToHave) {
  const struct {
    const char* file;
    const char* column;
    size_t rows;
  } cases[] = {
      {"adventureworks-sales/Sales.csv", "SalesOrderNumber", 57851},
      {"adventureworks-sales/Targets.csv", "EmployeeID", 809},
      {"adventureworks-sales/Salesperson.csv", "EmployeeKey", 18},
      {"adventureworks-sales/SalespersonRegion.csv", "EmployeeKey", 39},
      {"adventureworks-sales/Region.csv", "Region", 10},
      {"adventureworks-sales/Reseller.csv", "ResellerKey", 701},
      {"adventureworks-sales/Product.csv", "Product", 397},
      {"adventureworks-oltp/SalesPerson.csv", "BusinessEntityID", 17},
      {"adventureworks-oltp/SalesPersonQuotaHistory.csv", "BusinessEntityID", 163},
      {"adventureworks-oltp/Store.csv", "Name", 701},
      {"adventureworks-oltp/Customer.csv", "CustomerID", 19820},
      {"adventureworks-oltp/Employee.csv", "JobTitle", 290},
      {"adventureworks-oltp/Vendor.csv", "Name", 104},
      {"adventureworks-oltp/PurchaseOrderHeader.csv", "PurchaseOrderID", 4012},
      {"adventureworks-oltp/PurchaseOrderDetail.csv", "PurchaseOrderID", 8845},
      {"adventureworks-oltp/FactCallCenter.csv", "Shift", 120},
      {"adventureworks-oltp/FactSurveyResponse.csv", "CustomerKey", 2727},
      {"crm-opportunities/sales_pipeline.csv", "opportunity_id", 8800},
      {"crm-opportunities/sales_teams.csv", "sales_agent", 35},
      {"crm-opportunities/accounts.csv", "account", 85},
      {"crm-opportunities/products.csv", "product", 7},
      {"superstore/superstore.csv", "Row ID", 9994},
      {"superstore/superstore.parquet", "Row ID", 9994},
      {"telco-churn/telco_customer_churn.csv", "customerID", 7043},
  };
  for (const auto& [file, column, rows] : cases) {
    const Loaded loaded = LoadOne(file, {std::string(column) + ": text"});
    ASSERT_TRUE(loaded.set.has_value());
    const std::string count = std::to_string(rows);
    EXPECT_EQ(CountLine(*loaded.set), "read " + count + " used " + count + " rejected 0") << file;
  }
}

TEST_F(RealSets, SumsAreThoseOfAPlainQuery) {
  const struct {
    const char* file;
    const char* column;
    const char* type;
  } cases[] = {
      {"adventureworks-sales/Sales.csv", "Sales", "money USD"},
      {"adventureworks-sales/Sales.csv", "Quantity", "count"},
      {"adventureworks-sales/Targets.csv", "Target", "money USD"},
      {"adventureworks-oltp/SalesPersonQuotaHistory.csv", "SalesQuota", "money USD"},
      {"adventureworks-oltp/PurchaseOrderDetail.csv", "LineTotal", "money USD"},
      {"adventureworks-oltp/PurchaseOrderDetail.csv", "RejectedQty", "number"},
      {"adventureworks-oltp/FactCallCenter.csv", "Calls", "count"},
      {"crm-opportunities/sales_pipeline.csv", "close_value", "money USD"},
      {"superstore/superstore.csv", "Sales", "money USD"},
      {"superstore/superstore.csv", "Profit", "money USD"},
      {"telco-churn/telco_customer_churn.csv", "MonthlyCharges", "money USD"},
  };
  for (const auto& [file, column, type] : cases) {
    const std::string name = column;
    const Loaded loaded = LoadOne(file, {name + ": " + type});
    ASSERT_TRUE(loaded.set.has_value());
    EXPECT_EQ(loaded.set->rejects.size(), 0u) << file;
    const std::string sum = Ask(file, "sum(CAST(" + SqlName(name) + " AS DECIMAL(28,10)))");
    EXPECT_EQ(Sum(loaded.set->tables.tables[0], 0), FormatPlaces(*Number::FromDecimal(sum), 10, 4))
        << file << " " << column;
  }
}

TEST_F(RealSets, LinksOfAdventureWorks) {
  Schema schema;
  schema.tables = {
      TableOf("Salesperson", {"EmployeeKey: number", "Salesperson: text"}, {"EmployeeKey"}),
      TableOf("Sales", {"EmployeeKey: number", "OrderDate: date", "Sales: money USD"}),
  };
  schema.subject = TableId{0};
  schema.period = PeriodKind::kQuarter;
  schema.tables[1].time = 1;
  Link(schema, "Sales", "EmployeeKey", "Salesperson");
  const Loaded loaded = Load(schema, {File("adventureworks-sales")});
  ASSERT_TRUE(loaded.set.has_value()) << loaded.Diagnostics();
  EXPECT_EQ(CountLine(*loaded.set, 1), "read 57851 used 57851 rejected 0");
  const Table& sales = loaded.set->tables.tables[1];
  Number sum;
  for (size_t row = 0; row < sales.rows; ++row) {
    const auto person = static_cast<size_t>(sales.parents[0][row]);
    if (CellText(loaded.set->tables.tables[0].columns[1], person) == "José Saraiva") {
      sum += std::get<NumberCells>(sales.columns[2].cells).at(row);
    }
  }
  const std::string key = Ask("adventureworks-sales/Salesperson.csv",
                              "max(CASE WHEN Salesperson = 'José Saraiva' THEN EmployeeKey END)");
  const std::string expected =
      Ask("adventureworks-sales/Sales.csv",
          "sum(CASE WHEN EmployeeKey = '" + key + "' THEN CAST(Sales AS DECIMAL(18,4)) END)");
  EXPECT_EQ(FormatPlaces(sum, 4, 4), expected);
}

TEST_F(RealSets, ProductsOfThePipelineThatAreNotThere) {
  Schema schema;
  schema.tables = {
      TableOf("products", {"product: text"}, {"product"}),
      TableOf("accounts", {"account: text"}, {"account"}),
      TableOf("sales_pipeline",
              {"opportunity_id: text", "product: text", "account: text",
               "deal_stage: [Prospecting, Engaging, Won, Lost]", "engage_date: date",
               "close_date: date", "close_value: money USD"},
              {"opportunity_id"}),
  };
  schema.subject = TableId{0};
  Link(schema, "sales_pipeline", "product", "products");
  Link(schema, "sales_pipeline", "account", "accounts", true);
  const Loaded loaded = Load(schema, {File("crm-opportunities")});
  ASSERT_TRUE(loaded.set.has_value()) << loaded.Diagnostics();
  const std::string file = "crm-opportunities/sales_pipeline.csv";
  EXPECT_EQ(std::to_string(loaded.set->rejects.size()),
            Ask(file, "count(*) FILTER (product = 'GTXPro')"));
  for (const Reject& reject : loaded.set->rejects) {
    EXPECT_EQ(reject.reason, RejectReason::kNoSuchParent);
    EXPECT_EQ(reject.text, "GTXPro");
  }
  const Table& pipeline = loaded.set->tables.tables[2];
  EXPECT_EQ(std::to_string(pipeline.columns[2].valid.MissingCount()),
            Ask(file, "count(*) FILTER (account IS NULL AND product != 'GTXPro')"));
}

TEST_F(RealSets, ABlankInQuotesIsMissing) {
  const Loaded loaded =
      LoadOne("telco-churn/telco_customer_churn.csv",
              {"customerID: text", "TotalCharges: money USD", "Churn: bool", "tenure: count"},
              {"customerID"});
  ASSERT_TRUE(loaded.set.has_value());
  EXPECT_EQ(loaded.set->rejects.size(), 0u);
  const Table& table = loaded.set->tables.tables[0];
  EXPECT_EQ(table.columns[1].valid.MissingCount(), 11u);
  size_t churned = 0;
  for (const uint8_t cell : std::get<std::vector<uint8_t>>(table.columns[2].cells)) churned += cell;
  EXPECT_EQ(churned, 1869u);
}

TEST_F(RealSets, CsvAndParquetAreTheSameTable) {
  const std::vector<std::string> columns = {
      "Row ID: number",    "Order Date: date",   "Ship Date: date",  "Customer Name: text",
      "Postal Code: text", "Product Name: text", "Sales: money USD", "Quantity: count",
      "Discount: percent", "Profit: money USD"};
  const Loaded csv = LoadOne("superstore/superstore.csv", columns, {"Row ID"});
  const Loaded parquet = LoadOne("superstore/superstore.parquet", columns, {"Row ID"});
  ASSERT_TRUE(csv.set.has_value() && parquet.set.has_value());
  const Table& left = csv.set->tables.tables[0];
  const Table& right = parquet.set->tables.tables[0];
  ASSERT_EQ(left.rows, right.rows);
  for (size_t row = 0; row < left.rows; ++row) EXPECT_EQ(RowText(left, row), RowText(right, row));
}

}  // namespace
}  // namespace steelyard
