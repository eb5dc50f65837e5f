// A table read and used up piece by piece, so that memory does not grow with the file: for
// scorecards that look at one row at a time.
//
//   auto opened = ChunkReader::Open(schema, data, sink, opening);
//   // on several threads: Next() one at a time, Read() side by side
//   while (reader.Next(piece)) { Chunk chunk = reader.Read(piece); … }
//   if (!reader.Finish(sink)) …         // the file could not be read to its end, or changed
//   if (watch.MayHaveDuplicates()) …    // begin again with LoadData, which tells them
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/data/csv_file.h"
#include "engine/data/csv_pieces.h"
#include "engine/data/load.h"
#include "engine/data/piece_plan.h"
#include "engine/data/piece_reader.h"

namespace steelyard {

// The rows of one piece of a file.
struct Chunk {
  Table table;                  // of the used rows
  std::vector<Reject> rejects;  // as in a DataSet; rejected rows are in no table
  TableCount count;
  // A hash of the key of each row of the table: rows with equal keys have equal ones. Empty where
  // the table has no key.
  std::vector<uint64_t> key_hashes;
};

class ChunkReader {
 public:
  enum class Outcome : uint8_t {
    kReady,
    kNotInChunks,  // nothing was reported: LoadData shall read it
    kFailed,       // an error was reported
  };
  struct Opened {
    Outcome outcome = Outcome::kFailed;
    std::unique_ptr<ChunkReader> reader;  // kReady
  };

  // Binds files as LoadData does. A data set comes in chunks where exactly one table is read, it is
  // a CSV or TSV file, and it links to no table that is read. `schema` outlives the reader. Pieces
  // are of about `piece_bytes`.
  static Opened Open(const Schema& schema, const std::vector<DataArgument>& data,
                     DiagnosticSink& sink, const OpeningFn& opening = {},
                     size_t piece_bytes = CsvPieces::kPieceBytes);

  TableId table() const { return plan_.id; }
  const std::string& path() const { return file_->path(); }

  // The next piece of the file, numbered from 0; its memory is used again. False at the end, or
  // where the file cannot be read on. Any thread may call, others wait meanwhile.
  bool Next(CsvPiece& piece);
  // What is in a piece. Threads do not wait for each other.
  Chunk Read(const CsvPiece& piece) const;
  // After the last piece: false where an error was reported, and what was read is not to be used.
  bool Finish(DiagnosticSink& sink) const { return file_->Check(pieces_, sink); }

 private:
  ChunkReader(const Schema& schema, TableId id, std::unique_ptr<CsvFile> file,
              const std::vector<int32_t>& places, size_t piece_bytes);

  const std::unique_ptr<CsvFile> file_;
  const PiecePlan plan_;
  std::mutex reading_;
  CsvPieces pieces_;
  mutable std::mutex idle_mutex_;
  mutable std::vector<std::unique_ptr<PieceReader>> idle_;  // readers that nobody uses now
};

}  // namespace steelyard
