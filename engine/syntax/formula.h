// A formula as it was written: a tree in a vector. Nothing is resolved here; names are texts, and
// `sum`, `求和` and `∑` are still three different words.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/number.h"
#include "engine/base/typed_id.h"
#include "engine/source/source.h"

namespace steelyard {

using ExprId = TypedId<struct ExprTag>;

enum class ExprKind : uint8_t {
  kNumber,     // number: the value as written, per cent and 万/亿 applied. `5%` is 1/20
  kQuantity,   // number with a unit in `text`: `24h`, `3 天`, `100 CNY`
  kText,       // 'abc'
  kDate,       // 2026-04-01; text holds it
  kPeriod,     // 2026Q1, 2026-04, 2026H1; text holds it
  kBool,       // op kTrue or kFalse
  kMissing,    // missing
  kName,       // text: normalised name; `table.column` has text2 = column
  kList,       // (a, b, c): only at the right of in / not in
  kUnary,      // op kNegate, kPlus or kNot; children: operand
  kBinary,     // op; children: left, right
  kChain,      // a <= b < c: children operands, ops in `ops`, one fewer than children
  kIn,         // op kIn or kNotIn; children: value, then a kList, or a kName or other single value
  kBetween,    // op kBetween or kNotBetween; children: value, low, high
  kIsMissing,  // op kIsMissing or kIsNotMissing; children: operand
  kIf,         // children: condition, then, else (if/then/else and if(a, b, c) alike)
  kCase,       // children: when, then, when, then …; last is else where `has_else`
  kCall,       // text: function as written; see the members below
};

enum class Op : uint8_t {
  kNone,
  kTrue,
  kFalse,
  kNegate,
  kPlus,
  kNot,
  kOr,
  kAnd,
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kCoalesce,  // ??
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kPower,
  kIn,
  kNotIn,
  kBetween,
  kNotBetween,
  kIsMissing,
  kIsNotMissing,
};

struct Expr {
  ExprKind kind = ExprKind::kMissing;
  Op op = Op::kNone;
  bool has_else = false;
  bool all_periods = false;      // kCall: `among … all periods`
  bool among_all = false;        // kCall: `among all`
  bool percent_literal = false;  // kNumber: written with a per cent sign
  // Where it stands in the file, first to last character, and the operator, function word or, of
  // `table.column`, the column.
  Span span;
  Span op_span;
  std::string text;
  std::string text2;
  Number number;
  std::vector<Op> ops;
  std::vector<ExprId> children;  // kCall: plain arguments
  // kCall only:
  ExprId where;                   // `where` condition
  ExprId per;                     // a kName: the table of `per`
  std::vector<ExprId> among;      // kName columns of `among`
  std::vector<ExprId> pair_keys;  // linear(x, x1: y1, …): x1 …
  std::vector<ExprId> pair_values;
};

struct ExprTree {
  std::vector<Expr> nodes;
  ExprId root;

  const Expr& at(ExprId id) const { return nodes[id.index()]; }
  ExprId Add(Expr expr) {
    nodes.push_back(std::move(expr));
    return ExprId{static_cast<int32_t>(nodes.size() - 1)};
  }
};

// A formula in a file: its text with positions, and its tree. The root is not valid where the text
// could not be parsed (that was reported then) or the key is absent (span not valid).
struct Formula {
  EmbeddedText source;
  Span span;
  ExprTree tree;

  bool present() const { return span.valid(); }
  bool parsed() const { return tree.root.valid(); }
};

// S-expression of a tree, for tests: `(sub 1 (pct 95))`-like, one line.
std::string Dump(const ExprTree& tree);
// The formula printed again, canonical, with no more brackets than it needs; parses to the same
// tree.
std::string Print(const ExprTree& tree, ExprId id);
std::string_view Symbol(Op op);  // `+`, `÷`, `and` …

}  // namespace steelyard
