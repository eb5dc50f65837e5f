// Random well-typed formulas over the tables of a case.
#pragma once

#include <string>
#include <vector>

#include "tests/agree/case.h"
#include "tests/agree/dice.h"

namespace steelyard::agree {

// The table a formula has a value for each row of: subject, child, grandchild.
enum class Rows { kSubject, kChild, kGrandchild };

// A name that formulas of the subject may use.
struct KnownName {
  std::string text;
  char kind = 'n';
};

// Kinds: n number, m money, d duration, b truth, t one of a, b, c; D date.
class FormulaMaker {
 public:
  FormulaMaker(Dice& dice, bool periods, std::vector<std::string> levels)
      : dice_(dice), periods_(periods), levels_(std::move(levels)) {}

  Piece Make(char kind, Rows rows, int depth);
  // Names may be used from here on.
  void Know(const std::string& text, char kind) { names_.push_back({text, kind}); }
  // A number of those that data hold, or one beside it.
  std::string Level();
  // So many of them, rising.
  std::vector<std::string> RisingLevels(size_t count);

 private:
  Piece Leaf(char kind, Rows rows);
  Piece Figure(Rows rows, int depth);
  Piece Arithmetic(Rows rows, int depth);
  Piece Function(Rows rows, int depth);
  Piece Curve(Rows rows, int depth);
  Piece Choice(char kind, Rows rows, int depth);
  Piece Fold(Rows rows, int depth);
  Piece Across(int depth);
  Piece OverTime(int depth);
  Piece Calendar(Rows rows, int depth);
  Piece Amount(char kind, Rows rows, int depth);
  Piece Truth(Rows rows, int depth);
  Piece Comparison(Rows rows, int depth);
  Piece Word(Rows rows, int depth);
  Piece Day(Rows rows, int depth);
  Rows Below(Rows rows);

  Dice& dice_;
  const bool periods_;
  const std::vector<std::string> levels_;
  std::vector<KnownName> names_;
};

}  // namespace steelyard::agree
