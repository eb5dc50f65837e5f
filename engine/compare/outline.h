// A rule file as a list of things and, in each, of things said about it: every key of the language
// in one form, so that whoever compares, draws or prints rules treats all of them alike. Whatever
// is not here is not compared: outline_test.cpp holds it against all keys there are.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/compare/change.h"
#include "engine/source/source.h"
#include "engine/syntax/rule_file.h"

namespace steelyard {

// What a name in a place that is no formula refers to.
enum class NameOf : uint8_t { kAnything, kTable, kColumn, kGrade };

// A value is a row of pieces.
struct Piece {
  enum class Kind : uint8_t {
    kGlue,      // only shown: `..`, `, `
    kWord,      // as it is written
    kName,      // of a thing
    kFormula,   // compared as a tree
    kConstant,  // of a list: a formula in which a plain name is a text
    kTarget,    // a condition on `value`, or the level alone that it must reach
  };
  Kind kind = Kind::kWord;
  std::string text;                  // all but formulas
  const Formula* formula = nullptr;  // in the tree of the file
  NameOf name_of = NameOf::kAnything;
  std::string table;  // kName of a column: the table's id
};

struct Said {
  std::vector<Piece> pieces;
  Span span;
  bool implied = false;  // nothing is written; this is what then holds
  bool as_set = false;   // the order means nothing
  bool empty() const { return pieces.empty(); }
};

// `formula: …`.
struct Leaf {
  std::string_view field;
  Said said;
  ChangeEffect effect = ChangeEffect::kResults;
};

enum class Role : uint8_t {
  kCard,
  kTable,
  kColumn,
  kParent,
  kParameter,
  kValue,
  kIndicator,
  kPoint,  // of a curve
  kBand,
  kTier,
  kEvent,
  kMissing,
  kWeights,
  kWeight,
  kDimension,
  kProfile,
  kSet,     // an entry of `set:`
  kChange,  // an entry of `change:`
  kAdjustment,
  kAdditions,
  kGate,
  kGrade,
  kRounding,
  kDistribution,
  kShare,
  kOutcome,
  kPool,
  kSchedule,
  kPart,
};

struct Item {
  Role role = Role::kCard;
  Section section = Section::kCard;
  std::string id;    // empty where there is only one, or where it goes by its place
  std::string name;  // the label; of an event the table that its column is one of
  std::string part;  // `columns.amount`, `score.bands[2]`: its path below the thing it is part of
  Span span;
  std::vector<Leaf> leaves;
  std::vector<Item> items;
};

struct Outline {
  FileId file;              // that was asked for; others are imported
  bool is_library = false;  // whatever it holds is for others to use
  std::vector<Item> items;  // by section, then as in the file
};
Outline MakeOutline(const RuleFile& file);

// Does a thing of this kind keep its meaning under another id, with all that speaks of it?
bool CanBeRenamed(Role role);

// The value as its author wrote it, on one line.
std::string Shown(const Said& said);

}  // namespace steelyard
