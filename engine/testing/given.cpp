#include "engine/testing/given.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace steelyard {
namespace {

GivenRow RowOf(const DraftRow& row, const SourceSet& sources) {
  GivenRow given;
  given.line = static_cast<uint32_t>(sources.file(row.span.file).PositionOf(row.span.begin).line);
  for (const DraftCell& cell : row.cells) given.cells.push_back(cell.text);
  return given;
}

// The cell that a reject is about; the row where it has no such cell.
Span PlaceOf(const Schema& schema, const DraftRow& row, const GivenFault& fault) {
  const auto& columns = schema.table(fault.table).columns;
  for (size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].id == fault.reject.column && row.cells[i].span.valid()) {
      return row.cells[i].span;
    }
  }
  return row.span;
}

void ReportFault(const Schema& schema, const DraftRow& row, const GivenFault& fault,
                 DiagnosticSink& sink) {
  Diagnostic& diagnostic = sink.Report(DiagKind::kGivenCell, PlaceOf(schema, row, fault),
                                       {fault.reject.column, schema.table(fault.table).id});
  if (fault.reject.why) diagnostic.Because(*fault.reject.why, {fault.reject.detail});
}

UnusedSubject Unused(const TableSchema& table, const DraftRow& row, const Reject& reject) {
  UnusedSubject unused;
  for (const int32_t key : table.key) {
    unused.keys.push_back(row.cells[static_cast<size_t>(key)].text.value_or(""));
  }
  unused.reject = reject;
  return unused;
}

// What the rows of a stand-in's table are: which subject (of the run) and which period.
struct Place {
  size_t subject = 0;
  std::optional<Period> period;
};

std::vector<Place> PlacesOf(Grain grain, size_t subjects, const RunFrame& frame) {
  const size_t rows = grain.table.valid() ? subjects : 1;
  std::vector<Place> places;
  for (size_t subject = 0; subject < rows; ++subject) {
    if (!grain.periodic) places.push_back({subject, std::nullopt});
    for (const Period& period : grain.periodic ? frame.periods : std::vector<Period>()) {
      places.push_back({subject, period});
    }
  }
  return places;
}

// What is said of one period says more than what is said of all.
Value ValueIn(const std::vector<const StandInValue*>& values, const std::optional<Period>& period) {
  Value always;
  for (const StandInValue* value : values) {
    if (value->period && value->period == period) return value->value;
    if (!value->period) always = value->value;
  }
  return always;
}

bool LooksBack(const Program& program) {
  return std::any_of(program.nodes.begin(), program.nodes.end(), [](const Node& node) {
    return node.kind == NodeKind::kFrame && node.frame == FrameKind::kTime;
  });
}

// Does anything read all periods at once?
bool LooksAcrossPeriods(const Program& program) {
  return std::any_of(program.nodes.begin(), program.nodes.end(), [&](const Node& node) {
    if (node.kind == NodeKind::kFrame && node.all_periods) return true;
    return !node.table.periodic &&
           std::any_of(node.inputs.begin(), node.inputs.end(),
                       [&](NodeId input) { return program.nodes[input.index()].table.periodic; });
  });
}

}  // namespace

std::optional<GivenData> LoadDraft(const Model& model, const Draft& draft, const SourceSet& sources,
                                   FileId file, bool may_reject, DiagnosticSink& sink) {
  const Schema& schema = model.schema;
  std::vector<std::vector<GivenRow>> rows(schema.tables.size());
  for (size_t i = 0; i < rows.size(); ++i) {
    for (const DraftRow& row : draft.tables[i].rows) rows[i].push_back(RowOf(row, sources));
  }
  GivenSet set = LoadGiven(schema, sources.file(file).path(), rows);
  GivenData given;
  const size_t before = sink.error_count();
  for (const GivenFault& fault : set.faults) {
    const DraftRow& row = draft.tables[fault.table.index()].rows[fault.row];
    if (may_reject && fault.table == schema.subject) {
      given.unused.push_back(Unused(schema.table(fault.table), row, fault.reject));
    } else if (!may_reject || fault.reject.reason != RejectReason::kParentRejected) {
      ReportFault(schema, row, fault, sink);
    }
  }
  if (sink.error_count() > before) return std::nullopt;
  given.data = std::move(set.data);
  given.subjects = set.used[schema.subject.index()];
  return given;
}

std::optional<std::vector<StandIn>> ReadStandIns(const Model& model, const Draft& draft,
                                                 ConstantReader& constants, DiagnosticSink& sink) {
  const size_t before = sink.error_count();
  std::vector<StandIn> stand_ins;
  for (const DraftValue& value : draft.values) {
    const Definition& definition = model.definition(value.definition);
    const Term& term = model.term(definition.term);
    if (value.period && !term.grain.periodic) {
      sink.Report(DiagKind::kValueWithoutPeriods, value.written.span, {definition.id});
      continue;
    }
    const bool indicator = definition.indicator >= 0;
    const Type& type =
        indicator ? model.indicators[static_cast<size_t>(definition.indicator)].shown : term.type;
    std::optional<Value> read = Value();
    if (!value.written.empty) {
      read = constants.Read(value.written.text, value.written.quoted, type);
    }
    if (!read) continue;
    auto found = std::find_if(stand_ins.begin(), stand_ins.end(), [&](const StandIn& known) {
      return known.definition == value.definition;
    });
    if (found == stand_ins.end()) {
      stand_ins.push_back({value.definition, {}});
      found = stand_ins.end() - 1;
    }
    found->values.push_back({value.subject, value.period, std::move(*read)});
  }
  if (sink.error_count() > before) return std::nullopt;
  return stand_ins;
}

Model WithStandIns(const Model& model, const std::vector<StandIn>& stand_ins) {
  Model changed = model;
  for (size_t i = 0; i < stand_ins.size(); ++i) {
    Definition& definition = changed.definitions[stand_ins[i].definition.index()];
    // In its place, so that everything that reads the formula reads this.
    Term& term = changed.terms[definition.term.index()];
    term.kind = TermKind::kStandIn;
    term.index = static_cast<int32_t>(i);
    term.inputs.clear();
    definition.used = true;
  }
  return changed;
}

std::vector<std::vector<Value>> StandInColumns(const Model& model,
                                               const std::vector<StandIn>& stand_ins,
                                               const GivenData& given, const RunFrame& frame) {
  std::vector<std::vector<Value>> columns;
  for (const StandIn& stand_in : stand_ins) {
    const Grain grain = model.term(model.definition(stand_in.definition).term).grain;
    std::map<size_t, std::vector<const StandInValue*>> by_subject;
    for (const StandInValue& value : stand_in.values) {
      by_subject[grain.table.valid() ? value.subject : 0].push_back(&value);
    }
    std::vector<Value> column;
    for (const Place& place : PlacesOf(grain, given.subjects.size(), frame)) {
      const size_t subject = grain.table.valid() ? given.subjects[place.subject] : 0;
      column.push_back(ValueIn(by_subject[subject], place.period));
    }
    columns.push_back(std::move(column));
  }
  return columns;
}

bool CheckValuePeriods(const Program& program, const Draft& draft, const Period& period,
                       DiagnosticSink& sink) {
  if (LooksAcrossPeriods(program)) return true;
  const bool looks_back = LooksBack(program);
  std::set<size_t> told;  // where a row names its period; it may hold several values
  for (const DraftValue& value : draft.values) {
    if (!value.period || *value.period == period) continue;
    if (looks_back && value.period->index < period.index) continue;
    if (!told.insert(value.period_span.begin).second) continue;
    sink.Report(DiagKind::kGivenCell, value.period_span, {"period", "values"})
        .Because(HelpKind::kWhyOutOfRange, {period.ToString()});
  }
  return told.empty();
}

Program WithoutUnknownRows(Program program, const Draft& draft) {
  const auto unknown = [&](TableId id) {
    if (!id.valid()) return false;
    const TableId pairs_of = program.schema->table(id).pairs_of;
    const DraftTable& table = draft.tables[(pairs_of.valid() ? pairs_of : id).index()];
    return !table.given && table.rows.empty();
  };
  for (Node& node : program.nodes) {
    const bool folds = node.kind == NodeKind::kReduce ||
                       (node.kind == NodeKind::kFrame && node.frame == FrameKind::kAmong);
    if (!folds || !unknown(node.source.table)) continue;
    Node nothing;
    nothing.kind = NodeKind::kConstant;
    nothing.constant = MissingCause::kNoRows;
    nothing.table = node.table;
    nothing.type = node.type;
    nothing.span = node.span;
    node = std::move(nothing);
  }
  return program;
}

}  // namespace steelyard
