// What Print writes reads back as the same tree: for random trees, and for some picked ones.
#include <gtest/gtest.h>

#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "tests/unit/parse/parsing.h"

namespace steelyard {
namespace {

// Grows trees such as the parser could have made.
class RandomTree {
 public:
  explicit RandomTree(uint32_t seed) : random_(seed) {}

  ExprTree Grow(int depth) {
    tree_ = {};
    tree_.root = Any(depth);
    return std::move(tree_);
  }

 private:
  size_t Below(size_t limit) {
    return std::uniform_int_distribution<size_t>(0, limit - 1)(random_);
  }

  template <class T>
  T OneOf(const std::vector<T>& choices) {
    return choices[Below(choices.size())];
  }

  ExprId Add(ExprKind kind, Op op = Op::kNone, std::vector<ExprId> children = {},
             std::string text = {}) {
    Expr expr;
    expr.kind = kind;
    expr.op = op;
    expr.children = std::move(children);
    expr.text = std::move(text);
    return tree_.Add(std::move(expr));
  }

  ExprId Name() {
    const ExprId id = Add(ExprKind::kName, Op::kNone, {},
                          OneOf<std::string>({"a", "收入", "end", "or", "Customer ID", "非经营",
                                              "x`y", "all", "periods", "缺失", "1x", "a.b", "或"}));
    if (Below(3) == 0) {
      tree_.nodes[id.index()].text2 = OneOf<std::string>({"b", "case", "c d", "金额", "9"});
    }
    return id;
  }

  ExprId Literal() {
    switch (Below(7)) {
      case 0:
        return Add(ExprKind::kText, Op::kNone, {}, OneOf<std::string>({"", "A", "it's", "＇“"}));
      case 1: return Add(ExprKind::kDate, Op::kNone, {}, "2026-04-01");
      case 2:
        return Add(ExprKind::kPeriod, Op::kNone, {}, OneOf<std::string>({"2026Q1", "2026-04"}));
      case 3: return Add(ExprKind::kBool, OneOf<Op>({Op::kTrue, Op::kFalse}));
      case 4: return Add(ExprKind::kMissing);
      default: return Number();
    }
  }

  ExprId Number() {
    const bool quantity = Below(3) == 0;
    const ExprId id = Add(quantity ? ExprKind::kQuantity : ExprKind::kNumber);
    Expr& expr = tree_.nodes[id.index()];
    expr.number = Number::Scaled(static_cast<int64_t>(Below(5000)), static_cast<int>(Below(4)));
    if (quantity) {
      expr.text = OneOf<std::string>({"h", "天", "CNY", "e3", "千克", "Q1"});
    } else {
      expr.percent_literal = Below(3) == 0;
    }
    return id;
  }

  std::vector<ExprId> Some(size_t count, int depth) {
    std::vector<ExprId> ids;
    for (size_t i = 0; i < count; ++i) ids.push_back(Any(depth));
    return ids;
  }

  ExprId Call(int depth) {
    const ExprId id = Add(ExprKind::kCall, Op::kNone, Some(Below(3), depth - 1),
                          OneOf<std::string>({"sum", "∑", "求和", "my fn", "if", "all"}));
    Expr call = tree_.at(id);
    for (size_t pairs = Below(5) == 0 ? 2 : 0; pairs > 0; --pairs) {
      call.pair_keys.push_back(Any(depth - 1));
      call.pair_values.push_back(Any(depth - 1));
    }
    if (Below(3) == 0) call.where = Any(depth - 1);
    if (Below(3) == 0) call.per = Name();
    if (Below(4) == 0) {
      call.among_all = Below(2) == 0;
      if (!call.among_all) call.among = {Name(), Name()};
      call.all_periods = Below(2) == 0;
    }
    tree_.nodes[id.index()] = std::move(call);
    return id;
  }

  ExprId Chain(int depth) {
    const size_t count = 2 + Below(2);
    const ExprId id = Add(ExprKind::kChain, Op::kNone, Some(count + 1, depth - 1));
    for (size_t i = 0; i < count; ++i) {
      tree_.nodes[id.index()].ops.push_back(OneOf<Op>({Op::kEqual, Op::kLess, Op::kGreaterEqual}));
    }
    return id;
  }

  ExprId In(int depth) {
    const Op op = OneOf<Op>({Op::kIn, Op::kNotIn});
    const ExprId value = Any(depth - 1);
    const ExprId set =
        Below(3) == 0 ? Name() : Add(ExprKind::kList, Op::kNone, Some(1 + Below(3), depth - 1));
    return Add(ExprKind::kIn, op, {value, set});
  }

  ExprId Case(int depth) {
    const bool has_else = Below(2) == 0;
    const size_t count = 2 + 2 * Below(2) + (has_else ? 1 : 0);
    const ExprId id = Add(ExprKind::kCase, Op::kNone, Some(count, depth - 1));
    tree_.nodes[id.index()].has_else = has_else;
    return id;
  }

  ExprId Any(int depth) {
    if (depth == 0) return Below(2) == 0 ? Name() : Literal();
    switch (Below(11)) {
      case 0: return Literal();
      case 1: return Name();
      case 2:
        return Add(ExprKind::kUnary, OneOf<Op>({Op::kNegate, Op::kPlus, Op::kNot}),
                   Some(1, depth - 1));
      case 3: return Chain(depth);
      case 4: return In(depth);
      case 5:
        return Add(ExprKind::kBetween, OneOf<Op>({Op::kBetween, Op::kNotBetween}),
                   Some(3, depth - 1));
      case 6:
        return Add(ExprKind::kIsMissing, OneOf<Op>({Op::kIsMissing, Op::kIsNotMissing}),
                   Some(1, depth - 1));
      case 7: return Add(ExprKind::kIf, Op::kNone, Some(3, depth - 1));
      case 8: return Case(depth);
      case 9: return Call(depth);
      default:
        return Add(ExprKind::kBinary,
                   OneOf<Op>({Op::kOr, Op::kAnd, Op::kEqual, Op::kNotEqual, Op::kLess,
                              Op::kLessEqual, Op::kGreater, Op::kGreaterEqual, Op::kCoalesce,
                              Op::kAdd, Op::kSubtract, Op::kMultiply, Op::kDivide, Op::kPower}),
                   Some(2, depth - 1));
    }
  }

  std::mt19937 random_;
  ExprTree tree_;
};

TEST(RoundTrip, RandomTreesReadBackAsTheyWerePrinted) {
  for (uint32_t seed = 0; seed < 3000; ++seed) {
    const ExprTree tree = RandomTree(seed).Grow(static_cast<int>(seed % 6));
    const std::string printed = Print(tree, tree.root);
    if (printed.size() > kMaxFormulaBytes) continue;
    ASSERT_EQ(Parsing(printed).Dumped(), Dump(tree)) << "seed " << seed << ": " << printed;
  }
}

// Words thrown together at random; about one in twenty is a formula.
std::string RandomWords(uint32_t seed) {
  constexpr std::string_view kWords[] = {
      "a",          "收入", "t.c",  "5",    "1,000", "5%",   "24h",   "3 天",    "2026-04",
      "2026-04-01", "'x'",  "“y”",  "`z`",  "(",     "(",    ")",     ")",       ",",
      ":",          "+",    "-",    "×",    "/",     "^",    "??",    "=",       "≤",
      "<>",         "and",  "或",   "not",  "in",    "属于", "is",    "missing", "between",
      "和",         "if",   "如果", "then", "，则",  "else", "否则",  "case",    "when",
      "end",        "sum(", "max(", "∑(",   "where", "per",  "among", "all",     "periods",
      "..",         "%",    "&&",   "万",   "true",  "缺失", "…",     "\u200b",  "“",
      "`",          ".",    "_",    "e3",   "且",    "　",   "每"};
  std::mt19937 random(seed);
  std::string text;
  for (size_t count = 1 + random() % 12; count > 0; --count) {
    text += kWords[random() % std::size(kWords)];
    if (random() % 3 != 0) text += ' ';
  }
  return text;
}

TEST(RoundTrip, AnyWordsEndInATreeOrInOneMessage) {
  for (uint32_t seed = 0; seed < 20'000; ++seed) {
    const std::string text = RandomWords(seed);
    for (const Parsing::As as : {Parsing::As::kFormula, Parsing::As::kBand}) {
      const Parsing parsing(text, as);
      ASSERT_EQ(parsing.sink().all().size(), parsing.ok() ? 0u : 1u) << text;
      if (!parsing.ok()) continue;
      ASSERT_EQ(Parsing(parsing.Printed()).Dumped(), parsing.Dumped()) << text;
    }
  }
}

struct PrintCase {
  const char* source;
  const char* printed;
};

TEST(RoundTrip, PrintsWithoutNeedlessBrackets) {
  const PrintCase cases[] = {
      {"((a))", "a"},
      {"(a*b)/c", "a × b ÷ c"},
      {"a*(b/c)", "a × (b ÷ c)"},
      {"a-(b-c)", "a - (b - c)"},
      {"a-(b*c)", "a - b × c"},
      {"(-2)^2", "(-2) ^ 2"},
      {"-(2^2)", "-2 ^ 2"},
      {"2^(-1)", "2 ^ -1"},
      {"not (a and b)", "not (a and b)"},
      {"(not a) and b", "not a and b"},
      {"(a<=b)and(c≠d)", "a <= b and c != d"},
      {"(a < b) = c", "(a < b) = c"},
      {"(a ?? b) + 1", "(a ?? b) + 1"},
      {"if(a, b, c) + 1", "(if a then b else c) + 1"},
      {"if(a, b, if(c, d, e))", "if a then b else if c then d else e"},
      {"f((a), (b + c))", "f(a, b + c)"},
      {"１＋２", "1 + 2"},
      {"0.50 + 5.0% + 200万", "0.5 + 5% + 2000000"},
      {"24小时", "24 小时"},
      {"\"S\"", "'S'"},
      {"x 属于 (“A”、“B”)", "x in ('A', 'B')"},
      {"rank(x among all all periods)", "rank(x among all periods)"},
      {"`end` + order.`end`", "`end` + order.`end`"},
  };
  for (const PrintCase& c : cases) EXPECT_EQ(Parsing(c.source).Printed(), c.printed) << c.source;
}

}  // namespace
}  // namespace steelyard
