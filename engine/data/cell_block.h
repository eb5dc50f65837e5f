// Some rows of a piece on their way from texts to columns. Cells are converted a column at a time;
// rows go to the table only once all their cells are known to be good.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/data/convert.h"
#include "engine/data/piece_plan.h"
#include "engine/data/plain_cell.h"

namespace steelyard {

// A column's cells in the rows of a block.
class CellRun {
 public:
  CellRun(const ColumnSchema& schema, size_t rows);

  // Each place is good for 16 bytes before and behind it.
  void Set(size_t row, std::string_view cell) { cells_[row] = cell; }
  std::string_view cell(size_t row) const { return cells_[row]; }
  void Begin() { plain_ = true; }
  std::optional<Fault> Convert(size_t row) {
    const std::string_view cell = cells_[row];
    state_[row] = State::kHeld;
    if (form_ == Form::kNumber) {
      PlainNumber number;
      if (ReadPlainNumber(cell, number) && (!limited_ || Fits(number))) {
        values_[row] = number.mantissa;
        scales_[row] = number.scale;
        return std::nullopt;
      }
    } else if (ConvertPlain(row, cell)) {
      return std::nullopt;
    }
    return ConvertOther(row, cell);
  }
  bool is_missing(size_t row) const { return state_[row] == State::kMissing; }
  // The text of a key, in `scratch` where it is not in the file.
  std::string_view KeyText(size_t row, std::string& scratch) const;
  // Moves what is held of one row to an earlier one.
  void Move(size_t from, size_t to);
  // The first `count` rows.
  void AppendTo(Column& column, size_t count);

 private:
  enum class Form : uint8_t { kNumber, kText, kEnum, kBool, kDate, kDateTime };
  enum class State : uint8_t { kHeld, kMissing, kWide };

  void Limit();
  bool Fits(PlainNumber& number) const;
  bool ConvertPlain(size_t row, std::string_view cell);
  bool ConvertEnum(size_t row, std::string_view cell);
  std::optional<Fault> ConvertOther(size_t row, std::string_view cell);
  void HoldNumber(size_t row, const Decimal& number);
  void AppendNumbers(NumberCells& cells, size_t count) const;

  struct Bound {
    int64_t mantissa = 0;
    int scale = 0;
  };

  const ColumnSchema& schema_;
  Form form_ = Form::kNumber;
  // Of numbers: something is to be looked at.
  bool limited_ = false;
  bool never_plain_ = false;
  bool whole_ = false;
  int64_t factor_ = 1;
  std::optional<Bound> min_;
  std::optional<Bound> max_;

  CellConverter converter_;
  bool plain_ = true;  // no row is missing or wide
  std::vector<std::string_view> cells_;
  std::vector<State> state_;
  std::vector<int64_t> values_;  // mantissas, days, microseconds, 0 and 1; places in wide_
  std::vector<uint8_t> scales_;
  std::vector<std::string_view> texts_;
  std::vector<Decimal> wide_;
};

class CellBlock {
 public:
  explicit CellBlock(const PiecePlan& plan);

  size_t rows() const { return rows_; }
  bool full() const { return rows_ == lines_.size(); }
  // Adds a row; its cells are set by the caller, part by part.
  size_t Add(uint64_t line);
  void Set(size_t row, size_t part, std::string_view cell) { runs_[part].Set(row, cell); }
  // Adds a row that could not be cut into cells.
  void AddBroken(uint64_t line, Fault fault, std::string text);
  // Converts the rows and appends them.
  void Flush(PieceRows& piece);

 private:
  static constexpr size_t kBroken = ~size_t{0};  // no part, but the row itself
  static constexpr uint32_t kGood = ~uint32_t{0};
  struct RowFault {
    size_t part = kBroken;
    Fault fault;
    std::string text;
  };

  void ConvertPart(size_t part);
  void SetFault(size_t row, size_t part, Fault fault);
  std::optional<Fault> FollowLinks(size_t part, size_t row);
  size_t TakeGoodRows(PieceRows& piece);
  void RejectRow(size_t row, PieceRows& piece);
  void AppendRows(size_t count, PieceRows& piece);
  void RememberRejectedKey(size_t row, PieceRows& piece);
  std::string_view RowKey(size_t row);

  const PiecePlan& plan_;
  std::vector<CellRun> runs_;
  size_t rows_ = 0;
  std::vector<uint32_t> lines_;
  std::vector<uint32_t> fault_of_;  // into faults_, or kGood
  std::vector<RowFault> faults_;
  std::vector<std::vector<int32_t>> parents_;  // by link, by row
  std::string key_;
  std::string scratch_;
};

}  // namespace steelyard
