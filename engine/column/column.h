// Columns of loaded data: typed cells apart from validity. Numbers are exact: decimals as whole
// mantissas with one scale a column, or rationals where those do not fit.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/calendar.h"
#include "engine/base/hash.h"
#include "engine/base/number.h"
#include "engine/schema/type.h"

namespace steelyard {

// Cells that are present. An empty mask means: all are.
class Validity {
 public:
  bool all() const { return bits_.empty(); }
  bool at(size_t row) const { return bits_.empty() || ((bits_[row >> 6] >> (row & 63)) & 1) != 0; }
  // Of the rows from 64 · index on, the first one lowest; rows that are not there have no meaning.
  uint64_t word(size_t index) const { return index < bits_.size() ? bits_[index] : ~uint64_t{0}; }
  void Append(size_t row, bool present);  // rows in order; those left out are present
  // The `count` rows from `row` on, but those among them that were appended before.
  void AppendPresent(size_t row, size_t count);
  void AppendAll(size_t row, const Validity& other, size_t count);
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
  // As each of them alone would be appended.
  void AppendAllScaled(std::span<const int64_t> mantissas, std::span<const uint8_t> scales);
  void AppendAll(const NumberCells& other);
  void Reserve(size_t rows) { scaled_.reserve(rows); }
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
// every cell can be read. Codes follow the order in which texts come.
class TextCells {
 public:
  void Append(std::string_view text) { codes_.push_back(CodeOf(text)); }
  void AppendMissing() { codes_.push_back(0); }
  void AppendCode(uint32_t code) { codes_.push_back(code); }  // one that CodeOf() gave
  void AppendAll(const TextCells& other);
  void Reserve(size_t rows) { codes_.reserve(rows); }
  // The code of a text, which is entered where it is new.
  uint32_t CodeOf(std::string_view text) { return CodeOf(text, HashText(text)); }
  size_t size() const { return codes_.size(); }
  uint32_t code(size_t row) const { return codes_[row]; }
  const std::string& at(size_t row) const { return dictionary_[codes_[row]]; }
  const std::vector<std::string>& dictionary() const { return dictionary_; }

 private:
  // A place of the hash table: a code, and as much of the hash as fits beside it. Code 0 is not in
  // the table and stands for an empty place.
  struct Place {
    uint32_t code = 0;
    uint32_t hash = 0;
  };

  uint32_t CodeOf(std::string_view text, uint64_t hash);
  uint32_t Enter(std::string_view text, uint32_t hash, size_t at);
  void Grow();

  std::vector<uint32_t> codes_;
  std::vector<std::string> dictionary_ = {std::string()};
  std::vector<Place> places_;  // as many as a power of two, or none; linear probing
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
  void AppendAll(const Column& other);  // of the same type
  // The rows in that order, and no others.
  Column Only(std::span<const uint32_t> rows) const;
};

}  // namespace steelyard
