// Whom a change of the rules moves: the results of both versions on the same data, row by row.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/number.h"
#include "engine/compare/attribution.h"
#include "engine/compare/rename.h"
#include "engine/compare/scored.h"

namespace steelyard {

// What one version makes of a subject (and period).
enum class Presence : uint8_t {
  kScored,
  kRejected,     // an indicator that must not be missing is
  kNotSelected,  // left out by `subject: where`
  kNotInForce,   // its period is not scored
  kNotRead,      // its row of the data cannot be used
};
std::string_view ToWord(Presence presence);  // stable, for machines

// One side of a row: where it stands, and its grade and score as they are written.
struct RowSide {
  Presence presence = Presence::kScored;
  std::string grade;    // empty where the card has none, or the row no result
  std::string score;    // empty where there is none
  std::string because;  // kRejected: the indicator
  bool scored() const { return presence == Presence::kScored; }
  // Are rows of this kind counted together in the matrix of grades?
  bool SameGrade(const RowSide& other) const {
    return presence == other.presence && grade == other.grade;
  }
};

// One cell of the results that is another in the new version. As they are written: the difference
// of what two runs of `score` put out.
struct MovedCell {
  std::string heading;  // in the old version, or in the new one where it is new there
  std::string name;     // the label, where it has one
  ResultRole role = ResultRole::kValue;
  std::string before;  // empty where missing
  std::string after;
  std::string unit;
  std::optional<Number> change;  // after − before, where both are numbers of one unit
};

// What one step of the attribution does to a row.
struct RowPart {
  size_t step = 0;
  RowSide before;
  RowSide after;
  std::optional<Number> score;   // where both have one
  std::vector<MovedCell> cells;  // but score and grade
};

struct Mover {
  RowKey key;
  RowSide before;
  RowSide after;
  std::optional<Number> score;   // after − before, where both have one
  std::vector<MovedCell> cells;  // all that change, but score and grade
  std::vector<RowPart> parts;    // of the steps that move the row; they add up to the whole
  bool OtherGrade() const { return !before.SameGrade(after); }
};

// How many rows have this grade in the old version and that one in the new: of the two sides only
// presence and grade.
struct Transition {
  RowSide before;
  RowSide after;
  uint64_t count = 0;
};

// What becomes of one money outcome, in all rows together.
struct PayEffect {
  std::string heading;
  std::string new_heading;  // where it goes by another now
  std::string name;
  std::string unit;
  bool in_old = true;
  bool in_new = true;
  std::string
      before;  // sums of the amounts as they are written; an amount that is missing adds none
  std::string after;
  Number change;
  uint64_t winners = 0;
  uint64_t losers = 0;
  std::optional<RowKey> largest;  // whose amount changes most
  Number largest_change;
  std::vector<Number> by_step;  // adds up to `change`
};

// What one step does in all rows together.
struct Cause {
  std::vector<size_t> changes;
  std::string lower_card;
  uint64_t rows = 0;    // that it moves
  uint64_t grades = 0;  // of them, with another grade
  uint64_t up = 0;      // with a higher score
  uint64_t down = 0;
};

struct Movers {
  // All rows that either version has a result or a rejection for; they add up:
  // rows = both + only_old + only_new + neither.
  uint64_t rows = 0;
  uint64_t both = 0;
  uint64_t only_old = 0;
  uint64_t only_new = 0;
  uint64_t neither = 0;  // rejected by both
  // Rows and columns of the matrix: grades as declared, others as they are met, rows without a
  // result last.
  std::vector<RowSide> old_grades;
  std::vector<RowSide> new_grades;
  std::vector<Transition> transitions;  // that occur
  uint64_t other_grade = 0;             // movers by the most that happens to them
  uint64_t other_score = 0;
  uint64_t other_figures = 0;
  std::vector<Mover> movers;  // another grade first, then by the size of the change of the score
  std::vector<PayEffect> pay;
  std::vector<Cause> causes;  // by step
  bool attributed = true;     // false: the last cause is what the changes do not explain
  std::vector<std::string> added_columns;
  std::vector<std::string> removed_columns;
  std::vector<Rename> renames;  // that headings of results went through
  uint64_t cancelled = 0;       // rows that single steps move, and all of them together do not
  bool followed = true;         // false: nobody can be followed from one version to the other
  // Rows of the subject's table that could not be read, by version.
  uint64_t old_unread = 0;
  uint64_t new_unread = 0;
};

struct MoversInput {
  const ScoredVersion& before;
  const ScoredVersion& after;  // with the ids of `before`
  const Attribution& attribution;
};
Movers FindMovers(const MoversInput& input);

}  // namespace steelyard
