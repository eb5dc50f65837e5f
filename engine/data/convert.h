// Cells of a file to cells of a column. One converter a column: it reads a cell, holds the value
// until the whole row is known to be good, and then appends it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/column/column.h"
#include "engine/data/cell_number.h"
#include "engine/data/file_row.h"
#include "engine/schema/schema.h"

namespace steelyard {

class CellConverter {
 public:
  explicit CellConverter(const ColumnSchema& schema);

  // Empty: good, and held. A text is held as a view of the cell.
  std::optional<Fault> Convert(const FileCell& cell);
  bool is_missing() const { return missing_; }
  // The held value, of the type of the column.
  const Decimal& number() const { return *number_; }
  std::string_view text() const { return text_; }
  bool truth() const { return truth_; }
  DateTime moment() const { return moment_; }
  // The held value so that equal keys have equal texts: `1` and `1.0` both `1`.
  std::string KeyText() const;
  void AppendTo(Column& column) const;

 private:
  std::optional<Fault> ConvertText(std::string_view text);
  std::optional<Fault> ConvertNumber(std::string_view text);
  std::optional<Fault> ConvertEnum(std::string_view text);
  std::optional<Fault> ConvertBool(std::string_view text);
  std::optional<Fault> ConvertMoment(std::string_view text);
  std::optional<Fault> CheckRange(const Decimal& value) const;
  bool IsMissing(std::string_view trimmed) const;
  void IndexEnumeration();

  const ColumnSchema& schema_;
  NumberReader numbers_;
  Number scale_;         // from the shown unit to the engine's
  bool scaled_ = false;  // scale_ is not 1
  std::unordered_map<std::string, const std::string*> folded_values_;  // null: ambiguous
  std::string scratch_;

  bool missing_ = false;
  std::optional<Decimal> number_;
  std::string_view text_;
  bool truth_ = false;
  DateTime moment_;
};

}  // namespace steelyard
