#include "engine/handbook/sentences.h"

#include <fmt/format.h>

#include "engine/report/lines.h"
#include "engine/schema/operation.h"

namespace steelyard {
namespace {

struct Comparison {
  Op op;
  std::string_view words[2];
};

constexpr Comparison kComparisons[] = {
    {Op::kEqual, {"is", "为"}},           {Op::kNotEqual, {"is not", "不为"}},
    {Op::kLess, {"is below", "低于"}},    {Op::kLessEqual, {"is at most", "不高于"}},
    {Op::kGreater, {"is above", "高于"}}, {Op::kGreaterEqual, {"is at least", "不低于"}},
};
// Of days there is no high and low.
constexpr Comparison kOfDays[] = {
    {Op::kEqual, {"is", "为"}},           {Op::kNotEqual, {"is not", "不为"}},
    {Op::kLess, {"is before", "早于"}},   {Op::kLessEqual, {"is no later than", "不晚于"}},
    {Op::kGreater, {"is after", "晚于"}}, {Op::kGreaterEqual, {"is no earlier than", "不早于"}},
};

}  // namespace

std::string Sentences::Fill(std::string_view english_text, std::string_view chinese,
                            const std::vector<std::string>& arguments) const {
  const std::string_view pattern = english() ? english_text : chinese;
  std::string text;
  size_t next = 0;
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern.substr(i, 2) == "{}" && next < arguments.size()) {
      text += arguments[next++];
      ++i;
    } else {
      text += pattern[i];
    }
  }
  return text;
}

// The checker has looked up every name but that of a label.
ExprId Sentences::BodyOf(const ExprTree& tree) const {
  const Expr& root = tree.at(tree.root);
  if (root.kind != ExprKind::kBinary || root.op != Op::kEqual) return tree.root;
  const Expr& left = tree.at(root.children[0]);
  const bool label = left.kind == ExprKind::kName && left.text2.empty() && left.text != "value" &&
                     !labels_.TermOf(left).valid();
  return label ? root.children[1] : tree.root;
}

Line Sentences::Condition(const Formula& formula) {
  if (!formula.parsed()) return {};
  const ExprTree& tree = formula.tree;
  if (const auto words = Words(tree, tree.root)) return *words;
  Line line;
  line.Add(Mathematics(tree, tree.root));
  return line;
}

Line Sentences::Amount(const Formula& formula) {
  if (!formula.parsed()) return {};
  if (const auto words = Operand(formula.tree, formula.tree.root)) return *words;
  Line line;
  line.Add(Mathematics(formula));
  return line;
}

std::optional<std::string> Sentences::Words(const ExprTree& tree, ExprId id) {
  const Expr& expr = tree.at(id);
  switch (expr.kind) {
    case ExprKind::kName: return Truth(tree, expr);
    case ExprKind::kCall: return OfIndicator(tree, expr);
    case ExprKind::kIn: return Listed(tree, expr);
    case ExprKind::kBinary:
      return expr.op == Op::kAnd || expr.op == Op::kOr ? Joined(tree, expr) : Compared(tree, expr);
    case ExprKind::kIsMissing: {
      const auto operand = Operand(tree, expr.children[0]);
      if (!operand) return std::nullopt;
      return expr.op == Op::kIsMissing ? Fill("{} has no value", "{} 没有数值", {*operand})
                                       : Fill("{} has a value", "{} 有数值", {*operand});
    }
    case ExprKind::kUnary: {
      const Expr& inner = tree.at(expr.children[0]);
      const bool plain = expr.op == Op::kNot && inner.kind == ExprKind::kName && IsTruth(inner);
      if (!plain) return std::nullopt;
      return Fill("{}: no", "{} 为“否”", {labels_.Of(inner)});
    }
    default: return std::nullopt;
  }
}

bool Sentences::IsTruth(const Expr& name) const {
  const TermId term = labels_.TermOf(name);
  return term.valid() && model_.term(term).type.kind == TypeKind::kBool;
}

std::optional<std::string> Sentences::Truth(const ExprTree& /*tree*/, const Expr& name) {
  if (!IsTruth(name)) return std::nullopt;
  return Fill("{}: yes", "{} 为“是”", {labels_.Of(name)});
}

// All of one kind; a mixture is clearer as mathematics, with its brackets.
std::optional<std::string> Sentences::Joined(const ExprTree& tree, const Expr& expr) {
  const Expr& left = tree.at(expr.children[0]);
  const Expr& right = tree.at(expr.children[1]);
  const auto mixed = [&](const Expr& side) {
    return side.kind == ExprKind::kBinary && (side.op == Op::kAnd || side.op == Op::kOr) &&
           side.op != expr.op;
  };
  if (mixed(left) || mixed(right)) return std::nullopt;
  const auto first = Words(tree, expr.children[0]);
  const auto second = first ? Words(tree, expr.children[1]) : std::nullopt;
  if (!first || !second) return std::nullopt;
  return expr.op == Op::kAnd ? Fill("{}, and {}", "{}，且 {}", {*first, *second})
                             : Fill("{}, or {}", "{}，或 {}", {*first, *second});
}

std::optional<std::string> Sentences::Compared(const ExprTree& tree, const Expr& expr) {
  const auto left = Operand(tree, expr.children[0]);
  const auto right = left ? Operand(tree, expr.children[1]) : std::nullopt;
  if (!left || !right) return std::nullopt;
  const TermId term = labels_.TermOf(tree.at(expr.children[0]));
  const TypeKind kind = term.valid() ? model_.term(term).type.kind : TypeKind::kNumber;
  const bool days =
      kind == TypeKind::kDate || kind == TypeKind::kDateTime || kind == TypeKind::kPeriod;
  for (const Comparison& comparison : days ? kOfDays : kComparisons) {
    if (comparison.op != expr.op) continue;
    return *left + " " + std::string(comparison.words[static_cast<size_t>(language_)]) + " " +
           *right;
  }
  return std::nullopt;
}

std::optional<std::string> Sentences::Listed(const ExprTree& tree, const Expr& expr) {
  const auto operand = Operand(tree, expr.children[0]);
  const Expr& list = tree.at(expr.children[1]);
  if (!operand || list.kind != ExprKind::kList) return std::nullopt;
  std::vector<std::string> items;
  for (const ExprId id : list.children) {
    const auto item = Operand(tree, id);
    if (!item) return std::nullopt;
    items.push_back(*item);
  }
  const std::string all = List(items, "or", "或");
  return expr.op == Op::kIn ? Fill("{} is {}", "{} 为 {}", {*operand, all})
                            : Fill("{} is not {}", "{} 不为 {}", {*operand, all});
}

std::optional<std::string> Sentences::Operand(const ExprTree& tree, ExprId id) {
  const Expr& expr = tree.at(id);
  switch (expr.kind) {
    case ExprKind::kNumber:
      return expr.percent_literal ? PercentInPrint(expr.number) : NumberInPrint(expr.number);
    case ExprKind::kQuantity:
      return NumberInPrint(expr.number) + " " + UnitInPrint(expr.text, language_);
    case ExprKind::kText: return "“" + expr.text + "”";
    case ExprKind::kDate:
    case ExprKind::kPeriod: return expr.text;
    case ExprKind::kName: {
      const std::string label = labels_.Of(expr);
      return WithValue(label, labels_.DefinitionOf(expr));
    }
    case ExprKind::kUnary: {
      const ExprKind inner = tree.at(expr.children[0]).kind;
      const bool literal = inner == ExprKind::kNumber || inner == ExprKind::kQuantity;
      if (expr.op != Op::kNegate || !literal) return std::nullopt;
      return "−" + *Operand(tree, expr.children[0]);
    }
    case ExprKind::kCall: {
      const FunctionInfo* info = FindFunction(expr.text);
      if (info != nullptr && info->name == "meets_target") return std::nullopt;
      return OfIndicator(tree, expr);
    }
    default: return std::nullopt;
  }
}

// `points(x)` and the like of a name.
std::optional<std::string> Sentences::OfIndicator(const ExprTree& tree, const Expr& call) {
  const FunctionInfo* info = FindFunction(call.text);
  if (info == nullptr || call.children.size() != 1) return std::nullopt;
  const Expr& argument = tree.at(call.children[0]);
  if (argument.kind != ExprKind::kName) return std::nullopt;
  const std::string_view name = info->name;
  const auto of = [&] { return labels_.OfIndicator(argument); };
  if (name == "points") return Fill("the points of {}", "{} 的得分", {of()});
  if (name == "weight") return Fill("the weight of {}", "{} 的权重", {of()});
  if (name == "attainment") return Fill("the attainment of {}", "{} 的达成率", {of()});
  if (name == "meets_target") return Fill("{} meets its target", "{} 达到目标", {of()});
  if (name == "value") return of();
  return std::nullopt;
}

// A parameter that is one number for good can be read on the spot.
std::string Sentences::WithValue(const std::string& label, DefinitionId id) const {
  if (!id.valid()) return label;
  const Definition& definition = model_.definition(id);
  const bool plain = definition.kind == DefinitionKind::kParameter && definition.constant &&
                     definition.constant->is_number() && definition.term.valid();
  if (!plain) return label;
  const Term& term = model_.term(definition.term);
  const bool percent = term.percent || term.type.form == NumberForm::kPercent;
  const std::string value = Value(definition.constant->number(), term.type, percent);
  return Fill("{} ({})", "{}（{}）", {label, value});
}

std::string Sentences::Dates(const std::optional<Date>& from,
                             const std::optional<Date>& until) const {
  if (from && until) return Fill("{} to {}", "{} 至 {}", {from->ToString(), until->ToString()});
  if (until) return Fill("until {}", "截至 {}", {until->ToString()});
  return From(from);
}

std::string Sentences::From(const std::optional<Date>& from) const {
  return from ? Fill("from {} on", "自 {} 起", {from->ToString()}) : "";
}

std::string Sentences::Value(const Number& value, const Type& type, bool percent) const {
  if (percent && type.unit.plain()) {
    return GroupDigits(FormatSignificant(value * Number(100))) + "%";
  }
  const Number shown = value / type.unit.Scale();
  const std::string digits = FormatSignificant(shown);
  const std::string grouped = Abs(shown) < Number(10000) ? digits : GroupDigits(digits);
  if (type.unit.plain()) return grouped;
  return grouped + " " + UnitInPrint(type.unit.ToString(), language_);
}

std::string Sentences::List(const std::vector<std::string>& items, std::string_view last_english,
                            std::string_view last_chinese) const {
  std::string text;
  for (size_t i = 0; i < items.size(); ++i) {
    const bool last = i > 0 && i + 1 == items.size();
    if (last) {
      text += english() ? " " + std::string(last_english) + " " : std::string(last_chinese);
    } else if (i > 0) {
      text += english() ? ", " : "、";
    }
    text += items[i];
  }
  return text;
}

}  // namespace steelyard
