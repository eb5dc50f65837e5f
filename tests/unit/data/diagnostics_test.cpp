// Every message of this room as people see it, in both languages.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "engine/data/atomic_file.h"
#include "engine/data/database.h"
#include "tests/support/golden.h"
#include "tests/unit/data/data_support.h"

namespace steelyard {
namespace {

// Paths of this machine do not belong into golden files.
std::string Without(std::string text, const std::string& folder) {
  for (size_t at = text.find(folder); at != std::string::npos; at = text.find(folder, at)) {
    text.replace(at, folder.size(), "data");
  }
  return text;
}

class DataDiagnostics : public testing::Test {
 protected:
  void SetUp() override {
    if (!Database::BuiltIn()) GTEST_SKIP() << "built without DuckDB";
    schema_.tables = {TableOf("manager", {"manager_id: text", "headcount: count"}, {"manager_id"})};
    schema_.subject = TableId{0};
  }
  void Expect(const std::string& name, const Loaded& loaded) {
    EXPECT_FALSE(loaded.set.has_value()) << name;
    const std::string text = loaded.Diagnostics() + "\n" + loaded.Diagnostics(Language::kChinese);
    ExpectGolden("data/" + name + ".txt", Without(text, folder_.path()));
  }
  // What is said of a file with these bytes.
  void ExpectFor(const std::string& name, const std::string& file, std::string_view bytes) {
    Expect(name, Load(schema_, {folder_.Write(file, bytes)}));
  }
  TempFolder folder_;
  Schema schema_;
};

TEST_F(DataDiagnostics, Files) {
  Expect("fail_file_not_found", Load(schema_, {folder_.Path("nothing.csv")}));
  Expect("fail_no_data", Load(schema_, {}));
  Expect("fail_no_file_in_folder", Load(schema_, {folder_.path()}));
  Expect("fail_unknown_table",
         Load(schema_, {"manger=x.csv", "zzz=y.csv", folder_.Write("manager.csv", "")}));
  ExpectFor("fail_unknown_format", "manager.xlsx", "PK");
  std::filesystem::create_directory(folder_.Path("m.csv"));
  Expect("fail_folder_for_table", Load(schema_, {"manager=" + folder_.Path("m.csv")}));
  ASSERT_EQ(mkfifo(folder_.Path("pipe.csv").c_str(), 0600), 0);
  Expect("fail_not_a_file", Load(schema_, {folder_.Path("pipe.csv")}));
}

TEST_F(DataDiagnostics, TwoFiles) {
  folder_.Write("manager.csv", "manager_id,headcount\n");
  folder_.Write("manager.parquet", "");
  Expect("fail_two_files", Load(schema_, {folder_.path()}));
}

TEST_F(DataDiagnostics, Headings) {
  ExpectFor("fail_no_heading", "m.csv", "manager id,Head Count,region\nM1,5,x\n");
  schema_.tables[0].columns[1].name = "团队人数";
  schema_.tables[0].columns[1].aliases = {"Team Size"};
  ExpectFor("fail_no_heading_of_many_names", "m.csv", "manager_id,团队数\nM1,5\n");
  ExpectFor("fail_two_headings", "m.csv", "manager_id,Headcount,HEADCOUNT\nM1,5,6\n");
  ExpectFor("fail_two_names", "m.csv", "manager_id,Headcount,team size\nM1,5,6\n");
  ExpectFor("fail_repeated_heading", "m.csv", "manager_id,headcount,manager_id\nM1,5,6\n");
  ExpectFor("fail_broken_headings", "m.csv", "manager_id,\"headcount\nM1,5\n");
  ExpectFor("fail_empty_file", "m.csv", "");
}

TEST_F(DataDiagnostics, Encodings) {
  ExpectFor("fail_gbk", "m.csv", "\xBE\xAD\xC0\xED,headcount\nM1,5\n");
  ExpectFor("fail_not_utf8", "m.csv", "\xFF\xFF,headcount\nM1,5\n");
  ExpectFor("fail_utf16", "m.csv", std::string_view("\xFF\xFEm\0a\0\n\0", 8));
  ExpectFor("fail_utf16_json", "m.json", std::string_view("\xFF\xFE[\0]\0", 6));
}

TEST_F(DataDiagnostics, Formats) {
  ExpectFor("fail_not_parquet", "m.parquet", "PAR1 it is not");
  ExpectFor("fail_not_json", "m.json", "[\n {\"manager_id\": \"M1\", \"headcount\": 5},\n oops");
  ExpectFor("fail_empty_json", "m.json", "");
  const std::string path = folder_.Path("nested.parquet");
  ASSERT_TRUE(SharedDatabase()->Query(
      "COPY (SELECT 'M1' AS manager_id, [1, 2] AS headcount) TO " + SqlText(path),
      [](const TextBlock&) {}));
  Expect("fail_nested_column", Load(schema_, {path}));
}

TEST_F(DataDiagnostics, SeveralAtOnce) {
  schema_.tables.push_back(TableOf("customer", {"id: text"}, {"id"}));
  schema_.tables.push_back(TableOf("order", {"amount: number"}));
  folder_.Write("manager.csv", "manager_id\nM1\n");
  folder_.Write("customer.csv", "name\nx\n");
  Expect("fail_several", Load(schema_, {folder_.path(), "order=" + folder_.Path("gone.csv")}));
}

// Those that a test cannot bring about.
TEST_F(DataDiagnostics, Faults) {
  Loaded loaded;
  loaded.sink.Report(DiagKind::kDataFileChanged, {}, {"data/order.csv", "120", "118"});
  loaded.sink.Report(DiagKind::kDatabaseFault, {});
  loaded.sink.Report(DiagKind::kCannotSpool, {}, {"data/order.csv", "/tmp"});
  loaded.sink.Report(DiagKind::kBuiltWithoutData, {}).Because(HelpKind::kBuildWithDuckDb);
  loaded.sink.Report(DiagKind::kNoWritePermission, {}, {"out/scores.csv"});
  Expect("faults", loaded);
}

TEST_F(DataDiagnostics, Writing) {
  Loaded loaded;
  AtomicFile::Create(folder_.Path("no/such/scores.csv"), loaded.sink);
  AtomicFile::Create(folder_.path(), loaded.sink);
  AtomicFile::Create(folder_.Path(std::string(300, 'x')), loaded.sink);
  if (std::optional<AtomicFile> full = AtomicFile::Create("/dev/full", loaded.sink)) {
    full->stream() << "x";
    EXPECT_FALSE(full->Commit(loaded.sink));
  }
  Expect("fail_writing", loaded);
}

}  // namespace
}  // namespace steelyard
