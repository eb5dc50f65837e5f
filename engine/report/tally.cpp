#include "engine/report/tally.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "engine/base/number.h"
#include "engine/report/ids.h"

namespace steelyard {

namespace {

constexpr std::string_view kIncomplete = "incomplete";  // the grade of who has no score

const ResultColumn* FirstOf(const ResultTable& table, ResultRole role) {
  const auto found =
      std::find_if(table.columns.begin(), table.columns.end(),
                   [role](const ResultColumn& column) { return column.role == role; });
  return found == table.columns.end() ? nullptr : &*found;
}

void CountOne(std::string_view id, std::vector<IdCount>& counts) {
  const auto found = std::find_if(counts.begin(), counts.end(),
                                  [id](const IdCount& known) { return known.id == id; });
  if (found == counts.end()) {
    counts.push_back({std::string(id), 1});
  } else {
    ++found->count;
  }
}

uint64_t CountPeriods(const ResultTable& table) {
  const ResultColumn* column = FirstOf(table, ResultRole::kPeriod);
  if (column == nullptr) return 0;
  std::set<std::string> periods;
  for (const Value& cell : column->cells) periods.insert(CellText(cell, *column));
  return periods.size();
}

void CountGrades(const ResultTable& table, Tally& tally) {
  for (const std::string& grade : table.grades) tally.grades.push_back({grade, 0});
  if (const ResultColumn* grades = FirstOf(table, ResultRole::kGrade)) {
    for (const Value& cell : grades->cells) {
      if (cell.is_text() && cell.text() != kIncomplete) CountOne(cell.text(), tally.grades);
    }
  }
  if (const ResultColumn* scores = FirstOf(table, ResultRole::kScore)) {
    tally.incomplete =
        static_cast<uint64_t>(std::count_if(scores->cells.begin(), scores->cells.end(),
                                            [](const Value& score) { return score.missing(); }));
  }
}

std::vector<IdCount> CountIds(const ResultTable& table, ResultRole role) {
  std::vector<IdCount> counts;
  const ResultColumn* column = FirstOf(table, role);
  if (column == nullptr) return counts;
  for (const Value& cell : column->cells) {
    for (const std::string_view id : IdsOf(cell)) CountOne(id, counts);
  }
  std::sort(counts.begin(), counts.end(), [](const IdCount& a, const IdCount& b) {
    return a.count != b.count ? a.count > b.count : a.id < b.id;
  });
  return counts;
}

std::string KeyOfRow(const ResultTable& table, size_t row) {
  std::string key;
  for (const ResultColumn& column : table.columns) {
    if (column.role != ResultRole::kKey) continue;
    if (!key.empty()) key += " / ";
    key += CellText(column.cells[row], column);
  }
  return key;
}

// The score that `better` prefers to all others; empty where nobody has a score.
template <class Better>
std::optional<Extreme> FindExtreme(const ResultTable& table, Better better) {
  const ResultColumn* scores = FirstOf(table, ResultRole::kScore);
  if (scores == nullptr) return std::nullopt;
  std::optional<size_t> best;
  uint64_t others = 0;
  for (size_t row = 0; row < table.rows; ++row) {
    const Value& score = scores->cells[row];
    if (!score.is_number()) continue;
    if (!best || better(score.number(), scores->cells[*best].number())) {
      best = row;
      others = 0;
    } else if (score == scores->cells[*best]) {
      ++others;
    }
  }
  if (!best) return std::nullopt;

  Extreme extreme{CellText(scores->cells[*best], *scores), KeyOfRow(table, *best), "", others};
  if (const ResultColumn* periods = FirstOf(table, ResultRole::kPeriod)) {
    extreme.period = CellText(periods->cells[*best], *periods);
  }
  return extreme;
}

std::vector<MoneyTotal> TotalMoney(const ResultTable& table) {
  std::vector<MoneyTotal> totals;
  for (const ResultColumn& column : table.columns) {
    if (!CanBeTotalled(column)) continue;
    totals.push_back(
        {column.heading, CellText(TotalOf(column), column), column.type.unit.ToString()});
  }
  return totals;
}

}  // namespace

Number TotalOf(const ResultColumn& column) {
  Number total;
  for (const Value& cell : column.cells) {
    if (!cell.is_number()) continue;
    if (const auto amount = Number::FromDecimal(CellText(cell, column))) total += *amount;
  }
  return total;
}

// `CNY/person` has no total.
bool CanBeTotalled(const ResultColumn& column) {
  return column.role == ResultRole::kOutcome && column.type.form == NumberForm::kMoney &&
         column.type.unit.ToString().find('/') == std::string::npos;
}

Tally TallyOf(const ResultTable& table) {
  Tally tally;
  tally.rows = table.rows;
  tally.periods = CountPeriods(table);
  CountGrades(table, tally);
  tally.vetoes = CountIds(table, ResultRole::kVetoes);
  tally.interlocks = CountIds(table, ResultRole::kInterlocks);
  tally.alerts = CountIds(table, ResultRole::kAlerts);
  tally.review = CountIds(table, ResultRole::kReview);
  tally.lowest = FindExtreme(table, [](const Number& a, const Number& b) { return a < b; });
  tally.highest = FindExtreme(table, [](const Number& a, const Number& b) { return a > b; });
  tally.totals = TotalMoney(table);
  return tally;
}

}  // namespace steelyard
