// Goes through a rule file, section by section.
#include "engine/format/formulas.h"

namespace steelyard {
namespace {

class Walk {
 public:
  explicit Walk(const std::function<void(Formula&)>& visit) : visit_(visit) {}

  void File(RuleFile& file) {
    See(file.subject_where);
    See(file.missing.points);
    See(file.additions_limit);
    for (TableDecl& table : file.tables) Table(table);
    for (ParameterDecl& parameter : file.parameters) {
      for (ParameterDecl::Entry& entry : parameter.entries) All(entry.values);
    }
    for (ValueDecl& value : file.values) See(value.formula);
    for (IndicatorDecl& indicator : file.indicators) Indicator(indicator);
    Weights(file.weights);
    for (auto* gates :
         {&file.additions, &file.interlocks, &file.vetoes, &file.alerts, &file.entitlements}) {
      for (GateDecl& gate : *gates) Gate(gate);
    }
    for (GradeDecl& grade : file.grades) See(grade.lowest);
    for (OutcomeDecl& outcome : file.outcomes) See(outcome.formula);
    for (GradeDecl& share : file.distribution.shares) See(share.lowest);
    All(file.distribution.among);
    for (PoolDecl& pool : file.pools) Pool(pool);
    for (ScheduleDecl& schedule : file.schedules) Schedule(schedule);
  }

 private:
  void See(Formula& formula) {
    if (formula.present()) visit_(formula);
  }
  void All(std::vector<Formula>& formulas) {
    for (Formula& formula : formulas) See(formula);
  }
  void All(std::vector<DatedFormula>& formulas) {
    for (DatedFormula& dated : formulas) See(dated.formula);
  }
  void All(std::vector<WeightEntry>& entries) {
    for (WeightEntry& entry : entries) All(entry.weight);
  }
  void Range(ValueRange& range) {
    See(range.low);
    See(range.high);
  }

  void Table(TableDecl& table) {
    for (ColumnDecl& column : table.columns) {
      See(column.min);
      See(column.max);
      See(column.formula);
    }
  }

  void Indicator(IndicatorDecl& indicator) {
    See(indicator.formula);
    Score(indicator.score);
    Range(indicator.weight_range);
    See(indicator.target);
    All(indicator.dated_targets);
    Range(indicator.audit_range);
    See(indicator.missing.points);
    See(indicator.when);
  }

  void Score(ScoreDecl& score) {
    for (CurvePoint& point : score.linear) {
      See(point.at);
      See(point.points);
    }
    for (Band& band : score.bands) {
      See(band.condition);
      See(band.points);
    }
    See(score.target);
    for (Tier& tier : score.tiers) {
      See(tier.points);
      See(tier.at);
    }
    for (EventItem& event : score.events) See(event.points);
    Range(score.scale);
    See(score.formula);
    See(score.cap);
  }

  void Weights(WeightsDecl& weights) {
    for (DimensionDecl& dimension : weights.dimensions) {
      See(dimension.weight);
      All(dimension.entries);
    }
    for (ProfileDecl& profile : weights.profiles) {
      See(profile.when);
      All(profile.set);
    }
    for (AdjustmentDecl& adjustment : weights.adjustments) {
      See(adjustment.when);
      All(adjustment.change);
      All(adjustment.set);
    }
  }

  void Gate(GateDecl& gate) {
    See(gate.condition);
    for (Effect& effect : gate.effects) See(effect.amount);
  }

  void Pool(PoolDecl& pool) {
    See(pool.amount);
    See(pool.by);
    All(pool.among);
    See(pool.when);
    See(pool.to);
  }

  void Schedule(ScheduleDecl& schedule) {
    See(schedule.amount);
    for (SchedulePartDecl& part : schedule.parts) {
      See(part.share);
      See(part.due);
      See(part.when);
      See(part.factor);
    }
    See(schedule.release);
    See(schedule.to);
  }

  const std::function<void(Formula&)>& visit_;
};

}  // namespace

void EachFormula(RuleFile& file, const std::function<void(Formula&)>& visit) {
  Walk(visit).File(file);
}

}  // namespace steelyard
