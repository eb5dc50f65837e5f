// Terms that the checker makes without a formula of their own, and formulas that belong to the
// subject's rows.
#include <utility>

#include "engine/check/checking.h"

namespace steelyard {

TermId ConstantTerm(Checking& checking, Value value, Type type, Span span, bool literal) {
  Term term;
  term.constant = std::move(value);
  term.type = std::move(type);
  term.span = span;
  term.literal = literal;
  return checking.model.Add(std::move(term));
}

TermId HasComeTerm(Checking& checking, TermId day, Span span) {
  Term as_of;
  as_of.kind = TermKind::kRun;
  as_of.run = RunFigure::kAsOf;
  as_of.type = Type::Of(TypeKind::kDate);
  as_of.grain.periodic = checking.schema().period.has_value();
  as_of.span = span;
  return MapTerm(checking, MapOp::kGreaterEqual, {checking.model.Add(std::move(as_of)), day},
                 Type::Of(TypeKind::kBool), span);
}

TermId FromDateTerm(Checking& checking, Date from, TermId after, TermId before, const Type& type,
                    Span span) {
  const TermId day = ConstantTerm(checking, from, Type::Of(TypeKind::kDate), span);
  return MapTerm(checking, MapOp::kIf, {HasComeTerm(checking, day, span), after, before}, type,
                 span);
}

TermId SubjectTerm(Checking& checking, const Formula& formula, Stage stage) {
  Place place;
  place.context = checking.schema().subject;
  place.stage = stage;
  return RequireGrain(checking, CheckWhole(checking, formula, place), checking.model.subject);
}

TermId SubjectCondition(Checking& checking, const Formula& formula, Stage stage) {
  return RequireBool(checking, SubjectTerm(checking, formula, stage));
}

}  // namespace steelyard
