// Finds out what kind of file it is.
#include "engine/data/table_file.h"

#include <filesystem>
#include <system_error>

#include "engine/base/text.h"
#include "engine/data/csv_file.h"

namespace steelyard {
namespace {

struct Ending {
  std::string_view ending;
  FileFormat format;
};
constexpr Ending kEndings[] = {
    {".csv", FileFormat::kCsv},    {".txt", FileFormat::kCsv},         {".tsv", FileFormat::kTsv},
    {".tab", FileFormat::kTsv},    {".parquet", FileFormat::kParquet}, {".json", FileFormat::kJson},
    {".jsonl", FileFormat::kJson}, {".ndjson", FileFormat::kJson},
};

}  // namespace

std::optional<FileFormat> FormatOf(std::string_view path) {
  const std::string folded = FoldCase(path);
  for (const Ending& entry : kEndings) {
    if (folded.ends_with(entry.ending)) return entry.format;
  }
  return std::nullopt;
}

std::unique_ptr<TableFile> OpenTableFile(const std::string& path, DatabaseOnDemand& database,
                                         DiagnosticSink& sink) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::not_found) {
    sink.Report(DiagKind::kDataFileNotFound, {}, {path});
    return nullptr;
  }
  const std::optional<FileFormat> format = FormatOf(path);
  if (!format || std::filesystem::is_directory(status)) {
    sink.Report(DiagKind::kUnknownDataFormat, {}, {path}).Because(HelpKind::kReadableFormats);
    return nullptr;
  }
  if (!std::filesystem::is_regular_file(status)) {
    sink.Report(DiagKind::kDataFileUnreadable, {}, {path});
    return nullptr;
  }
  switch (*format) {
    case FileFormat::kCsv: return CsvFile::Open(path, 0, sink);
    case FileFormat::kTsv: return CsvFile::Open(path, '\t', sink);
    case FileFormat::kParquet: {
      Database* const open = database.Get(sink);
      return open == nullptr ? nullptr : OpenParquetFile(path, *open, sink);
    }
    case FileFormat::kJson: return OpenJsonFile(path, sink);
  }
  return nullptr;
}

}  // namespace steelyard
