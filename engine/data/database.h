// DuckDB as this room uses it: a reader of files. Its exceptions and messages end here.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/data/file_row.h"
#include "engine/diag/diagnostic.h"

namespace steelyard {

// Some rows of a query, cell by cell.
struct TextBlock {
  size_t rows = 0;
  size_t columns = 0;
  std::vector<FileCell> cells;  // row after row

  std::span<const FileCell> row(size_t index) const {
    return std::span<const FileCell>(cells).subspan(index * columns, columns);
  }
};

class Database {
 public:
  using TakeBlock = std::function<void(const TextBlock&)>;

  virtual ~Database() = default;
  // An empty database in memory that loads no extensions from the network. Null where the program
  // was built without DuckDB, or it does not start.
  static std::unique_ptr<Database> Open();
  static bool BuiltIn();

  // Runs a query and hands over the rows in order, a block at a time. Columns that are not texts
  // come as missing.
  // False where DuckDB refuses the query or fails over it; rows may have been handed over already.
  virtual bool Query(const std::string& sql, const TakeBlock& take) = 0;
};

// The database that is opened where a file needs it: opening one takes longer than reading a small
// file.
class DatabaseOnDemand {
 public:
  DatabaseOnDemand() = default;
  explicit DatabaseOnDemand(Database* given) : database_(given) {}
  // Null where an error was reported.
  Database* Get(DiagnosticSink& sink);

 private:
  std::unique_ptr<Database> own_;
  Database* database_ = nullptr;
};

// `it's` as `'it''s'`, a name as `"a ""name"""`.
std::string SqlText(std::string_view text);
std::string SqlName(std::string_view name);
// A path as DuckDB's readers want it: absolute, its `*`, `?` and `[` not taken for patterns.
std::string SqlPath(const std::string& path);

}  // namespace steelyard
