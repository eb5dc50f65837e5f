// Reads big pieces of a file and cuts each behind its last whole record. Where there is no quote,
// every line is a record; only the others are followed byte by byte.
#include "engine/data/csv_pieces.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "engine/data/csv_bytes.h"

namespace steelyard {

void PaddedBytes::Reserve(size_t capacity) {
  if (bytes_ && capacity <= capacity_) return;
  auto bytes = std::make_unique_for_overwrite<char[]>(capacity + 2 * kPad);
  std::memset(bytes.get(), 0, kPad);
  if (size_ > 0) std::memcpy(bytes.get() + kPad, data(), size_);
  bytes_ = std::move(bytes);
  capacity_ = capacity;
  Resize(size_);
}

void PaddedBytes::Resize(size_t size) {
  size_ = size;
  std::memset(data() + size, 0, kPad);
}

CsvPieces::CsvPieces(const std::string& path, const CsvHeader& header, size_t piece_bytes)
    : file_(path),
      dialect_(header.dialect),
      piece_bytes_(piece_bytes),
      stamp_(file_.stamp()),
      offset_(header.next_offset),
      line_(header.next_line) {
  failed_ = !file_.is_open();
}

bool CsvPieces::Next(CsvPiece& piece) {
  piece.bytes.Reserve(rest_.size() + piece_bytes_);
  piece.bytes.Resize(rest_.size());
  if (!rest_.empty()) std::memcpy(piece.bytes.data(), rest_.data(), rest_.size());
  size_t taken = 0;
  while (taken == 0) {
    if (failed_ || (at_end_ && piece.bytes.size() == 0)) return false;
    if (!Fill(piece.bytes, std::max(piece_bytes_, piece.bytes.size()))) return false;
    if (piece.bytes.size() > 0) taken = WholeRecords(piece.bytes.text(), at_end_);
  }
  rest_ = piece.bytes.text().substr(taken);
  piece.bytes.Resize(taken);
  piece.number = number_++;
  piece.line = line_;
  line_ += CountByte(piece.bytes.text(), dialect_.line_break);
  return true;
}

bool CsvPieces::Fill(PaddedBytes& bytes, size_t more) {
  if (at_end_) return true;
  const size_t old = bytes.size();
  bytes.Reserve(old + more);
  const int64_t got = file_.Read(offset_, bytes.data() + old, more);
  failed_ = got < 0;
  if (failed_) return false;
  bytes.Resize(old + static_cast<size_t>(got));
  offset_ += static_cast<uint64_t>(got);
  if (static_cast<size_t>(got) < more) {
    at_end_ = true;
    changed_ = !(file_.stamp() == stamp_);
  }
  return true;
}

// Bytes of the records at the beginning of the text that are there from end to end.
size_t CsvPieces::WholeRecords(std::string_view text, bool at_end) const {
  size_t at = 0;
  while (at < text.size()) {
    const void* quote = std::memchr(text.data() + at, '"', text.size() - at);
    const size_t plain_end =
        quote == nullptr ? text.size()
                         : static_cast<size_t>(static_cast<const char*>(quote) - text.data());
    const size_t line_break = text.substr(0, plain_end).rfind(dialect_.line_break);
    if (line_break != std::string_view::npos) at = std::max(at, line_break + 1);
    if (quote == nullptr) return at_end ? text.size() : at;
    CsvRecord record;
    if (!CutCsvRecord(text.substr(at), at_end, dialect_, record, nullptr)) return at;
    at += record.taken;
  }
  return at;
}

}  // namespace steelyard
