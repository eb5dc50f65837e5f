// A missing value points at the column of the program where it arose; that column knows its
// formula.
#include "engine/report/causes.h"

namespace steelyard {
namespace {

HelpKind WordsFor(MissingCause cause) {
  switch (cause) {
    case MissingCause::kWritten: return HelpKind::kCauseWritten;
    case MissingCause::kEmptyCell: return HelpKind::kCauseEmptyCell;
    case MissingCause::kNoParent: return HelpKind::kCauseNoParent;
    case MissingCause::kDivisionByZero: return HelpKind::kCauseDivisionByZero;
    case MissingCause::kNoRows: return HelpKind::kCauseNoRows;
    case MissingCause::kTooFewRows: return HelpKind::kCauseTooFewRows;
    case MissingCause::kNoPeriod: return HelpKind::kCauseNoPeriod;
    case MissingCause::kNotInForce: return HelpKind::kCauseNotInForce;
    case MissingCause::kNoRealResult: return HelpKind::kCauseNoRealResult;
    case MissingCause::kTooLarge: return HelpKind::kCauseTooLarge;
    case MissingCause::kNoReading: return HelpKind::kCauseNoReading;
    case MissingCause::kNegativePart: return HelpKind::kCauseNegativePart;
    case MissingCause::kAmountsDiffer: return HelpKind::kCauseAmountsDiffer;
  }
  return HelpKind::kCauseWritten;
}

std::string PlaceOfRow(const Tables& tables, ColumnId column, int32_t row) {
  const Table& table = tables.at(column.table);
  const auto index = static_cast<size_t>(row);
  if (index >= table.source_line.size() || table.files.empty()) {
    return "row " + std::to_string(row + 1);
  }
  const size_t file = table.source_file.empty() ? 0 : table.source_file[index];
  return table.files[file] + ":" + std::to_string(table.source_line[index]);
}

// The words, and the formula they are about where there is one.
std::string WithFormula(const std::string& words, const Node& node, const SourceSet& sources,
                        Language language) {
  if (!node.span.valid()) return words;
  const std::string& text = sources.file(node.span.file).text();
  const std::string formula = text.substr(node.span.begin, node.span.end - node.span.begin);
  return HelpLine({HelpKind::kInFormula, {words, formula}, {}}, language);
}

}  // namespace

std::string CauseText(const Missing& why, const Program& program, const Tables& tables,
                      const SourceSet& sources, Language language) {
  Help words{WordsFor(why.cause), {}, {}};
  if (why.node < 0) return HelpLine(words, language);
  const Node& node = program.nodes[static_cast<size_t>(why.node)];
  if (why.cause == MissingCause::kEmptyCell && node.column.valid()) {
    words.args = {program.schema->column(node.column).id, PlaceOfRow(tables, node.column, why.row)};
    return HelpLine(words, language);
  }
  if (why.cause == MissingCause::kNoParent) {
    words.args = {TableName(*program.schema, program.node(node.inputs[0]).table)};
    return HelpLine(words, language);
  }
  return WithFormula(HelpLine(words, language), node, sources, language);
}

}  // namespace steelyard
