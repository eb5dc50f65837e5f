// Whole data sets: files found, headings bound, keys and links followed, and every row accounted
// for.
#include "engine/data/load.h"

#include <gtest/gtest.h>

#include <map>

#include "engine/data/database.h"
#include "tests/unit/data/data_support.h"

namespace steelyard {
namespace {

TEST(DataArgument, IsATableAndAFileOrAPath) {
  const auto parsed = [](std::string_view text) {
    const DataArgument argument = ParseDataArgument(text);
    return argument.table + "|" + argument.path;
  };
  EXPECT_EQ(parsed("order=x/y.csv"), "order|x/y.csv");
  EXPECT_EQ(parsed("客户=a=b.csv"), "客户|a=b.csv");
  EXPECT_EQ(parsed("data"), "|data");
  EXPECT_EQ(parsed("./a=b/c.csv"), "|./a=b/c.csv");
  EXPECT_EQ(parsed("=x.csv"), "|=x.csv");
}

class LoadTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!Database::BuiltIn()) GTEST_SKIP() << "built without DuckDB";
    schema_.tables = {
        TableOf("manager", {"id: text", "region: text"}, {"id"}),
        TableOf("customer", {"id: number", "manager: text", "tier: [S, A, B]"}, {"id"}),
        TableOf("order", {"customer: number", "ordered_on: date", "amount: money CNY"}),
    };
    schema_.subject = TableId{0};
    Link(schema_, "customer", "manager", "manager");
    Link(schema_, "order", "customer", "customer");
    schema_.tables[2].time = 1;
  }

  void WriteGoodFiles() {
    folder_.Write("manager.csv", "id,region\nM1,West\nM2,East\n");
    folder_.Write("customer.csv", "id,manager,tier\n10,M2,S\n11,M1,A\n12,M1,b\n");
    folder_.Write("order.csv",
                  "customer,ordered_on,amount\n11,2026-01-05,100\n10,2026-01-06,\"1,000\"\n"
                  "11.0,2026-02-01,5万\n");
  }

  const Table& At(const Loaded& loaded, size_t table) { return loaded.set->tables.tables[table]; }

  TempFolder folder_;
  Schema schema_;
};

TEST_F(LoadTest, FollowsLinks) {
  WriteGoodFiles();
  const Loaded loaded = Load(schema_, {folder_.path()});
  ASSERT_TRUE(loaded.set.has_value()) << loaded.Diagnostics();
  EXPECT_EQ(At(loaded, 1).parents, (std::vector<std::vector<int32_t>>{{1, 0, 0}}));
  EXPECT_EQ(At(loaded, 2).parents, (std::vector<std::vector<int32_t>>{{1, 0, 1}}));
  EXPECT_EQ(RowText(At(loaded, 1), 2), "12|M1|B");
  EXPECT_EQ(RowText(At(loaded, 2), 2), "11|2026-02-01|50000");
  EXPECT_EQ(At(loaded, 2).files, std::vector<std::string>{folder_.Path("order.csv")});
  EXPECT_TRUE(At(loaded, 2).source_file.empty());
  ASSERT_EQ(loaded.set->counts.size(), 3u);
  EXPECT_EQ(CountLine(*loaded.set, 2), "read 3 used 3 rejected 0");
}

TEST_F(LoadTest, RejectsRowsOfParentsThatAreNotThere) {
  WriteGoodFiles();
  folder_.Write("customer.csv", "id,manager,tier\n10,M9,S\n11,M1,A\n12,,B\n13,M1,X\n");
  folder_.Write("order.csv",
                "customer,ordered_on,amount\n10,2026-01-05,1\n11,2026-01-05,2\n"
                "99,2026-01-05,3\n13,2026-01-05,4\n,2026-01-05,5\n");
  const Loaded loaded = Load(schema_, {folder_.path()});
  ASSERT_TRUE(loaded.set.has_value()) << loaded.Diagnostics();
  EXPECT_EQ(RejectLines(*loaded.set),
            "2: manager `M9` no_such_parent: no row of `manager` has this key\n"
            "4: manager `` empty_parent: the link to `manager` is empty\n"
            "5: tier `X` not_in_enumeration: is not one of [S, A, B]\n"
            "2: customer `10` parent_rejected: the row of `customer` with this key was rejected\n"
            "4: customer `99` no_such_parent: no row of `customer` has this key\n"
            "5: customer `13` parent_rejected: the row of `customer` with this key was rejected\n"
            "6: customer `` empty_parent: the link to `customer` is empty\n");
  EXPECT_EQ(CountLine(*loaded.set, 1), "read 4 used 1 rejected 3");
  EXPECT_EQ(CountLine(*loaded.set, 2), "read 5 used 1 rejected 4");
}

TEST_F(LoadTest, AnOptionalLinkMayBeEmpty) {
  WriteGoodFiles();
  schema_.tables[1].parents[0].optional = true;
  folder_.Write("customer.csv", "id,manager,tier\n10,,S\n11,M9,A\n");
  folder_.Write("order.csv", "customer,ordered_on,amount\n10,2026-01-05,1\n");
  const Loaded loaded = Load(schema_, {folder_.path()});
  ASSERT_TRUE(loaded.set.has_value()) << loaded.Diagnostics();
  EXPECT_EQ(At(loaded, 1).parents[0], std::vector<int32_t>{kNoRow});
  EXPECT_EQ(RejectLines(*loaded.set),
            "3: manager `M9` no_such_parent: no row of `manager` has this key\n");
}

TEST_F(LoadTest, KeepsTheFirstRowOfAKey) {
  WriteGoodFiles();
  folder_.Write("customer.csv", "id,manager,tier\n10,M1,S\n10.0,M2,A\n,M1,A\n11,M1,Z\n11,M1,B\n");
  folder_.Write("order.csv", "customer,ordered_on,amount\n11,2026-01-05,1\n");
  const Loaded loaded = Load(schema_, {folder_.path()});
  ASSERT_TRUE(loaded.set.has_value()) << loaded.Diagnostics();
  EXPECT_EQ(RejectLines(*loaded.set),
            "3: id `10.0` duplicate_key: repeats the key of line 2\n"
            "4: id `` empty_key: the key is empty\n"
            "5: tier `Z` not_in_enumeration: is not one of [S, A, B]\n");
  // The row that is rejected for another reason does not hold the key against a good one.
  EXPECT_EQ(RowText(At(loaded, 1), 1), "11|M1|B");
  EXPECT_EQ(At(loaded, 2).parents[0], std::vector<int32_t>{1});
}

TEST_F(LoadTest, KeysOfSeveralColumns) {
  schema_ = {};
  schema_.tables = {
      TableOf("target", {"who: text", "month: date", "goal: number"}, {"who", "month"})};
  schema_.subject = TableId{0};
  folder_.Write("target.csv",
                "who,month,goal\na,2026-01-01,1\na,2026-02-01,2\nb,2026-01-01,3\na,2026/1/1,4\n"
                "a,,5\n");
  const Loaded loaded = Load(schema_, {folder_.path()});
  ASSERT_TRUE(loaded.set.has_value()) << loaded.Diagnostics();
  EXPECT_EQ(RejectLines(*loaded.set),
            "5: who `a` duplicate_key: repeats the key of line 2\n"
            "6: month `` empty_key: the key is empty\n");
}

TEST_F(LoadTest, ARowWithoutADateBelongsToNoPeriod) {
  WriteGoodFiles();
  folder_.Write("order.csv", "customer,ordered_on,amount\n10,,1\n11,2026-01-05,2\n");
  schema_.tables[2].columns[1].needed = false;
  Loaded loaded = Load(schema_, {folder_.path()});
  ASSERT_TRUE(loaded.set.has_value()) << loaded.Diagnostics();
  EXPECT_EQ(CountLine(*loaded.set, 2), "read 2 used 2 rejected 0");
  EXPECT_EQ(At(loaded, 2).columns[1].size(), 0u);

  schema_.period = PeriodKind::kQuarter;  // now the date is needed after all
  loaded = Load(schema_, {folder_.path()});
  ASSERT_TRUE(loaded.set.has_value()) << loaded.Diagnostics();
  EXPECT_EQ(RejectLines(*loaded.set),
            "2: ordered_on `` no_date: the date is missing, so the row belongs to no period\n");
  EXPECT_EQ(At(loaded, 2).columns[1].size(), 1u);
}

TEST_F(LoadTest, ReadsOnlyWhatIsNeeded) {
  WriteGoodFiles();
  schema_.tables[0].columns[1].needed = false;
  schema_.tables[2].needed = false;
  ColumnSchema computed = ColumnOf("revenue", "money CNY");
  computed.computed = true;
  schema_.tables[1].columns.push_back(computed);
  folder_.Write("manager.csv", "id\nM1\nM2\n");
  std::filesystem::remove(folder_.Path("order.csv"));
  const Loaded loaded = Load(schema_, {folder_.path()});
  ASSERT_TRUE(loaded.set.has_value()) << loaded.Diagnostics();
  EXPECT_EQ(At(loaded, 0).columns[1].size(), 0u);
  EXPECT_EQ(At(loaded, 1).columns[3].size(), 0u);
  EXPECT_EQ(At(loaded, 2).rows, 0u);
  EXPECT_EQ(At(loaded, 2).columns.size(), 3u);
  EXPECT_EQ(loaded.set->counts.size(), 2u);
}

TEST_F(LoadTest, FirstReasonInTheOrderOfColumns) {
  WriteGoodFiles();
  folder_.Write("customer.csv", "tier,manager,id\nX,M9,ten\n");
  const Loaded loaded = Load(schema_, {folder_.path()});
  ASSERT_TRUE(loaded.set.has_value()) << loaded.Diagnostics();
  EXPECT_EQ(loaded.set->rejects[0].column, "id");
  EXPECT_EQ(loaded.set->rejects[0].text, "ten");
}

TEST_F(LoadTest, FindsFilesInAnyCaseAndByName) {
  WriteGoodFiles();
  std::filesystem::rename(folder_.Path("order.csv"), folder_.Path("Order.CSV"));
  std::filesystem::rename(folder_.Path("customer.csv"), folder_.Path("客户.csv"));
  schema_.tables[1].name = "客户";
  const Loaded loaded = Load(schema_, {folder_.path()});
  ASSERT_TRUE(loaded.set.has_value()) << loaded.Diagnostics();
  EXPECT_EQ(At(loaded, 2).files[0], folder_.Path("Order.CSV"));
  // The exact name wins over others that differ in case.
  folder_.Write("order.csv", "customer,ordered_on,amount\n");
  EXPECT_EQ(At(Load(schema_, {folder_.path()}), 2).files[0], folder_.Path("order.csv"));
}

TEST_F(LoadTest, NamedFilesWinOverFolders) {
  WriteGoodFiles();
  const std::string other = folder_.Write("other.csv", "customer,ordered_on,amount\n");
  const TempFolder second;
  const std::string subject = second.Write("people.csv", "id,region\nM1,North\nM2,South\n");
  for (const auto& arguments :
       {std::vector<std::string>{folder_.path(), "order=" + other, subject},
        std::vector<std::string>{subject, "order=" + other, folder_.path()},
        std::vector<std::string>{"order=x.csv", "Order=" + other, folder_.path(), subject}}) {
    const Loaded loaded = Load(schema_, arguments);
    ASSERT_TRUE(loaded.set.has_value()) << loaded.Diagnostics();
    EXPECT_EQ(At(loaded, 2).files[0], other);
    EXPECT_EQ(At(loaded, 0).files[0], subject);
    EXPECT_EQ(At(loaded, 1).files[0], folder_.Path("customer.csv"));
  }
}

TEST_F(LoadTest, TheLaterFolderWins) {
  WriteGoodFiles();
  const TempFolder second;
  second.Write("manager.csv", "id,region\nM1,North\nM2,South\n");
  const Loaded loaded = Load(schema_, {folder_.path(), second.path()});
  ASSERT_TRUE(loaded.set.has_value()) << loaded.Diagnostics();
  EXPECT_EQ(RowText(At(loaded, 0), 0), "M1|North");
  EXPECT_EQ(At(loaded, 1).rows, 3u);
}

TEST_F(LoadTest, BindsHeadings) {
  WriteGoodFiles();
  schema_.tables[1].columns[2].name = "客户等级";
  schema_.tables[1].columns[2].aliases = {"Customer Tier"};
  const std::string rows = "\n10,M1,S\n";
  for (const char* heading :
       {"tier", " tier ", "客户等级", "Customer Tier", "TIER", "ｔｉｅｒ", "customer tier"}) {
    folder_.Write("customer.csv", "ID,Manager," + std::string(heading) + rows);
    folder_.Write("order.csv", "customer,ordered_on,amount\n");
    const Loaded loaded = Load(schema_, {folder_.path()});
    ASSERT_TRUE(loaded.set.has_value()) << loaded.Diagnostics();
    EXPECT_EQ(RowText(At(loaded, 1), 0), "10|M1|S") << heading;
  }
  // The id wins over the same word in another case; beside the name it is not clear which is meant.
  folder_.Write("customer.csv", "id,manager,tier,Tier\n10,M1,S,x\n");
  EXPECT_EQ(RowText(At(Load(schema_, {folder_.path()}), 1), 0), "10|M1|S");
  folder_.Write("customer.csv", "id,manager,客户等级,tier\n10,M1,x,S\n");
  EXPECT_FALSE(Load(schema_, {folder_.path()}).set.has_value());
}

TEST_F(LoadTest, TellsProgress) {
  std::string text = "id,region\n";
  for (int i = 0; i < 250'000; ++i) text += std::to_string(i) + ",x\n";
  schema_.tables.resize(1);
  const std::string path = folder_.Write("manager.csv", text);
  std::vector<std::string> told;
  DiagnosticSink sink;
  const auto set = LoadData(
      schema_, {{"", path}},
      [&](const std::string& table, uint64_t rows) {
        told.push_back(table + " " + std::to_string(rows));
      },
      sink);
  ASSERT_TRUE(set.has_value());
  EXPECT_EQ(told, (std::vector<std::string>{"manager 100000", "manager 200000"}));
}

TEST_F(LoadTest, AFileMayServeTwoTables) {
  schema_ = {};
  schema_.tables = {TableOf("agent", {"name: text"}), TableOf("team", {"manager: text"})};
  schema_.subject = TableId{0};
  const std::string path = folder_.Write("people.csv", "name,manager\na,M\nb,M\n");
  const Loaded loaded = Load(schema_, {path, "team=" + path});
  ASSERT_TRUE(loaded.set.has_value()) << loaded.Diagnostics();
  EXPECT_EQ(RowText(At(loaded, 0), 1), "b");
  EXPECT_EQ(RowText(At(loaded, 1), 1), "M");
}

}  // namespace
}  // namespace steelyard
