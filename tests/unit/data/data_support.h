// What the tests of this room share: a folder for the files of one test, and short ways to write
// down schemas and look at what was loaded.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/data/database.h"
#include "engine/data/load.h"
#include "engine/diag/diagnostic.h"

namespace steelyard {

// A new folder, gone with its files at the end of the test.
class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  // Writes a file and returns its path.
  std::string Write(const std::string& name, std::string_view bytes) const;
  std::string Path(const std::string& name) const { return (path_ / name).string(); }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

std::string ReadWhole(const std::string& path);

// `text`, `number`, `count`, `percent`, `money CNY`, `duration h`, `date`, `datetime`, `bool`,
// `[a, b]`.
Type TypeOf(std::string_view text);
ColumnSchema ColumnOf(const std::string& id, std::string_view type);
// TableOf("order", {"id: text", "amount: money CNY"}, {"id"})
TableSchema TableOf(const std::string& id, const std::vector<std::string>& columns,
                    const std::vector<std::string>& key = {});
void Link(Schema& schema, const std::string& table, const std::string& column,
          const std::string& parent, bool optional = false);

// The cell as text, `missing` where it is; numbers as fractions of the engine's unit.
std::string CellText(const Column& column, size_t row);
// A row as `a|b|c`.
std::string RowText(const Table& table, size_t row);

struct Loaded {
  std::optional<DataSet> set;
  DiagnosticSink sink;
  std::string Diagnostics(Language language = Language::kEnglish) const;
};
// The database all tests share; null where the program is built without.
Database* SharedDatabase();

// With the arguments as they would stand on the command line.
Loaded Load(const Schema& schema, const std::vector<std::string>& arguments);
// One table alone, from a file with these bytes.
Loaded LoadText(const TableSchema& table, std::string_view bytes,
                const std::string& name = "t.csv");

// `3: amount `x` wrong_type: is not a number`, a line for each.
std::string RejectLines(const DataSet& set);
// `read 5 used 3 rejected 2` of the table.
std::string CountLine(const DataSet& set, size_t table = 0);

}  // namespace steelyard
