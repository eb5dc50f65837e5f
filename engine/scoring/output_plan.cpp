#include "engine/scoring/output_plan.h"

#include <algorithm>
#include <optional>

namespace steelyard {
namespace {

class Planner {
 public:
  Planner(const Model& model, const Program& program) : model_(model), program_(program) {}

  OutputPlan Make() {
    AddKeys();
    AddIndicators();
    Node("score", ResultRole::kScore, Type::Plain(), program_.score);
    Node("grade", ResultRole::kGrade, Type::Of(TypeKind::kText), program_.grade);
    Ids("vetoes", ResultRole::kVetoes, program_.vetoes);
    Ids("interlocks", ResultRole::kInterlocks, program_.interlocks);
    Ids("alerts", ResultRole::kAlerts, program_.alerts);
    Ids("review", ResultRole::kReview, program_.review);
    for (const OutcomeOutput& outcome : program_.outcomes) {
      Node(outcome.id, ResultRole::kOutcome, outcome.shown, outcome.value);
      plan_.heading.columns.back().name = outcome.name;
      plan_.heading.columns.back().decimals = outcome.decimals;
    }
    if (!program_.entitlements.empty()) {
      Ids("entitlements", ResultRole::kEntitlements, program_.entitlements);
    }
    AddTargets();
    for (const GradeModel& grade : model_.grades) plan_.heading.grades.push_back(grade.id);
    if (program_.selected.valid()) plan_.selected = static_cast<int>(Output(program_.selected));
    return std::move(plan_);
  }

 private:
  Fill& Declare(const std::string& heading, ResultRole role, Type type, FillKind kind) {
    ResultColumn column;
    column.heading = heading;
    column.role = role;
    column.type = std::move(type);
    plan_.heading.columns.push_back(std::move(column));
    Fill fill;
    fill.kind = kind;
    plan_.fills.push_back(std::move(fill));
    return plan_.fills.back();
  }

  size_t Output(NodeId node) {
    const auto at = std::find(plan_.outputs.begin(), plan_.outputs.end(), node);
    const auto index = static_cast<size_t>(at - plan_.outputs.begin());
    if (at == plan_.outputs.end()) plan_.outputs.push_back(node);
    return index;
  }

  void Node(const std::string& heading, ResultRole role, Type type, NodeId node) {
    const FillKind kind = node.valid() ? FillKind::kNode : FillKind::kNothing;
    const size_t output = node.valid() ? Output(node) : 0;
    Declare(heading, role, std::move(type), kind).output = output;
  }

  void Ids(const std::string& heading, ResultRole role, const std::vector<FlagOutput>& flags) {
    Fill& fill = Declare(heading, role, Type::Of(TypeKind::kText), FillKind::kIds);
    for (const FlagOutput& flag : flags) fill.flags.push_back({flag.id, Output(flag.holds)});
  }

  void AddKeys() {
    const TableSchema& schema = model_.schema.table(program_.subject.table);
    for (const int32_t key : schema.key) {
      const auto index = static_cast<size_t>(key);
      const ColumnSchema& column = schema.columns[index];
      Declare(column.id, ResultRole::kKey, column.type, FillKind::kKey).key = index;
      plan_.heading.columns.back().name = column.name;
    }
    if (schema.key.empty()) Declare("row", ResultRole::kKey, Type::Plain(), FillKind::kRowNumber);
    if (model_.schema.period) {
      Declare("period", ResultRole::kPeriod, Type::Of(TypeKind::kPeriod), FillKind::kPeriod);
    }
  }

  void AddIndicators() {
    const auto& indicators = program_.indicators;
    for (const IndicatorOutput& indicator : indicators) {
      Node(indicator.id, ResultRole::kValue, indicator.shown, indicator.value);
      plan_.heading.columns.back().name = indicator.name;
      plan_.heading.columns.back().decimals = indicator.decimals;
    }
    for (const IndicatorOutput& indicator : indicators) {
      Node(indicator.id + ".points", ResultRole::kPoints, Type::Plain(), indicator.points);
      plan_.heading.columns.back().name = indicator.name;
    }
    for (size_t i = 0; i < indicators.size(); ++i) {
      if (indicators[i].rejects.valid()) {
        plan_.rejects.push_back({i, Output(indicators[i].rejects)});
      }
    }
  }

  void AddTargets() {
    for (const IndicatorOutput& indicator : program_.indicators) {
      if (!indicator.attainment.valid()) continue;
      Node(indicator.id + ".attainment", ResultRole::kAttainment,
           program_.node(indicator.attainment).type, indicator.attainment);
      plan_.heading.columns.back().name = indicator.name;
    }
    if (!program_.targets_missed.empty()) {
      Ids("targets_missed", ResultRole::kTargetsMissed, program_.targets_missed);
    }
  }

  const Model& model_;
  const Program& program_;
  OutputPlan plan_;
};

}  // namespace

OutputPlan PlanOutputs(const Model& model, const Program& program) {
  return Planner(model, program).Make();
}

}  // namespace steelyard
