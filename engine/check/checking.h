// The state of one check, shared by the parts of this room.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/text.h"
#include "engine/check/check.h"
#include "engine/check/model.h"
#include "engine/diag/diagnostic.h"

namespace steelyard {

// What a name in a formula can be.
enum class FoundKind : uint8_t {
  kNothing,
  kColumn,
  kDefinition,
  kTable,
  kRun,
  kScoring,
  kAmbiguous
};

struct Found {
  FoundKind kind = FoundKind::kNothing;
  ColumnId column;
  DefinitionId definition;
  TableId table;
  RunFigure run = RunFigure::kAsOf;
  ScoringFigure scoring = ScoringFigure::kScore;
  std::vector<std::string> choices;  // kAmbiguous
};

// How far the computing has come where a formula stands: what of the scoring it may look at.
enum class Stage : uint8_t {
  kConstant,    // only constants and parameters
  kValues,      // data, values, indicators
  kAfterScore,  // points and weights too: additions, interlocks, vetoes
  kResult,      // score and grade too: alerts, outcomes
};

// Where a formula stands.
struct Place {
  TableId context;             // aggregates fold up to this table's rows
  std::vector<TableId> scope;  // tables being folded, outermost first
  Stage stage = Stage::kValues;
  DefinitionId value;  // what `value` means, in scores
  DefinitionId self;   // what is being defined: its own name means a column, where one has it
};

struct Checking {
  const RuleFile& file;
  DiagnosticSink& sink;
  Model model;

  // Names, normalised: of tables, of each table's columns, of everything defined.
  std::map<std::string, TableId> tables;
  std::vector<std::map<std::string, int32_t>> columns;
  std::map<std::string, DefinitionId> definitions;
  std::map<ColumnId, DefinitionId> computed;
  std::map<std::string, int32_t> indicators;
  std::map<std::string, int32_t> dimensions;
  // Formulas of definitions, by DefinitionId, with where each stands.
  struct Pending {
    const Formula* formula = nullptr;
    const ParameterDecl* parameter = nullptr;  // of parameters
    const PoolDecl* pool = nullptr;            // of pools
    Place place;
    enum class State : uint8_t { kWaiting, kRunning, kDone } state = State::kWaiting;
  };
  std::vector<Pending> pending;
  std::vector<DefinitionId> running;  // for the way round a cycle
  std::vector<TableId> unlinked;      // tables that belong to something unknown: reported
  std::vector<std::string> units;     // symbols that literals may carry
  WeightObserver* observer = nullptr;
  // What unknown names may have meant, by whether results and `value` are among them; made when the
  // first is looked for.
  std::map<std::pair<bool, bool>, NameIndex> known_names;

  Checking(const RuleFile& rule_file, DiagnosticSink& diagnostics)
      : file(rule_file), sink(diagnostics) {}

  bool IsResolved(DefinitionId id) const {
    return pending[id.index()].state == Pending::State::kDone;
  }
  const Schema& schema() const { return model.schema; }
  const std::string& TableName(TableId table) const { return model.schema.table(table).id; }
  std::string SubjectName() const {
    return model.schema.subject.valid() ? TableName(model.schema.subject) : file.subject.text;
  }
};

// tables.cpp: `data:` to the schema; registers tables, columns and computed columns.
void CheckTables(Checking& checking);
void ReportBadUnit(Checking& checking, const Word& unit, const Type& of);
// definitions.cpp: registers parameters, values and indicators by name.
void RegisterDefinitions(Checking& checking);
// Computes the term of a definition (once), looking out for cycles; not valid if it has errors.
TermId Resolve(Checking& checking, DefinitionId id, Span used_at);
void ResolveAll(Checking& checking);
// Does the thing at `span` stand in an imported file?
// Known only when the score is.
inline bool IsResult(DefinitionKind kind) {
  return kind == DefinitionKind::kOutcome || kind == DefinitionKind::kPool;
}
inline bool IsImported(const Checking& checking, Span span) {
  return span.file != checking.file.file;
}
// The formula's root, or what stands behind a leading `name =` that is only a label.
ExprId WithoutLabel(Checking& checking, const Formula& formula, const Place& place,
                    const std::vector<std::string>& own_names);
// scores.cpp: the value of an indicator that has no formula: its events, or the column it is named
// after. Not valid where there is none (reported).
TermId ValueWithoutFormula(Checking& checking, DefinitionId id);
void CheckIndicators(Checking& checking);
// Gives `shown` the unit that a word names, if there is one and it measures the same.
void ShowIn(Checking& checking, const Word& word, Type& shown);
// weights.cpp
void CheckWeights(Checking& checking);
// levels.cpp: may each indicator that counts stand on a card of this level?
void CheckLevels(Checking& checking);
// gates.cpp: grades, additions, interlocks, vetoes, alerts, outcomes
void CheckGates(Checking& checking);
int32_t FindGrade(Checking& checking, const Word& word);  // -1 after a report
// pay.cpp: distribution, pools, schedules
void CheckPay(Checking& checking);
// headings.cpp: no two columns of the results are called the same.
void CheckHeadings(Checking& checking);
// What a pool gives each subject.
TermId PoolTerm(Checking& checking, DefinitionId id);

// names.cpp
Found Lookup(Checking& checking, const std::string& name, const Place& place);
std::optional<TableId> LookupTable(const Checking& checking, const std::string& name);
std::optional<int32_t> LookupColumn(const Checking& checking, TableId table,
                                    const std::string& name);
// Reports an unknown name with the nearest names that fit the place.
void ReportUnknownName(Checking& checking, const Expr& expr, const Place& place);
// Do rows of this table, or of one above it, belong to something that was not found?
bool IsUnlinked(const Checking& checking, TableId table);
// Adds «did you mean» where a candidate is near enough; says whether one was.
bool Suggest(Diagnostic& diagnostic, const std::string& name,
             const std::vector<std::string>& candidates);
// The same, or else what there is to choose from.
void SuggestOrList(Diagnostic& diagnostic, const std::string& name,
                   const std::vector<std::string>& candidates);
// `a`, `b`, `c`; of many only the first.
std::string NameList(const std::vector<std::string>& names);
void ReportUnknownTable(Checking& checking, const std::string& name, Span span);
void ReportUnknownColumn(Checking& checking, TableId table, const std::string& name, Span span);
void ReportUnknownIndicator(Checking& checking, const std::string& name, Span span,
                            bool or_dimension = false);
bool IsReservedName(std::string_view name);

// formula.cpp: types one formula; an error term where it was reported.
TermId CheckExpression(Checking& checking, const ExprTree& tree, ExprId id, const Place& place);
// A whole formula; not valid where it is absent or was not parsed.
inline TermId CheckWhole(Checking& checking, const Formula& formula, const Place& place) {
  if (!formula.parsed()) return TermId::None();
  return CheckExpression(checking, formula.tree, formula.tree.root, place);
}
// The term, if it can be computed for each row of `grain`; otherwise a report, and an error term.
TermId RequireGrain(Checking& checking, TermId term, Grain grain);
// The term if it is a truth value (or an error), likewise.
TermId RequireBool(Checking& checking, TermId term);
// Constant number of a formula in any of the forms a constant may take; empty if reported. `like`:
// the type it is to go with (its unit), or a plain number.
std::optional<Number> RequireNumber(Checking& checking, const Formula& formula, const Type& like);
// The same for points, which are never written as per cent.
std::optional<Number> RequirePoints(Checking& checking, const Formula& formula);
// A constant term of a number.
TermId NumberTerm(Checking& checking, const Number& number, const Type& type, Span span);
// A map term; its grain joined from its inputs (a report where they do not join).
TermId MapTerm(Checking& checking, MapOp op, std::vector<TermId> inputs, Type type, Span span);
TermId ErrorTerm(Checking& checking, Span span);
bool HasError(const Checking& checking, TermId term);
// Makes `b` go with `a` in unit, adapting a literal where the language allows it; reports
// otherwise.
bool UnifyUnits(Checking& checking, TermId& a, TermId& b, std::string_view op, Span span);
// How types are called in messages, in the reader's language via plain words.
std::string Describe(const Type& type);
std::string PercentText(const Number& share);

// terms.cpp: terms without a formula of their own.
TermId ConstantTerm(Checking& checking, Value value, Type type, Span span, bool literal = false);
// That the evaluation date is `day` or later.
TermId HasComeTerm(Checking& checking, TermId day, Span span);
// `after` from a date on, `before` until then.
TermId FromDateTerm(Checking& checking, Date from, TermId after, TermId before, const Type& type,
                    Span span);
// A whole formula that has one value for each of the subject's rows; an error term where it was
// reported, not valid where it was not parsed.
TermId SubjectTerm(Checking& checking, const Formula& formula, Stage stage);
// The same, and it is a condition.
TermId SubjectCondition(Checking& checking, const Formula& formula, Stage stage);

// calls.cpp
TermId CheckCall(Checking& checking, const ExprTree& tree, const Expr& call, const Place& place);

}  // namespace steelyard
