// The cells of a block of columns as DuckDB would write them, so that a value in a Parquet file
// means what the same text in any other file means. Quicker than to have DuckDB write them.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/data/database.h"

namespace steelyard {

class CellTexts {
 public:
  // Writes one column. The texts stand until Clear(), with 16 bytes of room on either side; that of
  // a missing cell is empty.
  const std::vector<std::string_view>& Write(const ColumnBlock& block, size_t column);
  // Lets go of all texts, whose memory is used again.
  void Clear() { used_ = 0; }

 private:
  char* Room(size_t bytes);
  void WriteTexts(const ColumnBlock& block, size_t column);
  void WriteOdd(const ColumnBlock& block, size_t column);
  template <class Value, class WriteOne>
  void WriteEach(const ColumnBlock& block, size_t column, size_t longest, WriteOne&& write);
  template <class Whole>
  void WriteWholes(const ColumnBlock& block, size_t column);

  struct Buffer {
    std::unique_ptr<char[]> bytes;
    size_t size = 0;
  };
  std::vector<Buffer> buffers_;
  size_t used_ = 0;  // of the buffers
  std::vector<std::string_view> texts_;
  std::vector<size_t> odd_;  // rows that DuckDB writes
};

}  // namespace steelyard
