// A file that holds one table. Opening it finds its headings; reading it gives every row there is,
// the broken ones too, with their lines.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/data/database.h"
#include "engine/data/file_row.h"
#include "engine/diag/diagnostic.h"

namespace steelyard {

class CsvFile;

class TableFile {
 public:
  virtual ~TableFile() = default;

  const std::string& path() const { return path_; }
  const std::vector<std::string>& headings() const { return headings_; }
  // A file that tells its headings by its rows, and has none.
  virtual bool HasNoRows() const { return false; }
  // The column holds lists or records.
  virtual bool IsNested(size_t) const { return false; }
  // Null unless the rows come in pieces instead of through Read().
  virtual const CsvFile* csv() const { return nullptr; }
  // Do the rows come by columns, through Columns()?
  virtual bool has_columns() const { return false; }
  // All rows, with the cells of `columns` (places in headings()). Null where an error was reported.
  virtual std::unique_ptr<ColumnStream> Columns(const std::vector<size_t>&, DiagnosticSink&) {
    return nullptr;
  }
  // After the last block: false where an error was reported, because it was not the end.
  virtual bool CheckColumns(ColumnStream&, DiagnosticSink&) { return false; }
  // All rows in the order of the file, with the cells of `columns` (places in headings()). False
  // where an error was reported.
  virtual bool Read(const std::vector<size_t>&, const TakeRow&, DiagnosticSink&) { return false; }

 protected:
  explicit TableFile(std::string path) : path_(std::move(path)) {}

  std::string path_;
  std::vector<std::string> headings_;
};

enum class FileFormat : uint8_t { kCsv, kTsv, kParquet, kJson };
// By the ending of the name, in either case.
std::optional<FileFormat> FormatOf(std::string_view path);

// Null where an error was reported.
std::unique_ptr<TableFile> OpenTableFile(const std::string& path, DatabaseOnDemand& database,
                                         DiagnosticSink& sink);

// For two of the formats; the file is known to exist.
std::unique_ptr<TableFile> OpenParquetFile(const std::string& path, Database& database,
                                           DiagnosticSink& sink);
std::unique_ptr<TableFile> OpenJsonFile(const std::string& path, DiagnosticSink& sink);

}  // namespace steelyard
