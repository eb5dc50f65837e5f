// Names of types, as a user would say them.
#include "engine/schema/type.h"

namespace steelyard {
namespace {

std::string_view FormWord(const Type& type) {
  switch (type.form) {
    case NumberForm::kPlain: return type.unit.IsTime() ? "duration" : "number";
    case NumberForm::kCount: return "count";
    case NumberForm::kPercent: return "percent";
    case NumberForm::kMoney: return "money";
    case NumberForm::kDuration: return "duration";
  }
  return "number";
}

std::string NumberToString(const Type& type) {
  std::string text(FormWord(type));
  const std::string unit = type.unit.ToString();
  if (!unit.empty()) text += " " + unit;
  return text;
}

// `[a, b, c]`; of a long list only the beginning.
std::string EnumToString(const Type& type) {
  constexpr size_t kShown = 8;
  std::string text = "[";
  const size_t count = type.values ? type.values->size() : 0;
  for (size_t i = 0; i < count && i < kShown; ++i) {
    if (i > 0) text += ", ";
    text += (*type.values)[i];
  }
  if (count > kShown) text += ", …";
  return text + "]";
}

}  // namespace

std::string Type::ToString() const {
  switch (kind) {
    case TypeKind::kNothing: return "missing";
    case TypeKind::kNumber: return NumberToString(*this);
    case TypeKind::kBool: return "bool";
    case TypeKind::kText: return "text";
    case TypeKind::kEnum: return EnumToString(*this);
    case TypeKind::kDate: return "date";
    case TypeKind::kDateTime: return "datetime";
    case TypeKind::kPeriod: return "period";
    case TypeKind::kError: return "error";
  }
  return "error";
}

}  // namespace steelyard
