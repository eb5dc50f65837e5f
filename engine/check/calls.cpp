// Calls: functions row by row, aggregates, frames across subjects and over time.
#include <algorithm>

#include "engine/base/check.h"
#include "engine/base/text.h"
#include "engine/check/checking.h"
#include "engine/check/literals.h"

namespace steelyard {
namespace {

const Term& TermAt(const Checking& checking, TermId id) { return checking.model.term(id); }

// The pairs of `table` rows and `context` rows that rows of `source` belong to, as a table.
TableId PairTable(Checking& checking, TableId source, TableId table, TableId context) {
  Schema& schema = checking.model.schema;
  for (const TableId made : schema.table(source).pairs) {
    const auto& parents = schema.table(made).parents;
    if (parents[0].parent == table && parents[1].parent == context) return made;
  }
  const TableId made{static_cast<int32_t>(schema.tables.size())};
  TableSchema pairs;
  pairs.id = schema.table(table).id;
  pairs.parents = {{table, -1, true}, {context, -1, true}};
  pairs.pairs_of = source;
  pairs.needed = false;
  schema.tables.push_back(std::move(pairs));
  schema.tables[source.index()].pairs.push_back(made);
  checking.columns.emplace_back();
  return made;
}

// What functions that only spreadsheets have are written as.
std::optional<std::string_view> OfSpreadsheet(const std::string& name) {
  struct Habit {
    std::string_view name;
    std::string_view written;
  };
  constexpr Habit kHabits[] = {
      {"averageif", "avg(x where …)"},
      {"averageifs", "avg(x where …)"},
      {"countif", "count(table where …)"},
      {"countifs", "count(table where …)"},
      {"sumif", "sum(x where …)"},
      {"sumifs", "sum(x where …)"},
      {"maxifs", "max(x where …)"},
      {"minifs", "min(x where …)"},
      {"sumproduct", "sum(x × y)"},
      {"ifs", "case when a then x else y end"},
      {"switch", "case when a then x else y end"},
      {"iferror", "x ?? 0"},
      {"ifna", "x ?? 0"},
      {"isblank", "x is missing"},
      {"power", "x ^ y"},
      {"int", "floor(x)"},
      {"roundup", "ceil(x)"},
      {"rounddown", "floor(x)"},
      {"today", "as_of"},
      {"now", "as_of"},
      {"datedif", "days(from, to)"},
      {"percentrank", "percent_rank(x among all)"},
      {"countunique", "count_distinct(x)"},
      {"concat", "'…'"},
  };
  const std::string folded = FoldCase(name);
  for (const Habit& habit : kHabits) {
    if (habit.name == folded) return habit.written;
  }
  return std::nullopt;
}

class CallWalker {
 public:
  CallWalker(Checking& checking, const ExprTree& tree, const Expr& call, const Place& place)
      : checking_(checking), tree_(tree), call_(call), place_(place) {}

  TermId Run() {
    info_ = FindFunction(call_.text);
    if (info_ == nullptr) return ReportUnknownFunction();
    if (!CheckArgumentCount()) return Fail();
    const bool clauses = call_.where.valid() || call_.per.valid() || Among();
    switch (info_->kind) {
      case FunctionKind::kAggregate: return Among() ? VisitAmong() : VisitAggregate();
      case FunctionKind::kMapOrAggregate:
        if (call_.children.size() > 1 && !clauses) return VisitMap();
        if (call_.children.size() > 1) return RefuseClauses();
        return Among() ? VisitAmong() : VisitAggregate();
      case FunctionKind::kRank: return call_.per.valid() ? RefuseClauses() : VisitRank();
      default: break;
    }
    if (clauses) return RefuseClauses();
    if (info_->kind == FunctionKind::kTime) return VisitTime();
    return info_->kind == FunctionKind::kMap ? VisitMap() : VisitSpecial();
  }

 private:
  bool Among() const { return call_.among_all || !call_.among.empty(); }
  TermId Fail() { return ErrorTerm(checking_, call_.span); }

  TermId ReportUnknownFunction() {
    Diagnostic& diagnostic =
        checking_.sink.Report(DiagKind::kUnknownFunction, call_.op_span, {call_.text});
    if (const auto written = OfSpreadsheet(call_.text)) {
      diagnostic.Because(HelpKind::kWrittenAs, {std::string(*written)});
    } else {
      Suggest(diagnostic, call_.text, FunctionNames());
    }
    return Fail();
  }

  std::string Word() const { return std::string(info_->name); }

  bool CheckArgumentCount() {
    const auto count = static_cast<int>(call_.children.size());
    const bool pairs = info_->name == "linear";
    if (!pairs && !call_.pair_keys.empty()) {
      checking_.sink.Report(DiagKind::kClauseNotAllowed, call_.op_span, {call_.text, "a: b"})
          .Because(HelpKind::kSignature, {std::string(info_->signature)});
      return false;
    }
    if (count >= info_->min_args && (info_->max_args < 0 || count <= info_->max_args)) return true;
    std::string wanted = std::to_string(info_->min_args);
    if (info_->max_args < 0) {
      wanted += "…";
    } else if (info_->max_args != info_->min_args) {
      wanted += "–" + std::to_string(info_->max_args);
    }
    checking_.sink
        .Report(DiagKind::kArgumentCount, call_.op_span,
                {call_.text, wanted, std::to_string(count)})
        .Because(HelpKind::kSignature, {std::string(info_->signature)});
    return false;
  }

  TermId RefuseClauses() {
    const char* clause = call_.where.valid() ? "where" : (call_.per.valid() ? "per" : "among");
    checking_.sink.Report(DiagKind::kClauseNotAllowed, call_.op_span, {call_.text, clause})
        .Because(HelpKind::kSignature, {std::string(info_->signature)});
    return Fail();
  }

  TermId Argument(size_t index) {
    return CheckExpression(checking_, tree_, call_.children[index], place_);
  }

  // --- row by row -------------------------------------------------------------------------------

  TermId VisitMap() {
    std::vector<TermId> arguments;
    bool failed = false;
    for (size_t i = 0; i < call_.children.size(); ++i) {
      arguments.push_back(Argument(i));
      failed = failed || HasError(checking_, arguments.back());
    }
    if (failed) return Fail();
    const auto op = static_cast<MapOp>(info_->op);
    switch (op) {
      case MapOp::kMin:
      case MapOp::kMax:
      case MapOp::kClamp: return Unified(op, std::move(arguments), true);
      case MapOp::kCoalesce: return Unified(op, std::move(arguments), false);
      case MapOp::kMod:
        return Numbers(arguments) ? Unified(op, std::move(arguments), true) : Fail();
      case MapOp::kSafeDivide: return SafeDivide(std::move(arguments));
      case MapOp::kAbs: return Numbers(arguments) ? Keeping(op, arguments) : Fail();
      case MapOp::kRound:
      case MapOp::kFloor:
      case MapOp::kCeil: return Numbers(arguments) ? Rounded(op, arguments) : Fail();
      case MapOp::kSqrt: return Numbers(arguments) ? Root(arguments) : Fail();
      case MapOp::kLn:
      case MapOp::kExp: return Numbers(arguments, true) ? Plain(op, arguments) : Fail();
      case MapOp::kAddMonths: return MonthsLater(arguments);
      case MapOp::kMonths:
      case MapOp::kYear:
      case MapOp::kMonth:
      case MapOp::kQuarter: return Moments(arguments) ? Plain(op, arguments) : Fail();
      default: return Texts(arguments) ? Text(op, arguments) : Fail();
    }
  }

  bool Require(TermId argument, bool fits, const char* wanted) {
    if (fits || TermAt(checking_, argument).type.kind == TypeKind::kNothing) return true;
    const Term& term = TermAt(checking_, argument);
    Diagnostic& diagnostic = checking_.sink.Report(DiagKind::kOperandType, term.span,
                                                   {call_.text, wanted, Describe(term.type)});
    diagnostic.Because(HelpKind::kSignature, {std::string(info_->signature)});
    return false;
  }

  bool Numbers(const std::vector<TermId>& arguments, bool plain = false) {
    return std::all_of(arguments.begin(), arguments.end(), [&](TermId id) {
      const Type& type = TermAt(checking_, id).type;
      return Require(id, type.IsNumber() && (!plain || type.unit.plain()), "`number`");
    });
  }

  TermId MonthsLater(const std::vector<TermId>& arguments) {
    const Type& months = TermAt(checking_, arguments[1]).type;
    if (!Moments({arguments[0]}) || !Numbers({arguments[1]}, true)) return Fail();
    if (months.kind == TypeKind::kNothing) return Fail();
    return MapTerm(checking_, MapOp::kAddMonths, arguments, Type::Of(TypeKind::kDate), call_.span);
  }

  bool Moments(const std::vector<TermId>& arguments) {
    return std::all_of(arguments.begin(), arguments.end(), [&](TermId id) {
      return Require(id, IsMoment(TermAt(checking_, id).type), "`date`");
    });
  }

  bool Texts(const std::vector<TermId>& arguments) {
    return std::all_of(arguments.begin(), arguments.end(), [&](TermId id) {
      const TypeKind kind = TermAt(checking_, id).type.kind;
      return Require(id, kind == TypeKind::kText || kind == TypeKind::kEnum, "`text`");
    });
  }

  TermId Unified(MapOp op, std::vector<TermId> arguments, bool ordered) {
    const auto type = UnifyBranches(checking_, arguments, info_->name);
    if (!type) return Fail();
    if (ordered && type->kind == TypeKind::kBool) {
      Require(arguments[0], false, "`number`");
      return Fail();
    }
    return MapTerm(checking_, op, std::move(arguments), *type, call_.span);
  }

  TermId Plain(MapOp op, std::vector<TermId> arguments) {
    return MapTerm(checking_, op, std::move(arguments), Type::Plain(), call_.span);
  }

  TermId Keeping(MapOp op, std::vector<TermId> arguments) {
    const Type type = TermAt(checking_, arguments[0]).type;
    return MapTerm(checking_, op, std::move(arguments), type, call_.span);
  }

  // Rounding looks at the value as it is shown: 36 h shown in days rounds as 1.5.
  TermId Rounded(MapOp op, std::vector<TermId> arguments) {
    Type type = TermAt(checking_, arguments[0]).type;
    if (type.form == NumberForm::kPercent) type.form = NumberForm::kPlain;
    const Number scale = type.unit.Scale();
    if (arguments.size() > 1 && !TermAt(checking_, arguments[1]).type.unit.plain()) {
      Require(arguments[1], false, "`number`");
      return Fail();
    }
    if (scale == Number(1)) return MapTerm(checking_, op, std::move(arguments), type, call_.span);
    const TermId factor = NumberTerm(checking_, scale, Type::Plain(), call_.span);
    arguments[0] = MapTerm(checking_, MapOp::kDivide, {arguments[0], factor}, type, call_.span);
    const TermId rounded = MapTerm(checking_, op, std::move(arguments), type, call_.span);
    return MapTerm(checking_, MapOp::kMultiply, {rounded, factor}, type, call_.span);
  }

  TermId Root(std::vector<TermId> arguments) {
    const Unit unit = TermAt(checking_, arguments[0]).type.unit;
    const auto root = unit.Root(2);
    if (!root) {
      checking_.sink.Report(DiagKind::kUnitPower, call_.span, {unit.ToString()})
          .Because(HelpKind::kDropUnit, {unit.ToString()});
      return Fail();
    }
    return MapTerm(checking_, MapOp::kSqrt, std::move(arguments), Type::WithUnit(*root),
                   call_.span);
  }

  TermId SafeDivide(std::vector<TermId> arguments) {
    if (!Numbers(arguments)) return Fail();
    const Type a = TermAt(checking_, arguments[0]).type;
    const Type b = TermAt(checking_, arguments[1]).type;
    const Type type = Type::WithUnit(a.unit.Over(b.unit));
    TermId quotient =
        MapTerm(checking_, MapOp::kDivide, {arguments[0], arguments[1]}, type, call_.span);
    if (HasError(checking_, quotient) ||
        !UnifyUnits(checking_, quotient, arguments[2], info_->name, call_.span)) {
      return Fail();
    }
    return MapTerm(checking_, MapOp::kSafeDivide, std::move(arguments), type, call_.span);
  }

  TermId Text(MapOp op, std::vector<TermId> arguments) {
    Type type = Type::Of(TypeKind::kText);
    if (op == MapOp::kLength) type = Type::Plain();
    if (op == MapOp::kStartsWith || op == MapOp::kContains) type = Type::Of(TypeKind::kBool);
    return MapTerm(checking_, op, std::move(arguments), type, call_.span);
  }

  // --- many rows to one -------------------------------------------------------------------------

  // `count(table)`: the name of a table, unless something else has that name.
  std::optional<TableId> CountedTable() {
    if (info_->name != "count") return std::nullopt;
    const Expr& argument = tree_.at(call_.children[0]);
    if (argument.kind != ExprKind::kName || !argument.text2.empty()) return std::nullopt;
    return LookupTable(checking_, argument.text);
  }

  // The arguments of an aggregate, the rows they have, and its condition.
  struct Folded {
    std::vector<TermId> inputs;
    TermId condition;
    Grain source;
    bool count_rows = false;
  };

  std::optional<Folded> VisitFolded() {
    Folded folded;
    if (const auto table = CountedTable()) {
      folded.count_rows = true;
      folded.source.table = *table;
      checking_.model.schema.tables[table->index()].needed = true;
      folded.inputs.push_back(CountedRows(*table));
    } else {
      for (size_t i = 0; i < call_.children.size(); ++i) folded.inputs.push_back(Argument(i));
      for (const TermId input : folded.inputs) {
        if (HasError(checking_, input)) return std::nullopt;
      }
      if (!JoinSeries(folded)) return std::nullopt;
    }
    if (!call_.where.valid()) return folded;
    if (!VisitCondition(folded)) return std::nullopt;
    return folded;
  }

  // Something to fold for count(table): `true` for each row.
  TermId CountedRows(TableId table) {
    Term term;
    term.constant = true;
    term.type = Type::Of(TypeKind::kBool);
    term.grain.table = table;
    term.span = call_.span;
    return checking_.model.Add(std::move(term));
  }

  // The finest grain of what is folded: x, and the second series where there is one.
  bool JoinSeries(Folded& folded) {
    const bool second = info_->name == "weighted_avg" || info_->name == "corr";
    Grain grain = TermAt(checking_, folded.inputs[0]).grain;
    if (second) {
      const Grain other = TermAt(checking_, folded.inputs[1]).grain;
      const auto joined = Join(checking_.schema(), grain, other);
      if (!joined) {
        checking_.sink.Report(DiagKind::kUnrelatedRows, call_.span, {NameOf(grain), NameOf(other)})
            .Because(HelpKind::kGatherEach);
        return false;
      }
      grain = *joined;
    }
    folded.source = grain;
    return true;
  }

  std::string NameOf(Grain grain) const {
    return grain.table.valid() ? checking_.TableName(grain.table) : "period";
  }

  bool VisitCondition(Folded& folded) {
    Place inner = place_;
    if (folded.source.table.valid()) inner.scope.push_back(folded.source.table);
    TermId condition =
        RequireBool(checking_, CheckExpression(checking_, tree_, call_.where, inner));
    if (HasError(checking_, condition)) return false;
    const Grain grain = TermAt(checking_, condition).grain;
    const auto joined = Join(checking_.schema(), folded.source, grain);
    if (!joined || joined->table != folded.source.table) {
      Diagnostic& diagnostic = checking_.sink.Report(
          joined ? DiagKind::kFilterTooFine : DiagKind::kUnrelatedRows,
          TermAt(checking_, condition).span, {NameOf(grain), NameOf(folded.source)});
      if (joined) {
        diagnostic.Because(HelpKind::kFinerCondition, {NameOf(folded.source)});
      } else {
        diagnostic.Because(HelpKind::kGatherEach);
      }
      return false;
    }
    folded.source = *joined;
    folded.condition = condition;
    return true;
  }

  TermId VisitAggregate() {
    auto folded = VisitFolded();
    if (!folded) return Fail();
    const auto target = FoldTarget(*folded);
    if (!target) return Fail();
    Term term;
    term.kind = TermKind::kAggregate;
    if (!FinishAggregate(*folded, *target, term)) return Fail();
    return checking_.model.Add(std::move(term));
  }

  TermId ReportNothingToFold(const Folded& folded, Grain up_to) {
    Diagnostic& diagnostic =
        checking_.sink.Report(DiagKind::kNothingToFold, call_.span, {call_.text, NameOf(up_to)});
    if (SuggestFiner(diagnostic, folded)) return Fail();
    const std::string argument = Print(tree_, call_.children[0]);
    if (!folded.count_rows) diagnostic.Because(HelpKind::kUseItself, {call_.text, argument});
    if (!Among() && !call_.per.valid()) {
      diagnostic.Because(HelpKind::kOverEveryone, {call_.text, argument});
    }
    return Fail();
  }

  // A column of the same name in a finer table was perhaps meant.
  bool SuggestFiner(Diagnostic& diagnostic, const Folded& folded) {
    const Term& term = TermAt(checking_, folded.inputs[0]);
    if (term.kind != TermKind::kColumn) return false;
    const std::string& id = checking_.schema().column(term.column).id;
    for (size_t i = 0; i < checking_.columns.size(); ++i) {
      const TableId table{static_cast<int32_t>(i)};
      const bool finer = IsAncestor(checking_.schema(), term.column.table, table);
      if (!finer || !LookupColumn(checking_, table, id)) continue;
      diagnostic.Because(HelpKind::kDidYouMean, {checking_.TableName(table) + "." + id});
      return true;
    }
    return false;
  }

  // The grain that the rows are folded to: that of `per`, or of where the formula stands.
  std::optional<Grain> FoldTarget(Folded& folded) {
    const Schema& schema = checking_.schema();
    TableId to = place_.context;
    if (call_.per.valid()) {
      const auto table = PerTable(folded);
      if (!table) return std::nullopt;
      to = *table;
    }
    const Grain here{to, false};
    if (!to.valid() && !schema.subject.valid()) return std::nullopt;  // reported
    if (!folded.source.table.valid() || folded.source.table == to || !to.valid() ||
        IsAncestor(schema, folded.source.table, to)) {
      ReportNothingToFold(folded, here);
      return std::nullopt;
    }
    if (!IsAncestor(schema, to, folded.source.table)) {
      ReportNoPath(folded.source.table, to);
      return std::nullopt;
    }
    const bool varies = folded.source.periodic || IsDated(schema, folded.source.table);
    return Grain{to, schema.period && varies && !IsDated(schema, to)};
  }

  void ReportNoPath(TableId from, TableId to) {
    if (IsUnlinked(checking_, from)) return;
    checking_.sink
        .Report(DiagKind::kNoPath, call_.span, {checking_.TableName(from), checking_.TableName(to)})
        .Because(HelpKind::kAddBelongsTo, {checking_.TableName(from), checking_.TableName(to)});
  }

  std::optional<TableId> PerTable(const Folded& folded) {
    const Expr& name = tree_.at(call_.per);
    const auto table = LookupTable(checking_, name.text);
    if (!table) {
      ReportUnknownTable(checking_, name.text, name.span);
      return std::nullopt;
    }
    const Schema& schema = checking_.schema();
    const TableId source = folded.source.table;
    if (!source.valid() || *table == source || !IsAncestor(schema, *table, source)) {
      if (source.valid() && *table != source) {
        ReportNoPath(source, *table);
      } else {
        ReportNothingToFold(folded, {*table, false});
      }
      return std::nullopt;
    }
    const TableId context = place_.context;
    checking_.model.schema.tables[table->index()].needed = true;
    const bool below = *table == context || IsAncestor(schema, context, *table);
    if (below || !context.valid() || !IsAncestor(schema, context, source) ||
        IsAncestor(schema, *table, context)) {
      return *table;
    }
    return PairTable(checking_, source, *table, context);
  }

  // Type of the result, and the parts of the term that aggregates share.
  bool FinishAggregate(const Folded& folded, Grain result, Term& term) {
    const auto op = static_cast<AggregateOp>(AggregateOf());
    const auto type = AggregateType(op, folded);
    if (!type) return false;
    if (!CheckPercentile(op, folded, result)) return false;
    term.aggregate = op;
    term.type = *type;
    term.inputs = folded.inputs;
    term.condition = folded.condition;
    term.source = folded.source;
    term.count_rows = folded.count_rows;
    term.grain = result;
    term.span = call_.span;
    return true;
  }

  int AggregateOf() const {
    if (info_->name == "min") return static_cast<int>(AggregateOp::kMin);
    if (info_->name == "max") return static_cast<int>(AggregateOp::kMax);
    return info_->op;
  }

  bool CheckPercentile(AggregateOp op, const Folded& folded, Grain result) {
    if (op != AggregateOp::kPercentile && op != AggregateOp::kPercentileNearest) return true;
    const TermId p = folded.inputs[1];
    if (!Require(p, TermAt(checking_, p).type.IsNumber() && TermAt(checking_, p).type.unit.plain(),
                 "`percent`")) {
      return false;
    }
    return !HasError(checking_, RequireGrain(checking_, p, result));
  }

  std::optional<Type> AggregateType(AggregateOp op, const Folded& folded) {
    const Type type = TermAt(checking_, folded.inputs[0]).type;
    switch (op) {
      case AggregateOp::kCount:
        if (!folded.count_rows && type.kind == TypeKind::kBool) return RefuseCondition(folded);
        return Type::WithUnit(Unit(), NumberForm::kCount);
      case AggregateOp::kCountDistinct: return Type::WithUnit(Unit(), NumberForm::kCount);
      case AggregateOp::kFirst:
      case AggregateOp::kLast: return type;
      case AggregateOp::kAny:
      case AggregateOp::kAll:
        if (!Require(folded.inputs[0], type.kind == TypeKind::kBool, "`bool`")) return std::nullopt;
        return Type::Of(TypeKind::kBool);
      case AggregateOp::kMin:
      case AggregateOp::kMax:
        if (IsMoment(type)) return type;
        break;
      default: break;
    }
    if (type.kind == TypeKind::kBool) return RefuseCondition(folded);
    if (!Require(folded.inputs[0], type.IsNumber(), "`number`")) return std::nullopt;
    return NumericResult(op, folded, type);
  }

  std::optional<Type> NumericResult(AggregateOp op, const Folded& folded, Type type) {
    if (op == AggregateOp::kCorr || op == AggregateOp::kWeightedAvg) {
      if (!Numbers({folded.inputs[1]})) return std::nullopt;
    }
    if (op == AggregateOp::kCorr) return Type::Plain();
    if (op != AggregateOp::kSum && op != AggregateOp::kMin && op != AggregateOp::kMax &&
        type.form == NumberForm::kCount) {
      type.form = NumberForm::kPlain;
    }
    return type;
  }

  std::optional<Type> RefuseCondition(const Folded& folded) {
    const Expr& argument = tree_.at(call_.children[0]);
    Diagnostic& diagnostic =
        checking_.sink.Report(DiagKind::kCountOfCondition, argument.span, {call_.text});
    if (folded.source.table.valid()) {
      diagnostic.Because(HelpKind::kUseCountWhere, {checking_.TableName(folded.source.table),
                                                    Print(tree_, call_.children[0])});
    }
    return std::nullopt;
  }

  // --- across subjects --------------------------------------------------------------------------

  bool VisitKeys(Grain rows, Term& term, Grain& keys_grain) {
    term.all_periods = call_.all_periods;
    Place inner = place_;
    if (rows.table.valid()) inner.scope.push_back(rows.table);
    for (const ExprId id : call_.among) {
      const TermId key = CheckExpression(checking_, tree_, id, inner);
      if (HasError(checking_, key)) return false;
      const Grain grain = TermAt(checking_, key).grain;
      if (!Reaches(checking_.schema(), rows, grain)) {
        checking_.sink.Report(DiagKind::kFilterTooFine, TermAt(checking_, key).span,
                              {NameOf(grain), NameOf(rows)});
        return false;
      }
      const auto joined = Join(checking_.schema(), keys_grain, grain);
      if (!joined) {
        checking_.sink
            .Report(DiagKind::kUnrelatedRows, TermAt(checking_, key).span,
                    {NameOf(keys_grain), NameOf(grain)})
            .Because(HelpKind::kGatherEach);
        return false;
      }
      keys_grain = *joined;
      term.keys.push_back(key);
    }
    return true;
  }

  TermId VisitAmong() {
    if (call_.per.valid()) {
      checking_.sink.Report(DiagKind::kClauseNotAllowed, call_.op_span, {call_.text, "per … among"})
          .Because(HelpKind::kSignature, {"avg(x among column)"});
      return Fail();
    }
    auto folded = VisitFolded();
    if (!folded) return Fail();
    if (!folded->source.table.valid()) return ReportNothingToFold(*folded, Grain{});
    Term term;
    term.kind = TermKind::kAmong;
    Grain keys;
    if (!VisitKeys(folded->source, term, keys)) return Fail();
    const bool in_periods =
        folded->source.periodic || IsDated(checking_.schema(), folded->source.table);
    if (in_periods && !call_.all_periods && checking_.schema().period) {
      keys = *Join(checking_.schema(), keys, Grain{TableId::None(), true});
    }
    if (!FinishAggregate(*folded, keys, term)) return Fail();
    return checking_.model.Add(std::move(term));
  }

  TermId VisitRank() {
    if (!Among()) {
      checking_.sink.Report(DiagKind::kNeedsAmong, call_.op_span, {call_.text})
          .Because(HelpKind::kSignature, {std::string(info_->signature)})
          .Because(HelpKind::kAmongAll);
      return Fail();
    }
    auto folded = VisitFolded();
    if (!folded || !Numbers({folded->inputs[0]})) return Fail();
    if (!folded->source.table.valid()) return ReportNothingToFold(*folded, Grain{});
    Term term;
    term.kind = TermKind::kRank;
    Grain keys;
    if (!VisitKeys(folded->source, term, keys)) return Fail();
    term.rank = static_cast<RankOp>(info_->op);
    term.inputs = folded->inputs;
    term.condition = folded->condition;
    term.source = folded->source;
    term.grain = folded->source;
    term.type = Type::WithUnit(
        Unit(), term.rank == RankOp::kRank ? NumberForm::kCount : NumberForm::kPlain);
    term.span = call_.span;
    return checking_.model.Add(std::move(term));
  }

  // --- over time --------------------------------------------------------------------------------

  std::optional<int64_t> PeriodCount(size_t index, int64_t otherwise) {
    if (call_.children.size() <= index) return otherwise;
    const TermId n = Argument(index);
    if (HasError(checking_, n)) return std::nullopt;
    const auto value = ConstantValue(checking_.model, n);
    const auto whole =
        value && value->is_number() ? value->number().ToInt64() : std::optional<int64_t>();
    if (!whole || *whole < 1 || *whole > 100000) {
      checking_.sink.Report(DiagKind::kWholePositive, TermAt(checking_, n).span);
      return std::nullopt;
    }
    return whole;
  }

  // x, if it changes from period to period for one and the same row.
  TermId OverTime() {
    const TermId x = Argument(0);
    if (HasError(checking_, x)) return x;
    if (!checking_.schema().period) {
      checking_.sink.Report(DiagKind::kNeedsPeriod, call_.op_span, {call_.text})
          .Because(HelpKind::kAddPeriod);
      return Fail();
    }
    const Term& term = TermAt(checking_, x);
    if (term.grain.periodic) return x;
    if (IsDated(checking_.schema(), term.grain.table)) {
      return RequireGrain(checking_, x, Grain{place_.context, true});
    }
    checking_.sink.Report(DiagKind::kNotOverTime, term.span, {call_.text});
    return Fail();
  }

  TermId TimeTerm(TimeOp op, TermId x, int64_t n, Type type) {
    Term term;
    term.kind = TermKind::kTime;
    term.time = op;
    term.inputs = {x};
    term.index = static_cast<int32_t>(n);
    term.grain = TermAt(checking_, x).grain;
    term.type = std::move(type);
    term.span = call_.span;
    return checking_.model.Add(std::move(term));
  }

  TermId VisitTime() {
    const TermId x = OverTime();
    const auto op = static_cast<TimeOp>(info_->op);
    const auto n = PeriodCount(1, 1);
    if (HasError(checking_, x) || !n) return Fail();
    Type type = TermAt(checking_, x).type;
    if (op == TimeOp::kStreak) {
      if (!Require(x, type.kind == TypeKind::kBool, "`bool`")) return Fail();
      type = Type::WithUnit(Unit(), NumberForm::kCount);
    } else if (op != TimeOp::kPrevious && !Numbers({x})) {
      return Fail();
    }
    return TimeTerm(op, x, *n, type);
  }

  TermId VisitChange(bool relative) {
    const TermId x = OverTime();
    const auto n = PeriodCount(1, 1);
    if (HasError(checking_, x) || !n || !Numbers({x})) return Fail();
    const Type type = TermAt(checking_, x).type;
    const TermId before = TimeTerm(TimeOp::kPrevious, x, *n, type);
    if (!relative) {
      return MapTerm(checking_, MapOp::kSubtract, {x, before}, type, call_.span);
    }
    const TermId ratio = MapTerm(checking_, MapOp::kDivide, {x, before}, Type::Plain(), call_.span);
    const TermId one = NumberTerm(checking_, Number(1), Type::Plain(), call_.span);
    return MapTerm(checking_, MapOp::kSubtract, {ratio, one},
                   Type::WithUnit(Unit(), NumberForm::kPercent), call_.span);
  }

  // --- functions with shapes of their own -------------------------------------------------------

  TermId VisitSpecial() {
    if (info_->name == "change") return VisitChange(false);
    if (info_->name == "growth") return VisitChange(true);
    if (info_->name == "linear") return VisitLinear();
    if (info_->name == "days") return VisitSpan(Number(24));
    if (info_->name == "hours") return VisitSpan(Number(1));
    return VisitScoring();
  }

  TermId VisitSpan(const Number& hours) {
    const TermId from = Argument(0);
    const TermId to = Argument(1);
    if (HasError(checking_, from) || HasError(checking_, to) || !Moments({from, to})) return Fail();
    const TermId span =
        MapTerm(checking_, MapOp::kDateSubtract, {to, from}, Type::Plain(), call_.span);
    return MapTerm(checking_, MapOp::kDivide,
                   {span, NumberTerm(checking_, hours, Type::Plain(), call_.span)}, Type::Plain(),
                   call_.span);
  }

  TermId VisitLinear() {
    TermId x = Argument(0);
    if (HasError(checking_, x) || !Numbers({x})) return Fail();
    if (call_.pair_keys.empty()) {
      checking_.sink.Report(DiagKind::kLinearPoints, call_.op_span);
      return Fail();
    }
    std::vector<std::pair<Number, TermId>> points;
    std::vector<TermId> values;
    std::vector<TermId> keys;
    for (size_t i = 0; i < call_.pair_keys.size(); ++i) {
      TermId key = CheckExpression(checking_, tree_, call_.pair_keys[i], place_);
      const TermId value = CheckExpression(checking_, tree_, call_.pair_values[i], place_);
      if (HasError(checking_, key) || HasError(checking_, value)) return Fail();
      if (!Numbers({key, value}) || !UnifyUnits(checking_, x, key, "linear", call_.span)) {
        return Fail();
      }
      const auto at = ConstantValue(checking_.model, key);
      if (!at || !at->is_number()) {
        checking_.sink.Report(DiagKind::kNotConstant, TermAt(checking_, key).span)
            .Because(HelpKind::kConstantIs);
        return Fail();
      }
      keys.push_back(key);
      values.push_back(value);
    }
    return LinearTerm(x, keys, values);
  }

  TermId LinearTerm(TermId x, const std::vector<TermId>& keys, std::vector<TermId>& values) {
    const auto type = UnifyBranches(checking_, values, "linear");
    if (!type) return Fail();
    std::vector<size_t> order(keys.size());
    for (size_t i = 0; i < order.size(); ++i) order[i] = i;
    const auto at = [&](size_t i) { return ConstantValue(checking_.model, keys[i])->number(); };
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return at(a) < at(b); });
    std::vector<TermId> operands = {x};
    for (size_t i = 0; i < order.size(); ++i) {
      if (i > 0 && at(order[i]) == at(order[i - 1])) {
        checking_.sink.Report(DiagKind::kPointTwice, TermAt(checking_, keys[order[i]]).span,
                              {"`" + Print(tree_, call_.pair_keys[order[i]]) + "`"});
        return Fail();
      }
      operands.push_back(keys[order[i]]);
      operands.push_back(values[order[i]]);
    }
    return MapTerm(checking_, MapOp::kLinear, std::move(operands), *type, call_.span);
  }

  // points(x), value(x), weight(x): x names an indicator or a dimension.
  TermId VisitScoring() {
    const Expr& argument = tree_.at(call_.children[0]);
    const bool name = argument.kind == ExprKind::kName && argument.text2.empty();
    auto indicator = name ? Find(checking_.indicators, argument.text) : std::nullopt;
    const auto dimension = name ? Find(checking_.dimensions, argument.text) : std::nullopt;
    const bool takes_dimension = info_->name == "points" || info_->name == "weight";
    // An indicator that a library offers and nothing uses has no points to hide a dimension's.
    if (indicator && dimension && takes_dimension && !IsUsed(*indicator)) indicator.reset();
    const int32_t index = indicator ? *indicator : dimension.value_or(-1);
    if (!indicator && (!dimension || !takes_dimension)) {
      ReportUnknownIndicator(checking_, Print(tree_, call_.children[0]), argument.span,
                             takes_dimension);
      return Fail();
    }
    if (info_->name == "value") return CheckExpression(checking_, tree_, call_.children[0], place_);
    if (place_.stage != Stage::kAfterScore && place_.stage != Stage::kResult) {
      checking_.sink.Report(DiagKind::kNotKnownYet, call_.span, {call_.text})
          .Because(HelpKind::kStages);
      return Fail();
    }
    if (!takes_dimension) {
      return VisitTarget(index, argument.span);
    }
    const bool points = info_->name == "points";
    Term term;
    term.kind = TermKind::kScoring;
    term.index = index;
    if (indicator) {
      term.scoring = points ? ScoringFigure::kPoints : ScoringFigure::kWeight;
    } else {
      term.scoring = points ? ScoringFigure::kDimensionPoints : ScoringFigure::kDimensionWeight;
    }
    term.grain = checking_.model.subject;
    term.span = call_.span;
    return checking_.model.Add(std::move(term));
  }

  // attainment(x), meets_target(x)
  TermId VisitTarget(int32_t index, Span span) {
    const IndicatorModel& indicator = checking_.model.indicators[static_cast<size_t>(index)];
    const bool asks_share = info_->name == "attainment";
    const TermId wanted = asks_share ? indicator.attainment : indicator.target;
    if (wanted.valid()) {
      Term term;
      term.kind = TermKind::kScoring;
      term.scoring = asks_share ? ScoringFigure::kAttainment : ScoringFigure::kMeetsTarget;
      term.index = index;
      term.type = TermAt(checking_, wanted).type;
      term.grain = checking_.model.subject;
      term.span = call_.span;
      return checking_.model.Add(std::move(term));
    }
    const bool failed = indicator.decl->target.present() && !indicator.target.valid();
    if (failed) return Fail();  // reported
    checking_.sink
        .Report(indicator.target.valid() ? DiagKind::kNoLevel : DiagKind::kNoTarget, span,
                {indicator.id})
        .Because(HelpKind::kWriteLike, {"target: \">= 40%\""});
    return Fail();
  }

  bool IsUsed(int32_t index) const {
    const IndicatorModel& indicator = checking_.model.indicators[static_cast<size_t>(index)];
    return indicator.scored || !IsImported(checking_, indicator.decl->id.span);
  }

  static std::optional<int32_t> Find(const std::map<std::string, int32_t>& names,
                                     const std::string& name) {
    const auto found = names.find(name);
    if (found == names.end()) return std::nullopt;
    return found->second;
  }

  Checking& checking_;
  const ExprTree& tree_;
  const Expr& call_;
  const Place& place_;
  const FunctionInfo* info_ = nullptr;
};

}  // namespace

TermId CheckCall(Checking& checking, const ExprTree& tree, const Expr& call, const Place& place) {
  return CallWalker(checking, tree, call, place).Run();
}

}  // namespace steelyard
