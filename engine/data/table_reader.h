// The rows of one file to the rows of one table: cells converted, keys and parents found, and a
// reject for each row that cannot be used.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/data/column_role.h"
#include "engine/data/convert.h"
#include "engine/data/file_row.h"
#include "engine/data/key_index.h"
#include "engine/data/load.h"

namespace steelyard {

class TableReader {
 public:
  // `places` tells the cell of a row for each column, -1 where the column is not read; `headings`
  // are those of the cells. `keys` holds the keys of every table read before.
  TableReader(const Schema& schema, TableId id, const std::string& file,
              const std::vector<int32_t>& places, std::vector<std::string> headings,
              std::vector<KeyIndex>& keys, std::vector<Reject>& rejects);

  void Take(const FileRow& row);
  uint64_t rows_read() const { return read_; }
  // The table and its account, once all rows are taken.
  Table Finish(TableCount& count);

 private:
  struct Part {
    ColumnRole rules;
    CellConverter converter;
  };

  std::optional<Fault> TakeCell(Part& part, const FileCell& cell);
  std::optional<Fault> Follow(size_t link, const Part& part);
  std::optional<std::string> RowKey() const;
  void Accept(const FileRow& row);
  void RejectRow(const FileRow& row, const Fault& fault, const Part* part);
  void RememberRejectedKey(const FileRow& row);

  const Schema& schema_;
  const TableId id_;
  const TableSchema& table_schema_;
  const std::string file_;
  const std::vector<std::string> headings_;
  std::vector<KeyIndex>& keys_;
  std::vector<Reject>& rejects_;

  std::vector<Part> parts_;        // in the order of columns
  std::vector<size_t> key_parts_;  // in the order of the key
  std::vector<int32_t> row_parents_;
  Table table_;
  uint64_t read_ = 0;
  uint64_t rejected_ = 0;
};

}  // namespace steelyard
