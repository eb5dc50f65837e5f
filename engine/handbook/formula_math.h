// A formula as mathematics: fractions, sums, cases; names by what they are called.
#pragma once

#include <string>
#include <string_view>

#include "engine/diag/diagnostic.h"
#include "engine/handbook/math.h"
#include "engine/syntax/formula.h"

namespace steelyard {

// What the names in a formula stand for. It is also told which functions are met, so that they can
// be explained somewhere.
class FormulaNames {
 public:
  virtual ~FormulaNames() = default;
  virtual std::string Of(const Expr& name) = 0;
  // Of `points(x)`, `per x`: an indicator, a dimension, a table.
  virtual std::string OfIndicator(const Expr& name) { return Of(name); }
  virtual std::string OfTable(const Expr& name) { return Of(name); }
  // The table whose rows an aggregate takes; empty for those of the subject.
  virtual std::string RowsOf(const Expr& call) = 0;
  // Does `count` count rows, and not cells?
  virtual bool CountsRows(const Expr& call) = 0;
  virtual void Met(std::string_view /*function*/) {}
};

Math ToMath(const ExprTree& tree, ExprId id, FormulaNames& names, Language language);

// A unit as it is printed behind a number: `元`, `小时`; itself where it has no other word.
std::string UnitInPrint(const std::string& unit, Language language);
// A number with its thousands set apart: `2,000,000`, from five digits on.
std::string NumberInPrint(const Number& number);
// Of `0.35`: `35%`.
std::string PercentInPrint(const Number& number);

}  // namespace steelyard
