// The order of a check: tables first, then names, then what is built of them.
#include "engine/check/check.h"

#include "engine/check/checking.h"
#include "engine/check/findings.h"

namespace steelyard {
namespace {

void PlaceSubject(Checking& checking) {
  Model& model = checking.model;
  const TableId subject = model.schema.subject;
  model.subject.table = subject;
  model.subject.periodic =
      model.schema.period && subject.valid() && !IsDated(model.schema, subject);
  if (!subject.valid()) return;
  TableSchema& table = model.schema.tables[subject.index()];
  table.needed = true;
}

void CheckSubjectWhere(Checking& checking) {
  if (!checking.file.subject_where.present()) return;
  checking.model.subject_where =
      SubjectCondition(checking, checking.file.subject_where, Stage::kValues);
}

void Prepare(Checking& checking) {
  checking.model.file = &checking.file;
  checking.model.scorecard = checking.file.scorecard.text;
  checking.model.title = checking.file.title.text;
  CheckTables(checking);
  PlaceSubject(checking);
  RegisterDefinitions(checking);
}

// Parents of needed tables must be there for their rows to belong somewhere.
void NeedParents(Schema& schema) {
  for (size_t i = 0; i < schema.tables.size(); ++i) {
    const TableId id{static_cast<int32_t>(i)};
    const bool pairs = schema.tables[i].pairs_of.valid();
    if (!pairs && !schema.tables[i].needed) continue;
    for (const TableId above : TablesAbove(schema, id)) {
      TableSchema& table = schema.tables[above.index()];
      if (!table.pairs_of.valid()) table.needed = true;
    }
  }
}

}  // namespace

std::optional<Model> Check(const RuleFile& file, DiagnosticSink& sink, WeightObserver* observer,
                           bool with_findings) {
  const size_t before = sink.error_count();
  Checking checking(file, sink);
  checking.observer = observer;
  Prepare(checking);
  if (checking.schema().tables.size() < file.tables.size()) return std::nullopt;  // too many
  checking.model.effective = file.effective;
  CheckSubjectWhere(checking);
  ResolveAll(checking);
  CheckIndicators(checking);
  CheckWeights(checking);
  CheckLevels(checking);
  CheckGates(checking);
  CheckPay(checking);
  CheckHeadings(checking);
  NeedParents(checking.model.schema);
  if (sink.error_count() > before || sink.HasErrors()) return std::nullopt;
  if (with_findings) FindAll(checking);
  return std::move(checking.model);
}

std::optional<CheckedFormula> CheckFormula(const RuleFile& file, const Formula& formula,
                                           DiagnosticSink& sink) {
  Checking checking(file, sink);
  Prepare(checking);
  ResolveAll(checking);
  if (!formula.parsed() || sink.HasErrors()) return std::nullopt;
  Place place;
  place.context = checking.schema().subject;
  const ExprId root = WithoutLabel(checking, formula, place, {});
  const TermId term = RequireGrain(checking, CheckExpression(checking, formula.tree, root, place),
                                   checking.model.subject);
  if (HasError(checking, term) || sink.HasErrors()) return std::nullopt;
  NeedParents(checking.model.schema);
  return CheckedFormula{std::move(checking.model), term};
}

}  // namespace steelyard
