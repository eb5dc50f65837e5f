// The cells of one column: plain shapes at once, all others by way of CellConverter.
#include <algorithm>

#include "engine/data/cell_block.h"
#include "engine/data/cell_text.h"

namespace steelyard {
namespace {

__extension__ using Wide = __int128;

Wide PowerOfTen(int exponent) {
  Wide power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

// Is a < b? Both mantissas have 64 bits and both scales are at most 18, so nothing overflows.
bool IsLess(int64_t a, int a_scale, int64_t b, int b_scale) {
  if (a_scale == b_scale) return a < b;
  return Wide{a} * PowerOfTen(b_scale) < Wide{b} * PowerOfTen(a_scale);
}

// May blanks stand at either end, by the bytes there? Seldom a wrong yes, never a wrong no.
inline bool MayHaveBlanks(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  const auto last = static_cast<unsigned char>(text.back());
  if (first > ' ' && first < 0x7F && last > ' ' && last < 0x7F) return false;
  return first <= ' ' || last <= ' ' || first == 0xC2 || first == 0xE3 || first == 0xEF ||
         last == 0xA0 || last == 0x80 || last == 0xBF;
}

bool MayBeNullMark(std::string_view text) {
  const char first = text.front();
  return text.size() <= 7 && (first == 'N' || first == 'n' || first == '#');
}

}  // namespace

CellRun::CellRun(const ColumnSchema& schema, size_t rows)
    : schema_(schema), converter_(schema), cells_(rows), state_(rows) {
  switch (schema.type.kind) {
    case TypeKind::kText: form_ = Form::kText; break;
    case TypeKind::kEnum: form_ = Form::kEnum; break;
    case TypeKind::kBool: form_ = Form::kBool; break;
    case TypeKind::kDate: form_ = Form::kDate; break;
    case TypeKind::kDateTime: form_ = Form::kDateTime; break;
    default: form_ = Form::kNumber; break;
  }
  if (form_ == Form::kText || form_ == Form::kEnum) {
    texts_.resize(rows);
  } else {
    values_.resize(rows);
  }
  if (form_ == Form::kNumber) {
    scales_.resize(rows);
    Limit();
  }
}

// Finds out what a plain number must be held against; where that is beyond machine numbers, no
// number is plain.
void CellRun::Limit() {
  const auto take = [this](const std::optional<Number>& bound, std::optional<Bound>& own) {
    if (!bound) return;
    NumberCells cells;
    cells.Append(*bound);
    if (cells.is_scaled()) {
      own = Bound{cells.scaled()[0], cells.scale()};
    } else {
      never_plain_ = true;
    }
  };
  take(schema_.min, min_);
  take(schema_.max, max_);
  whole_ = schema_.type.form == NumberForm::kCount;
  const std::optional<int64_t> factor = schema_.type.unit.Scale().ToInt64();
  if (!factor) never_plain_ = true;
  factor_ = factor.value_or(1);
  limited_ = never_plain_ || min_ || max_ || whole_ || factor_ != 1;
}

bool CellRun::Fits(PlainNumber& number) const {
  if (whole_ && (number.scale > 0 || number.mantissa < 0)) return false;
  if (min_ && IsLess(number.mantissa, number.scale, min_->mantissa, min_->scale)) return false;
  if (max_ && IsLess(max_->mantissa, max_->scale, number.mantissa, number.scale)) return false;
  return !__builtin_mul_overflow(number.mantissa, factor_, &number.mantissa);
}

void CellRun::ConvertPlain(size_t count, std::vector<uint32_t>& others) {
  plain_ = true;
  std::fill_n(state_.begin(), count, State::kHeld);
  if (never_plain_) {
    for (size_t row = 0; row < count; ++row) others.push_back(static_cast<uint32_t>(row));
    return;
  }
  if (form_ == Form::kNumber) {
    return limited_ ? ConvertNumbers<true>(count, others) : ConvertNumbers<false>(count, others);
  }
  const auto each = [&](auto convert) {
    for (size_t row = 0; row < count; ++row) {
      if (!convert(row)) others.push_back(static_cast<uint32_t>(row));
    }
  };
  switch (form_) {
    case Form::kText: return each([this](size_t row) { return ConvertText(row); });
    case Form::kEnum: return each([this](size_t row) { return ConvertEnum(row); });
    case Form::kBool: return each([this](size_t row) { return ConvertBool(row); });
    default: return each([this](size_t row) { return ConvertDate(row); });
  }
}

template <bool limited>
void CellRun::ConvertNumbers(size_t count, std::vector<uint32_t>& others) {
  const std::string_view* const cells = cells_.data();
  int64_t* const values = values_.data();
  uint8_t* const scales = scales_.data();
  for (size_t row = 0; row < count; ++row) {
    PlainNumber number;
    bool good = ReadPlainNumber(cells[row], number);
    if constexpr (limited) good = good && Fits(number);
    values[row] = number.mantissa;
    scales[row] = number.scale;
    if (!good) others.push_back(static_cast<uint32_t>(row));
  }
}

bool CellRun::ConvertText(size_t row) {
  const std::string_view cell = cells_[row];
  texts_[row] = cell;
  return !cell.empty() && !MayHaveBlanks(cell) && !MayBeNullMark(cell);
}

bool CellRun::ConvertEnum(size_t row) {
  constexpr size_t kFew = 16;
  const std::string_view cell = cells_[row];
  if (cell.empty() || !schema_.type.values) return false;
  const std::vector<std::string>& values = *schema_.type.values;
  if (values.size() > kFew) return false;
  for (const std::string& value : values) {
    if (value == cell) {
      texts_[row] = value;
      return !MayHaveBlanks(cell);
    }
  }
  return false;
}

bool CellRun::ConvertDate(size_t row) {
  const std::optional<Date> date = ReadPlainDate(cells_[row]);
  if (!date) return false;
  values_[row] = form_ == Form::kDate ? date->days : DateTime::AtMidnight(*date).micros;
  return true;
}

bool CellRun::ConvertBool(size_t row) {
  const std::string_view cell = cells_[row];
  values_[row] = cell == "true" || cell == "1" ? 1 : 0;
  return values_[row] == 1 || cell == "false" || cell == "0";
}

std::optional<Fault> CellRun::ConvertOther(size_t row) {
  const std::string_view cell = cells_[row];
  state_[row] = State::kHeld;
  const bool missing = cell.empty();
  if (!missing) {
    if (std::optional<Fault> fault = converter_.Convert({cell, FileCell::Kind::kText})) {
      return fault;
    }
  }
  if (missing || converter_.is_missing()) {
    plain_ = false;
    state_[row] = State::kMissing;
    if (!texts_.empty()) texts_[row] = {};
    if (!values_.empty()) values_[row] = 0;
    if (!scales_.empty()) scales_[row] = 0;
    return std::nullopt;
  }
  switch (form_) {
    case Form::kText:
    case Form::kEnum: texts_[row] = converter_.text(); break;
    case Form::kBool: values_[row] = converter_.truth() ? 1 : 0; break;
    case Form::kDate: values_[row] = converter_.moment().date().days; break;
    case Form::kDateTime: values_[row] = converter_.moment().micros; break;
    case Form::kNumber: HoldNumber(row, converter_.number()); break;
  }
  return std::nullopt;
}

void CellRun::HoldNumber(size_t row, const Decimal& number) {
  if (number.is_small()) {
    values_[row] = number.mantissa();
    scales_[row] = static_cast<uint8_t>(number.scale());
    return;
  }
  plain_ = false;
  state_[row] = State::kWide;
  values_[row] = static_cast<int64_t>(wide_.size());
  wide_.push_back(number);
}

std::string_view CellRun::KeyText(size_t row, std::string& scratch) const {
  switch (form_) {
    case Form::kText:
    case Form::kEnum: return texts_[row];
    case Form::kBool: return values_[row] != 0 ? "true" : "false";
    case Form::kDate: scratch = Date{static_cast<int32_t>(values_[row])}.ToString(); break;
    case Form::kDateTime: scratch = DateTime{values_[row]}.ToString(); break;
    case Form::kNumber: {
      const Decimal small = Decimal::Small(values_[row], scales_.empty() ? 0 : scales_[row]);
      scratch = (state_[row] == State::kWide ? wide_[static_cast<size_t>(values_[row])] : small)
                    .Canonical();
      break;
    }
  }
  return scratch;
}

void CellRun::Move(size_t from, size_t to) {
  cells_[to] = cells_[from];
  state_[to] = state_[from];
  if (!texts_.empty()) texts_[to] = texts_[from];
  if (!values_.empty()) values_[to] = values_[from];
  if (!scales_.empty()) scales_[to] = scales_[from];
}

void CellRun::AppendTo(Column& column, size_t count) {
  const size_t old = column.size();
  AppendValidity(column.valid, old, count);
  if (auto* numbers = std::get_if<NumberCells>(&column.cells)) {
    AppendNumbers(*numbers, count);
  } else if (auto* texts = std::get_if<TextCells>(&column.cells)) {
    for (size_t row = 0; row < count; ++row) texts->Append(texts_[row]);
  } else if (auto* bools = std::get_if<std::vector<uint8_t>>(&column.cells)) {
    for (size_t row = 0; row < count; ++row) bools->push_back(values_[row] != 0 ? 1 : 0);
  } else if (auto* dates = std::get_if<std::vector<Date>>(&column.cells)) {
    for (size_t row = 0; row < count; ++row) {
      dates->push_back(Date{static_cast<int32_t>(values_[row])});
    }
  } else {
    auto& moments = std::get<std::vector<DateTime>>(column.cells);
    for (size_t row = 0; row < count; ++row) moments.push_back(DateTime{values_[row]});
  }
  wide_.clear();
}

void CellRun::AppendValidity(Validity& valid, size_t old, size_t count) const {
  for (size_t row = 0; !plain_ && row < count; ++row) {
    if (is_missing(row)) valid.Append(old + row, false);
  }
  valid.AppendPresent(old, count);
}

void CellRun::AppendNumbers(NumberCells& cells, size_t count) const {
  size_t done = 0;
  const auto append_small = [&](size_t end) {
    cells.AppendAllScaled(std::span(values_).subspan(done, end - done),
                          std::span(scales_).subspan(done, end - done));
    done = end;
  };
  for (size_t row = 0; !wide_.empty() && row < count; ++row) {
    if (state_[row] != State::kWide) continue;
    append_small(row);
    wide_[static_cast<size_t>(values_[row])].AppendTo(cells);
    ++done;
  }
  append_small(count);
}

}  // namespace steelyard
