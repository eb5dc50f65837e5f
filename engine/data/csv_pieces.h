// Cuts a CSV file into pieces of whole records, each with the line it begins on, so that pieces can
// be read by any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "engine/data/csv_header.h"
#include "engine/data/input_file.h"

namespace steelyard {

// Bytes with room on either side, so that whole words around any of them may be read.
class PaddedBytes {
 public:
  char* data() { return bytes_.get() + kPad; }
  size_t size() const { return size_; }
  std::string_view text() const {
    return bytes_ ? std::string_view(bytes_.get() + kPad, size_) : std::string_view();
  }
  // Keeps what is there.
  void Reserve(size_t capacity);
  void Resize(size_t size);  // within what is reserved

 private:
  static constexpr size_t kPad = 64;
  std::unique_ptr<char[]> bytes_;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

// Some records of a file, one behind the other.
struct CsvPiece {
  uint64_t number = 0;  // from 0
  uint64_t line = 1;    // that it begins on
  PaddedBytes bytes;
};

class CsvPieces {
 public:
  static constexpr size_t kPieceBytes = size_t{1} << 20;

  // Pieces are of about `piece_bytes`, and longer where a record is.
  CsvPieces(const std::string& path, const CsvHeader& header, size_t piece_bytes = kPieceBytes);

  // The next piece in `piece`, whose memory is used again. False at the end of the file, or where
  // it could not be read to there.
  bool Next(CsvPiece& piece);
  bool failed() const { return failed_; }
  // Bytes of the file before and after, where it changed while it was read; known at the end.
  bool changed() const { return changed_; }
  int64_t first_size() const { return stamp_.size; }
  int64_t last_size() const { return file_.stamp().size; }

 private:
  size_t WholeRecords(std::string_view text, bool at_end) const;
  bool Fill(PaddedBytes& bytes, size_t more);

  InputFile file_;
  const CsvDialect dialect_;
  const size_t piece_bytes_;
  InputFile::Stamp stamp_;
  std::string rest_;  // read already, and of the next piece
  uint64_t offset_;   // of what is not read yet
  uint64_t number_ = 0;
  uint64_t line_;
  bool at_end_ = false;
  bool failed_ = false;
  bool changed_ = false;
};

}  // namespace steelyard
