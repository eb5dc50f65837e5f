// Which kinds of values go together, and how a literal takes the unit of what it meets.
#include "engine/check/literals.h"

#include <algorithm>

#include "engine/base/text.h"

namespace steelyard {
namespace {

const Term& TermAt(const Checking& checking, TermId id) { return checking.model.term(id); }

// Units of these are money, whether or not a column is measured in them.
bool IsCurrency(std::string_view unit) {
  constexpr std::string_view kCurrencies[] = {"CNY", "USD", "EUR", "GBP", "JPY",
                                              "HKD", "TWD", "KRW", "SGD"};
  return std::find(std::begin(kCurrencies), std::end(kCurrencies), unit) != std::end(kCurrencies);
}

bool IsKnownUnit(const Checking& checking, const std::string& unit) {
  const auto& units = checking.units;
  return IsCurrency(unit) || std::find(units.begin(), units.end(), unit) != units.end();
}

bool IsMonthOrYear(std::string_view unit) {
  constexpr std::string_view kWords[] = {"个月",  "個月",   "月",   "年",
                                         "month", "months", "year", "years"};
  return std::find(std::begin(kWords), std::end(kWords), unit) != std::end(kWords);
}

void ReportUnknownUnit(Checking& checking, const Expr& expr) {
  Diagnostic& diagnostic = checking.sink.Report(DiagKind::kUnknownUnit, expr.span, {expr.text});
  if (IsMonthOrYear(expr.text)) {
    diagnostic.Because(HelpKind::kMonthsAreNoUnit);
    return;
  }
  std::vector<std::string> known(checking.units);
  for (const char* time : {"min", "h", "d", "w"}) known.emplace_back(time);
  std::sort(known.begin(), known.end());
  known.erase(std::unique(known.begin(), known.end()), known.end());
  Suggest(diagnostic, expr.text, known);
  diagnostic.Because(HelpKind::kUnitsOfFile, {NameList(known)});
}

// Units that cannot stand after a number, such as CNY/person: a plain literal goes with them.
bool IsCompound(const Unit& unit) {
  return unit.ToString().find_first_of("/·^(") != std::string::npos;
}

bool IsZero(const Term& term) {
  return term.kind == TermKind::kConstant && term.constant.is_number() &&
         term.constant.number().IsZero();
}

bool IsPlainLiteral(const Term& term) {
  return term.kind == TermKind::kConstant && term.literal && term.type.unit.plain();
}

// `term` again with the unit of `like`, where the language lets a plain number take it.
std::optional<TermId> Adapted(Checking& checking, TermId id, const Type& like) {
  const Term term = TermAt(checking, id);
  const bool adapts = IsZero(term) || (IsPlainLiteral(term) && IsCompound(like.unit));
  if (!adapts) return std::nullopt;
  Type type = like;
  type.form = NumberForm::kPlain;
  return ConstantTerm(checking, term.constant.number() * like.unit.Scale(), type, term.span);
}

void ReportUnits(Checking& checking, const Term& a, const Term& b, std::string_view op, Span span) {
  if (a.type.unit.plain() || b.type.unit.plain()) {
    const Term& plain = a.type.unit.plain() ? a : b;
    const Unit& unit = (a.type.unit.plain() ? b : a).type.unit;
    Diagnostic& diagnostic =
        checking.sink.Report(DiagKind::kNeedsUnit, plain.span, {unit.ToString()});
    if (plain.kind == TermKind::kColumn) {
      diagnostic.Because(HelpKind::kGiveColumnUnit, {unit.ToString()});
    } else if (unit.IsTime()) {
      diagnostic.Because(HelpKind::kUnitIsHours);
    } else if (IsPlainLiteral(plain)) {
      diagnostic.Because(HelpKind::kWriteUnit,
                         {FormatSignificant(plain.constant.number()) + " " + unit.ToString()});
    }
    if (plain.kind == TermKind::kDefinition) {
      diagnostic.Because(HelpKind::kDefinedHere, {},
                         checking.model.definition(plain.definition).span);
    }
    return;
  }
  Diagnostic& diagnostic =
      checking.sink.Report(DiagKind::kUnitMismatch, span,
                           {a.type.unit.ToString(), b.type.unit.ToString(), std::string(op)});
  if (a.type.form == NumberForm::kMoney && b.type.form == NumberForm::kMoney) {
    diagnostic.Because(HelpKind::kNoCurrencyConversion);
  }
}

bool IsTextual(const Type& type) {
  return type.kind == TypeKind::kText || type.kind == TypeKind::kEnum;
}

bool HasValue(const Type& type, const std::string& text) {
  return std::find(type.values->begin(), type.values->end(), text) != type.values->end();
}

// What a term that is one name is called.
std::optional<std::string> NameOf(const Checking& checking, const Term& term) {
  if (term.kind == TermKind::kColumn) return checking.schema().column(term.column).id;
  if (term.kind == TermKind::kDefinition) return checking.model.definition(term.definition).id;
  if (term.kind == TermKind::kScoring && term.scoring == ScoringFigure::kGrade) return "grade";
  return std::nullopt;
}

// An enumeration against a text that none of its rows can hold is a mistake.
bool FitsEnum(Checking& checking, const Term& enumeration, const Term& text) {
  if (enumeration.type.kind != TypeKind::kEnum || !enumeration.type.values) return true;
  const auto constant = text.kind == TermKind::kConstant && text.constant.is_text()
                            ? std::optional<std::string>(text.constant.text())
                            : std::nullopt;
  if (!constant || HasValue(enumeration.type, *constant)) return true;
  Diagnostic& diagnostic = checking.sink.Report(
      DiagKind::kNotInEnum, text.span,
      {*constant, NameOf(checking, enumeration).value_or(enumeration.type.ToString())});
  Suggest(diagnostic, *constant, *enumeration.type.values);
  diagnostic.Because(HelpKind::kValuesAre, {NameList(*enumeration.type.values)});
  return false;
}

// What may have been meant by comparing `a`, or `b`, with something of another kind.
void AdviseComparison(const Checking& checking, const Term& a, const Term& b,
                      Diagnostic& diagnostic) {
  for (const auto& [term, other] : {std::pair(&a, &b), std::pair(&b, &a)}) {
    if (term->type.kind == TypeKind::kEnum && term->type.values) {
      diagnostic.Because(HelpKind::kValuesAre, {NameList(*term->type.values)});
    } else if (term->type.kind == TypeKind::kBool) {
      const auto name = NameOf(checking, *term);
      if (name) diagnostic.Because(HelpKind::kConditionItself, {*name});
    } else if (IsMoment(term->type)) {
      diagnostic.Because(HelpKind::kWriteDate);
    } else if (IsTextual(term->type) && IsPlainLiteral(*other)) {
      diagnostic.Because(HelpKind::kQuoteText, {FormatSignificant(other->constant.number())});
    }
  }
}

// A year is written like a number; beside a period it is one.
std::optional<TermId> AsPeriod(Checking& checking, const Term& term) {
  if (!IsPlainLiteral(term)) return std::nullopt;
  const auto period = Period::Parse(FormatSignificant(term.constant.number()));
  if (!period) return std::nullopt;
  return ConstantTerm(checking, *period, Type::Of(TypeKind::kPeriod), term.span);
}

}  // namespace

TermId QuantityTerm(Checking& checking, const Expr& expr) {
  if (const auto time = TimeSymbol(expr.text)) {
    const Unit unit = Unit::Of(*time);
    return ConstantTerm(checking, expr.number * unit.Scale(),
                        Type::WithUnit(unit, NumberForm::kDuration), expr.span);
  }
  const auto unit = Unit::Parse(expr.text);
  if (!unit || !IsKnownUnit(checking, unit->ToString())) {
    ReportUnknownUnit(checking, expr);
    return ErrorTerm(checking, expr.span);
  }
  const bool money = IsCurrency(unit->ToString());
  return ConstantTerm(checking, expr.number * unit->Scale(),
                      Type::WithUnit(*unit, money ? NumberForm::kMoney : NumberForm::kPlain),
                      expr.span);
}

TermId CalendarTerm(Checking& checking, const Expr& expr) {
  if (expr.kind == ExprKind::kDate) {
    const auto date = Date::Parse(expr.text);
    if (!date) return ErrorTerm(checking, expr.span);
    return ConstantTerm(checking, *date, Type::Of(TypeKind::kDate), expr.span);
  }
  const auto period = Period::Parse(expr.text);
  if (!period) return ErrorTerm(checking, expr.span);
  return ConstantTerm(checking, *period, Type::Of(TypeKind::kPeriod), expr.span);
}

TermId DateArithmetic(Checking& checking, const Expr& expr, TermId left, TermId right, Op op) {
  const Type a = TermAt(checking, left).type;
  const Type b = TermAt(checking, right).type;
  if (op == Op::kSubtract && IsMoment(a) && IsMoment(b)) {
    const bool days = a.kind == TypeKind::kDate && b.kind == TypeKind::kDate;
    return MapTerm(checking, MapOp::kDateSubtract, {left, right},
                   Type::WithUnit(Unit::Of(days ? "d" : "h"), NumberForm::kDuration), expr.span);
  }
  if (op == Op::kAdd && !IsMoment(a)) std::swap(left, right);
  const Type moment = TermAt(checking, left).type;
  const Type duration = TermAt(checking, right).type;
  const bool fits = IsMoment(moment) && duration.IsNumber() &&
                    (duration.unit.IsTime() || IsZero(TermAt(checking, right)));
  if (!fits) {
    const Term& wrong = IsMoment(moment) ? TermAt(checking, right) : TermAt(checking, left);
    Diagnostic& diagnostic =
        checking.sink.Report(DiagKind::kOperandType, wrong.span,
                             {std::string(Symbol(op)), "`duration`", Describe(wrong.type)});
    if (wrong.type.IsNumber()) diagnostic.Because(HelpKind::kUnitIsHours);
    return ErrorTerm(checking, expr.span);
  }
  if (op == Op::kSubtract) {
    right = MapTerm(checking, MapOp::kNegate, {right}, duration, expr.span);
  }
  return MapTerm(checking, MapOp::kDateAdd, {left, right}, moment, expr.span);
}

// A share of 100 % is 1: who writes 90 beside one nearly always meant 90 %.
void WarnOfBarePercent(Checking& checking, const Term& number, const Type& beside) {
  const Number two(2);
  const bool share = beside.form == NumberForm::kPercent && beside.unit.plain();
  if (!share || !IsPlainLiteral(number) || number.percent) return;
  const Number& value = number.constant.number();
  if (Abs(value) < two) return;
  const std::string text = FormatSignificant(value);
  checking.sink.Report(DiagKind::kBarePercent, number.span, {text, PercentText(value)})
      .Because(HelpKind::kWritePoints, {text + "%"});
}

bool UnifyUnits(Checking& checking, TermId& a, TermId& b, std::string_view op, Span span) {
  const Type left = TermAt(checking, a).type;
  const Type right = TermAt(checking, b).type;
  if (!left.IsNumber() || !right.IsNumber()) return true;  // `missing` goes with everything
  WarnOfBarePercent(checking, TermAt(checking, a), right);
  WarnOfBarePercent(checking, TermAt(checking, b), left);
  if (left.unit.SameDimensions(right.unit)) return true;
  if (const auto adapted = Adapted(checking, b, left)) {
    b = *adapted;
    return true;
  }
  if (const auto adapted = Adapted(checking, a, right)) {
    a = *adapted;
    return true;
  }
  ReportUnits(checking, TermAt(checking, a), TermAt(checking, b), op, span);
  return false;
}

bool Comparable(Checking& checking, TermId& left, TermId& right, std::string_view op, Span span) {
  const Term a = TermAt(checking, left);
  const Term b = TermAt(checking, right);
  if (a.type.kind == TypeKind::kNothing || b.type.kind == TypeKind::kNothing) {
    const bool first = a.type.kind == TypeKind::kNothing;
    const Term& other = first ? b : a;
    checking.sink.Report(DiagKind::kCompareMissing, (first ? a : b).span)
        .Because(op == Symbol(Op::kNotEqual) ? HelpKind::kUseIsNotMissing : HelpKind::kUseIsMissing,
                 {NameOf(checking, other).value_or("…")});
    return false;
  }
  if (a.type.IsNumber() && b.type.IsNumber()) {
    return UnifyUnits(checking, left, right, op, span);
  }
  if (IsTextual(a.type) && IsTextual(b.type)) {
    return FitsEnum(checking, a, b) && FitsEnum(checking, b, a);
  }
  if (IsMoment(a.type) && IsMoment(b.type)) return true;
  if (a.type.kind == TypeKind::kPeriod || b.type.kind == TypeKind::kPeriod) {
    TermId& other = a.type.kind == TypeKind::kPeriod ? right : left;
    if (const auto period = AsPeriod(checking, TermAt(checking, other))) other = *period;
  }
  if (TermAt(checking, left).type.kind == TermAt(checking, right).type.kind) return true;
  Diagnostic& diagnostic =
      checking.sink.Report(DiagKind::kCompareTypes, span, {Describe(a.type), Describe(b.type)});
  AdviseComparison(checking, a, b, diagnostic);
  return false;
}

TermId CompareTerms(Checking& checking, Op op, TermId left, TermId right, Span span) {
  if (!Comparable(checking, left, right, Symbol(op), span)) return ErrorTerm(checking, span);
  const auto offset = static_cast<int>(op) - static_cast<int>(Op::kEqual);
  const auto map = static_cast<MapOp>(static_cast<int>(MapOp::kEqual) + offset);
  return MapTerm(checking, map, {left, right}, Type::Of(TypeKind::kBool), span);
}

std::optional<Type> UnifyBranches(Checking& checking, std::vector<TermId>& results,
                                  std::string_view word) {
  for (const TermId result : results) {
    if (HasError(checking, result)) return std::nullopt;
  }
  // The first branch with a kind of its own leads; 0 and `missing` follow.
  size_t lead = 0;
  for (size_t i = 0; i < results.size(); ++i) {
    const Term& term = TermAt(checking, results[i]);
    if (term.type.kind == TypeKind::kNothing || (term.type.unit.plain() && IsZero(term))) continue;
    lead = i;
    break;
  }
  Type type = TermAt(checking, results[lead]).type;
  for (TermId& result : results) {
    const Type other = TermAt(checking, result).type;
    if (other.kind == TypeKind::kNothing) continue;
    if (type.kind == TypeKind::kNothing) type = other;
    if (type.IsNumber() && other.IsNumber()) {
      const Span at = TermAt(checking, result).span;
      if (!UnifyUnits(checking, results[lead], result, word, at)) return std::nullopt;
      if (type.form != other.form && type.unit.plain()) type.form = NumberForm::kPlain;
    } else if (IsTextual(type) && IsTextual(other)) {
      if (type.kind != other.kind || type.values != other.values) type = Type::Of(TypeKind::kText);
    } else if (type.kind != other.kind) {
      checking.sink.Report(DiagKind::kBranchTypes, TermAt(checking, result).span,
                           {Describe(type), Describe(other)});
      return std::nullopt;
    }
  }
  return type;
}

std::optional<Number> RequireNumber(Checking& checking, const Formula& formula, const Type& like) {
  Place place;
  place.stage = Stage::kConstant;
  TermId term = CheckWhole(checking, formula, place);
  if (HasError(checking, term)) return std::nullopt;
  const Term found = TermAt(checking, term);
  const Type wanted = like.IsNumber() ? like : Type::Plain();
  if (!found.type.IsNumber() || (wanted.unit.plain() && !found.type.unit.plain())) {
    checking.sink.Report(DiagKind::kExpectedType, formula.span,
                         {Describe(wanted), Describe(found.type)});
    return std::nullopt;
  }
  const auto value = ConstantValue(checking.model, term);
  if (!value || !value->is_number()) {
    checking.sink.Report(DiagKind::kNotConstant, formula.span).Because(HelpKind::kConstantIs);
    return std::nullopt;
  }
  WarnOfBarePercent(checking, found, wanted);
  if (found.type.unit.plain()) return value->number() * wanted.unit.Scale();
  if (!found.type.unit.SameDimensions(wanted.unit)) {
    checking.sink.Report(DiagKind::kUnitMismatch, formula.span,
                         {wanted.unit.ToString(), found.type.unit.ToString(), formula.source.text});
    return std::nullopt;
  }
  return value->number();
}

std::optional<Number> RequirePoints(Checking& checking, const Formula& formula) {
  const auto points = RequireNumber(checking, formula, Type::Plain());
  if (!points) return std::nullopt;
  const Expr& root = formula.tree.at(formula.tree.root);
  if (!root.percent_literal || points->IsZero()) return points;
  const std::string meant = FormatSignificant(*points * Number(100));
  checking.sink
      .Report(DiagKind::kPointsInPercent, formula.span,
              {formula.source.text, FormatSignificant(*points)})
      .Because(HelpKind::kWritePoints, {meant});
  return std::nullopt;
}

}  // namespace steelyard
