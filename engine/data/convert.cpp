// Reads cells by the declared type of their column.
#include "engine/data/convert.h"

#include <algorithm>
#include <utility>

#include "engine/base/text.h"
#include "engine/data/cell_date.h"
#include "engine/data/cell_text.h"

namespace steelyard {
namespace {

constexpr std::string_view kTrueWords[] = {"true", "yes", "y", "t", "1", "是"};
constexpr std::string_view kFalseWords[] = {"false", "no", "n", "f", "0", "否"};

bool IsAnyOf(std::string_view text, const std::string_view (&words)[6]) {
  return std::any_of(std::begin(words), std::end(words),
                     [&](std::string_view word) { return EqualIgnoringAsciiCase(word, text); });
}

Fault WrongType(HelpKind why, std::string detail = {}) {
  return {RejectReason::kWrongType, why, std::move(detail)};
}

std::string Shown(const Number& bound, const Type& type) {
  if (type.form == NumberForm::kPercent) return FormatSignificant(bound * Number(100)) + "%";
  const std::string unit = type.unit.ToString();
  return FormatSignificant(bound) + (unit.empty() ? "" : " " + unit);
}

}  // namespace

CellConverter::CellConverter(const ColumnSchema& schema)
    : schema_(schema), numbers_(schema.type), scale_(schema.type.unit.Scale()) {
  scaled_ = !(scale_ == Number(1));
  if (schema.type.kind == TypeKind::kEnum) IndexEnumeration();
}

void CellConverter::IndexEnumeration() {
  if (!schema_.type.values) return;
  for (const std::string& value : *schema_.type.values) {
    const auto [entry, fresh] = folded_values_.emplace(FoldCase(value), &value);
    if (!fresh) entry->second = nullptr;
  }
}

std::optional<Fault> CellConverter::Convert(const FileCell& cell) {
  missing_ = cell.kind == FileCell::Kind::kMissing;
  if (missing_) return std::nullopt;
  if (cell.kind == FileCell::Kind::kNested) return WrongType(HelpKind::kWhyNested);
  const std::string_view text = TrimBlanks(cell.text);
  // A value of the enumeration may be spelt like a mark for nothing.
  if (schema_.type.kind == TypeKind::kEnum) return ConvertEnum(text);
  missing_ = IsMissing(text);
  if (missing_) return std::nullopt;
  return ConvertText(text);
}

bool CellConverter::IsMissing(std::string_view trimmed) const {
  return IsNullMark(trimmed) || (schema_.type.kind != TypeKind::kText && IsBlankMark(trimmed));
}

std::optional<Fault> CellConverter::ConvertText(std::string_view text) {
  switch (schema_.type.kind) {
    case TypeKind::kText: text_ = text; return std::nullopt;
    case TypeKind::kBool: return ConvertBool(text);
    case TypeKind::kDate:
    case TypeKind::kDateTime: return ConvertMoment(text);
    default: return ConvertNumber(text);
  }
}

std::optional<Fault> CellConverter::ConvertNumber(std::string_view text) {
  std::optional<Decimal> value = numbers_.Read(FoldCell(text, scratch_));
  if (!value) return WrongType(numbers_.why(), schema_.type.unit.ToString());
  if (std::optional<Fault> fault = CheckRange(*value)) return fault;
  if (scaled_) value->Times(scale_);
  number_ = std::move(value);
  return std::nullopt;
}

std::optional<Fault> CellConverter::CheckRange(const Decimal& value) const {
  if (!schema_.min && !schema_.max) return std::nullopt;
  const Number shown = value.ToNumber();
  if (schema_.min && shown < *schema_.min) {
    return Fault{RejectReason::kOutOfRange, HelpKind::kWhyBelowMin,
                 Shown(*schema_.min, schema_.type)};
  }
  if (schema_.max && shown > *schema_.max) {
    return Fault{RejectReason::kOutOfRange, HelpKind::kWhyAboveMax,
                 Shown(*schema_.max, schema_.type)};
  }
  return std::nullopt;
}

std::optional<Fault> CellConverter::ConvertEnum(std::string_view text) {
  if (schema_.type.values) {
    const std::vector<std::string>& values = *schema_.type.values;
    const auto exact = std::find(values.begin(), values.end(), text);
    if (exact != values.end()) {
      text_ = *exact;
      return std::nullopt;
    }
  }
  missing_ = IsMissing(text);
  if (missing_) return std::nullopt;
  const auto folded = folded_values_.find(FoldCase(text));
  if (folded != folded_values_.end() && folded->second != nullptr) {
    text_ = *folded->second;
    return std::nullopt;
  }
  return Fault{RejectReason::kNotInEnumeration, HelpKind::kWhyNotInEnumeration,
               schema_.type.ToString()};
}

std::optional<Fault> CellConverter::ConvertBool(std::string_view text) {
  text = FoldCell(text, scratch_);
  truth_ = IsAnyOf(text, kTrueWords);
  if (truth_ || IsAnyOf(text, kFalseWords)) return std::nullopt;
  return WrongType(HelpKind::kWhyNotBool);
}

std::optional<Fault> CellConverter::ConvertMoment(std::string_view text) {
  const DateRead read = ReadDateTime(FoldCell(text, scratch_));
  if (!read.value) return WrongType(read.why);
  moment_ = *read.value;
  if (schema_.type.kind == TypeKind::kDate && moment_ != DateTime::AtMidnight(moment_.date())) {
    return WrongType(HelpKind::kWhyTimeOfDay);
  }
  return std::nullopt;
}

std::string CellConverter::KeyText() const {
  switch (schema_.type.kind) {
    case TypeKind::kText:
    case TypeKind::kEnum: return std::string(text_);
    case TypeKind::kBool: return truth_ ? "true" : "false";
    case TypeKind::kDate: return moment_.date().ToString();
    case TypeKind::kDateTime: return moment_.ToString();
    default: return number_->Canonical();
  }
}

void CellConverter::AppendTo(Column& column) const {
  if (missing_) return column.AppendMissing();
  column.valid.Append(column.size(), true);
  switch (schema_.type.kind) {
    case TypeKind::kText:
    case TypeKind::kEnum: std::get<TextCells>(column.cells).Append(text_); break;
    case TypeKind::kBool:
      std::get<std::vector<uint8_t>>(column.cells).push_back(truth_ ? 1 : 0);
      break;
    case TypeKind::kDate:
      std::get<std::vector<Date>>(column.cells).push_back(moment_.date());
      break;
    case TypeKind::kDateTime:
      std::get<std::vector<DateTime>>(column.cells).push_back(moment_);
      break;
    default: number_->AppendTo(std::get<NumberCells>(column.cells)); break;
  }
}

}  // namespace steelyard
