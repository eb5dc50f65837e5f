// Types of columns and expressions.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/schema/unit.h"

namespace steelyard {

enum class TypeKind : uint8_t {
  kNothing,  // only ever missing: the literal `missing`
  kNumber,   // any number; unit may be plain
  kBool,
  kText,
  kEnum,  // one of `values`
  kDate,
  kDateTime,
  kPeriod,
  kError,  // already reported: goes with everything, says nothing
};

// How a number column is declared: what its cells may look like and how its values are shown.
enum class NumberForm : uint8_t { kPlain, kCount, kPercent, kMoney, kDuration };

struct Type {
  TypeKind kind = TypeKind::kNumber;
  NumberForm form = NumberForm::kPlain;                    // kNumber
  Unit unit;                                               // kNumber
  std::shared_ptr<const std::vector<std::string>> values;  // kEnum

  bool IsNumber() const { return kind == TypeKind::kNumber; }
  bool IsError() const { return kind == TypeKind::kError; }
  // As a user would say it: `money CNY`, `number`, `duration h`, `text`.
  std::string ToString() const;

  static Type Plain() { return {}; }
  static Type Of(TypeKind kind) {
    Type type;
    type.kind = kind;
    return type;
  }
  static Type WithUnit(Unit unit, NumberForm form = NumberForm::kPlain) {
    Type type;
    type.form = form;
    type.unit = std::move(unit);
    return type;
  }
};

}  // namespace steelyard
