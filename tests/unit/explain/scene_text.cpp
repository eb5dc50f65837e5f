#include "tests/unit/explain/scene_text.h"

#include <gtest/gtest.h>

#include <sstream>
#include <vector>

#include "engine/check/check.h"
#include "engine/diag/render.h"
#include "engine/program/lower.h"
#include "engine/rulefile/load.h"
#include "engine/score.h"

namespace steelyard {
namespace {

std::vector<std::string> Cells(const std::string& line) {
  std::vector<std::string> cells(1);
  for (const char c : line) {
    if (c == ',') {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  return cells;
}

std::vector<GivenRow> Rows(const TableSchema& table, const std::string& csv) {
  std::istringstream stream(csv);
  std::string line;
  std::getline(stream, line);
  const std::vector<std::string> headings = Cells(line);
  std::vector<GivenRow> rows;
  for (uint32_t number = 2; std::getline(stream, line); ++number) {
    GivenRow row{number, std::vector<std::optional<std::string>>(table.columns.size())};
    const std::vector<std::string> cells = Cells(line);
    for (size_t i = 0; i < headings.size(); ++i) {
      const int32_t column = ColumnOfHeading(table, headings[i]);
      if (column >= 0) row.cells[static_cast<size_t>(column)] = cells[i];
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

const char* const kTeamRules = R"(steelyard: 1
scorecard: team
subject: manager
period: quarter
data:
  manager:
    name: 负责人
    key: manager_id
    columns:
      manager_id: text
      target: {type: money, unit: CNY, name: 季度目标}
  order:
    name: 订单
    key: order_id
    belongs_to: {manager: manager_id}
    time: day
    columns:
      order_id: text
      day: date
      tier: [S, A]
      amount: {type: money, unit: CNY, name: 收入}
parameters:
  strategic: [S]
  limit: {2026-01-01: 1, 2026-04-01: 2}
values:
  revenue: {name: 总营收, formula: sum(order.amount)}
indicators:
  attainment:
    name: 目标达成率
    formula: revenue ÷ target × 100%
    better: higher
    score: {linear: {0%: 0, 80%: 60, 100%: 100}}
  share:
    name: 战略占比
    formula: sum(order.amount where tier in strategic) ÷ revenue × 100%
    better: higher
    score: {bands: {">= 50%": 100, ">= 25%": 60, else: 0}}
missing: redistribute
weights: {attainment: 60%, share: 40%}
additions:
  busy: {name: 勤奋, when: count(order) >= limit, then: add 3}
vetoes:
  none_strategic: {name: 无战略客户, when: share < 10%, then: downgrade 1}
grades: {S: 90, A: 80, B: 70, C: 60, D: 0}
outcomes:
  bonus: {name: 奖金, formula: if grade = 'D' then 0 CNY else target × score ÷ 1000}
)";

const std::map<std::string, std::string> kTeamData = {
    {"manager", "manager_id,target\nM1,1000\nM2,500\nM3,700\n"},
    {"order",
     "order_id,manager_id,day,tier,amount\n"
     "O1,M1,2026-01-10,S,300\nO2,M1,2026-02-10,A,500\nO3,M1,2026-04-10,S,900\n"
     "O4,M2,2026-01-20,A,200\nO5,M2,2026-05-20,A,600\nO6,M2,2026-05-21,A,\n"}};

TextScene::TextScene(const std::string& rules, const std::map<std::string, std::string>& data)
    : session_([rules](const std::string& path) -> LoadedText {
        if (path != "rules.yaml") return {"", LoadFailure::kNotFound};
        return {rules, std::nullopt};
      }) {
  file_ = LoadRuleFile(session_.sources, "rules.yaml", session_.sink);
  if (file_) model_ = Check(*file_, session_.sink);
  EXPECT_EQ(RenderAll(session_.sink, session_.sources, {}), "");
  std::vector<std::vector<GivenRow>> rows;
  for (const TableSchema& table : model_->schema.tables) {
    const auto found = data.find(table.id);
    rows.push_back(found == data.end() ? std::vector<GivenRow>() : Rows(table, found->second));
  }
  given_ = LoadGiven(model_->schema, "data.csv", rows);
  EXPECT_TRUE(given_.faults.empty());
  program_ = LowerTraced(*model_);
  plan_ = PlanRun(*model_, program_, given_.data.tables, "", "", session_.sink);
  evaluation_ = Evaluate(program_, given_.data.tables, plan_->frame, true);
  links_ = std::make_unique<Links>(model_->schema, given_.data.tables, plan_->frame);
  scene_.emplace(Scene{session_.sources, *model_, program_, given_.data.tables, plan_->frame,
                       evaluation_, *links_});
  outcome_ =
      ScoreEvaluated({session_, *model_, program_, given_.data, *plan_}, evaluation_, nullptr);
}

size_t TextScene::Row(const std::string& key, const std::string& period) const {
  const ResultTable& table = outcome_->table;
  for (size_t row = 0; row < table.rows; ++row) {
    if (CellText(table.columns[0].cells[row], table.columns[0]) != key) continue;
    if (!period.empty() && CellText(table.columns[1].cells[row], table.columns[1]) != period) {
      continue;
    }
    return outcome_->subject_rows[row];
  }
  ADD_FAILURE() << "no result of " << key << " " << period;
  return 0;
}

}  // namespace steelyard
