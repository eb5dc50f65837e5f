// Links are followed upwards along belongs_to; periods come from a row's date.
#include "engine/exact/links.h"

#include <algorithm>
#include <deque>
#include <numeric>
#include <tuple>

#include "engine/base/check.h"

namespace steelyard {
namespace {

// Tables one step up: declared parents, then tables of pairs.
std::vector<TableId> StepsUp(const Schema& schema, TableId table) {
  std::vector<TableId> up;
  for (const ParentLink& link : schema.table(table).parents) up.push_back(link.parent);
  const auto& pairs = schema.table(table).pairs;
  up.insert(up.end(), pairs.begin(), pairs.end());
  return up;
}

// The place of a date's period among the periods of a run, which have no gaps.
class PeriodFinder {
 public:
  explicit PeriodFinder(const std::vector<Period>& periods) : first_(periods.front().start().days) {
    for (size_t i = 0; i < periods.size(); ++i) {
      const size_t end = static_cast<size_t>(periods[i].end().days - first_) + 1;
      places_.resize(end, static_cast<int32_t>(i));
    }
  }

  // kNoRow where it is in none of them.
  int32_t Find(Date date) const {
    const auto day = static_cast<size_t>(int64_t{date.days} - first_);  // huge where it is before
    return day < places_.size() ? places_[day] : kNoRow;
  }

 private:
  int32_t first_;
  std::vector<int32_t> places_;  // by day from `first_` on
};

}  // namespace

// Counted first, then put in place: two passes, and no list for each group.
Grouping::Grouping(const std::vector<int32_t>& group_of, size_t groups) : begins_(groups + 1, 0) {
  for (const int32_t group : group_of) {
    if (group != kNoRow) ++begins_[static_cast<size_t>(group) + 1];
  }
  for (size_t group = 0; group < groups; ++group) begins_[group + 1] += begins_[group];
  rows_.resize(begins_[groups]);
  std::vector<uint32_t> next(begins_.begin(), begins_.end() - 1);
  for (size_t row = 0; row < group_of.size(); ++row) {
    if (group_of[row] == kNoRow) continue;
    rows_[next[static_cast<size_t>(group_of[row])]++] = static_cast<int32_t>(row);
  }
}

Links::Links(const Schema& schema, const Tables& tables, const RunFrame& frame)
    : schema_(schema), tables_(tables), frame_(frame) {}

size_t Links::BaseRows(TableId table) {
  if (!schema_.table(table).pairs_of.valid()) return tables_.at(table).rows;
  if (pairs_.count(table) == 0) BuildPairs(table);
  return pairs_[table].parents[0].size();
}

size_t Links::Rows(Grain table) {
  const size_t periods = table.periodic ? frame_.periods.size() : 1;
  return table.table.valid() ? BaseRows(table.table) * periods : periods;
}

void Links::BuildPairs(TableId table) {
  const TableSchema& declared = schema_.table(table);
  const TableId source = declared.pairs_of;
  const Rowlist first = Base(source, declared.parents[0].parent);
  const Rowlist second = Base(source, declared.parents[1].parent);
  const bool dated = IsDated(schema_, source);
  const Rowlist period = dated ? PeriodOf(source) : Rowlist(first.size(), 0);
  std::map<std::tuple<int32_t, int32_t, int32_t>, int32_t> known;
  Pairs pairs;
  for (size_t row = 0; row < first.size(); ++row) {
    if (first[row] == kNoRow || second[row] == kNoRow || period[row] == kNoRow) {
      pairs.of_source.push_back(kNoRow);
      continue;
    }
    const auto next = static_cast<int32_t>(pairs.parents[0].size());
    const auto [at, added] = known.emplace(std::tuple(first[row], second[row], period[row]), next);
    if (added) {
      pairs.parents[0].push_back(first[row]);
      pairs.parents[1].push_back(second[row]);
      pairs.period.push_back(period[row]);
    }
    pairs.of_source.push_back(at->second);
  }
  pairs_[table] = std::move(pairs);
}

const Links::Rowlist& Links::Direct(TableId table, size_t step) {
  const TableSchema& declared = schema_.table(table);
  if (declared.pairs_of.valid()) {
    if (pairs_.count(table) == 0) BuildPairs(table);
    return pairs_[table].parents[step];
  }
  if (step < declared.parents.size()) return tables_.at(table).parents[step];
  const TableId made = declared.pairs[step - declared.parents.size()];
  if (pairs_.count(made) == 0) BuildPairs(made);
  return pairs_[made].of_source;
}

const Links::Rowlist& Links::Base(TableId fine, TableId coarse) {
  const auto key = std::pair(fine, coarse);
  if (const auto found = base_.find(key); found != base_.end()) return found->second;
  Rowlist rows = FollowPath(fine, coarse);
  return base_.emplace(key, std::move(rows)).first->second;
}

Links::Rowlist Links::Climb(TableId fine, const Steps& steps) {
  if (steps.empty()) {
    Rowlist rows(BaseRows(fine));
    std::iota(rows.begin(), rows.end(), 0);
    return rows;
  }
  Rowlist rows = Direct(steps[0].first, steps[0].second);
  for (size_t i = 1; i < steps.size(); ++i) {
    const Rowlist& up = Direct(steps[i].first, steps[i].second);
    for (int32_t& row : rows) {
      if (row != kNoRow) row = up[static_cast<size_t>(row)];
    }
  }
  return rows;
}

// The shortest way up; of two equally short ones the one declared first.
Links::Rowlist Links::FollowPath(TableId fine, TableId coarse) {
  struct Way {
    TableId at;
    Steps steps;
  };
  std::deque<Way> open = {{fine, {}}};
  std::vector<bool> seen(schema_.tables.size(), false);
  while (!open.empty()) {
    const Way way = open.front();
    open.pop_front();
    if (way.at == coarse) {
      return Climb(fine, way.steps);
    }
    const std::vector<TableId> up = StepsUp(schema_, way.at);
    for (size_t step = 0; step < up.size(); ++step) {
      if (seen[up[step].index()]) continue;
      seen[up[step].index()] = true;
      Way longer = way;
      longer.steps.emplace_back(way.at, step);
      longer.at = up[step];
      open.push_back(std::move(longer));
    }
  }
  STEELYARD_CHECK(false);
  return {};
}

Links::Rowlist Links::DateToPeriod(TableId table) {
  const auto time = static_cast<size_t>(schema_.table(table).time);
  const Column& column = tables_.at(table).columns[time];
  Rowlist rows(tables_.at(table).rows, kNoRow);
  if (frame_.periods.empty()) return rows;
  const auto* days = std::get_if<std::vector<Date>>(&column.cells);
  const PeriodFinder finder(frame_.periods);
  for (size_t row = 0; row < rows.size(); ++row) {
    if (!column.valid.at(row)) continue;
    rows[row] = finder.Find(
        days != nullptr ? (*days)[row] : std::get<std::vector<DateTime>>(column.cells)[row].date());
  }
  return rows;
}

const Links::Rowlist& Links::PeriodOf(TableId table) {
  if (const auto found = periods_.find(table); found != periods_.end()) return found->second;
  const TableSchema& declared = schema_.table(table);
  Rowlist rows;
  if (declared.pairs_of.valid()) {
    if (pairs_.count(table) == 0) BuildPairs(table);
    rows = pairs_[table].period;
  } else if (declared.time >= 0) {
    rows = DateToPeriod(table);
  } else {
    for (size_t i = 0; i < declared.parents.size(); ++i) {
      const TableId parent = declared.parents[i].parent;
      if (!IsDated(schema_, parent)) continue;
      rows = tables_.at(table).parents[i];
      const Rowlist& above = PeriodOf(parent);
      for (int32_t& row : rows) {
        if (row != kNoRow) row = above[static_cast<size_t>(row)];
      }
      break;
    }
  }
  return periods_.emplace(table, std::move(rows)).first->second;
}

// From rows of a coarser table to its rows by period.
void Links::AddPeriods(Grain fine, Rowlist& rows) {
  const size_t periods = frame_.periods.size();
  const Rowlist* period_of = fine.periodic ? nullptr : &PeriodOf(fine.table);
  for (size_t row = 0; row < rows.size(); ++row) {
    if (rows[row] == kNoRow) continue;
    const int32_t period =
        period_of == nullptr ? static_cast<int32_t>(row % periods) : (*period_of)[row];
    rows[row] = period == kNoRow ? kNoRow : rows[row] * static_cast<int32_t>(periods) + period;
  }
}

Links::Rowlist Links::Make(Grain fine, Grain coarse) {
  Rowlist rows;
  if (!coarse.table.valid()) {
    rows.assign(Rows(fine), 0);
  } else if (!fine.periodic) {
    rows = Base(fine.table, coarse.table);
  } else {
    const Rowlist& up = Base(fine.table, coarse.table);
    rows.reserve(Rows(fine));
    for (const int32_t target : up) rows.insert(rows.end(), frame_.periods.size(), target);
  }
  if (coarse.periodic) AddPeriods(fine, rows);
  return rows;
}

const std::vector<int32_t>& Links::Link(Grain fine, Grain coarse) {
  const auto key = std::pair(fine, coarse);
  if (const auto found = links_.find(key); found != links_.end()) return found->second;
  Rowlist rows = Make(fine, coarse);
  return links_.emplace(key, std::move(rows)).first->second;
}

const Grouping& Links::Members(Grain fine, Grain coarse) {
  const auto key = std::pair(fine, coarse);
  if (const auto found = members_.find(key); found != members_.end()) return found->second;
  return members_.emplace(key, Grouping(Link(fine, coarse), Rows(coarse))).first->second;
}

}  // namespace steelyard
