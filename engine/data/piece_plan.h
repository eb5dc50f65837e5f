// What is known of a CSV table before its rows are read, and what one piece of it becomes.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/column/table.h"
#include "engine/data/column_role.h"
#include "engine/data/csv_record.h"
#include "engine/data/key_index.h"
#include "engine/data/load.h"

namespace steelyard {

struct PiecePlan {
  // `places` as BindHeadings() tells them. `keys` holds the keys of every table read before; it may
  // be null where the table links to none that is read.
  PiecePlan(const Schema& schema, TableId id, std::string file, const CsvDialect& dialect,
            std::vector<std::string> headings, const std::vector<int32_t>& places,
            const std::vector<KeyIndex>* keys);

  const TableSchema& table() const { return schema.table(id); }
  Table EmptyTable() const;

  const Schema& schema;
  TableId id;
  std::string file;
  CsvDialect dialect;
  std::vector<std::string> headings;
  std::vector<ColumnRole> parts;  // in the order of columns
  std::vector<size_t> key_parts;  // in the order of the key
  const std::vector<KeyIndex>* keys;
};

// The texts of keys, one behind the other.
class KeyTexts {
 public:
  void Append(std::string_view key) {
    bytes_ += key;
    ends_.push_back(bytes_.size());
    hashes_.push_back(HashText(key));
  }
  size_t size() const { return ends_.size(); }
  std::string_view at(size_t i) const {
    const size_t begin = i == 0 ? 0 : ends_[i - 1];
    return std::string_view(bytes_).substr(begin, ends_[i] - begin);
  }
  const std::vector<uint64_t>& hashes() const { return hashes_; }
  std::vector<uint64_t>& hashes() { return hashes_; }
  void Reserve(size_t keys) {
    ends_.reserve(keys);
    hashes_.reserve(keys);
  }

 private:
  std::string bytes_;
  std::vector<size_t> ends_;
  std::vector<uint64_t> hashes_;
};

// The rows of one piece, each by itself: whether two have the same key is not looked at. Good as
// long as the piece.
struct PieceRows {
  // Room for so many rows.
  void Reserve(const PiecePlan& plan, size_t count);

  Table table;
  uint64_t read = 0;
  std::vector<Reject> rejects;      // by line
  std::vector<size_t> rows_before;  // for each, the rows of the table that stand before it
  KeyTexts keys;                    // of each row of the table, where it has a key
  // The first cell of each key as it stands in the piece, for rejects.
  std::vector<std::string_view> key_cells;
  std::vector<std::unique_ptr<std::string>> undoubled;  // cells that do not stand there so
  KeyTexts rejected_keys;                               // of rejected rows, as far as they have one
  std::vector<uint32_t> rejected_key_lines;
};

}  // namespace steelyard
