// Values to digits.
#include "engine/data/cell_texts.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstring>
#include <type_traits>

namespace steelyard {
namespace {

__extension__ using Int128 = __int128;
__extension__ using Uint128 = unsigned __int128;

constexpr size_t kPad = 16;
constexpr size_t kLongestWhole = 40;  // digits of 128 bits, and a sign
constexpr size_t kLongestReal = 48;
constexpr size_t kLongestMoment = 26;  // 2026-04-01 13:30:05.123456

bool IsPresent(const ColumnBlock::Cells& cells, size_t row) {
  return cells.valid == nullptr || ((cells.valid[row >> 6] >> (row & 63)) & 1) != 0;
}

char* WriteDigits(uint64_t value, char* out) { return std::to_chars(out, out + 20, value).ptr; }

// With zeros in front, as many digits as asked for.
char* WritePadded(uint64_t value, int digits, char* out) {
  for (int i = digits - 1; i >= 0; --i, value /= 10) out[i] = static_cast<char>('0' + value % 10);
  return out + digits;
}

char* WriteDigits(Uint128 value, char* out) {
  constexpr uint64_t kPart = 1'000'000'000'000'000'000;
  if (value < kPart) return WriteDigits(static_cast<uint64_t>(value), out);
  out = WriteDigits(value / kPart, out);
  return WritePadded(static_cast<uint64_t>(value % kPart), 18, out);
}

// A whole number, or a decimal as DuckDB writes it: `0.05`, but `.05` where all digits that the
// type has stand behind the point.
template <class Whole>
char* WriteWhole(Whole value, int width, int scale, char* out) {
  using Size = std::conditional_t<sizeof(Whole) == 16, Uint128, uint64_t>;
  Size size = static_cast<Size>(value);
  if constexpr (std::is_same_v<Whole, Int128> || std::is_signed_v<Whole>) {
    if (value < 0) {
      *out++ = '-';
      size = Size{0} - size;
    }
  }
  if (scale == 0) return WriteDigits(size, out);
  char digits[kLongestWhole];
  const auto count = static_cast<int>(WriteDigits(size, digits) - digits);
  const int whole = count - scale;
  if (whole > 0) {
    std::memcpy(out, digits, static_cast<size_t>(whole));
    out += whole;
  } else if (width > scale) {
    *out++ = '0';
  }
  *out++ = '.';
  for (int i = whole; i < 0; ++i) *out++ = '0';
  const int rest = std::min(count, scale);
  std::memcpy(out, digits + count - rest, static_cast<size_t>(rest));
  return out + rest;
}

// Null where the date is outside the years 1 to 9999.
char* WriteDate(int64_t days, char* out) {
  using namespace std::chrono;
  constexpr int64_t kFirst = sys_days(year(1) / 1 / 1).time_since_epoch().count();
  constexpr int64_t kLast = sys_days(year(9999) / 12 / 31).time_since_epoch().count();
  if (days < kFirst || days > kLast) return nullptr;
  const year_month_day date{sys_days{std::chrono::days{days}}};
  out = WritePadded(static_cast<uint64_t>(static_cast<int>(date.year())), 4, out);
  *out++ = '-';
  out = WritePadded(static_cast<unsigned>(date.month()), 2, out);
  *out++ = '-';
  return WritePadded(static_cast<unsigned>(date.day()), 2, out);
}

char* WriteMoment(int64_t micros, char* out) {
  constexpr int64_t kSecond = 1'000'000;
  constexpr int64_t kDay = 86'400 * kSecond;
  const int64_t days = micros / kDay - (micros % kDay < 0 ? 1 : 0);
  if ((out = WriteDate(days, out)) == nullptr) return nullptr;
  const auto of_day = static_cast<uint64_t>(micros - days * kDay);
  const uint64_t seconds = of_day / kSecond;
  *out++ = ' ';
  out = WritePadded(seconds / 3600, 2, out);
  *out++ = ':';
  out = WritePadded(seconds / 60 % 60, 2, out);
  *out++ = ':';
  out = WritePadded(seconds % 60, 2, out);
  if (of_day % kSecond == 0) return out;
  *out++ = '.';
  out = WritePadded(of_day % kSecond, 6, out);
  while (out[-1] == '0') --out;
  return out;
}

// The shortest decimal that reads back, where DuckDB writes it without an exponent: null elsewhere.
char* WriteReal(double value, char* out) {
  const double size = std::fabs(value);
  if (!(size < 1e15) || (size < 1e-4 && size != 0)) return nullptr;
  char* end = std::to_chars(out, out + kLongestReal - 2, value, std::chars_format::fixed).ptr;
  if (std::find(out, end, '.') == end) {
    *end++ = '.';
    *end++ = '0';
  }
  return end;
}

}  // namespace

char* CellTexts::Room(size_t bytes) {
  if (used_ == buffers_.size()) buffers_.emplace_back();
  Buffer& buffer = buffers_[used_++];
  if (buffer.size < bytes + 2 * kPad) {
    buffer.size = bytes + 2 * kPad;
    buffer.bytes = std::make_unique<char[]>(buffer.size);
  }
  return buffer.bytes.get() + kPad;
}

template <class Value, class WriteOne>
void CellTexts::WriteEach(const ColumnBlock& block, size_t column, size_t longest,
                          WriteOne&& write) {
  const ColumnBlock::Cells& cells = block.columns()[column];
  const auto* values = static_cast<const Value*>(cells.values);
  char* out = Room(block.rows() * longest);
  for (size_t row = 0; row < block.rows(); ++row) {
    texts_[row] = {};
    if (!IsPresent(cells, row)) continue;
    char* end = write(values[row], out);
    if (end == nullptr) {
      odd_.push_back(row);
      continue;
    }
    texts_[row] = {out, static_cast<size_t>(end - out)};
    out = end;
  }
}

template <class Whole>
void CellTexts::WriteWholes(const ColumnBlock& block, size_t column) {
  const ColumnBlock::Cells& cells = block.columns()[column];
  WriteEach<Whole>(block, column, kLongestWhole + 2, [&cells](Whole value, char* out) {
    return WriteWhole(value, cells.width, cells.scale, out);
  });
}

void CellTexts::WriteTexts(const ColumnBlock& block, size_t column) {
  const ColumnBlock::Cells& cells = block.columns()[column];
  size_t bytes = 0;
  for (size_t row = 0; row < block.rows(); ++row) {
    texts_[row] = IsPresent(cells, row) ? block.TextAt(column, row) : std::string_view();
    bytes += texts_[row].size();
  }
  char* out = Room(bytes);
  for (std::string_view& text : texts_) {
    if (text.empty()) continue;
    std::memcpy(out, text.data(), text.size());
    text = {out, text.size()};
    out += text.size();
  }
}

void CellTexts::WriteOdd(const ColumnBlock& block, size_t column) {
  for (const size_t row : odd_) {
    const std::string text = block.Written(column, row);
    char* out = Room(text.size());
    std::memcpy(out, text.data(), text.size());
    texts_[row] = {out, text.size()};
  }
  odd_.clear();
}

const std::vector<std::string_view>& CellTexts::Write(const ColumnBlock& block, size_t column) {
  using Kind = ColumnBlock::Kind;
  texts_.assign(block.rows(), {});
  switch (block.columns()[column].kind) {
    case Kind::kOther: break;
    case Kind::kText: WriteTexts(block, column); break;
    case Kind::kBool:
      WriteEach<bool>(block, column, 5, [](bool value, char* out) {
        const std::string_view word = value ? "true" : "false";
        std::memcpy(out, word.data(), word.size());
        return out + word.size();
      });
      break;
    case Kind::kInt8: WriteWholes<int8_t>(block, column); break;
    case Kind::kInt16: WriteWholes<int16_t>(block, column); break;
    case Kind::kInt32: WriteWholes<int32_t>(block, column); break;
    case Kind::kInt64: WriteWholes<int64_t>(block, column); break;
    case Kind::kInt128: WriteWholes<Int128>(block, column); break;
    case Kind::kUint8: WriteWholes<uint8_t>(block, column); break;
    case Kind::kUint16: WriteWholes<uint16_t>(block, column); break;
    case Kind::kUint32: WriteWholes<uint32_t>(block, column); break;
    case Kind::kUint64: WriteWholes<uint64_t>(block, column); break;
    case Kind::kDouble: WriteEach<double>(block, column, kLongestReal, WriteReal); break;
    case Kind::kDate: WriteEach<int32_t>(block, column, kLongestMoment, WriteDate); break;
    case Kind::kMoment: WriteEach<int64_t>(block, column, kLongestMoment, WriteMoment); break;
  }
  WriteOdd(block, column);
  return texts_;
}

}  // namespace steelyard
