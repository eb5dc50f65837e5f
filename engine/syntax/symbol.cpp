// The spelling of operators in printed formulas.
#include "engine/base/check.h"
#include "engine/syntax/formula.h"

namespace steelyard {

std::string_view Symbol(Op op) {
  switch (op) {
    case Op::kNone: return "";
    case Op::kTrue: return "true";
    case Op::kFalse: return "false";
    case Op::kNegate: return "-";
    case Op::kPlus: return "+";
    case Op::kNot: return "not";
    case Op::kOr: return "or";
    case Op::kAnd: return "and";
    case Op::kEqual: return "=";
    case Op::kNotEqual: return "!=";
    case Op::kLess: return "<";
    case Op::kLessEqual: return "<=";
    case Op::kGreater: return ">";
    case Op::kGreaterEqual: return ">=";
    case Op::kCoalesce: return "??";
    case Op::kAdd: return "+";
    case Op::kSubtract: return "-";
    case Op::kMultiply: return "×";
    case Op::kDivide: return "÷";
    case Op::kPower: return "^";
    case Op::kIn: return "in";
    case Op::kNotIn: return "not in";
    case Op::kBetween: return "between";
    case Op::kNotBetween: return "not between";
    case Op::kIsMissing: return "is missing";
    case Op::kIsNotMissing: return "is not missing";
  }
  STEELYARD_CHECK(false);
}

}  // namespace steelyard
