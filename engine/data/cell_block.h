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

  // Sixteen bytes before and behind a cell may be read.
  void Set(size_t row, std::string_view cell) { cells_[row] = cell; }
  std::string_view cell(size_t row) const { return cells_[row]; }
  // Converts the cells of plain shapes in the first `count` rows; the rows of all others are put
  // into `others`.
  void ConvertPlain(size_t count, std::vector<uint32_t>& others);
  // Converts one cell of any other shape.
  std::optional<Fault> ConvertOther(size_t row);
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
  template <bool limited>
  void ConvertNumbers(size_t count, std::vector<uint32_t>& others);
  bool ConvertText(size_t row);
  bool ConvertEnum(size_t row);
  bool ConvertDate(size_t row);
  bool ConvertBool(size_t row);
  void HoldNumber(size_t row, const Decimal& number);
  void AppendValidity(Validity& valid, size_t old, size_t count) const;
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

  bool full() const { return rows_ == lines_.size(); }
  // Adds a row of plain cells: the first begins at `begin`, each ends at one of `ends`, where the
  // next begins a byte farther on, and the last at `end`. All are offsets in `text`.
  void AddPlain(uint64_t line, const char* text, const uint32_t* ends, size_t begin, size_t end) {
    plain_[Add(line)] = {text, ends, begin, end};
  }
  // Adds a row whose cells are set by the caller, part by part.
  size_t AddOdd(uint64_t line);
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

  // Where the cells of a plain row stand; `ends` is null for any other.
  struct PlainRow {
    const char* text = nullptr;
    const uint32_t* ends = nullptr;
    size_t begin = 0;
    size_t end = 0;
  };

  size_t Add(uint64_t line);
  void Gather(size_t part);
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
  std::vector<PlainRow> plain_;
  std::vector<uint32_t> lines_;
  std::vector<uint32_t> fault_of_;  // into faults_, or kGood
  std::vector<RowFault> faults_;
  std::vector<std::vector<int32_t>> parents_;  // by link, by row
  std::vector<uint32_t> others_;               // rows
  std::string key_;
  std::string scratch_;
};

}  // namespace steelyard
