// Which row of a coarser table each row of a finer one belongs to, as row numbers, worked out once
// for each pair of tables that a program asks for.
#pragma once

#include <map>
#include <span>
#include <utility>
#include <vector>

#include "engine/base/calendar.h"
#include "engine/base/value.h"
#include "engine/column/table.h"
#include "engine/schema/grain.h"

namespace steelyard {

// What a run looks at: the reporting periods, in a row without gaps, and the date whose rules apply
// in each. A scorecard without periods has one date and no period.
struct RunFrame {
  std::vector<Period> periods;
  std::vector<Date> as_of;  // one a period, or just one
  // Columns given to the run instead of being computed, by number: one value for each row.
  std::vector<std::vector<Value>> stand_ins;
};

// Rows by the group they belong to: all in one list, group after group, and where each begins.
class Grouping {
 public:
  Grouping() = default;
  // `group_of` tells the group of each row, below `groups`, or kNoRow for rows that are in none.
  Grouping(const std::vector<int32_t>& group_of, size_t groups);

  size_t size() const { return begins_.empty() ? 0 : begins_.size() - 1; }
  // In the order of rows.
  std::span<const int32_t> operator[](size_t group) const {
    return std::span(rows_).subspan(begins_[group], begins_[group + 1] - begins_[group]);
  }

 private:
  std::vector<uint32_t> begins_;  // one more than there are groups
  std::vector<int32_t> rows_;
};

class Links {
 public:
  Links(const Schema& schema, const Tables& tables, const RunFrame& frame);

  // Rows of a table of the program.
  size_t Rows(Grain table);
  // For each row of `fine` its row in `coarse`, or kNoRow. `coarse` must be reachable.
  const std::vector<int32_t>& Link(Grain fine, Grain coarse);
  // The rows of `fine` that belong to each row of `coarse`, in order.
  const Grouping& Members(Grain fine, Grain coarse);
  size_t period_count() const { return frame_.periods.size(); }

 private:
  using Rowlist = std::vector<int32_t>;

  // Between declared tables, without periods.
  const Rowlist& Base(TableId fine, TableId coarse);
  using Steps = std::vector<std::pair<TableId, size_t>>;
  Rowlist FollowPath(TableId fine, TableId coarse);
  Rowlist Climb(TableId fine, const Steps& steps);
  // One step up: a declared parent, or a table of pairs.
  const Rowlist& Direct(TableId table, size_t step);
  // The period of each row of a dated table, kNoRow where it has none.
  const Rowlist& PeriodOf(TableId table);
  Rowlist DateToPeriod(TableId table);
  Rowlist Make(Grain fine, Grain coarse);
  void AddPeriods(Grain fine, Rowlist& rows);
  void BuildPairs(TableId table);
  size_t BaseRows(TableId table);

  struct Pairs {
    Rowlist of_source;   // row of the source table → pair
    Rowlist parents[2];  // pair → row
    Rowlist period;      // pair → period
  };

  const Schema& schema_;
  const Tables& tables_;
  const RunFrame& frame_;
  std::map<std::pair<TableId, TableId>, Rowlist> base_;
  std::map<TableId, Rowlist> periods_;
  std::map<TableId, Pairs> pairs_;
  std::map<std::pair<Grain, Grain>, Rowlist> links_;
  std::map<std::pair<Grain, Grain>, Grouping> members_;
};

}  // namespace steelyard
