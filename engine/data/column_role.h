// What is asked of the cells of a row, column by column, whatever the file: which are its key, its
// date and its links to parents, and why a row cannot be used for one of these.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "engine/data/file_row.h"
#include "engine/data/key_index.h"
#include "engine/schema/schema.h"

namespace steelyard {

// One column that is read.
struct ColumnRole {
  size_t column = 0;  // of the table
  size_t place = 0;   // in a row of the file
  bool is_key = false;
  bool is_time = false;
  std::vector<size_t> links;  // parents whose key the cell is
};

// In the order of columns, which is that in which the cells of a row are looked at. `places` tells
// the place for each column, -1 where the column is not read.
std::vector<ColumnRole> PartsOf(const Schema& schema, TableId id,
                                const std::vector<int32_t>& places);
// The parts of the key, in its order.
std::vector<size_t> KeyPartsOf(const TableSchema& table, const std::vector<ColumnRole>& parts);

// What an empty cell means to the key and to the date.
std::optional<Fault> FaultOfMissing(const ColumnRole& part);
// What an empty cell means to a link.
std::optional<Fault> FaultOfMissingParent(const Schema& schema, const ParentLink& link);
// The row of the parent with this key, in `row`.
std::optional<Fault> FindParent(const Schema& schema, const ParentLink& link, const KeyIndex& keys,
                                std::string_view key, int32_t& row);
Fault DuplicateFault(uint32_t first_line);

// Adds one part of a key of several, so that `1`, `23` and `12`, `3` differ.
void AppendKeyPart(std::string_view text, std::string& key);

// The text of a reject: the cell or row as found, its beginning at least.
std::string RejectText(std::string_view text);

}  // namespace steelyard
