// How kinds of values go together: literals, comparisons, branches, dates.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "engine/check/checking.h"

namespace steelyard {

// `24h`, `100 CNY`; reports a unit that nothing in the file is measured in.
TermId QuantityTerm(Checking& checking, const Expr& expr);
// A date or a period.
TermId CalendarTerm(Checking& checking, const Expr& expr);
inline bool IsMoment(const Type& type) {
  return type.kind == TypeKind::kDate || type.kind == TypeKind::kDateTime;
}
// Date minus date, date plus or minus a duration.
TermId DateArithmetic(Checking& checking, const Expr& expr, TermId left, TermId right, Op op);
// Can the two be compared? Adapts literals (either may be replaced); reports where they cannot.
bool Comparable(Checking& checking, TermId& left, TermId& right, std::string_view op, Span span);
TermId CompareTerms(Checking& checking, Op op, TermId left, TermId right, Span span);
// One type for all results of a choice, literals adapted; empty where they do not go together
// (reported, unless one was an error already).
std::optional<Type> UnifyBranches(Checking& checking, std::vector<TermId>& results,
                                  std::string_view word);

}  // namespace steelyard
