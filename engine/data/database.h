// DuckDB as this room uses it: a reader of files. Its exceptions and messages end here.
#pragma once

#include <cstdint>
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

// Some rows of a query as DuckDB holds them, a column at a time.
class ColumnBlock {
 public:
  enum class Kind : uint8_t {
    kOther,  // of no kind that is read: every cell counts as missing
    kText,
    kBool,
    kInt8,
    kInt16,
    kInt32,
    kInt64,
    kInt128,  // the lower half first
    kUint8,
    kUint16,
    kUint32,
    kUint64,
    kDouble,
    kDate,    // days from 1970-01-01, 32 bits
    kMoment,  // microseconds from then, 64 bits
  };
  struct Cells {
    Kind kind = Kind::kOther;
    // Of decimals, which are held as whole numbers: their digits and how many stand behind the
    // point.
    int width = 0;
    int scale = 0;
    const void* values = nullptr;
    const uint64_t* valid = nullptr;  // a bit for each row; null: all are present
  };

  virtual ~ColumnBlock() = default;
  size_t rows() const { return rows_; }
  const std::vector<Cells>& columns() const { return columns_; }
  // Of kText.
  virtual std::string_view TextAt(size_t column, size_t row) const = 0;
  // Of the other kinds, as DuckDB writes the value.
  virtual std::string Written(size_t column, size_t row) const = 0;

 protected:
  size_t rows_ = 0;
  std::vector<Cells> columns_;
};

// The rows of a query, in order. One thread at a time may ask for them; blocks are then any
// thread's.
class ColumnStream {
 public:
  virtual ~ColumnStream() = default;
  // Null at the end.
  virtual std::unique_ptr<ColumnBlock> Next() = 0;
  // After the last block: did it end because DuckDB failed?
  virtual bool failed() = 0;
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
  // The same by columns. Null where DuckDB refuses the query; good as long as the database.
  virtual std::unique_ptr<ColumnStream> Stream(const std::string& sql) = 0;
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
