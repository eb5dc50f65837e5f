// Formulas from trees, one way to write each. Brackets stand only where the tree would otherwise
// be read differently, and around a choice that is part of something larger.
#include <string>

#include "engine/syntax/formula.h"
#include "engine/syntax/spell.h"

namespace steelyard {

namespace {

// How tightly a form holds together, as the levels of grammar/formula.h.
enum Level {
  kChoice,
  kOr,
  kAnd,
  kNot,
  kComparison,
  kCoalesce,
  kSum,
  kProduct,
  kSign,
  kPower,
  kPrimary,
};

Level LevelOf(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::kUnary: return expr.op == Op::kNot ? kNot : kSign;
    case ExprKind::kChain:
    case ExprKind::kIn:
    case ExprKind::kBetween:
    case ExprKind::kIsMissing: return kComparison;
    case ExprKind::kIf: return kChoice;
    case ExprKind::kNumber:
    case ExprKind::kQuantity: return expr.number.Sign() < 0 ? kSign : kPrimary;
    case ExprKind::kBinary: break;
    default: return kPrimary;
  }
  switch (expr.op) {
    case Op::kOr: return kOr;
    case Op::kAnd: return kAnd;
    case Op::kCoalesce: return kCoalesce;
    case Op::kAdd:
    case Op::kSubtract: return kSum;
    case Op::kMultiply:
    case Op::kDivide: return kProduct;
    case Op::kPower: return kPower;
    default: return kComparison;
  }
}

class Printer {
 public:
  explicit Printer(const ExprTree& tree) : tree_(tree) {}

  // In brackets, unless the form holds together at least as tightly as `least`.
  std::string At(ExprId id, Level least) const {
    const Expr& expr = tree_.at(id);
    std::string text = Form(expr);
    return LevelOf(expr) < least ? "(" + text + ")" : text;
  }

 private:
  std::string Form(const Expr& expr) const {
    switch (expr.kind) {
      case ExprKind::kNumber: return NumberOf(expr);
      case ExprKind::kQuantity: return SpellNumber(expr.number) + " " + expr.text;
      case ExprKind::kText: return SpellText(expr.text);
      case ExprKind::kDate:
      case ExprKind::kPeriod: return expr.text;
      case ExprKind::kBool: return std::string(Symbol(expr.op));
      case ExprKind::kMissing: return "missing";
      case ExprKind::kName: return SpellName(expr);
      case ExprKind::kList: return "(" + Listed(expr.children) + ")";
      case ExprKind::kUnary: return Unary(expr);
      case ExprKind::kBinary: return Binary(expr);
      case ExprKind::kChain: return Chain(expr);
      case ExprKind::kIn: return Infix(expr, kCoalesce, kPrimary);
      case ExprKind::kBetween:
        return Infix(expr, kCoalesce, kCoalesce) + " and " + At(expr.children[2], kCoalesce);
      case ExprKind::kIsMissing:
        return At(expr.children[0], kCoalesce) + " " + std::string(Symbol(expr.op));
      case ExprKind::kIf: return If(expr);
      case ExprKind::kCase: return Case(expr);
      case ExprKind::kCall: return Call(expr);
    }
    return {};
  }

  static std::string NumberOf(const Expr& expr) {
    if (!expr.percent_literal) return SpellNumber(expr.number);
    return SpellNumber(expr.number * Number(100)) + "%";
  }

  std::string Unary(const Expr& expr) const {
    const std::string sign(Symbol(expr.op));
    if (expr.op == Op::kNot) return sign + " " + At(expr.children[0], kNot);
    return sign + At(expr.children[0], kSign);
  }

  std::string Infix(const Expr& expr, Level left, Level right) const {
    return At(expr.children[0], left) + " " + std::string(Symbol(expr.op)) + " " +
           At(expr.children[1], right);
  }

  std::string Binary(const Expr& expr) const {
    const Level level = LevelOf(expr);
    switch (level) {
      case kComparison: return Infix(expr, kCoalesce, kCoalesce);
      case kPower: return Infix(expr, kPrimary, kSign);
      default: return Infix(expr, level, static_cast<Level>(level + 1));
    }
  }

  std::string Chain(const Expr& expr) const {
    std::string text = At(expr.children[0], kCoalesce);
    for (size_t i = 0; i < expr.ops.size(); ++i) {
      text += " " + std::string(Symbol(expr.ops[i])) + " " + At(expr.children[i + 1], kCoalesce);
    }
    return text;
  }

  std::string If(const Expr& expr) const {
    return "if " + At(expr.children[0], kOr) + " then " + At(expr.children[1], kOr) + " else " +
           At(expr.children[2], kChoice);
  }

  std::string Case(const Expr& expr) const {
    const size_t branches = expr.children.size() / 2;
    std::string text = "case";
    for (size_t i = 0; i < branches; ++i) {
      text += " when " + At(expr.children[2 * i], kOr);
      text += " then " + At(expr.children[2 * i + 1], kOr);
    }
    if (expr.has_else) text += " else " + At(expr.children.back(), kChoice);
    return text + " end";
  }

  std::string Listed(const std::vector<ExprId>& ids) const {
    std::string text;
    for (const ExprId id : ids) text += (text.empty() ? "" : ", ") + At(id, kChoice);
    return text;
  }

  std::string Call(const Expr& expr) const {
    std::string text = Listed(expr.children);
    for (size_t i = 0; i < expr.pair_keys.size(); ++i) {
      if (!text.empty()) text += ", ";
      text += At(expr.pair_keys[i], kChoice) + ": " + At(expr.pair_values[i], kChoice);
    }
    const auto clause = [&](std::string_view word, const std::string& rest) {
      if (!text.empty()) text += " ";
      text += word;
      text += rest;
    };
    if (expr.where.valid()) clause("where ", At(expr.where, kChoice));
    if (expr.per.valid()) clause("per ", At(expr.per, kChoice));
    if (expr.among_all) clause("among all", "");
    if (!expr.among.empty()) clause("among ", Among(expr.among));
    if (expr.all_periods) clause(expr.among_all ? "periods" : "all periods", "");
    return SpellName(expr.text) + "(" + text + ")";
  }

  // A column called `all` must not be taken for everyone.
  std::string Among(const std::vector<ExprId>& columns) const {
    std::string text;
    for (const ExprId id : columns) {
      const std::string name = At(id, kChoice);
      const bool everyone = name.size() == 3 && (name[0] | 0x20) == 'a' &&
                            (name[1] | 0x20) == 'l' && (name[2] | 0x20) == 'l';
      text += (text.empty() ? "" : ", ") + (everyone ? "`" + name + "`" : name);
    }
    return text;
  }

  const ExprTree& tree_;
};

}  // namespace

std::string Print(const ExprTree& tree, ExprId id) { return Printer(tree).At(id, kChoice); }

}  // namespace steelyard
