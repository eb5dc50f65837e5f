// Quick looks at many bytes of a CSV text at once.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/data/csv_record.h"

namespace steelyard {

size_t CountByte(std::string_view text, char byte);
bool IsUtf8(std::string_view text);

// Where records and cells may end in a text that begins with a record.
// The memory is used again for the next text.
struct CsvIndex {
  // Offsets of every separator and line break, in order, be they between quotes or not; at the end
  // that of the end of the text, unless a line break is its last byte. `count` of them; what is
  // behind is room.
  std::vector<uint32_t> ends;
  size_t count = 0;
  std::vector<uint32_t> breaks;  // which of `ends` are line breaks
  // Offsets of the bytes that need a closer look: quotes, zero bytes, and carriage returns that do
  // not stand before a line feed.
  std::vector<uint32_t> odd;
};
// `text` is shorter than 4 GiB; 64 bytes on either side of it may be read.
void IndexCsv(std::string_view text, const CsvDialect& dialect, CsvIndex& index);

}  // namespace steelyard
