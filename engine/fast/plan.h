// A part of a program as steps over blocks of rows in double precision: each step fills a register,
// which holds one number for every row of the block. Everything is a number there: truth is 1 and
// 0, texts, dates and the like are numbered, and missing is not-a-number, which arithmetic passes
// on by itself.
#pragma once

#include <functional>
#include <vector>

#include "engine/fast/bound.h"
#include "engine/fast/words.h"
#include "engine/program/program.h"

namespace steelyard::fast {

enum class StepKind : uint8_t {
  kLeaf,  // what is not computed here: data, and what other plans or the exact evaluator compute
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kNegate,
  kAbs,
  kMin,
  kMax,
  kLess,  // the comparisons mark rows that they cannot decide, like kRound, kFloor and kCeil
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kEqual,
  kNotEqual,
  kNot,
  kAnd,
  kOr,
  kIsMissing,
  kHolds,     // truth, with 0 for missing
  kCoalesce,  // a, or b where a is missing
  kIf,        // a: condition; missing where it is
  kIfTrue,    // a: condition; c where it is missing
  kGiven,     // b where a is present
  kRound,
  kFloor,
  kCeil,
  kLinear,
};

struct Operand {
  int index = -1;    // a register; -1: a constant
  double value = 0;  // of the constant
  Bound bound;       // of the constant
};

// A piece of a piecewise linear function, from `x` on: y + (x' − x) · slope.
struct Piece {
  double x = 0;
  double y = 0;
  double slope = 0;
};

struct Step {
  StepKind kind = StepKind::kLeaf;
  int out = 0;
  Operand a;
  Operand b;
  Operand c;
  int leaf = -1;              // kLeaf
  int places = 0;             // kRound
  int origin = -1;            // kDivide: names the numerators of the divisor
  std::vector<Piece> pieces;  // kLinear
  double last_x = 0;          // kLinear: flat from here on
  std::vector<Bound> bounds;
};

struct Plan {
  Grain table;
  std::vector<Step> steps;
  int registers = 0;
  std::vector<NodeId> leaves;    // by Step::leaf
  std::vector<Operand> outputs;  // in the order asked for
};

// The number that stands for a value: not-a-number for what is missing.
double NumberFor(const Value& value, Words& words);
// Its bound; not usable where the value is too large.
Bound BoundFor(const Value& value, double number);

// Has the node one value for all rows of every table?
bool IsOneForAll(const Node& node);

// Can a plan compute the node row by row? What it cannot is left to the exact evaluator.
bool CanPlan(const Program& program, const Node& node);

// The value of a node that has one value for all rows, computed before.
using ConstantFn = std::function<Operand(NodeId)>;

// How to compute `outputs`, nodes of `table` or of one value for all rows, row by row. Nodes that
// CanPlan refuses are leaves.
Plan MakePlan(const Program& program, Grain table, const std::vector<NodeId>& outputs, Words& words,
              const ConstantFn& constant);

}  // namespace steelyard::fast
