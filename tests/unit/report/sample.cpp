#include "tests/unit/report/sample.h"

#include <string_view>
#include <utility>

namespace steelyard {

namespace {

constexpr size_t kRows = 5;

// Cells from texts: empty is missing; numbers and periods where the column holds such.
Value Cell(std::string_view text, const Type& type) {
  if (text.empty()) return MissingCause::kEmptyCell;
  if (type.IsNumber()) return Number::FromDecimal(text).value();
  if (type.kind == TypeKind::kPeriod) return Period::Parse(text).value();
  if (type.kind == TypeKind::kBool) return text == "true";
  return std::string(text);
}

ResultColumn Column(std::string_view heading, ResultRole role, Type type,
                    std::initializer_list<std::string_view> cells) {
  ResultColumn column;
  column.heading = heading;
  column.role = role;
  column.type = std::move(type);
  for (const std::string_view cell : cells) column.cells.push_back(Cell(cell, column.type));
  return column;
}

}  // namespace

ResultTable SampleResults() {
  const Type text = Type::Of(TypeKind::kText);
  const Type number = Type::Plain();
  const Type money = Type::WithUnit(Unit::Of("CNY"), NumberForm::kMoney);
  const Type days = Type::WithUnit(Unit::Parse("d").value(), NumberForm::kDuration);
  ResultTable table;
  table.rows = kRows;
  table.grades = {"S", "A", "B", "C"};
  table.columns = {
      Column("manager_id", ResultRole::kKey, text, {"M1", "M2", "李雷, \"主管\"", "M4", "M5"}),
      Column("period", ResultRole::kPeriod, Type::Of(TypeKind::kPeriod),
             {"2026Q1", "2026Q1", "2026Q1", "2026Q1", "2026Q1"}),
      Column("strategic_share", ResultRole::kValue, Type::WithUnit(Unit(), NumberForm::kPercent),
             {"0.4125", "0.35", "", "0.1", "0.25"}),
      Column("strategic_share.points", ResultRole::kPoints, number,
             {"100", "86.5", "", "24", "60"}),
      Column("closure", ResultRole::kValue, days, {"36", "24", "12", "0", ""}),
      Column("score", ResultRole::kScore, number, {"96.25", "86.5", "", "24", "24"}),
      Column("grade", ResultRole::kGrade, text, {"S", "B", "incomplete", "C", "C"}),
      Column("vetoes", ResultRole::kVetoes, text, {"", "churn;bribery", "", "churn", ""}),
      Column("interlocks", ResultRole::kInterlocks, text, {"", "", "", "csat_cap", ""}),
      Column("alerts", ResultRole::kAlerts, text, {"", "", "", "", ""}),
      Column("review", ResultRole::kReview, text, {"", "", "churn", "", ""}),
      Column("bonus", ResultRole::kOutcome, money, {"123456.5", "98000.005", "", "0", "100"}),
      Column("promoted", ResultRole::kOutcome, Type::Of(TypeKind::kBool),
             {"true", "false", "", "false", "false"}),
  };
  return table;
}

}  // namespace steelyard
