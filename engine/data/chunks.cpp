// Binds the one table, and hands its pieces to readers.
#include "engine/data/chunks.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "engine/data/binding.h"
#include "engine/data/headings.h"

namespace steelyard {
namespace {

// The table that is read, if it is the only one.
TableId OnlyTable(const Schema& schema) {
  TableId only = TableId::None();
  for (size_t i = 0; i < schema.tables.size(); ++i) {
    if (!IsRead(schema.tables[i])) continue;
    if (only.valid()) return TableId::None();
    only = TableId{static_cast<int32_t>(i)};
  }
  return only;
}

bool LinksToRead(const Schema& schema, const TableSchema& table) {
  return std::any_of(table.parents.begin(), table.parents.end(),
                     [&](const ParentLink& link) { return IsRead(schema.table(link.parent)); });
}

// The separator of a file that can be read in pieces, 0 where it is to be found; LoadData says what
// is wrong with any other.
std::optional<char> SeparatorOf(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return std::nullopt;
  const std::optional<FileFormat> format = FormatOf(path);
  if (format == FileFormat::kCsv) return 0;
  if (format == FileFormat::kTsv) return '\t';
  return std::nullopt;
}

}  // namespace

ChunkReader::ChunkReader(const Schema& schema, TableId id, std::unique_ptr<CsvFile> file,
                         const std::vector<int32_t>& places, size_t piece_bytes)
    : file_(std::move(file)),
      plan_(schema, id, file_->path(), file_->header().dialect, file_->headings(), places, nullptr),
      pieces_(file_->path(), file_->header(), piece_bytes) {}

ChunkReader::Opened ChunkReader::Open(const Schema& schema, const std::vector<DataArgument>& data,
                                      DiagnosticSink& sink, const OpeningFn& opening,
                                      size_t piece_bytes) {
  const TableId id = OnlyTable(schema);
  if (!id.valid() || LinksToRead(schema, schema.table(id))) return {Outcome::kNotInChunks, nullptr};
  const std::optional<std::vector<std::string>> paths = BindFiles(schema, data, sink);
  if (!paths) return {};
  const std::string& path = (*paths)[id.index()];
  const std::optional<char> separator = SeparatorOf(path);
  if (!separator) return {Outcome::kNotInChunks, nullptr};
  if (opening) opening(path);
  std::unique_ptr<CsvFile> file = CsvFile::Open(path, *separator, sink);
  if (file == nullptr) return {};
  const std::optional<std::vector<int32_t>> places =
      BindHeadings(schema, schema.table(id), *file, sink);
  if (!places) return {};
  return {Outcome::kReady, std::unique_ptr<ChunkReader>(
                               new ChunkReader(schema, id, std::move(file), *places, piece_bytes))};
}

bool ChunkReader::Next(CsvPiece& piece) {
  const std::lock_guard<std::mutex> lock(reading_);
  return pieces_.Next(piece);
}

Chunk ChunkReader::Read(const CsvPiece& piece) const {
  std::unique_ptr<PieceReader> reader;
  {
    const std::lock_guard<std::mutex> lock(idle_mutex_);
    if (!idle_.empty()) {
      reader = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (reader == nullptr) reader = std::make_unique<PieceReader>(plan_);
  PieceRows rows = reader->Read(piece);
  {
    const std::lock_guard<std::mutex> lock(idle_mutex_);
    idle_.push_back(std::move(reader));
  }
  Chunk chunk;
  chunk.count = {plan_.id, rows.read, rows.table.rows, rows.rejects.size()};
  chunk.table = std::move(rows.table);
  chunk.rejects = std::move(rows.rejects);
  chunk.key_hashes = std::move(rows.keys.hashes());
  return chunk;
}

}  // namespace steelyard
