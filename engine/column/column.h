// Columns of loaded data: typed cells apart from validity. Numbers are exact: decimals as whole
// mantissas with one scale a column, or rationals where those do not fit.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "engine/base/calendar.h"
#include "engine/base/number.h"
#include "engine/schema/type.h"

namespace steelyard {

// Cells that are present. An empty mask means: all are.
class Validity {
 public:
  bool all() const { return bits_.empty(); }
  bool at(size_t row) const { return bits_.empty() || ((bits_[row >> 6] >> (row & 63)) & 1) != 0; }
  void Append(size_t row, bool present);  // rows in order
  size_t MissingCount() const { return missing_; }

 private:
  std::vector<uint64_t> bits_;
  size_t missing_ = 0;
};

// Numbers of one column: value = scaled[row] × 10^-scale, or exact[row] where `exact` is used.
class NumberCells {
 public:
  void Append(const Number& value);
  void AppendScaled(int64_t mantissa, int scale);  // mantissa × 10^-scale, 0 <= scale <= 18
  void AppendMissing();
  size_t size() const { return exact_.empty() ? scaled_.size() : exact_.size(); }
  Number at(size_t row) const;
  bool is_scaled() const { return exact_.empty(); }
  const std::vector<int64_t>& scaled() const { return scaled_; }
  int scale() const { return scale_; }

 private:
  bool Rescale(int scale);  // false, and nothing done, where a cell does not fit
  void Widen();             // from scaled to exact
  std::vector<int64_t> scaled_;
  int scale_ = 0;
  std::vector<Number> exact_;
};

// Texts, each different one kept once. Code 0 is the empty text, which missing cells hold, so that
// every cell can be read.
class TextCells {
 public:
  void Append(std::string_view text);
  void AppendMissing() { codes_.push_back(0); }
  size_t size() const { return codes_.size(); }
  uint32_t code(size_t row) const { return codes_[row]; }
  const std::string& at(size_t row) const { return dictionary_[codes_[row]]; }
  const std::vector<std::string>& dictionary() const { return dictionary_; }

 private:
  std::vector<uint32_t> codes_;
  struct TextHash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  std::vector<std::string> dictionary_ = {std::string()};
  std::unordered_map<std::string, uint32_t, TextHash, std::equal_to<>> index_ = {{"", 0}};
};

// Cells by the kind of the column's type: kNumber → NumberCells, kText and kEnum → TextCells,
// kBool → bytes 0/1, kDate → days, kDateTime → microseconds.
struct Column {
  Type type;
  Validity valid;
  std::variant<NumberCells, TextCells, std::vector<uint8_t>, std::vector<Date>,
               std::vector<DateTime>>
      cells;

  static Column OfType(const Type& type);
  size_t size() const;
  void AppendMissing();
};

}  // namespace steelyard
