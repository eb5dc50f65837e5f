#include "engine/explain/figures.h"

#include <algorithm>

#include "engine/column/cell.h"
#include "engine/explain/words.h"
#include "engine/report/causes.h"

namespace steelyard {
namespace {

bool IsFolded(const Term& term) {
  return term.kind == TermKind::kAggregate || term.kind == TermKind::kAmong ||
         term.kind == TermKind::kRank || term.kind == TermKind::kTime;
}

FigureKind KindOf(const Term& term) {
  switch (term.kind) {
    case TermKind::kAggregate: return FigureKind::kAggregate;
    case TermKind::kAmong:
    case TermKind::kRank: return FigureKind::kAmong;
    case TermKind::kTime: return FigureKind::kTime;
    case TermKind::kColumn: return FigureKind::kColumn;
    default: return FigureKind::kFormula;
  }
}

FigureKind KindOf(const Definition& definition) {
  switch (definition.kind) {
    case DefinitionKind::kComputedColumn: return FigureKind::kComputed;
    case DefinitionKind::kParameter: return FigureKind::kParameter;
    case DefinitionKind::kIndicator: return FigureKind::kIndicator;
    case DefinitionKind::kValue: return FigureKind::kValue;
    default: return FigureKind::kFormula;
  }
}

std::string CellWords(const Value& value) {
  Type type;
  return ShownValue(value, type, Language::kEnglish);
}

}  // namespace

std::string Derivation::Shown(const Value& value, const Type& type) const {
  return ShownValue(value, type, language_);
}

std::string Derivation::Cause(const Value& value) const {
  if (!value.missing()) return "";
  return CauseText(value.why(), scene_.program, scene_.tables, scene_.sources, language_);
}

size_t Derivation::AddNew(const Key& key, Figure figure) {
  figures_.push_back(std::move(figure));
  known_.emplace(key, figures_.size() - 1);
  return figures_.size() - 1;
}

void Derivation::AddUse(size_t figure, std::vector<size_t>& uses) const {
  if (std::find(uses.begin(), uses.end(), figure) == uses.end()) uses.push_back(figure);
}

// --- formulas
// -------------------------------------------------------------------------------------

void Derivation::FillNumbers(Figure& figure, TermId term, const Here& here) {
  const auto write = [&](TermId part) -> std::optional<std::string> {
    if (!IsFigure(scene_.model.term(part))) return std::nullopt;
    const auto value = ValueAt(scene_, part, here);
    if (!value) return std::nullopt;
    std::string text = Shown(*value, scene_.model.term(part).type);
    return value->is_text() ? "'" + text + "'" : text;
  };
  figure.numbers = FormulaWords(scene_.model, term, language_, write);
  if (figure.numbers == figure.words || figure.numbers == figure.shown) figure.numbers.clear();
}

// What a formula gives here, and its parts.
void Derivation::Fill(Figure& figure, TermId id, const Here& here) {
  const Term& term = scene_.model.term(id);
  figure.type = term.type;
  if (auto value = ValueAt(scene_, id, here)) {
    figure.value = std::move(*value);
    figure.shown = Shown(figure.value, figure.type);
    figure.cause = Cause(figure.value);
  }
  if (IsFolded(term)) {
    figure.fold = FoldOf(id, here);
    AddInside(id, here, figure.uses);
  } else if (term.kind == TermKind::kColumn) {
    if (const auto row = RowOf(scene_, here, term.grain)) {
      PlaceOf(term.grain.table, *row, figure.file, figure.line);
    }
  } else {
    FillNumbers(figure, id, here);
    AddParts(id, here, figure.uses);
  }
}

size_t Derivation::Add(TermId id, const Here& here) {
  const Term& term = scene_.model.term(id);
  if (term.kind == TermKind::kDefinition) return AddDefinition(term.definition, here);
  const Key key{0, id.value, here.grain, here.row};
  if (const auto known = known_.find(key); known != known_.end()) return known->second;
  Figure figure;
  figure.kind = KindOf(term);
  figure.words = FormulaWords(scene_.model, id, language_);
  const size_t index = AddNew(key, Figure());
  Fill(figure, id, here);
  figures_[index] = std::move(figure);
  return index;
}

size_t Derivation::AddDefinition(DefinitionId id, const Here& here) {
  const Definition& definition = scene_.model.definition(id);
  const Term& term = scene_.model.term(definition.term);
  const auto row = RowOf(scene_, here, term.grain);
  if (!row && !Reaches(*scene_.program.schema, here.grain, term.grain)) return AddEach(id, here);
  const Key key{1, id.value, term.grain, row.value_or(0)};
  if (const auto known = known_.find(key); known != known_.end()) return known->second;
  const size_t index = AddNew(key, Figure());
  Figure figure;
  figure.kind = KindOf(definition);
  figure.id = definition.id;
  figure.name = LabelOf(definition);
  if (definition.kind == DefinitionKind::kParameter) {
    figure.type = term.type;
    if (auto value = ValueAt(scene_, definition.term, here)) figure.value = std::move(*value);
    figure.shown = Shown(figure.value, figure.type);
    figure.cause = Cause(figure.value);
    figure.since = Since(definition, here);
  } else {
    figure.words = FormulaWords(scene_.model, definition.term, language_);
    Fill(figure, definition.term, here);
    if (figure.words == figure.name) figure.words.clear();
  }
  figures_[index] = std::move(figure);
  return index;
}

size_t Derivation::AddEach(DefinitionId id, const Here& here) {
  const Key key{2, id.value, Grain{}, 0};
  if (const auto known = known_.find(key); known != known_.end()) return known->second;
  const size_t index = AddNew(key, Figure());
  const Definition& definition = scene_.model.definition(id);
  Figure figure;
  figure.kind = KindOf(definition);
  figure.id = definition.id;
  figure.name = LabelOf(definition);
  figure.words = FormulaWords(scene_.model, definition.term, language_);
  figure.type = scene_.model.term(definition.term).type;
  const TableId table = scene_.model.term(definition.term).grain.table;
  if (table.valid()) figure.each = LabelOf(scene_.model.schema.table(table));
  AddInside(definition.term, here, figure.uses);
  figures_[index] = std::move(figure);
  return index;
}

size_t Derivation::AddColumn(const Term& term, const Here& here) {
  const auto row = RowOf(scene_, here, term.grain);
  const Key key{3, term.column.column, Grain{term.column.table, false}, row.value_or(0)};
  if (const auto known = known_.find(key); known != known_.end()) return known->second;
  Figure figure;
  figure.kind = FigureKind::kColumn;
  figure.id = scene_.model.schema.column(term.column).id;
  figure.name = LabelOf(scene_.model.schema, term.column);
  figure.type = term.type;
  if (row) {
    figure.value = CellAt(scene_.tables.at(term.column.table).columns[term.column.index()], *row);
    PlaceOf(term.column.table, *row, figure.file, figure.line);
  } else {
    figure.value = MissingCause::kNoParent;
  }
  figure.shown = Shown(figure.value, figure.type);
  return AddNew(key, std::move(figure));
}

// The parts of a formula that have values of their own, from left to right.
void Derivation::AddParts(TermId id, const Here& here, std::vector<size_t>& uses) {
  const Term& term = scene_.model.term(id);
  switch (term.kind) {
    case TermKind::kDefinition: AddUse(AddDefinition(term.definition, here), uses); return;
    case TermKind::kColumn: AddUse(AddColumn(term, here), uses); return;
    case TermKind::kAggregate:
    case TermKind::kAmong:
    case TermKind::kRank:
    case TermKind::kTime: AddUse(Add(id, here), uses); return;
    case TermKind::kMap: break;
    default: return;
  }
  if (term.map == MapOp::kIf || term.map == MapOp::kIfTrue) return AddChoice(term, here, uses);
  for (const TermId input : term.inputs) AddParts(input, here, uses);
}

// Of a choice only what was chosen.
void Derivation::AddChoice(const Term& term, const Here& here, std::vector<size_t>& uses) {
  AddParts(term.inputs[0], here, uses);
  const auto condition = ValueAt(scene_, term.inputs[0], here);
  if (!condition || condition->holds()) AddParts(term.inputs[1], here, uses);
  if (!condition || condition->fails()) AddParts(term.inputs[2], here, uses);
}

// What stands inside an aggregate, or in a formula that many rows have: the names in it.
void Derivation::AddInside(TermId id, const Here& here, std::vector<size_t>& uses) {
  const Term& term = scene_.model.term(id);
  if (term.kind == TermKind::kDefinition) {
    const Definition& definition = scene_.model.definition(term.definition);
    // Another row's value of an indicator or value is not this subject's.
    const bool shared = definition.kind == DefinitionKind::kParameter;
    AddUse(shared ? AddDefinition(term.definition, here) : AddEach(term.definition, here), uses);
    return;
  }
  for (const TermId input : term.inputs) AddInside(input, here, uses);
  if (term.condition.valid()) AddInside(term.condition, here, uses);
}

// The day from which a parameter has had its value.
std::string Derivation::Since(const Definition& definition, const Here& here) const {
  size_t period = 0;
  if (scene_.model.schema.period) {
    const auto row = RowOf(scene_, here, Grain{TableId::None(), true});
    if (!row) return "";
    period = *row;
  }
  const Date as_of = scene_.frame.as_of[period];
  std::optional<Date> since;
  for (const ParameterDecl& declared : scene_.model.file->parameters) {
    if (declared.id.span != definition.span) continue;
    for (const ParameterDecl::Entry& entry : declared.entries) {
      if (entry.from && *entry.from <= as_of && (!since || *entry.from > *since)) {
        since = entry.from;
      }
    }
  }
  return since ? since->ToString() : "";
}

// --- rows ---------------------------------------------------------------------------------------

void Derivation::PlaceOf(TableId table, size_t row, std::string& file, uint32_t& line) const {
  if (scene_.model.schema.table(table).pairs_of.valid()) return;
  const Table& data = scene_.tables.at(table);
  if (row >= data.source_line.size() || data.files.empty()) return;
  file = data.files[data.source_file.empty() ? 0 : data.source_file[row]];
  line = data.source_line[row];
}

UsedRow Derivation::RowOfTable(const Node& node, size_t row) const {
  UsedRow used;
  const Grain source = node.source;
  size_t base = row;
  if (source.periodic) {
    const size_t periods = scene_.frame.periods.size();
    used.period = scene_.frame.periods[row % periods].ToString();
    base = row / periods;
  }
  if (!source.table.valid()) return used;
  const TableSchema& schema = scene_.model.schema.table(source.table);
  if (schema.pairs_of.valid()) return used;
  for (const int32_t key : schema.key) {
    const Column& column = scene_.tables.at(source.table).columns[static_cast<size_t>(key)];
    if (column.size() == 0) continue;
    used.key += (used.key.empty() ? "" : " ") + CellWords(CellAt(column, base));
  }
  PlaceOf(source.table, base, used.file, used.line);
  return used;
}

void Derivation::Use(const Node& node, size_t row, Fold& fold) const {
  UsedRow used = RowOfTable(node, row);
  used.value = scene_.evaluation.at(node.inputs[0], row);
  if (used.value.missing()) ++fold.missing;
  if (!node.count_rows) {
    used.shown = Shown(used.value, scene_.program.node(node.inputs[0]).type);
  }
  fold.used.push_back(std::move(used));
}

Fold Derivation::FoldOfRows(const Node& node, std::span<const int32_t> rows) const {
  Fold fold;
  fold.belonging = rows.size();
  for (const int32_t member : rows) {
    const auto at = static_cast<size_t>(member);
    if (node.condition.valid() && !scene_.evaluation.at(node.condition, at).holds()) continue;
    Use(node, at, fold);
  }
  return fold;
}

Fold Derivation::FoldOfPeriods(const Node& node, size_t row) const {
  Fold fold;
  const size_t count = scene_.frame.periods.size();
  const size_t now = row % count;
  const auto n = static_cast<size_t>(std::max(node.n, 0));
  size_t begin = now;
  size_t end = now + 1;
  switch (node.time) {
    case TimeOp::kPrevious:
      if (now < n) return fold;
      begin = now - n;
      end = begin + 1;
      break;
    case TimeOp::kStreak:
      while (begin > 0 && scene_.evaluation.at(node.inputs[0], row - now + begin).holds()) --begin;
      break;
    case TimeOp::kYearToDate:
      while (begin > 0 && scene_.frame.periods[begin - 1].end().year() ==
                              scene_.frame.periods[now].end().year()) {
        --begin;
      }
      break;
    case TimeOp::kCarry:
      while (begin > 0 && scene_.evaluation.at(node.inputs[0], row - now + begin).missing())
        --begin;
      break;
    default: begin = now + 1 >= n ? now + 1 - n : 0;
  }
  for (size_t period = begin; period < end; ++period) Use(node, row - now + period, fold);
  fold.belonging = fold.used.size();
  return fold;
}

std::optional<Fold> Derivation::FoldOf(TermId id, const Here& here) const {
  const NodeId node_id = scene_.program.trace.terms[id.index()];
  if (!node_id.valid()) return std::nullopt;
  const Node& node = scene_.program.node(node_id);
  const auto row = RowOf(scene_, here, node.table);
  if (!row) return std::nullopt;
  Fold fold;
  if (node.kind == NodeKind::kReduce) {
    fold = FoldOfRows(node, scene_.links.Members(node.source, node.table)[*row]);
  } else if (node.kind != NodeKind::kFrame) {
    return std::nullopt;
  } else {
    fold = node.frame == FrameKind::kTime ? FoldOfPeriods(node, *row)
                                          : FoldOfRows(node, PeersOf(scene_, node, *row));
  }
  const bool in_time = node.kind == NodeKind::kFrame && node.frame == FrameKind::kTime;
  if (!in_time && node.source.table.valid()) {
    fold.table = LabelOf(scene_.model.schema.table(node.source.table));
  }
  fold.counted = node.count_rows;
  fold.type = scene_.program.node(node.inputs[0]).type;
  return fold;
}

}  // namespace steelyard
