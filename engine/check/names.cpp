// Finding what a name means, and saying what it might have meant.
#include <algorithm>
#include <set>

#include "engine/base/text.h"
#include "engine/check/checking.h"

namespace steelyard {
namespace {

struct ReservedName {
  std::string_view name;
  FoundKind kind;
  RunFigure run;
  ScoringFigure scoring;
};

constexpr ReservedName kReserved[] = {
    {"as_of", FoundKind::kRun, RunFigure::kAsOf, ScoringFigure::kScore},
    {"period", FoundKind::kRun, RunFigure::kPeriod, ScoringFigure::kScore},
    {"period_start", FoundKind::kRun, RunFigure::kPeriodStart, ScoringFigure::kScore},
    {"period_end", FoundKind::kRun, RunFigure::kPeriodEnd, ScoringFigure::kScore},
    {"score", FoundKind::kScoring, RunFigure::kAsOf, ScoringFigure::kScore},
    {"grade", FoundKind::kScoring, RunFigure::kAsOf, ScoringFigure::kGrade},
};

// The column of `table` or of the nearest table it belongs to.
std::optional<ColumnId> ColumnUpwards(const Checking& checking, TableId table,
                                      const std::string& name) {
  if (const auto column = LookupColumn(checking, table, name)) return ColumnId{table, *column};
  for (const TableId above : TablesAbove(checking.schema(), table)) {
    if (const auto column = LookupColumn(checking, above, name)) return ColumnId{above, *column};
  }
  return std::nullopt;
}

// A column of that name anywhere: usable where only one table has it.
Found ColumnAnywhere(const Checking& checking, const std::string& name) {
  Found found;
  for (size_t table = 0; table < checking.columns.size(); ++table) {
    const TableId id{static_cast<int32_t>(table)};
    const auto column = LookupColumn(checking, id, name);
    if (!column) continue;
    found.column = ColumnId{id, *column};
    found.choices.push_back(checking.TableName(id) + "." +
                            checking.schema().column(found.column).id);
  }
  if (found.choices.size() == 1) found.kind = FoundKind::kColumn;
  if (found.choices.size() > 1) found.kind = FoundKind::kAmbiguous;
  return found;
}

void AddColumnNames(const Checking& checking, TableId table, const std::string& prefix,
                    std::vector<std::string>& names) {
  for (const ColumnSchema& column : checking.schema().table(table).columns) {
    names.push_back(prefix + column.id);
    if (!column.name.empty()) names.push_back(prefix + column.name);
  }
}

std::vector<std::string> AllNames(const Checking& checking, const Place& place) {
  std::vector<std::string> names;
  for (size_t table = 0; table < checking.columns.size(); ++table) {
    AddColumnNames(checking, TableId{static_cast<int32_t>(table)}, "", names);
  }
  for (const auto& [name, id] : checking.definitions) names.push_back(name);
  for (const ReservedName& reserved : kReserved) {
    if (reserved.kind == FoundKind::kRun || place.stage == Stage::kResult) {
      names.emplace_back(reserved.name);
    }
  }
  if (place.value.valid()) names.emplace_back("value");
  return names;
}

const NameIndex& NamesFor(Checking& checking, const Place& place) {
  const std::pair<bool, bool> kind = {place.stage == Stage::kResult, place.value.valid()};
  auto found = checking.known_names.find(kind);
  if (found == checking.known_names.end()) {
    found = checking.known_names.emplace(kind, NameIndex(AllNames(checking, place))).first;
  }
  return found->second;
}

// The other name by which a suggestion is known, for `id` (name).
std::string OtherName(const Checking& checking, const std::string& suggestion) {
  const auto found = checking.definitions.find(suggestion);
  if (found != checking.definitions.end()) {
    const Definition& definition = checking.model.definition(found->second);
    return suggestion == definition.id ? definition.name : definition.id;
  }
  return "";
}

// A keyword that was written without blanks around it (`如果等级` is one name to the grammar).
std::optional<std::string> KeywordInside(const std::string& name) {
  for (const std::string_view word :
       {"如果", "否则", "那么", "并且", "或者", "其中", "且", "或", "则", "非"}) {
    if (name.size() > word.size() && name.find(word) != std::string::npos) {
      return std::string(word);
    }
  }
  return std::nullopt;
}

// A text that some enumeration has: the quotes were forgotten.
bool IsEnumValue(const Checking& checking, const std::string& name) {
  for (const TableSchema& table : checking.schema().tables) {
    for (const ColumnSchema& column : table.columns) {
      if (column.type.kind != TypeKind::kEnum || !column.type.values) continue;
      const auto& values = *column.type.values;
      if (std::find(values.begin(), values.end(), name) != values.end()) return true;
    }
  }
  return false;
}

}  // namespace

bool IsUnlinked(const Checking& checking, TableId table) {
  if (checking.unlinked.empty()) return false;
  std::vector<TableId> tables = TablesAbove(checking.schema(), table);
  tables.push_back(table);
  return std::find_first_of(tables.begin(), tables.end(), checking.unlinked.begin(),
                            checking.unlinked.end()) != tables.end();
}

bool IsReservedName(std::string_view name) {
  if (name == "value") return true;
  return std::any_of(std::begin(kReserved), std::end(kReserved),
                     [&](const ReservedName& reserved) { return reserved.name == name; });
}

std::optional<TableId> LookupTable(const Checking& checking, const std::string& name) {
  const auto found = checking.tables.find(name);
  if (found == checking.tables.end()) return std::nullopt;
  return found->second;
}

std::optional<int32_t> LookupColumn(const Checking& checking, TableId table,
                                    const std::string& name) {
  const auto& columns = checking.columns[table.index()];
  const auto found = columns.find(name);
  if (found == columns.end()) return std::nullopt;
  return found->second;
}

Found Lookup(Checking& checking, const std::string& name, const Place& place) {
  Found found;
  if (name == "value" && place.value.valid()) {
    found.kind = FoundKind::kDefinition;
    found.definition = place.value;
    return found;
  }
  for (auto scope = place.scope.rbegin(); scope != place.scope.rend(); ++scope) {
    if (const auto column = ColumnUpwards(checking, *scope, name)) {
      found.kind = FoundKind::kColumn;
      found.column = *column;
      return found;
    }
  }
  const auto defined = checking.definitions.find(name);
  if (defined != checking.definitions.end() &&
      !(defined->second == place.self && place.context.valid() &&
        ColumnUpwards(checking, place.context, name))) {
    found.kind = FoundKind::kDefinition;
    found.definition = defined->second;
    return found;
  }
  if (place.context.valid()) {
    if (const auto column = ColumnUpwards(checking, place.context, name)) {
      found.kind = FoundKind::kColumn;
      found.column = *column;
      return found;
    }
  }
  for (const ReservedName& reserved : kReserved) {
    if (reserved.name != name) continue;
    found.kind = reserved.kind;
    found.run = reserved.run;
    found.scoring = reserved.scoring;
    return found;
  }
  found = ColumnAnywhere(checking, name);
  if (found.kind != FoundKind::kNothing) return found;
  if (const auto table = LookupTable(checking, name)) {
    found.kind = FoundKind::kTable;
    found.table = *table;
  }
  return found;
}

bool Suggest(Diagnostic& diagnostic, const std::string& name,
             const std::vector<std::string>& candidates) {
  const auto nearest = NearestName(name, candidates);
  if (!nearest || *nearest == name) return false;
  diagnostic.Because(HelpKind::kDidYouMean, {*nearest});
  return true;
}

std::string NameList(const std::vector<std::string>& names) {
  constexpr size_t kShown = 8;
  std::string list;
  for (size_t i = 0; i < names.size() && i < kShown; ++i) {
    list += (list.empty() ? "`" : ", `") + names[i] + "`";
  }
  return names.size() > kShown ? list + ", …" : list;
}

void SuggestOrList(Diagnostic& diagnostic, const std::string& name,
                   const std::vector<std::string>& candidates) {
  if (Suggest(diagnostic, name, candidates) || candidates.empty()) return;
  diagnostic.Because(HelpKind::kOneOf, {NameList(candidates)});
}

void ReportUnknownTable(Checking& checking, const std::string& name, Span span) {
  Diagnostic& diagnostic = checking.sink.Report(DiagKind::kUnknownTable, span, {name});
  std::vector<std::string> names;
  for (const auto& [known, id] : checking.tables) names.push_back(known);
  if (Suggest(diagnostic, NormalizeName(name), names)) return;
  std::vector<std::string> ids;
  for (const TableDecl& table : checking.file.tables) ids.push_back(table.id.text);
  if (!ids.empty()) diagnostic.Because(HelpKind::kTablesAre, {NameList(ids)});
}

void ReportUnknownColumn(Checking& checking, TableId table, const std::string& name, Span span) {
  Diagnostic& diagnostic =
      checking.sink.Report(DiagKind::kUnknownColumn, span, {name, checking.TableName(table)});
  std::vector<std::string> names;
  for (const auto& [known, index] : checking.columns[table.index()]) names.push_back(known);
  if (Suggest(diagnostic, NormalizeName(name), names)) return;
  std::vector<std::string> ids;
  for (const ColumnSchema& column : checking.schema().table(table).columns) {
    ids.push_back(column.id);
  }
  if (!ids.empty()) diagnostic.Because(HelpKind::kColumnsAre, {NameList(ids)});
}

void ReportUnknownIndicator(Checking& checking, const std::string& name, Span span,
                            bool or_dimension) {
  Diagnostic& diagnostic = checking.sink.Report(DiagKind::kUnknownIndicator, span, {name});
  std::vector<std::string> names;
  std::vector<std::string> ids;
  for (const auto& [known, index] : checking.indicators) names.push_back(known);
  for (const IndicatorModel& indicator : checking.model.indicators) ids.push_back(indicator.id);
  if (or_dimension) {
    for (const auto& [known, index] : checking.dimensions) names.push_back(known);
    for (const DimensionModel& dimension : checking.model.dimensions) {
      if (!dimension.id.empty()) ids.push_back(dimension.id);
    }
  }
  if (Suggest(diagnostic, NormalizeName(name), names) || ids.empty()) return;
  diagnostic.Because(HelpKind::kOneOf, {NameList(ids)});
}

void ReportUnknownName(Checking& checking, const Expr& expr, const Place& place) {
  Diagnostic& diagnostic =
      checking.sink.Report(DiagKind::kUnknownName, expr.span, {expr.text, checking.SubjectName()});
  if (IsEnumValue(checking, expr.text)) {
    diagnostic.Because(HelpKind::kQuoteText, {expr.text});
    return;
  }
  if (const auto nearest = NamesFor(checking, place).Nearest(expr.text)) {
    const std::string other = OtherName(checking, *nearest);
    if (other.empty()) {
      diagnostic.Because(HelpKind::kDidYouMean, {*nearest});
    } else {
      diagnostic.Because(HelpKind::kDidYouMeanNamed, {*nearest, other});
    }
    return;
  }
  if (const auto word = KeywordInside(expr.text)) {
    diagnostic.Because(HelpKind::kSpaceKeyword, {*word});
  } else if (checking.file.is_command_line) {
    diagnostic.Because(HelpKind::kGiveWithSet, {expr.text});
  } else {
    diagnostic.Because(HelpKind::kWhereNamesAre);
  }
}

}  // namespace steelyard
