// Types one formula: names found, units and kinds held against each other, grain worked out.
#include <algorithm>

#include "engine/base/check.h"
#include "engine/base/text.h"
#include "engine/check/checking.h"
#include "engine/check/literals.h"

namespace steelyard {
namespace {

const Term& TermAt(const Checking& checking, TermId id) { return checking.model.term(id); }

// What a grain is called in messages: its table, or the period.
std::string GrainName(const Checking& checking, Grain grain) {
  return grain.table.valid() ? checking.TableName(grain.table) : "period";
}

// One formula's walk.
class Walker {
 public:
  Walker(Checking& checking, const ExprTree& tree, const Place& place)
      : checking_(checking), tree_(tree), place_(place) {}

  TermId Visit(ExprId id) {
    const Expr& expr = tree_.at(id);
    switch (expr.kind) {
      case ExprKind::kNumber: {
        const TermId term = ConstantTerm(checking_, expr.number, Type::Plain(), expr.span, true);
        checking_.model.terms[term.index()].percent = expr.percent_literal;
        return term;
      }
      case ExprKind::kQuantity: return QuantityTerm(checking_, expr);
      case ExprKind::kText:
        return ConstantTerm(checking_, expr.text, Type::Of(TypeKind::kText), expr.span);
      case ExprKind::kDate:
      case ExprKind::kPeriod: return CalendarTerm(checking_, expr);
      case ExprKind::kBool:
        return ConstantTerm(checking_, expr.op == Op::kTrue, Type::Of(TypeKind::kBool), expr.span);
      case ExprKind::kMissing:
        return ConstantTerm(checking_, MissingCause::kWritten, Type::Of(TypeKind::kNothing),
                            expr.span);
      case ExprKind::kName: return VisitName(expr);
      case ExprKind::kCall: return CheckCall(checking_, tree_, expr, place_);
      default: return VisitOperation(expr);
    }
  }

 private:
  TermId VisitOperation(const Expr& expr) {
    switch (expr.kind) {
      case ExprKind::kUnary: return VisitUnary(expr);
      case ExprKind::kBinary:
        return VisitBinary(expr, Visit(expr.children[0]), Visit(expr.children[1]), expr.op);
      case ExprKind::kChain: return VisitChain(expr);
      case ExprKind::kIn: return VisitIn(expr);
      case ExprKind::kBetween: return VisitBetween(expr);
      case ExprKind::kIsMissing: return VisitIsMissing(expr);
      case ExprKind::kIf: return VisitIf(expr.children, expr.span, true);
      case ExprKind::kCase: return VisitIf(expr.children, expr.span, expr.has_else);
      default:
        // A list stands only where `in` takes it.
        checking_.sink.Report(DiagKind::kListNotValue, expr.span, {"( … )"});
        return ErrorTerm(checking_, expr.span);
    }
  }

  TermId VisitName(const Expr& expr) {
    if (!expr.text2.empty()) return VisitQualified(expr);
    const Found found = Lookup(checking_, expr.text, place_);
    switch (found.kind) {
      case FoundKind::kColumn: return VisitColumn(found.column, expr.span);
      case FoundKind::kDefinition: return DefinitionTerm(found.definition, expr);
      case FoundKind::kRun: return RunTerm(found.run, expr);
      case FoundKind::kScoring: return ScoringTerm(found.scoring, expr);
      case FoundKind::kTable:
        checking_.sink.Report(DiagKind::kTableNotValue, expr.span, {expr.text});
        return ErrorTerm(checking_, expr.span);
      case FoundKind::kAmbiguous:
        ReportAmbiguous(expr, found);
        return ErrorTerm(checking_, expr.span);
      case FoundKind::kNothing: break;
    }
    ReportUnknownName(checking_, expr, place_);
    return ErrorTerm(checking_, expr.span);
  }

  void ReportAmbiguous(const Expr& expr, const Found& found) {
    checking_.sink.Report(DiagKind::kAmbiguousName, expr.span,
                          {expr.text, NameList(found.choices)});
  }

  TermId VisitQualified(const Expr& expr) {
    const auto table = LookupTable(checking_, expr.text);
    if (!table) {
      ReportUnknownTable(checking_, expr.text, expr.span);
      return ErrorTerm(checking_, expr.span);
    }
    const auto column = LookupColumn(checking_, *table, expr.text2);
    if (!column) {
      ReportUnknownColumn(checking_, *table, expr.text2, expr.op_span);
      return ErrorTerm(checking_, expr.span);
    }
    return VisitColumn(ColumnId{*table, *column}, expr.span);
  }

  TermId VisitColumn(ColumnId column, Span span) {
    return place_.stage == Stage::kConstant ? NotConstant(span) : ColumnTerm(column, span);
  }

  TermId NotConstant(Span span) {
    checking_.sink.Report(DiagKind::kNotConstant, span).Because(HelpKind::kConstantIs);
    return ErrorTerm(checking_, span);
  }

  TermId ColumnTerm(ColumnId column, Span span) {
    TableSchema& table = checking_.model.schema.tables[column.table.index()];
    ColumnSchema& schema = table.columns[column.index()];
    table.needed = true;
    if (schema.computed) return ComputedTerm(column, span);
    schema.needed = true;
    Term term;
    term.kind = TermKind::kColumn;
    term.column = column;
    term.type = schema.type;
    term.grain.table = column.table;
    term.span = span;
    return checking_.model.Add(std::move(term));
  }

  TermId ComputedTerm(ColumnId column, Span span) {
    const auto found = checking_.computed.find(column);
    return found == checking_.computed.end() ? ErrorTerm(checking_, span)
                                             : Reference(found->second, span);
  }

  TermId Reference(DefinitionId id, Span span) {
    const TermId resolved = Resolve(checking_, id, span);
    if (!resolved.valid()) return ErrorTerm(checking_, span);
    checking_.model.definitions[id.index()].used = true;
    Term term;
    term.kind = TermKind::kDefinition;
    term.definition = id;
    term.type = TermAt(checking_, resolved).type;
    term.grain = TermAt(checking_, resolved).grain;
    term.span = span;
    return checking_.model.Add(std::move(term));
  }

  TermId DefinitionTerm(DefinitionId id, const Expr& expr) {
    const Definition& definition = checking_.model.definition(id);
    if (definition.is_list) {
      checking_.sink.Report(DiagKind::kListNotValue, expr.span, {expr.text})
          .Because(HelpKind::kDefinedHere, {}, definition.span);
      return ErrorTerm(checking_, expr.span);
    }
    if (IsResult(definition.kind) && place_.stage != Stage::kResult) {
      return NotKnownYet(expr);
    }
    if (place_.stage == Stage::kConstant && definition.kind != DefinitionKind::kParameter) {
      return NotConstant(expr.span);
    }
    return Reference(id, expr.span);
  }

  TermId NotKnownYet(const Expr& expr) {
    checking_.sink.Report(DiagKind::kNotKnownYet, expr.span, {expr.text})
        .Because(HelpKind::kStages);
    return ErrorTerm(checking_, expr.span);
  }

  TermId RunTerm(RunFigure figure, const Expr& expr) {
    if (figure != RunFigure::kAsOf && !checking_.schema().period) {
      checking_.sink.Report(DiagKind::kNeedsPeriod, expr.span, {expr.text})
          .Because(HelpKind::kAddPeriod);
      return ErrorTerm(checking_, expr.span);
    }
    Term term;
    term.kind = TermKind::kRun;
    term.run = figure;
    term.type = Type::Of(figure == RunFigure::kPeriod ? TypeKind::kPeriod : TypeKind::kDate);
    term.grain.periodic = checking_.schema().period.has_value();
    term.span = expr.span;
    return checking_.model.Add(std::move(term));
  }

  TermId ScoringTerm(ScoringFigure figure, const Expr& expr) {
    if (place_.stage != Stage::kResult) return NotKnownYet(expr);
    Term term;
    term.kind = TermKind::kScoring;
    term.scoring = figure;
    if (figure == ScoringFigure::kGrade) {
      term.type = Type::Of(TypeKind::kEnum);
      auto values = std::make_shared<std::vector<std::string>>();
      for (const GradeModel& grade : checking_.model.grades) values->push_back(grade.id);
      values->push_back("incomplete");
      values->push_back("disqualified");
      term.type.values = std::move(values);
    }
    term.grain = checking_.model.subject;
    term.span = expr.span;
    return checking_.model.Add(std::move(term));
  }

  TermId VisitUnary(const Expr& expr) {
    const TermId operand = Visit(expr.children[0]);
    if (HasError(checking_, operand)) return operand;
    if (expr.op == Op::kNot) {
      if (HasError(checking_, RequireBool(checking_, operand))) {
        return ErrorTerm(checking_, expr.span);
      }
      return MapTerm(checking_, MapOp::kNot, {operand}, Type::Of(TypeKind::kBool), expr.span);
    }
    if (!RequireNumbers(expr, {operand})) return ErrorTerm(checking_, expr.span);
    if (expr.op == Op::kPlus) return operand;
    const Term& inner = TermAt(checking_, operand);
    if (inner.kind == TermKind::kConstant && inner.constant.is_number()) {
      const bool literal = inner.literal;
      return ConstantTerm(checking_, -inner.constant.number(), inner.type, expr.span, literal);
    }
    return MapTerm(checking_, MapOp::kNegate, {operand}, inner.type, expr.span);
  }

  bool RequireNumbers(const Expr& expr, const std::vector<TermId>& operands) {
    bool fine = true;
    for (const TermId operand : operands) {
      const Type& type = TermAt(checking_, operand).type;
      if (type.IsNumber() || type.kind == TypeKind::kNothing) continue;
      checking_.sink.Report(DiagKind::kOperandType, TermAt(checking_, operand).span,
                            {std::string(Symbol(expr.op)), "`number`", Describe(type)});
      fine = false;
    }
    return fine;
  }

  TermId VisitBinary(const Expr& expr, TermId left, TermId right, Op op) {
    if (HasError(checking_, left) || HasError(checking_, right)) {
      return ErrorTerm(checking_, expr.span);
    }
    switch (op) {
      case Op::kOr:
      case Op::kAnd: return VisitLogic(expr, left, right, op);
      case Op::kEqual:
      case Op::kNotEqual:
      case Op::kLess:
      case Op::kLessEqual:
      case Op::kGreater:
      case Op::kGreaterEqual: return CompareTerms(checking_, op, left, right, expr.span);
      case Op::kCoalesce: return UnifiedMap(MapOp::kCoalesce, {left, right}, "??", expr.span);
      case Op::kAdd:
      case Op::kSubtract: return VisitSum(expr, left, right, op);
      case Op::kMultiply:
      case Op::kDivide: return VisitProduct(expr, left, right, op);
      default: return VisitPower(expr, left, right);
    }
  }

  TermId VisitLogic(const Expr& expr, TermId left, TermId right, Op op) {
    left = RequireBool(checking_, left);
    right = RequireBool(checking_, right);
    if (HasError(checking_, left) || HasError(checking_, right)) {
      return ErrorTerm(checking_, expr.span);
    }
    return MapTerm(checking_, op == Op::kAnd ? MapOp::kAnd : MapOp::kOr, {left, right},
                   Type::Of(TypeKind::kBool), expr.span);
  }

  TermId VisitSum(const Expr& expr, TermId left, TermId right, Op op) {
    const Type a = TermAt(checking_, left).type;
    const Type b = TermAt(checking_, right).type;
    if (IsMoment(a) || IsMoment(b)) return DateArithmetic(checking_, expr, left, right, op);
    if (!RequireNumbers(expr, {left, right})) return ErrorTerm(checking_, expr.span);
    if (!UnifyUnits(checking_, left, right, Symbol(op), expr.span)) {
      return ErrorTerm(checking_, expr.span);
    }
    return MapTerm(checking_, op == Op::kAdd ? MapOp::kAdd : MapOp::kSubtract, {left, right},
                   SumType(TermAt(checking_, left).type, TermAt(checking_, right).type), expr.span);
  }

  // A form that both share stays (per cent and per cent); 0 takes the other's unit.
  static Type SumType(const Type& a, const Type& b) {
    Type type = a.unit.plain() && !b.unit.plain() ? b : a;
    if (a.form != b.form) type.form = a.unit.plain() ? NumberForm::kPlain : type.form;
    return type;
  }

  TermId VisitProduct(const Expr& expr, TermId left, TermId right, Op op) {
    if (!RequireNumbers(expr, {left, right})) return ErrorTerm(checking_, expr.span);
    const Type& a = TermAt(checking_, left).type;
    const Type& b = TermAt(checking_, right).type;
    Type type = Type::WithUnit(op == Op::kMultiply ? a.unit.Times(b.unit) : a.unit.Over(b.unit));
    type.form = ProductForm(expr, a, b, op, type.unit);
    return MapTerm(checking_, op == Op::kMultiply ? MapOp::kMultiply : MapOp::kDivide,
                   {left, right}, type, expr.span);
  }

  NumberForm ProductForm(const Expr& expr, const Type& a, const Type& b, Op op,
                         const Unit& unit) const {
    if (unit.IsTime()) return NumberForm::kDuration;
    if (op == Op::kMultiply && unit.plain() && IsHundredPercent(expr)) return NumberForm::kPercent;
    const bool scaled = b.unit.plain() && b.form != NumberForm::kMoney;
    if (a.form == NumberForm::kMoney && scaled) return NumberForm::kMoney;
    const bool left_scale = op == Op::kMultiply && a.unit.plain() && a.form != NumberForm::kMoney;
    if (b.form == NumberForm::kMoney && left_scale) return NumberForm::kMoney;
    return NumberForm::kPlain;
  }

  // `… × 100%`: the author wants to see per cent.
  bool IsHundredPercent(const Expr& expr) const {
    for (const ExprId child : expr.children) {
      const Expr& side = tree_.at(child);
      if (side.kind == ExprKind::kNumber && side.percent_literal && side.number == Number(1)) {
        return true;
      }
    }
    return false;
  }

  TermId VisitPower(const Expr& expr, TermId base, TermId exponent) {
    if (!RequireNumbers(expr, {base, exponent})) return ErrorTerm(checking_, expr.span);
    const Type a = TermAt(checking_, base).type;
    const Type b = TermAt(checking_, exponent).type;
    if (!b.unit.plain()) {
      checking_.sink.Report(DiagKind::kOperandType, TermAt(checking_, exponent).span,
                            {"^", "`number`", Describe(b)});
      return ErrorTerm(checking_, expr.span);
    }
    Type type = Type::Plain();
    if (!a.unit.plain()) {
      const auto constant = ConstantValue(checking_.model, exponent);
      const auto whole = constant && constant->is_number() ? constant->number().ToInt64()
                                                           : std::optional<int64_t>();
      if (!whole || *whole > 9 || *whole < -9) {
        checking_.sink.Report(DiagKind::kUnitPower, expr.span, {a.unit.ToString()})
            .Because(HelpKind::kDropUnit, {a.unit.ToString()});
        return ErrorTerm(checking_, expr.span);
      }
      type = Type::WithUnit(a.unit.ToPower(static_cast<int>(*whole)));
    }
    return MapTerm(checking_, MapOp::kPower, {base, exponent}, type, expr.span);
  }

  TermId VisitChain(const Expr& expr) {
    std::vector<TermId> operands;
    for (const ExprId child : expr.children) operands.push_back(Visit(child));
    std::vector<TermId> parts;
    for (size_t i = 0; i + 1 < operands.size(); ++i) {
      const TermId part = CompareOrError(expr.ops[i], operands[i], operands[i + 1], expr.span);
      if (HasError(checking_, part)) return ErrorTerm(checking_, expr.span);
      parts.push_back(part);
    }
    return MapTerm(checking_, MapOp::kAnd, parts, Type::Of(TypeKind::kBool), expr.span);
  }

  TermId CompareOrError(Op op, TermId left, TermId right, Span span) {
    if (HasError(checking_, left) || HasError(checking_, right)) {
      return ErrorTerm(checking_, span);
    }
    return CompareTerms(checking_, op, left, right, span);
  }

  TermId VisitBetween(const Expr& expr) {
    const TermId x = Visit(expr.children[0]);
    const TermId low = Visit(expr.children[1]);
    const TermId high = Visit(expr.children[2]);
    const TermId above = CompareOrError(Op::kGreaterEqual, x, low, expr.span);
    const TermId below = CompareOrError(Op::kLessEqual, x, high, expr.span);
    if (HasError(checking_, above) || HasError(checking_, below)) {
      return ErrorTerm(checking_, expr.span);
    }
    return Negated(
        expr.op == Op::kNotBetween,
        MapTerm(checking_, MapOp::kAnd, {above, below}, Type::Of(TypeKind::kBool), expr.span),
        expr.span);
  }

  TermId Negated(bool negate, TermId term, Span span) {
    if (!negate || HasError(checking_, term)) return term;
    return MapTerm(checking_, MapOp::kNot, {term}, Type::Of(TypeKind::kBool), span);
  }

  TermId VisitIsMissing(const Expr& expr) {
    const TermId operand = Visit(expr.children[0]);
    if (HasError(checking_, operand)) return operand;
    return Negated(
        expr.op == Op::kIsNotMissing,
        MapTerm(checking_, MapOp::kIsMissing, {operand}, Type::Of(TypeKind::kBool), expr.span),
        expr.span);
  }

  TermId VisitIn(const Expr& expr) {
    const TermId x = Visit(expr.children[0]);
    const Expr& right = tree_.at(expr.children[1]);
    if (right.kind == ExprKind::kName && right.text2.empty()) {
      const Found found = Lookup(checking_, right.text, place_);
      if (found.kind == FoundKind::kDefinition &&
          checking_.model.definition(found.definition).is_list) {
        return Negated(expr.op == Op::kNotIn, InParameter(x, found.definition, right, expr.span),
                       expr.span);
      }
    }
    std::vector<TermId> elements;
    if (right.kind == ExprKind::kList) {
      for (const ExprId child : right.children) elements.push_back(Visit(child));
    } else {
      elements.push_back(Visit(expr.children[1]));
    }
    return Negated(expr.op == Op::kNotIn, InList(x, std::move(elements), expr.span), expr.span);
  }

  TermId InList(TermId x, std::vector<TermId> elements, Span span) {
    bool failed = HasError(checking_, x);
    std::vector<TermId> operands = {x};
    for (TermId element : elements) {
      if (failed || HasError(checking_, element)) {
        failed = true;
        continue;
      }
      failed = !Comparable(checking_, operands[0], element, "in", span) || failed;
      operands.push_back(element);
    }
    if (failed) return ErrorTerm(checking_, span);
    return MapTerm(checking_, MapOp::kIn, std::move(operands), Type::Of(TypeKind::kBool), span);
  }

  // A list that changes by date: the list in force at the evaluation date.
  TermId InParameter(TermId x, DefinitionId id, const Expr& name, Span span) {
    if (!Resolve(checking_, id, name.span).valid()) return ErrorTerm(checking_, span);
    checking_.model.definitions[id.index()].used = true;
    const std::vector<Definition::ListEntry> lists = checking_.model.definition(id).lists;
    TermId result =
        ConstantTerm(checking_, MissingCause::kNotInForce, Type::Of(TypeKind::kBool), span);
    for (const Definition::ListEntry& entry : lists) {
      const TermId here = InList(x, entry.elements, span);
      if (HasError(checking_, here)) return here;
      if (!entry.from) {
        result = here;
        continue;
      }
      Expr as_of;
      as_of.span = span;
      const TermId date = RunTerm(RunFigure::kAsOf, as_of);
      const TermId from = ConstantTerm(checking_, *entry.from, Type::Of(TypeKind::kDate), span);
      const TermId in_force =
          MapTerm(checking_, MapOp::kGreaterEqual, {date, from}, Type::Of(TypeKind::kBool), span);
      result =
          MapTerm(checking_, MapOp::kIf, {in_force, here, result}, Type::Of(TypeKind::kBool), span);
    }
    return result;
  }

  // Conditions and results in turn, the last one the else.
  TermId VisitIf(const std::vector<ExprId>& children, Span span, bool has_else) {
    std::vector<TermId> conditions;
    std::vector<TermId> results;
    const size_t pairs = children.size() / 2;
    for (size_t i = 0; i < pairs; ++i) {
      conditions.push_back(RequireBool(checking_, Visit(children[2 * i])));
      results.push_back(Visit(children[2 * i + 1]));
    }
    results.push_back(has_else ? Visit(children.back())
                               : ConstantTerm(checking_, MissingCause::kWritten,
                                              Type::Of(TypeKind::kNothing), span));
    for (const TermId id : conditions) {
      if (HasError(checking_, id)) return ErrorTerm(checking_, span);
    }
    const auto type = UnifyBranches(checking_, results, "if");
    if (!type) return ErrorTerm(checking_, span);
    TermId result = results.back();
    for (size_t i = pairs; i-- > 0;) {
      result = MapTerm(checking_, MapOp::kIf, {conditions[i], results[i], result}, *type, span);
      if (HasError(checking_, result)) return result;
    }
    return result;
  }

  TermId UnifiedMap(MapOp op, std::vector<TermId> operands, const char* word, Span span) {
    const auto type = UnifyBranches(checking_, operands, word);
    if (!type) return ErrorTerm(checking_, span);
    return MapTerm(checking_, op, std::move(operands), *type, span);
  }

  Checking& checking_;
  const ExprTree& tree_;
  const Place& place_;
};

// The first place, going down, where a value is finer than `grain`.
TermId FinestPlace(const Checking& checking, TermId id, Grain grain) {
  const Term& term = TermAt(checking, id);
  if (term.kind == TermKind::kMap || term.kind == TermKind::kTime) {
    for (const TermId input : term.inputs) {
      if (!Reaches(checking.schema(), grain, TermAt(checking, input).grain)) {
        return FinestPlace(checking, input, grain);
      }
    }
  }
  return id;
}

// How values such as this, one for each row of `table`, may be made one.
std::string GatheredExample(const Checking& checking, const Term& place, const std::string& table) {
  const std::string text = place.kind == TermKind::kColumn
                               ? table + "." + checking.schema().column(place.column).id
                               : "…";
  if (place.type.IsNumber()) return "sum(" + text + ")";
  if (IsMoment(place.type)) return "max(" + text + ")";
  if (place.type.kind == TypeKind::kBool) return "any(" + text + ")";
  return "count(" + table + " where " + text + " = …)";
}

}  // namespace

TermId CheckExpression(Checking& checking, const ExprTree& tree, ExprId id, const Place& place) {
  return Walker(checking, tree, place).Visit(id);
}

TermId ErrorTerm(Checking& checking, Span span) {
  Term term;
  term.type = Type::Of(TypeKind::kError);
  term.span = span;
  return checking.model.Add(std::move(term));
}

bool HasError(const Checking& checking, TermId term) {
  return !term.valid() || TermAt(checking, term).type.IsError();
}

TermId NumberTerm(Checking& checking, const Number& number, const Type& type, Span span) {
  return ConstantTerm(checking, number, type, span);
}

TermId MapTerm(Checking& checking, MapOp op, std::vector<TermId> inputs, Type type, Span span) {
  Grain grain;
  for (const TermId input : inputs) {
    if (HasError(checking, input)) return ErrorTerm(checking, span);
    const Grain other = TermAt(checking, input).grain;
    const auto joined = Join(checking.schema(), grain, other);
    if (!joined) {
      if (!IsUnlinked(checking, grain.table) && !IsUnlinked(checking, other.table)) {
        checking.sink
            .Report(DiagKind::kUnrelatedRows, span,
                    {GrainName(checking, grain), GrainName(checking, other)})
            .Because(HelpKind::kGatherEach);
      }
      return ErrorTerm(checking, span);
    }
    grain = *joined;
  }
  Term term;
  term.kind = TermKind::kMap;
  term.map = op;
  term.inputs = std::move(inputs);
  term.type = std::move(type);
  term.grain = grain;
  term.span = span;
  return checking.model.Add(std::move(term));
}

TermId RequireBool(Checking& checking, TermId term) {
  if (HasError(checking, term)) return term;
  const Term& found = TermAt(checking, term);
  if (found.type.kind == TypeKind::kBool || found.type.kind == TypeKind::kNothing) return term;
  const Span span = found.span;
  checking.sink.Report(DiagKind::kExpectedCondition, span, {Describe(found.type)})
      .Because(HelpKind::kConditionCompares);
  return ErrorTerm(checking, span);
}

TermId RequireGrain(Checking& checking, TermId term, Grain grain) {
  if (HasError(checking, term)) return term;
  if (Reaches(checking.schema(), grain, TermAt(checking, term).grain)) return term;
  const Term place = TermAt(checking, FinestPlace(checking, term, grain));
  const Schema& schema = checking.schema();
  const std::string from = GrainName(checking, place.grain);
  const std::string to = GrainName(checking, grain);
  const bool without_period = Reaches(schema, grain, Grain{place.grain.table, false});
  if (!grain.table.valid() || IsUnlinked(checking, place.grain.table)) {
    // The subject, or the link to it, is unknown: reported.
  } else if (without_period) {
    checking.sink.Report(DiagKind::kChangesWithPeriod, place.span, {to});
  } else if (IsAncestor(schema, grain.table, place.grain.table)) {
    checking.sink.Report(DiagKind::kManyRows, place.span, {from, to})
        .Because(HelpKind::kWrapInAggregate, {GatheredExample(checking, place, from)});
  } else {
    checking.sink.Report(DiagKind::kNoPath, place.span, {from, to})
        .Because(HelpKind::kAddBelongsTo, {from, to});
  }
  return ErrorTerm(checking, place.span);
}

std::string Describe(const Type& type) { return "`" + type.ToString() + "`"; }

std::string PercentText(const Number& share) {
  return FormatSignificant(share * Number(100)) + "%";
}

}  // namespace steelyard
