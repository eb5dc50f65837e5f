#include "engine/scoring/rejected.h"

#include "engine/column/cell.h"
#include "engine/data/load.h"
#include "engine/report/causes.h"

namespace steelyard {

namespace {

// The keys of a subject and the period, for people: `M17 2025Q2`.
std::string NameOf(const ScoringScene& scene, const Table& subjects, size_t subject,
                   int32_t period) {
  const TableSchema& schema = scene.model.schema.table(scene.program.subject.table);
  std::string name;
  for (size_t i = 0; i < schema.key.size(); ++i) {
    const auto key = static_cast<size_t>(schema.key[i]);
    if (!name.empty()) name += " ";
    name += CellText(CellAt(subjects.columns[key], subject), scene.plan.heading.columns[i]);
  }
  if (period == kNoRow) return name;
  return name + " " + scene.frame.periods[static_cast<size_t>(period)].ToString();
}

}  // namespace

RejectLine RejectOf(const ScoringScene& scene, const Tables& tables,
                    const IndicatorOutput& indicator, const Value& value, size_t subject,
                    int32_t period) {
  const Table& subjects = tables.at(scene.program.subject.table);
  RejectLine line;
  line.table = scene.model.schema.table(scene.program.subject.table).id;
  if (!subjects.files.empty()) {
    line.file = subjects.files[subjects.source_file.empty() ? 0 : subjects.source_file[subject]];
  }
  if (subject < subjects.source_line.size()) line.line = subjects.source_line[subject];
  line.column = indicator.id;
  line.text = NameOf(scene, subjects, subject, period);
  line.code = std::string(ReasonCode(RejectReason::kEvaluation));
  for (const Language language : {Language::kEnglish, Language::kChinese}) {
    line.reason[static_cast<size_t>(language)] =
        value.missing() ? CauseText(value.why(), scene.program, tables, scene.sources, language)
                        : "";
  }
  return line;
}

}  // namespace steelyard
