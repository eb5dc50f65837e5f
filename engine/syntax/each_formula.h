// All formulas of a rule file, wherever they stand.
#pragma once

#include "engine/syntax/rule_file.h"

namespace steelyard {

// Calls `see` with each formula, written or absent. `File` is RuleFile, const or not.
template <class See>
class FormulaWalk {
 public:
  explicit FormulaWalk(See see) : see_(see) {}

  template <class File>
  void Over(File& file) {
    see_(file.subject_where);
    for (auto& table : file.tables) Table(table);
    for (auto& parameter : file.parameters) {
      for (auto& entry : parameter.entries) All(entry.values);
    }
    for (auto& value : file.values) see_(value.formula);
    for (auto& indicator : file.indicators) Indicator(indicator);
    see_(file.missing.points);
    Weights(file.weights);
    for (auto* gates :
         {&file.additions, &file.interlocks, &file.vetoes, &file.alerts, &file.entitlements}) {
      Gates(*gates);
    }
    see_(file.additions_limit);
    for (auto& grade : file.grades) see_(grade.lowest);
    for (auto& outcome : file.outcomes) see_(outcome.formula);
    for (auto& share : file.distribution.shares) see_(share.lowest);
    All(file.distribution.among);
    for (auto& pool : file.pools) Pool(pool);
    for (auto& schedule : file.schedules) Schedule(schedule);
  }

 private:
  template <class Formulas>
  void All(Formulas& formulas) {
    for (auto& formula : formulas) see_(formula);
  }

  template <class Range>
  void Ends(Range& range) {
    see_(range.low);
    see_(range.high);
  }

  template <class Table_>
  void Table(Table_& table) {
    for (auto& column : table.columns) {
      see_(column.min);
      see_(column.max);
      see_(column.formula);
    }
  }

  template <class Dated>
  void Dates(Dated& values) {
    for (auto& value : values) see_(value.formula);
  }

  template <class Score_>
  void Score(Score_& score) {
    for (auto& point : score.linear) {
      see_(point.at);
      see_(point.points);
    }
    for (auto& band : score.bands) {
      see_(band.condition);
      see_(band.points);
    }
    see_(score.target);
    for (auto& tier : score.tiers) {
      see_(tier.points);
      see_(tier.at);
    }
    for (auto& event : score.events) see_(event.points);
    Ends(score.scale);
    see_(score.formula);
    see_(score.cap);
  }

  template <class Indicator_>
  void Indicator(Indicator_& indicator) {
    see_(indicator.formula);
    Score(indicator.score);
    Ends(indicator.weight_range);
    see_(indicator.target);
    Dates(indicator.dated_targets);
    Ends(indicator.audit_range);
    see_(indicator.missing.points);
    see_(indicator.when);
  }

  template <class Entries_>
  void Entries(Entries_& entries) {
    for (auto& entry : entries) Dates(entry.weight);
  }

  template <class Weights_>
  void Weights(Weights_& weights) {
    for (auto& dimension : weights.dimensions) {
      see_(dimension.weight);
      Entries(dimension.entries);
    }
    for (auto& profile : weights.profiles) {
      see_(profile.when);
      Entries(profile.set);
    }
    for (auto& adjustment : weights.adjustments) {
      see_(adjustment.when);
      Entries(adjustment.change);
      Entries(adjustment.set);
    }
  }

  template <class Gates_>
  void Gates(Gates_& gates) {
    for (auto& gate : gates) {
      see_(gate.condition);
      for (auto& effect : gate.effects) see_(effect.amount);
    }
  }

  template <class Pool_>
  void Pool(Pool_& pool) {
    see_(pool.amount);
    see_(pool.by);
    All(pool.among);
    see_(pool.when);
    see_(pool.to);
  }

  template <class Schedule_>
  void Schedule(Schedule_& schedule) {
    see_(schedule.amount);
    for (auto& part : schedule.parts) {
      see_(part.share);
      see_(part.due);
      see_(part.when);
      see_(part.factor);
    }
    see_(schedule.release);
    see_(schedule.to);
  }

  See see_;
};

template <class File, class See>
void ForEachFormula(File& file, See see) {
  FormulaWalk<See>(see).Over(file);
}

}  // namespace steelyard
