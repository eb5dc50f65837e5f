#include "engine/compare/movers.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "engine/report/ids.h"
#include "engine/report/tally.h"

namespace steelyard {
namespace {

std::optional<Number> NumberIn(const Value& cell, const ResultColumn& column) {
  if (!cell.is_number()) return std::nullopt;
  return Number::FromDecimal(CellText(cell, column));
}

const ResultColumn* FirstOf(const ResultTable& table, ResultRole role) {
  const auto found = std::find_if(table.columns.begin(), table.columns.end(),
                                  [&](const ResultColumn& column) { return column.role == role; });
  return found == table.columns.end() ? nullptr : &*found;
}

// One version's results by key.
class Results {
 public:
  explicit Results(const ScoredVersion& version)
      : version_(&version),
        score_(FirstOf(version.table, ResultRole::kScore)),
        grade_(FirstOf(version.table, ResultRole::kGrade)),
        keys_(KeysOf(version.table)) {
    for (size_t row = 0; row < keys_.size(); ++row) rows_.emplace(keys_[row], row);
  }

  const ScoredVersion& version() const { return *version_; }
  const std::vector<RowKey>& keys() const { return keys_; }

  std::optional<size_t> RowOf(const RowKey& key) const {
    const auto found = rows_.find(key);
    if (found == rows_.end()) return std::nullopt;
    return found->second;
  }

  RowSide SideOf(const RowKey& key) const {
    RowSide side;
    if (const auto row = RowOf(key)) {
      side.grade = CellText(grade_->cells[*row], *grade_);
      side.score = CellText(score_->cells[*row], *score_);
      return side;
    }
    side.presence = WhyNot(key, side.because);
    return side;
  }

  std::optional<Number> ScoreOf(const RowKey& key) const {
    const auto row = RowOf(key);
    return row ? NumberIn(score_->cells[*row], *score_) : std::nullopt;
  }

 private:
  Presence WhyNot(const RowKey& key, std::string& because) const {
    const auto rejected = version_->rejected.find(key);
    if (rejected != version_->rejected.end()) {
      because = rejected->second.indicator;
      return Presence::kRejected;
    }
    if (version_->subjects.count(key.key) == 0) return Presence::kNotRead;
    if (!key.period.empty() && version_->periods.count(key.period) == 0) {
      return Presence::kNotInForce;
    }
    return Presence::kNotSelected;
  }

  const ScoredVersion* version_;
  const ResultColumn* score_;
  const ResultColumn* grade_;
  std::vector<RowKey> keys_;
  std::map<RowKey, size_t> rows_;
};

// Columns of two versions that are one figure; either may be absent.
struct ColumnPair {
  const ResultColumn* before = nullptr;
  const ResultColumn* after = nullptr;
  const ResultColumn& any() const { return before != nullptr ? *before : *after; }
};

bool IsFigure(const ResultColumn& column) {
  return column.role != ResultRole::kKey && column.role != ResultRole::kPeriod &&
         column.role != ResultRole::kScore && column.role != ResultRole::kGrade;
}

// A figure that only one version has moves nobody by being there, but money and lists do.
bool CountsAlone(const ResultColumn& column) {
  return CanBeTotalled(column) || HoldsIds(column.role);
}

std::vector<ColumnPair> PairColumns(const ResultTable& before, const ResultTable& after) {
  std::vector<ColumnPair> pairs;
  for (const ResultColumn& column : before.columns) {
    if (IsFigure(column)) pairs.push_back({&column, ColumnNamed(after, column.heading)});
  }
  for (const ResultColumn& column : after.columns) {
    if (IsFigure(column) && ColumnNamed(before, column.heading) == nullptr) {
      pairs.push_back({nullptr, &column});
    }
  }
  return pairs;
}

// What moves between two versions, row by row.
class Between {
 public:
  Between(const Results& before, const Results& after)
      : before_(before),
        after_(after),
        pairs_(PairColumns(before.version().table, after.version().table)) {}

  RowPart PartOf(const RowKey& key) const {
    RowPart part;
    part.before = before_.SideOf(key);
    part.after = after_.SideOf(key);
    const auto old_score = before_.ScoreOf(key);
    const auto new_score = after_.ScoreOf(key);
    if (old_score && new_score) part.score = *new_score - *old_score;
    const auto old_row = before_.RowOf(key);
    const auto new_row = after_.RowOf(key);
    for (const ColumnPair& pair : pairs_) AddCell(pair, old_row, new_row, part.cells);
    return part;
  }

  static bool Moves(const RowPart& part) {
    return !part.before.SameGrade(part.after) || part.before.score != part.after.score ||
           !part.cells.empty();
  }

 private:
  static void AddCell(const ColumnPair& pair, std::optional<size_t> old_row,
                      std::optional<size_t> new_row, std::vector<MovedCell>& cells) {
    const Value none = HoldsIds(pair.any().role) ? Value(std::string()) : Value();
    const bool whole = pair.before != nullptr && pair.after != nullptr && old_row && new_row;
    if (!whole && !CountsAlone(pair.any())) return;
    const Value& before = pair.before != nullptr && old_row ? pair.before->cells[*old_row] : none;
    const Value& after = pair.after != nullptr && new_row ? pair.after->cells[*new_row] : none;
    const ResultColumn& old_column = pair.before != nullptr ? *pair.before : *pair.after;
    const ResultColumn& new_column = pair.after != nullptr ? *pair.after : *pair.before;
    if (SameCell(before, old_column, after, new_column)) return;
    MovedCell cell;
    cell.heading = pair.any().heading;
    cell.name = new_column.name;
    cell.role = pair.any().role;
    cell.before = CellText(before, old_column);
    cell.after = CellText(after, new_column);
    const std::string unit = old_column.type.unit.ToString();
    if (unit == new_column.type.unit.ToString()) {
      cell.unit = unit;
      const auto old_number = NumberIn(before, old_column);
      const auto new_number = NumberIn(after, new_column);
      if (old_number && new_number) cell.change = *new_number - *old_number;
    }
    cells.push_back(std::move(cell));
  }

  const Results& before_;
  const Results& after_;
  std::vector<ColumnPair> pairs_;
};

// The kinds of rows that one side of the matrix has.
std::vector<RowSide> GradesOf(const ResultTable& table, const std::vector<RowSide>& met) {
  std::vector<RowSide> grades;
  const auto add = [&](const RowSide& side) {
    RowSide kind;
    kind.presence = side.presence;
    kind.grade = side.grade;
    for (const RowSide& known : grades) {
      if (known.SameGrade(kind)) return;
    }
    grades.push_back(std::move(kind));
  };
  for (const std::string& grade : table.grades) {
    RowSide side;
    side.grade = grade;
    add(side);
  }
  for (const RowSide& side : met) {
    if (side.scored()) add(side);
  }
  for (const Presence presence :
       {Presence::kRejected, Presence::kNotSelected, Presence::kNotInForce, Presence::kNotRead}) {
    for (const RowSide& side : met) {
      if (side.presence == presence) add(side);
    }
  }
  return grades;
}

// Amounts of a money outcome, where a version has it.
class Amounts {
 public:
  Amounts(const Results& results, const std::string& heading, const std::string& unit)
      : results_(results), column_(ColumnNamed(results.version().table, heading)) {
    const bool ours =
        column_ != nullptr && CanBeTotalled(*column_) && column_->type.unit.ToString() == unit;
    if (!ours) column_ = nullptr;
  }

  const ResultColumn* column() const { return column_; }
  Number Total() const { return column_ == nullptr ? Number() : TotalOf(*column_); }
  Number Of(const RowKey& key) const {
    const auto row = results_.RowOf(key);
    if (column_ == nullptr || !row) return Number();
    return NumberIn(column_->cells[*row], *column_).value_or(Number());
  }

 private:
  const Results& results_;
  const ResultColumn* column_;
};

class MoverFinder {
 public:
  explicit MoverFinder(const MoversInput& input)
      : input_(input), before_(input.before), after_(input.after) {
    for (const CauseStep& step : input.attribution.steps) steps_.emplace_back(*step.result);
  }

  Movers Find() {
    found_.attributed = input_.attribution.complete;
    found_.old_unread = input_.before.read - input_.before.used;
    found_.new_unread = input_.after.read - input_.after.used;
    found_.followed = CanFollow();
    ListColumns();
    CollectKeys();
    CountRows();
    CountPay();
    if (!found_.followed) return std::move(found_);
    CountTransitions();
    FindRows();
    Sort();
    return std::move(found_);
  }

 private:
  static size_t KeyWidth(const ScoredVersion& version) {
    return static_cast<size_t>(
        std::count_if(version.table.columns.begin(), version.table.columns.end(),
                      [](const ResultColumn& column) { return column.role == ResultRole::kKey; }));
  }

  static std::optional<PeriodKind> PeriodKindOf(const ScoredVersion& version) {
    const auto first = version.periods.begin();
    if (first == version.periods.end()) return std::nullopt;
    const std::optional<Period> period = Period::Parse(*first);
    return period ? std::optional(period->kind) : std::nullopt;
  }

  bool CanFollow() const {
    if (KeyWidth(input_.before) != KeyWidth(input_.after)) return false;
    if (PeriodKindOf(input_.before) != PeriodKindOf(input_.after)) return false;
    const auto& others = input_.after.subjects;
    return input_.before.subjects.empty() || others.empty() ||
           std::any_of(input_.before.subjects.begin(), input_.before.subjects.end(),
                       [&](const auto& key) { return others.count(key) > 0; });
  }

  void ListColumns() {
    for (const ColumnPair& pair : PairColumns(input_.before.table, input_.after.table)) {
      if (pair.after == nullptr) found_.removed_columns.push_back(pair.before->heading);
      if (pair.before == nullptr) found_.added_columns.push_back(pair.after->heading);
    }
  }

  // In the order of the new results, then what only the old ones have, then what was rejected.
  void CollectKeys() {
    std::set<RowKey> known;
    const auto add = [&](const RowKey& key) {
      if (known.insert(key).second) keys_.push_back(key);
    };
    for (const RowKey& key : after_.keys()) add(key);
    for (const RowKey& key : before_.keys()) add(key);
    for (const auto& [key, row] : input_.before.rejected) add(key);
    for (const auto& [key, row] : input_.after.rejected) add(key);
  }

  void CountRows() {
    found_.rows = keys_.size();
    for (const RowKey& key : keys_) {
      const bool in_old = before_.RowOf(key).has_value();
      const bool in_new = after_.RowOf(key).has_value();
      ++(in_old ? (in_new ? found_.both : found_.only_old)
                : (in_new ? found_.only_new : found_.neither));
    }
  }

  void CountTransitions() {
    std::vector<RowSide> old_met;
    std::vector<RowSide> new_met;
    std::map<std::tuple<Presence, std::string, Presence, std::string>, uint64_t> counts;
    for (const RowKey& key : keys_) {
      old_met.push_back(before_.SideOf(key));
      new_met.push_back(after_.SideOf(key));
      ++counts[{old_met.back().presence, old_met.back().grade, new_met.back().presence,
                new_met.back().grade}];
    }
    found_.old_grades = GradesOf(input_.before.table, old_met);
    found_.new_grades = GradesOf(input_.after.table, new_met);
    for (const RowSide& before : found_.old_grades) {
      for (const RowSide& after : found_.new_grades) {
        const auto count =
            counts.find({before.presence, before.grade, after.presence, after.grade});
        if (count != counts.end()) found_.transitions.push_back({before, after, count->second});
      }
    }
  }

  void FindRows() {
    const Between whole(before_, after_);
    std::vector<Between> parts;
    for (size_t i = 0; i < steps_.size(); ++i) {
      parts.emplace_back(i == 0 ? before_ : steps_[i - 1], steps_[i]);
      const CauseStep& step = input_.attribution.steps[i];
      found_.causes.push_back({step.changes, step.lower_card});
    }
    for (const RowKey& key : keys_) AddRow(key, whole, parts);
  }

  void AddRow(const RowKey& key, const Between& whole, const std::vector<Between>& parts) {
    RowPart all = whole.PartOf(key);
    Mover mover{key, all.before, all.after, all.score, std::move(all.cells), {}};
    for (size_t i = 0; i < parts.size(); ++i) {
      RowPart part = parts[i].PartOf(key);
      if (!Between::Moves(part)) continue;
      part.step = i;
      CountCause(part, found_.causes[i]);
      mover.parts.push_back(std::move(part));
    }
    const bool moves =
        mover.OtherGrade() || mover.before.score != mover.after.score || !mover.cells.empty();
    if (!moves) {
      if (!mover.parts.empty()) ++found_.cancelled;
      return;
    }
    ++(mover.OtherGrade()                        ? found_.other_grade
       : mover.before.score != mover.after.score ? found_.other_score
                                                 : found_.other_figures);
    found_.movers.push_back(std::move(mover));
  }

  static void CountCause(const RowPart& part, Cause& cause) {
    ++cause.rows;
    if (!part.before.SameGrade(part.after)) ++cause.grades;
    if (part.score && part.score->Sign() > 0) ++cause.up;
    if (part.score && part.score->Sign() < 0) ++cause.down;
  }

  void CountPay() {
    for (const ColumnPair& pair : PairColumns(input_.before.table, input_.after.table)) {
      const bool in_old = pair.before != nullptr && CanBeTotalled(*pair.before);
      const bool in_new = pair.after != nullptr && CanBeTotalled(*pair.after);
      const bool one = in_old && in_new && pair.before->type.unit == pair.after->type.unit;
      if (in_old) AddPay(*pair.before, true, one);
      if (in_new && !one) AddPay(*pair.after, false, true);
    }
  }

  void AddPay(const ResultColumn& column, bool in_old, bool in_new) {
    PayEffect pay;
    pay.heading = column.heading;
    pay.name = column.name;
    pay.unit = column.type.unit.ToString();
    pay.in_old = in_old;
    pay.in_new = in_new;
    const Amounts before(before_, pay.heading, pay.unit);
    const Amounts after(after_, pay.heading, pay.unit);
    if (in_old) pay.before = CellText(before.Total(), *before.column());
    if (in_new) pay.after = CellText(after.Total(), *after.column());
    pay.change = after.Total() - before.Total();
    CountWinners(before, after, pay);
    Number last = before.Total();
    for (const Results& step : steps_) {
      const Number next = Amounts(step, pay.heading, pay.unit).Total();
      pay.by_step.push_back(next - last);
      last = next;
    }
    found_.pay.push_back(std::move(pay));
  }

  void CountWinners(const Amounts& before, const Amounts& after, PayEffect& pay) const {
    if (!found_.followed) return;
    for (const RowKey& key : keys_) {
      const Number change = after.Of(key) - before.Of(key);
      if (change.Sign() > 0) ++pay.winners;
      if (change.Sign() < 0) ++pay.losers;
      if (Abs(change) > Abs(pay.largest_change)) {
        pay.largest = key;
        pay.largest_change = change;
      }
    }
  }

  void Sort() {
    const auto rank = [](const Mover& mover) {
      if (mover.OtherGrade()) return 0;
      return mover.before.score != mover.after.score ? 1 : 2;
    };
    const auto size = [](const Mover& mover) { return Abs(mover.score.value_or(Number())); };
    std::stable_sort(found_.movers.begin(), found_.movers.end(),
                     [&](const Mover& a, const Mover& b) {
                       if (rank(a) != rank(b)) return rank(a) < rank(b);
                       return size(a) > size(b);
                     });
  }

  const MoversInput& input_;
  Results before_;
  Results after_;
  std::vector<Results> steps_;
  std::vector<RowKey> keys_;
  Movers found_;
};

}  // namespace

std::string_view ToWord(Presence presence) {
  switch (presence) {
    case Presence::kScored: return "scored";
    case Presence::kRejected: return "rejected";
    case Presence::kNotSelected: return "not_selected";
    case Presence::kNotInForce: return "not_in_force";
    case Presence::kNotRead: return "not_read";
  }
  return "";
}

Movers FindMovers(const MoversInput& input) { return MoverFinder(input).Find(); }

}  // namespace steelyard
