#include "engine/compare/normal.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/base/text.h"
#include "engine/schema/operation.h"
#include "engine/schema/unit.h"
#include "engine/syntax/spell.h"

namespace steelyard {
namespace {

constexpr std::string_view kInverse = "1/";  // a factor that divides
constexpr std::string_view kNegative = "-";  // a term that is taken away

bool IsDuration(const Normal& node) { return node.head.starts_with("time "); }

Normal Leaf(std::string head, Span span) {
  Normal node;
  node.head = std::move(head);
  node.span = span;
  return node;
}

// The key, once head and parts are right.
Normal Sealed(Normal node) {
  std::vector<std::string_view> keys;
  for (const Normal& part : node.parts) keys.push_back(part.key);
  if (node.unordered) std::sort(keys.begin(), keys.end());
  node.key = node.head;
  if (!keys.empty()) {
    node.key += '(';
    for (const std::string_view key : keys) {
      node.key += key;
      node.key += ';';
    }
    node.key += ')';
  }
  return node;
}

Span Between(const Normal& left, const Normal& right) {
  return {left.span.file, left.span.end, std::max(left.span.end, right.span.begin)};
}

class Normalizer {
 public:
  Normalizer(const ExprTree& tree, const NameKeys& names, const NormalOptions& options)
      : tree_(tree), names_(names), options_(options) {}

  Normal Root() {
    Normal root = Of(tree_.root);
    if (!options_.value_target || IsCondition(tree_.at(tree_.root))) return root;
    Normal node = Leaf("<=", root.span);
    Normal value = Sealed(Leaf("name ?value", root.span));
    if (options_.lower_is_better) {
      node.parts = {std::move(value), std::move(root)};
    } else {
      node.parts = {std::move(root), std::move(value)};
    }
    return Sealed(std::move(node));
  }

 private:
  static bool IsCondition(const Expr& expr) {
    switch (expr.kind) {
      case ExprKind::kChain:
      case ExprKind::kIn:
      case ExprKind::kBetween:
      case ExprKind::kIsMissing:
      case ExprKind::kBool: return true;
      case ExprKind::kUnary: return expr.op == Op::kNot;
      case ExprKind::kBinary: break;
      default: return false;
    }
    return expr.op == Op::kOr || expr.op == Op::kAnd || IsComparison(expr.op);
  }

  static bool IsComparison(Op op) { return op >= Op::kEqual && op <= Op::kGreaterEqual; }

  Normal Of(ExprId id) {
    const Expr& expr = tree_.at(id);
    switch (expr.kind) {
      case ExprKind::kNumber: return Sealed(Leaf(expr.number.ToFraction(), expr.span));
      case ExprKind::kQuantity: return Quantity(expr);
      case ExprKind::kText: return Sealed(Leaf(SpellText(expr.text), expr.span));
      case ExprKind::kDate:
      case ExprKind::kPeriod: return Sealed(Leaf(ToUpper(expr.text), expr.span));
      case ExprKind::kBool: return Sealed(Leaf(expr.op == Op::kTrue ? "true" : "false", expr.span));
      case ExprKind::kMissing: return Sealed(Leaf("missing", expr.span));
      case ExprKind::kName: return Name(expr);
      case ExprKind::kList: return Listed("list", expr, true);
      case ExprKind::kUnary: return Unary(expr);
      case ExprKind::kBinary: return Binary(expr);
      case ExprKind::kChain: return Chain(expr);
      case ExprKind::kIn: return In(expr);
      case ExprKind::kBetween: return Between(expr);
      case ExprKind::kIsMissing:
        return Listed(expr.op == Op::kIsMissing ? "is missing" : "is not missing", expr, false);
      case ExprKind::kIf: return Listed("if", expr, false);
      case ExprKind::kCase: return Listed(expr.has_else ? "case else" : "case", expr, false);
      case ExprKind::kCall: return Call(expr);
    }
    return {};
  }

  // A time is kept in hours where it is compared, since only the meaning counts there; elsewhere
  // the unit decides how a result is shown.
  Normal Quantity(const Expr& expr) {
    const std::optional<Unit> unit = Unit::Parse(expr.text);
    if (!unit) return Sealed(Leaf(expr.number.ToFraction() + " " + expr.text, expr.span));
    if (unit->IsTime() && compared_) {
      return Sealed(Leaf("time " + (expr.number * unit->Scale()).ToFraction() + " h", expr.span));
    }
    const std::string text = expr.number.ToFraction() + " " + unit->ToString();
    return Sealed(Leaf((unit->IsTime() ? "time " : "") + text, expr.span));
  }

  Normal Name(const Expr& expr) {
    if (options_.words && expr.text2.empty()) return Sealed(Leaf(SpellText(expr.text), expr.span));
    const NamePlace place{options_.self, in_where_};
    const std::string key =
        expr.text2.empty() ? names_.Of(options_.side, expr.text, place, options_.wild)
                           : names_.OfColumn(options_.side, expr.text, expr.text2, options_.wild);
    return Sealed(Leaf("name " + key, expr.span));
  }

  Normal Listed(std::string head, const Expr& expr, bool unordered) {
    Normal node = Leaf(std::move(head), expr.span);
    node.unordered = unordered;
    node.sign = expr.op_span;
    for (const ExprId child : expr.children) node.parts.push_back(Of(child));
    return Sealed(std::move(node));
  }

  Normal Unary(const Expr& expr) {
    if (expr.op == Op::kPlus) return Widened(Of(expr.children[0]), expr.span);
    if (expr.op == Op::kNot) return Listed("not", expr, false);
    Normal node = Leaf("+", expr.span);
    node.unordered = true;
    Gather(Of(expr.children[0]), "+", true, expr.op_span, node.parts);
    return Simplified(std::move(node));
  }

  static Normal Widened(Normal node, Span span) {
    node.span = span;
    return node;
  }

  Normal Binary(const Expr& expr) {
    switch (expr.op) {
      case Op::kAdd:
      case Op::kSubtract: return Sum(expr);
      case Op::kMultiply:
      case Op::kDivide: return Product(expr);
      case Op::kAnd: return Junction("and", Op::kAnd, expr);
      case Op::kOr: return Junction("or", Op::kOr, expr);
      case Op::kCoalesce: return Coalesce(expr);
      case Op::kPower: return Listed("^", expr, false);
      default: return Comparison(expr);
    }
  }

  // --- sums and products: every operand with its sign, whatever the brackets -------------------

  static Normal Wrapped(std::string_view head, Normal inner, Span sign) {
    Normal node = Leaf(std::string(head), inner.span);
    node.sign = sign;
    node.parts.push_back(std::move(inner));
    return Sealed(std::move(node));
  }

  static Normal Negated(Normal inner, Span sign) {
    if (inner.head == kNegative) {
      Normal out = std::move(inner.parts.front());
      out.sign = sign;
      return out;
    }
    return Wrapped(kNegative, std::move(inner), sign);
  }

  // a ÷ (b ÷ c) is not a × c ÷ b: where c is 0 it is missing.
  static bool Divides(const Normal& node) {
    return std::any_of(node.parts.begin(), node.parts.end(),
                       [](const Normal& part) { return part.head == kInverse; });
  }

  static void Gather(Normal operand, std::string_view head, bool flip, Span sign,
                     std::vector<Normal>& parts) {
    const auto turned = [&](Normal node, Span at) {
      if (!flip) return node;
      return head == "+" ? Negated(std::move(node), at) : Wrapped(kInverse, std::move(node), at);
    };
    const bool closed = flip && head == "*" && Divides(operand);
    if (operand.head != head || closed) {
      if (!operand.sign.valid()) operand.sign = sign;
      parts.push_back(turned(std::move(operand), sign));
      return;
    }
    for (Normal& part : operand.parts) {
      const Span at = part.sign.valid() ? part.sign : sign;
      parts.push_back(turned(std::move(part), at));
    }
  }

  Normal Sum(const Expr& expr) {
    Normal node = Leaf("+", expr.span);
    Gather(Of(expr.children[0]), "+", false, {}, node.parts);
    Gather(Of(expr.children[1]), "+", expr.op == Op::kSubtract, expr.op_span, node.parts);
    // A sum of times is shown in the unit of the first.
    node.unordered = std::none_of(node.parts.begin(), node.parts.end(), [](const Normal& part) {
      return IsDuration(part) || (!part.parts.empty() && IsDuration(part.parts.front()));
    });
    return Simplified(std::move(node));
  }

  Normal Product(const Expr& expr) {
    Normal node = Leaf("*", expr.span);
    node.unordered = true;
    Gather(Of(expr.children[0]), "*", false, {}, node.parts);
    Gather(Of(expr.children[1]), "*", expr.op == Op::kDivide, expr.op_span, node.parts);
    // `× 100%` only says how it is read.
    std::erase_if(node.parts, [](const Normal& part) { return part.head == "1"; });
    if (node.parts.empty()) return Sealed(Leaf("1", expr.span));
    return Simplified(std::move(node));
  }

  // A sum of one thing is that thing.
  static Normal Simplified(Normal node) {
    if (node.parts.size() != 1) return Sealed(std::move(node));
    const Span span = node.span;
    return Widened(std::move(node.parts.front()), span);
  }

  // --- conditions -------------------------------------------------------------------------------

  void GatherJunction(ExprId id, Op op, Span sign, std::vector<Normal>& parts) {
    const Expr& expr = tree_.at(id);
    if (expr.kind == ExprKind::kBinary && expr.op == op) {
      GatherJunction(expr.children[0], op, sign, parts);
      GatherJunction(expr.children[1], op, expr.op_span, parts);
      return;
    }
    Normal part = Of(id);
    if (op == Op::kAnd && part.head == "and") {  // a chain of comparisons
      for (Normal& each : part.parts) parts.push_back(std::move(each));
      return;
    }
    if (parts.size() > 0) part.sign = sign;
    parts.push_back(std::move(part));
  }

  Normal Junction(std::string head, Op op, const Expr& expr) {
    Normal node = Leaf(std::move(head), expr.span);
    node.unordered = true;
    GatherJunction(expr.children[0], op, {}, node.parts);
    GatherJunction(expr.children[1], op, expr.op_span, node.parts);
    return Sealed(std::move(node));
  }

  Normal Coalesce(const Expr& expr) {
    Normal node = Leaf("??", expr.span);
    for (const ExprId child : expr.children) {
      Normal part = Of(child);
      if (part.head == "??") {
        for (Normal& each : part.parts) node.parts.push_back(std::move(each));
      } else {
        node.parts.push_back(std::move(part));
      }
    }
    return Sealed(std::move(node));
  }

  // What a comparison compares.
  Normal Side(ExprId id) {
    const bool before = std::exchange(compared_, true);
    Normal side = Of(id);
    compared_ = before;
    return side;
  }

  static Normal Compare(Op op, Normal left, Normal right, Span span, Span sign) {
    const bool turned = op == Op::kGreater || op == Op::kGreaterEqual;
    if (op == Op::kGreater) op = Op::kLess;
    if (op == Op::kGreaterEqual) op = Op::kLessEqual;
    Normal node = Leaf(op == Op::kLess        ? "<"
                       : op == Op::kLessEqual ? "<="
                       : op == Op::kEqual     ? "="
                                              : "!=",
                       span);
    node.sign = sign;
    node.unordered = op == Op::kEqual || op == Op::kNotEqual;
    if (turned) std::swap(left, right);
    node.parts.push_back(std::move(left));
    node.parts.push_back(std::move(right));
    return Sealed(std::move(node));
  }

  Normal Comparison(const Expr& expr) {
    return Compare(expr.op, Side(expr.children[0]), Side(expr.children[1]), expr.span,
                   expr.op_span);
  }

  Normal Chain(const Expr& expr) {
    Normal node = Leaf("and", expr.span);
    node.unordered = true;
    for (size_t i = 0; i < expr.ops.size(); ++i) {
      Normal left = Side(expr.children[i]);
      Normal right = Side(expr.children[i + 1]);
      const Span span{expr.span.file, left.span.begin, right.span.end};
      const Span sign = steelyard::Between(left, right);
      node.parts.push_back(Compare(expr.ops[i], std::move(left), std::move(right), span, sign));
    }
    return Sealed(std::move(node));
  }

  Normal Between(const Expr& expr) {
    Normal both = Leaf("and", expr.span);
    both.unordered = true;
    Normal low = Side(expr.children[1]);
    Normal high = Side(expr.children[2]);
    const Span low_span = low.span;
    const Span high_span = high.span;
    both.parts.push_back(
        Compare(Op::kGreaterEqual, Side(expr.children[0]), std::move(low), low_span, {}));
    both.parts.push_back(
        Compare(Op::kLessEqual, Side(expr.children[0]), std::move(high), high_span, {}));
    both = Sealed(std::move(both));
    if (expr.op == Op::kBetween) return both;
    Normal node = Leaf("not", expr.span);
    node.sign = expr.op_span;
    node.parts.push_back(std::move(both));
    return Sealed(std::move(node));
  }

  Normal In(const Expr& expr) {
    Normal node = Leaf(expr.op == Op::kIn ? "in" : "not in", expr.span);
    node.sign = expr.op_span;
    node.parts.push_back(Side(expr.children[0]));
    node.parts.push_back(Side(expr.children[1]));
    return Sealed(std::move(node));
  }

  // --- functions --------------------------------------------------------------------------------

  Normal Call(const Expr& expr) {
    const FunctionInfo* function = FindFunction(expr.text);
    const std::string name = function != nullptr ? std::string(function->name) : expr.text;
    const bool plain = expr.pair_keys.empty() && !expr.where.valid() && expr.among.empty();
    if (name == "value" && plain && expr.children.size() == 1) {
      return Widened(Of(expr.children[0]), expr.span);
    }
    if (name == "coalesce" && plain && expr.children.size() > 1) {
      return Widened(Coalesce(expr), expr.span);
    }
    Normal node = Leaf("call " + name, expr.span);
    node.sign = expr.op_span;
    if (expr.among_all) node.head += " among all";
    if (expr.all_periods) node.head += " all periods";
    for (const ExprId child : expr.children) node.parts.push_back(Of(child));
    for (size_t i = 0; i < expr.pair_keys.size(); ++i) {
      Normal pair = Leaf("pair", Pair(expr, i));
      pair.parts.push_back(Of(expr.pair_keys[i]));
      pair.parts.push_back(Of(expr.pair_values[i]));
      node.parts.push_back(Sealed(std::move(pair)));
    }
    AddClauses(expr, node);
    return Sealed(std::move(node));
  }

  Span Pair(const Expr& expr, size_t i) const {
    const Span key = tree_.at(expr.pair_keys[i]).span;
    return {key.file, key.begin, tree_.at(expr.pair_values[i]).span.end};
  }

  void AddClauses(const Expr& expr, Normal& node) {
    const bool before = std::exchange(in_where_, true);
    if (expr.where.valid()) AddClause("where", {expr.where}, node);
    if (expr.per.valid()) AddClause("per", {expr.per}, node);
    if (!expr.among.empty()) AddClause("among", expr.among, node);
    in_where_ = before;
  }

  void AddClause(std::string head, const std::vector<ExprId>& ids, Normal& node) {
    Normal clause = Leaf(std::move(head), tree_.at(ids.front()).span);
    clause.span.end = tree_.at(ids.back()).span.end;
    clause.unordered = true;
    for (const ExprId id : ids) clause.parts.push_back(Of(id));
    node.parts.push_back(Sealed(std::move(clause)));
  }

  const ExprTree& tree_;
  const NameKeys& names_;
  const NormalOptions& options_;
  bool in_where_ = false;
  bool compared_ = false;
};

}  // namespace

Normal Normalize(const Formula& formula, const NameKeys& names, const NormalOptions& options) {
  return Normalizer(formula.tree, names, options).Root();
}

}  // namespace steelyard
