// A Parquet file. Every value means the text DuckDB writes for it, which is exact: decimals and
// whole numbers in full, binary fractions as the shortest decimal, dates as 2026-04-01.
#include <algorithm>
#include <iterator>
#include <utility>

#include "engine/data/table_file.h"

namespace steelyard {
namespace {

std::string Source(const std::string& path) {
  return "read_parquet(" + SqlPath(path) + ", binary_as_string=true, hive_partitioning=false)";
}

bool IsNestedType(std::string_view type) {
  return type.ends_with(']') || type.starts_with("STRUCT") || type.starts_with("MAP") ||
         type.starts_with("UNION");
}

// The kinds of a ColumnBlock; all others come as texts. So do numbers of 32 bits with a binary
// point, which DuckDB writes with more digits than are needed to read them back.
bool IsReadAsItIs(std::string_view type) {
  constexpr std::string_view kTypes[] = {"VARCHAR", "BOOLEAN", "TINYINT",  "SMALLINT",  "INTEGER",
                                         "BIGINT",  "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER",
                                         "UBIGINT", "DOUBLE",  "DATE",     "TIMESTAMP"};
  return type.starts_with("DECIMAL(") ||
         std::find(std::begin(kTypes), std::end(kTypes), type) != std::end(kTypes);
}

class ParquetFile final : public TableFile {
 public:
  ParquetFile(std::string path, Database& database)
      : TableFile(std::move(path)), database_(database) {}

  bool Open() {
    return database_.Query(
        "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM " + Source(path_) + ")",
        [this](const TextBlock& block) {
          for (size_t row = 0; row < block.rows; ++row) {
            headings_.emplace_back(block.row(row)[0].text);
            types_.emplace_back(block.row(row)[1].text);
          }
        });
  }

  bool IsNested(size_t heading) const override { return IsNestedType(types_[heading]); }

  bool has_columns() const override { return true; }

  std::unique_ptr<ColumnStream> Columns(const std::vector<size_t>& columns,
                                        DiagnosticSink& sink) override {
    std::string selected;
    for (const size_t column : columns) {
      if (!selected.empty()) selected += ", ";
      selected += IsReadAsItIs(types_[column]) ? SqlName(headings_[column]) : AsText(column);
    }
    if (selected.empty()) selected = "'' AS none";
    auto stream = database_.Stream("SELECT " + selected + " FROM " + Source(path_));
    if (stream == nullptr) sink.Report(DiagKind::kNotParquet, {}, {path_});
    return stream;
  }

  bool CheckColumns(ColumnStream& stream, DiagnosticSink& sink) override {
    if (!stream.failed()) return true;
    sink.Report(DiagKind::kNotParquet, {}, {path_});
    return false;
  }

 private:
  std::string AsText(size_t column) const {
    const std::string name = SqlName(headings_[column]);
    // A moment with a zone is one of UTC, whatever the zone of this machine.
    if (types_[column] == "TIMESTAMP WITH TIME ZONE") {
      return "CAST(make_timestamp(epoch_us(" + name + ")) AS VARCHAR)";
    }
    return "CAST(" + name + " AS VARCHAR)";
  }

  Database& database_;
  std::vector<std::string> types_;
};

}  // namespace

std::unique_ptr<TableFile> OpenParquetFile(const std::string& path, Database& database,
                                           DiagnosticSink& sink) {
  auto file = std::make_unique<ParquetFile>(path, database);
  if (file->Open()) return file;
  sink.Report(DiagKind::kNotParquet, {}, {path});
  return nullptr;
}

}  // namespace steelyard
