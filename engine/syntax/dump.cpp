// Trees as S-expressions, for tests.
#include <string>

#include "engine/syntax/formula.h"
#include "engine/syntax/spell.h"

namespace steelyard {

namespace {

std::string_view Tag(Op op) {
  switch (op) {
    case Op::kNegate: return "neg";
    case Op::kPlus: return "pos";
    case Op::kEqual: return "eq";
    case Op::kNotEqual: return "ne";
    case Op::kLess: return "lt";
    case Op::kLessEqual: return "le";
    case Op::kGreater: return "gt";
    case Op::kGreaterEqual: return "ge";
    case Op::kCoalesce: return "coalesce";
    case Op::kAdd: return "add";
    case Op::kSubtract: return "sub";
    case Op::kMultiply: return "mul";
    case Op::kDivide: return "div";
    case Op::kPower: return "pow";
    case Op::kNotIn: return "not-in";
    case Op::kNotBetween: return "not-between";
    case Op::kIsMissing: return "is-missing";
    case Op::kIsNotMissing: return "is-not-missing";
    default: return Symbol(op);
  }
}

class Dumper {
 public:
  explicit Dumper(const ExprTree& tree) : tree_(tree) {}

  std::string Of(ExprId id) const {
    const Expr& expr = tree_.at(id);
    switch (expr.kind) {
      case ExprKind::kNumber: return NumberOf(expr);
      case ExprKind::kQuantity: return "(qty " + SpellNumber(expr.number) + " " + expr.text + ")";
      case ExprKind::kText: return SpellText(expr.text);
      case ExprKind::kDate:
      case ExprKind::kPeriod: return expr.text;
      case ExprKind::kBool: return std::string(Symbol(expr.op));
      case ExprKind::kMissing: return "missing";
      case ExprKind::kName: return SpellName(expr);
      case ExprKind::kList: return Node("list", expr.children);
      case ExprKind::kChain: return Chain(expr);
      case ExprKind::kIf: return Node("if", expr.children);
      case ExprKind::kCase: return Case(expr);
      case ExprKind::kCall: return Call(expr);
      default: return Node(Tag(expr.op), expr.children);
    }
  }

 private:
  static std::string NumberOf(const Expr& expr) {
    if (!expr.percent_literal) return SpellNumber(expr.number);
    return "(pct " + SpellNumber(expr.number * Number(100)) + ")";
  }

  std::string Node(std::string_view tag, const std::vector<ExprId>& children) const {
    std::string node = "(";
    node += tag;
    for (const ExprId child : children) node += " " + Of(child);
    return node + ")";
  }

  std::string Chain(const Expr& expr) const {
    std::string node = "(chain " + Of(expr.children.front());
    for (size_t i = 0; i < expr.ops.size(); ++i) {
      node += " ";
      node += Symbol(expr.ops[i]);
      node += " " + Of(expr.children[i + 1]);
    }
    return node + ")";
  }

  std::string Case(const Expr& expr) const {
    std::vector<ExprId> branches = expr.children;
    if (!expr.has_else) return Node("case", branches);
    const ExprId last = branches.back();
    branches.pop_back();
    std::string node = Node("case", branches);
    node.pop_back();
    return node + " (else " + Of(last) + "))";
  }

  std::string Call(const Expr& expr) const {
    std::string node = Node("call " + SpellName(expr.text), expr.children);
    node.pop_back();
    for (size_t i = 0; i < expr.pair_keys.size(); ++i) {
      node += " (pair " + Of(expr.pair_keys[i]) + " " + Of(expr.pair_values[i]) + ")";
    }
    if (expr.where.valid()) node += " (where " + Of(expr.where) + ")";
    if (expr.per.valid()) node += " (per " + Of(expr.per) + ")";
    if (expr.among_all) node += " (among-all)";
    if (!expr.among.empty()) node += " " + Node("among", expr.among);
    if (expr.all_periods) node += " (all-periods)";
    return node + ")";
  }

  const ExprTree& tree_;
};

}  // namespace

std::string Dump(const ExprTree& tree) {
  return tree.root.valid() ? Dumper(tree).Of(tree.root) : "(nothing)";
}

}  // namespace steelyard
