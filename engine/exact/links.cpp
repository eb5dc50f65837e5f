// Links are followed upwards along belongs_to; periods come from a row's date.
#include "engine/exact/links.h"

#include <algorithm>
#include <deque>
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

}  // namespace

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

// The shortest way up; of two equally short ones the one declared first.
Links::Rowlist Links::FollowPath(TableId fine, TableId coarse) {
  struct Way {
    TableId at;
    std::vector<std::pair<TableId, size_t>> steps;
  };
  std::deque<Way> open = {{fine, {}}};
  std::vector<bool> seen(schema_.tables.size(), false);
  while (!open.empty()) {
    const Way way = open.front();
    open.pop_front();
    if (way.at == coarse) {
      Rowlist rows(BaseRows(fine));
      for (size_t row = 0; row < rows.size(); ++row) rows[row] = static_cast<int32_t>(row);
      for (const auto& [table, step] : way.steps) {
        const Rowlist& up = Direct(table, step);
        for (int32_t& row : rows) {
          if (row != kNoRow) row = up[static_cast<size_t>(row)];
        }
      }
      return rows;
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
  const auto count = static_cast<int32_t>(frame_.periods.size());
  for (size_t row = 0; row < rows.size() && count > 0; ++row) {
    if (!column.valid.at(row)) continue;
    const auto* days = std::get_if<std::vector<Date>>(&column.cells);
    const Date date =
        days != nullptr ? (*days)[row] : std::get<std::vector<DateTime>>(column.cells)[row].date();
    const Period first = frame_.periods.front();
    const int32_t at = Period::Containing(date, first.kind).index - first.index;
    if (at >= 0 && at < count) rows[row] = at;
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

// The period of row `row` of `fine`, or kNoRow.
int32_t Links::PeriodOfRow(Grain fine, size_t row) {
  if (fine.periodic) return static_cast<int32_t>(row % frame_.periods.size());
  return PeriodOf(fine.table)[row];
}

Links::Rowlist Links::Make(Grain fine, Grain coarse) {
  Rowlist rows(Rows(fine), 0);
  const size_t periods = frame_.periods.size();
  const bool by_table = coarse.table.valid();
  const Rowlist* up = by_table ? &Base(fine.table, coarse.table) : nullptr;
  for (size_t row = 0; row < rows.size(); ++row) {
    const size_t base_row = fine.periodic ? row / periods : row;
    int32_t target = by_table ? (*up)[base_row] : 0;
    if (target != kNoRow && coarse.periodic) {
      const int32_t period = PeriodOfRow(fine, row);
      target = period == kNoRow ? kNoRow : target * static_cast<int32_t>(periods) + period;
    }
    rows[row] = target;
  }
  return rows;
}

const std::vector<int32_t>& Links::Link(Grain fine, Grain coarse) {
  const auto key = std::pair(fine, coarse);
  if (const auto found = links_.find(key); found != links_.end()) return found->second;
  Rowlist rows = Make(fine, coarse);
  return links_.emplace(key, std::move(rows)).first->second;
}

const std::vector<std::vector<int32_t>>& Links::Members(Grain fine, Grain coarse) {
  const auto key = std::pair(fine, coarse);
  if (const auto found = members_.find(key); found != members_.end()) return found->second;
  std::vector<Rowlist> members(Rows(coarse));
  const Rowlist& link = Link(fine, coarse);
  for (size_t row = 0; row < link.size(); ++row) {
    if (link[row] != kNoRow) {
      members[static_cast<size_t>(link[row])].push_back(static_cast<int32_t>(row));
    }
  }
  return members_.emplace(key, std::move(members)).first->second;
}

}  // namespace steelyard
