// From the tree of a formula to mathematics. Brackets stand only where a reader would otherwise
// put the parts together differently; above, below and behind a brace none are needed.
#include "engine/handbook/formula_math.h"

#include <algorithm>
#include <iterator>

#include "engine/handbook/functions.h"
#include "engine/report/lines.h"
#include "engine/schema/operation.h"
#include "engine/schema/unit.h"
#include "engine/syntax/spell.h"

namespace steelyard {
namespace {

// How tightly a form holds together in print.
enum class Level : uint8_t {
  kChoice,
  kOr,
  kAnd,
  kNot,
  kComparison,
  kSum,
  kProduct,
  kSign,
  kPrimary,
};

Level Above(Level level) { return static_cast<Level>(static_cast<uint8_t>(level) + 1); }

Level LevelOfCall(std::string_view name) {
  if (name == "safe_div") return Level::kChoice;
  if (name == "starts_with" || name == "contains" || name == "meets_target") {
    return Level::kComparison;
  }
  if (name == "add_months") return Level::kSum;
  if (WordsOfFunction(name) != nullptr && WordsOfFunction(name)->label[0] == "∑") {
    return Level::kProduct;
  }
  return name == "exp" || name == "coalesce" ? Level::kSign : Level::kPrimary;
}

std::string CanonicalName(const std::string& written) {
  const FunctionInfo* info = FindFunction(written);
  return info != nullptr ? std::string(info->name) : written;
}

Level LevelOfBinary(const Expr& expr) {
  switch (expr.op) {
    case Op::kOr: return Level::kOr;
    case Op::kAnd: return Level::kAnd;
    case Op::kAdd:
    case Op::kSubtract: return Level::kSum;
    case Op::kMultiply: return Level::kProduct;
    case Op::kCoalesce:
    case Op::kDivide:
    case Op::kPower: return Level::kSign;
    default: return Level::kComparison;
  }
}

Level LevelOf(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::kUnary: return expr.op == Op::kNot ? Level::kNot : Level::kSign;
    case ExprKind::kBinary: return LevelOfBinary(expr);
    case ExprKind::kBetween: return expr.op == Op::kNotBetween ? Level::kOr : Level::kComparison;
    case ExprKind::kChain:
    case ExprKind::kIn:
    case ExprKind::kIsMissing: return Level::kComparison;
    case ExprKind::kIf:
    case ExprKind::kCase: return Level::kChoice;
    case ExprKind::kNumber:
    case ExprKind::kQuantity: return expr.number.Sign() < 0 ? Level::kSign : Level::kPrimary;
    case ExprKind::kCall: return LevelOfCall(CanonicalName(expr.text));
    default: return Level::kPrimary;
  }
}

std::string SignOf(Op op) {
  switch (op) {
    case Op::kEqual: return "=";
    case Op::kNotEqual: return "≠";
    case Op::kLess: return "<";
    case Op::kLessEqual: return "≤";
    case Op::kGreater: return ">";
    case Op::kGreaterEqual: return "≥";
    case Op::kSubtract:
    case Op::kNegate: return "−";
    default: return std::string(Symbol(op));
  }
}

class Maker {
 public:
  Maker(const ExprTree& tree, FormulaNames& names, Language language)
      : tree_(tree), names_(names), language_(language) {}

  Math At(ExprId id, Level least = Level::kChoice) {
    if (depth_ == kMaxDepth) return Math::Name(Print(tree_, id));
    ++depth_;
    const Expr& expr = tree_.at(id);
    Math form = Form(expr);
    --depth_;
    return LevelOf(expr) < least ? Math::Fenced(std::move(form)) : form;
  }

 private:
  // Deeper than anybody can read, and less deep than browsers can show.
  static constexpr int kMaxDepth = 100;

  std::string Say(std::string_view english, std::string_view chinese) const {
    return std::string(language_ == Language::kEnglish ? english : chinese);
  }
  Math Word(std::string_view english, std::string_view chinese) const {
    return Math::Word(Say(english, chinese));
  }
  Math Comma() const { return Math::Sign(Say(",", "，")); }

  Math Form(const Expr& expr) {
    switch (expr.kind) {
      case ExprKind::kNumber: return NumberForm(expr);
      case ExprKind::kQuantity: return Quantity(expr);
      case ExprKind::kText: return Math::Name(Say("“", "“") + expr.text + "”");
      case ExprKind::kDate:
      case ExprKind::kPeriod: return Math::Name(expr.text);
      case ExprKind::kBool:
        return Math::Name(expr.op == Op::kTrue ? Say("yes", "是") : Say("no", "否"));
      case ExprKind::kMissing: return Math::Name(Say("no value", "无数值"));
      case ExprKind::kName: return Math::Name(names_.Of(expr));
      case ExprKind::kList: return List(expr);
      case ExprKind::kUnary: return Unary(expr);
      case ExprKind::kBinary: return Binary(expr);
      case ExprKind::kChain: return Chain(expr);
      case ExprKind::kIn: return In(expr);
      case ExprKind::kBetween: return Between(expr);
      case ExprKind::kIsMissing: return IsMissing(expr);
      case ExprKind::kIf: return If(expr);
      case ExprKind::kCase: return Case(expr);
      case ExprKind::kCall: return Call(expr);
    }
    return {};
  }

  static Math Signed(const Number& number, std::string digits) {
    if (number.Sign() >= 0) return Math::Number(std::move(digits));
    return Math::Row({Math::Sign("−"), Math::Number(digits.substr(1))});
  }

  static Math NumberForm(const Expr& expr) {
    return Signed(expr.number,
                  expr.percent_literal ? PercentInPrint(expr.number) : NumberInPrint(expr.number));
  }

  Math Quantity(const Expr& expr) const {
    return Math::Row({Signed(expr.number, NumberInPrint(expr.number)),
                      Math::Word(UnitInPrint(expr.text, language_))});
  }

  Math List(const Expr& expr) { return {Math::Kind::kFence, "{}", {Listed(expr.children)}}; }

  Math Listed(const std::vector<ExprId>& ids) {
    Math row;
    for (const ExprId id : ids) {
      if (!row.parts.empty()) row.parts.push_back(Comma());
      row.parts.push_back(At(id));
    }
    return row;
  }

  Math Unary(const Expr& expr) {
    if (expr.op == Op::kNot) {
      return Math::Row({Word("not", "非"), At(expr.children[0], Level::kPrimary)});
    }
    if (expr.op == Op::kPlus) return At(expr.children[0], Level::kSign);
    return Math::Row({Math::Sign("−"), At(expr.children[0], Level::kPrimary)});
  }

  Math Joined(const Expr& expr, Math sign, Level left, Level right) {
    return Math::Row({At(expr.children[0], left), std::move(sign), At(expr.children[1], right)});
  }

  Math Binary(const Expr& expr) {
    switch (expr.op) {
      case Op::kOr:
      case Op::kAnd:
      case Op::kAdd:
      case Op::kSubtract:
      case Op::kMultiply: return Row(expr);
      case Op::kDivide:
        return {Math::Kind::kFraction, "", {At(expr.children[0]), At(expr.children[1])}};
      case Op::kPower:
        return {
            Math::Kind::kPower, "", {At(expr.children[0], Level::kPrimary), At(expr.children[1])}};
      case Op::kCoalesce: return OrElse(At(expr.children[0], Level::kSign), At(expr.children[1]));
      default: return Joined(expr, Math::Sign(SignOf(expr.op)), Level::kSum, Level::kSum);
    }
  }

  // `a − b + c`, `a and b and c`: one row, however long it is. An `and` beside an `or` stands in
  // brackets: not everybody knows which of them goes first.
  Math Row(const Expr& expr) {
    const Level level = LevelOfBinary(expr);
    const Level least = level == Level::kOr ? Level::kNot : Above(level);
    std::vector<const Expr*> links;
    const auto goes_on = [&](const Expr& left) {
      return left.kind == ExprKind::kBinary && LevelOfBinary(left) == level;
    };
    const Expr* link = &expr;
    links.push_back(link);
    while (goes_on(tree_.at(link->children[0]))) {
      link = &tree_.at(link->children[0]);
      links.push_back(link);
    }
    Math row = Math::Row({At(link->children[0], least)});
    for (size_t i = links.size(); i-- > 0;) {
      row.parts.push_back(SignBetween(links[i]->op));
      row.parts.push_back(At(links[i]->children[1], least));
    }
    return row;
  }

  Math SignBetween(Op op) const {
    if (op == Op::kOr) return Word("or", "或");
    if (op == Op::kAnd) return Word("and", "且");
    return Math::Sign(SignOf(op));
  }

  // `x (where there is none: y)`.
  Math OrElse(Math first, Math second) const {
    Math instead = Math::Row({Word("where there is none:", "没有数值时取"), std::move(second)});
    return Math::Row({std::move(first), Math::Fenced(std::move(instead))});
  }

  Math Chain(const Expr& expr) {
    Math row = Math::Row({At(expr.children[0], Level::kSum)});
    for (size_t i = 0; i < expr.ops.size(); ++i) {
      row.parts.push_back(Math::Sign(SignOf(expr.ops[i])));
      row.parts.push_back(At(expr.children[i + 1], Level::kSum));
    }
    return row;
  }

  Math In(const Expr& expr) {
    const bool is_in = expr.op == Op::kIn;
    const ExprKind right = tree_.at(expr.children[1]).kind;
    const bool several = right == ExprKind::kList || right == ExprKind::kName;
    const char* sign = several ? (is_in ? "∈" : "∉") : (is_in ? "=" : "≠");
    return Joined(expr, Math::Sign(sign), Level::kSum, Level::kSum);
  }

  Math Between(const Expr& expr) {
    const auto part = [&](size_t index) { return At(expr.children[index], Level::kSum); };
    if (expr.op == Op::kBetween) {
      return Math::Row({part(1), Math::Sign("≤"), part(0), Math::Sign("≤"), part(2)});
    }
    return Math::Row(
        {part(0), Math::Sign("<"), part(1), Word("or", "或"), part(0), Math::Sign(">"), part(2)});
  }

  Math IsMissing(const Expr& expr) {
    Math word = expr.op == Op::kIsMissing ? Word("has no value", "没有数值")
                                          : Word("has a value", "有数值");
    return Math::Row({At(expr.children[0], Level::kSum), std::move(word)});
  }

  Math When(ExprId condition) { return Math::Row({Word("if", "当"), At(condition)}); }
  Math Otherwise() const { return Word("otherwise", "其他情况"); }

  // A choice in the last branch goes on in the same brace.
  Math If(const Expr& expr) {
    Math cases;
    cases.kind = Math::Kind::kCases;
    AddIf(expr, cases);
    return cases;
  }

  void AddIf(const Expr& expr, Math& cases) {
    cases.parts.push_back(At(expr.children[1]));
    cases.parts.push_back(When(expr.children[0]));
    const Expr& rest = tree_.at(expr.children[2]);
    if (rest.kind == ExprKind::kIf) return AddIf(rest, cases);
    cases.parts.push_back(At(expr.children[2]));
    cases.parts.push_back(Otherwise());
  }

  Math Case(const Expr& expr) {
    Math cases;
    cases.kind = Math::Kind::kCases;
    for (size_t i = 0; i < expr.children.size() / 2; ++i) {
      cases.parts.push_back(At(expr.children[2 * i + 1]));
      cases.parts.push_back(When(expr.children[2 * i]));
    }
    cases.parts.push_back(expr.has_else ? At(expr.children.back())
                                        : Math::Name(Say("no value", "无数值")));
    cases.parts.push_back(Otherwise());
    return cases;
  }

  // --- functions --------------------------------------------------------------------------------

  Math Call(const Expr& call) {
    const std::string name = CanonicalName(call.text);
    names_.Met(name);
    if (Math written; OfIndicator(call, name, written) || OfNumbers(call, name, written) ||
                      OfDatesAndTexts(call, name, written) || OfPeriods(call, name, written) ||
                      OfRows(call, name, written)) {
      return written;
    }
    return Applied(Under(Label(name), Below(call)), Listed(call.children));
  }

  Math Label(const std::string& name) const {
    const FunctionWords* words = WordsOfFunction(name);
    if (words == nullptr) return Math::Name(name);
    const auto label = std::string(words->label[static_cast<size_t>(language_)]);
    return label == "∑" ? Math::Sign(label) : Math::Name(label);
  }

  static Math Applied(Math function, Math arguments) {
    return Math::Row({std::move(function), Math::Fenced(std::move(arguments))});
  }

  static Math Under(Math base, Math below) {
    if (below.parts.empty()) return base;
    return {Math::Kind::kUnder, "", {std::move(base), std::move(below)}};
  }

  Math Argument(const Expr& call, size_t index, Level least = Level::kChoice) {
    return At(call.children[index], least);
  }

  bool OfIndicator(const Expr& call, const std::string& name, Math& written) {
    const bool plain = name == "points" || name == "weight" || name == "attainment";
    if (!plain && name != "value" && name != "meets_target") return false;
    const Expr& argument = tree_.at(call.children[0]);
    Math of = argument.kind == ExprKind::kName ? Math::Name(names_.OfIndicator(argument))
                                               : Argument(call, 0);
    if (plain) {
      written = Applied(Label(name), std::move(of));
    } else if (name == "value") {
      written = std::move(of);
    } else {
      written = Math::Row({std::move(of), Word("meets its target", "达到目标")});
    }
    return true;
  }

  bool OfNumbers(const Expr& call, const std::string& name, Math& written) {
    if (name == "abs") {
      written = {Math::Kind::kFence, "||", {Argument(call, 0)}};
    } else if (name == "sqrt") {
      written = {Math::Kind::kRoot, "", {Argument(call, 0)}};
    } else if (name == "exp") {
      written = {Math::Kind::kPower, "", {Math::Name("e"), Argument(call, 0)}};
    } else if (name == "round") {
      written = Applied(Under(Label(name), Places(call)), Argument(call, 0));
    } else if (name == "clamp") {
      Math bounds = Math::Row({Argument(call, 1), Word("to", "至"), Argument(call, 2)});
      written = Applied(Under(Label(name), std::move(bounds)), Argument(call, 0));
    } else if (name == "safe_div") {
      written = SafeQuotient(call);
    } else if (name == "linear") {
      written = Applied(Under(Label(name), Pairs(call)), Argument(call, 0));
    } else if (name == "coalesce") {
      written = Argument(call, 0, Level::kSign);
      for (size_t i = 1; i < call.children.size(); ++i) {
        written = OrElse(std::move(written), Argument(call, i));
      }
    } else {
      return false;
    }
    return true;
  }

  // To how many places a number is rounded.
  Math Places(const Expr& call) {
    if (call.children.size() < 2) return Math::Row({Word("to whole numbers", "到整数")});
    return Math::Row({Word("to", "到"), Argument(call, 1), Word("decimals", "位小数")});
  }

  Math SafeQuotient(const Expr& call) {
    const Math divisor = Argument(call, 1, Level::kSum);
    Math quotient = {Math::Kind::kFraction, "", {Argument(call, 0), Argument(call, 1)}};
    Math by_nothing = Math::Row({Word("if", "当"), divisor, Math::Sign("="), Math::Number("0")});
    return {Math::Kind::kCases,
            "",
            {Argument(call, 2), std::move(by_nothing), std::move(quotient), Otherwise()}};
  }

  Math Pairs(const Expr& call) {
    Math row;
    for (size_t i = 0; i < call.pair_keys.size(); ++i) {
      if (i > 0) row.parts.push_back(Comma());
      row.parts.push_back(At(call.pair_keys[i]));
      row.parts.push_back(Math::Sign("→"));
      row.parts.push_back(At(call.pair_values[i]));
    }
    return row;
  }

  bool OfDatesAndTexts(const Expr& call, const std::string& name, Math& written) {
    if (name == "days" || name == "hours" || name == "months") {
      written =
          Applied(Label(name), Math::Row({Argument(call, 0), Math::Sign("→"), Argument(call, 1)}));
    } else if (name == "add_months") {
      written = Math::Row({Argument(call, 0, Level::kSum), Math::Sign("+"),
                           Argument(call, 1, Level::kProduct), Word("months", "个月")});
    } else if (name == "starts_with" || name == "contains") {
      Math label = Math::Word(Label(name).text);
      written = Math::Row(
          {Argument(call, 0, Level::kSum), std::move(label), Argument(call, 1, Level::kSum)});
    } else {
      return false;
    }
    return true;
  }

  bool OfPeriods(const Expr& call, const std::string& name, Math& written) {
    if (name == "prev" || name == "change" || name == "growth") {
      Math below;
      if (call.children.size() > 1) {
        const bool since = name != "prev";
        if (since) below.parts.push_back(Word("since", "比"));
        below.parts.push_back(Argument(call, 1));
        below.parts.push_back(Word("periods before", "期之前"));
      }
      written = Applied(Under(Label(name), std::move(below)), Argument(call, 0));
    } else if (name.starts_with("trailing_")) {
      Math below = Math::Row({Word("last", "最近"), Argument(call, 1), Word("periods", "期")});
      written = Applied(Under(Label(name), std::move(below)), Argument(call, 0));
    } else if (name == "ytd_sum") {
      Math below = Math::Row({Word("since January", "本年以来")});
      written = Applied(Under(Label(name), std::move(below)), Argument(call, 0));
    } else {
      return false;
    }
    return true;
  }

  // Aggregates whose print is not their name, what they look at below it, and what they fold.
  bool OfRows(const Expr& call, const std::string& name, Math& written) {
    Math below = Below(call);
    if (name == "sum") {
      written =
          Math::Row({Under(Label(name), std::move(below)), Argument(call, 0, Level::kPrimary)});
    } else if (name == "count" && names_.CountsRows(call)) {
      written = Under(Label(name), std::move(below));
    } else if (name == "percentile" || name == "percentile_nearest") {
      Math share = Math::Row({Argument(call, 1)});
      if (!below.parts.empty()) share.parts.push_back(Comma());
      for (Math& part : below.parts) share.parts.push_back(std::move(part));
      written = Applied(Under(Label(name), std::move(share)), Argument(call, 0));
    } else if (name == "weighted_avg") {
      Math arguments =
          Math::Row({Argument(call, 0), Comma(), Word("weights", "权重为"), Argument(call, 1)});
      written = Applied(Under(Label(name), std::move(below)), std::move(arguments));
    } else {
      return false;
    }
    return true;
  }

  // Which rows: of what table, under which condition, for each of what, among whom.
  Math Below(const Expr& call) {
    Math row;
    const auto next = [&] {
      if (!row.parts.empty()) row.parts.push_back(Comma());
    };
    if (const std::string rows = names_.RowsOf(call); !rows.empty()) {
      row.parts.push_back(Math::Name(rows));
    }
    if (call.where.valid()) {
      next();
      row.parts.push_back(Word("where", "其中"));
      row.parts.push_back(At(call.where));
    }
    if (call.per.valid()) {
      next();
      row.parts.push_back(Word("for each", "每个"));
      row.parts.push_back(Math::Name(names_.OfTable(tree_.at(call.per))));
    }
    AddAmong(call, row);
    return row;
  }

  void AddAmong(const Expr& call, Math& row) {
    if (!call.among_all && call.among.empty()) return;
    if (!row.parts.empty()) row.parts.push_back(Comma());
    if (call.among_all) {
      row.parts.push_back(Word("of all", "全体"));
    } else {
      row.parts.push_back(Word("of the same", "同一"));
      row.parts.push_back(Listed(call.among));
    }
    if (call.all_periods) {
      row.parts.push_back(Comma());
      row.parts.push_back(Word("all periods", "各期合计"));
    }
  }

  const ExprTree& tree_;
  FormulaNames& names_;
  Language language_;
  int depth_ = 0;
};

struct UnitWord {
  std::string_view unit;
  std::string_view words[2];
};

constexpr UnitWord kUnits[] = {
    {"CNY", {"CNY", "元"}},   {"person", {"persons", "人"}}, {"s", {"s", "秒"}},
    {"min", {"min", "分钟"}}, {"h", {"h", "小时"}},          {"d", {"d", "天"}},
    {"w", {"w", "周"}},
};

}  // namespace

Math ToMath(const ExprTree& tree, ExprId id, FormulaNames& names, Language language) {
  return Maker(tree, names, language).At(id);
}

std::string UnitInPrint(const std::string& unit, Language language) {
  const auto parsed = Unit::Parse(unit);
  const std::string canonical = parsed ? parsed->ToString() : unit;
  for (const UnitWord& word : kUnits) {
    if (word.unit == canonical) return std::string(word.words[static_cast<size_t>(language)]);
  }
  return canonical;
}

std::string NumberInPrint(const Number& number) {
  const std::string digits = SpellNumber(number);
  return Abs(number) < Number(10000) ? digits : GroupDigits(digits);
}

std::string PercentInPrint(const Number& number) {
  return NumberInPrint(number * Number(100)) + "%";
}

}  // namespace steelyard
