#include "tests/agree/formulas.h"

#include <algorithm>

#include "engine/base/number.h"

namespace steelyard::agree {
namespace {

using Texts = std::vector<std::string>;

const Texts& ColumnsOf(char kind, Rows rows) {
  static const Texts kNumbers[] = {{"s.n0", "s.n1", "s.n2", "s.n3", "s.pc", "p.n"},
                                   {"c.n0", "c.n1", "c.n2", "s.n0", "s.pc"},
                                   {"g.n0", "g.n1", "c.n0", "s.n1"}};
  static const Texts kMoney[] = {{"s.mo"}, {"c.mo", "s.mo"}, {"g.mo", "c.mo"}};
  static const Texts kTime[] = {{"s.du"}, {"c.du"}, {"c.du"}};
  static const Texts kTruths[] = {{"s.b0", "s.b1"}, {"c.b0", "s.b0"}, {"g.b0", "c.b0"}};
  static const Texts kWords[] = {{"s.e0", "p.e0"}, {"c.e0", "s.e0"}, {"g.e0", "c.e0"}};
  static const Texts kDays[] = {{"s.d0"}, {"c.on", "s.d0"}, {"c.on"}};
  const auto at = static_cast<size_t>(rows);
  switch (kind) {
    case 'm': return kMoney[at];
    case 'd': return kTime[at];
    case 'b': return kTruths[at];
    case 't': return kWords[at];
    case 'D': return kDays[at];
    default: return kNumbers[at];
  }
}

Piece Plain(std::string form, char kind, std::vector<Piece> parts = {}) {
  return {std::move(form), kind, std::move(parts)};
}

}  // namespace

std::string FormulaMaker::Level() {
  const std::string level = dice_.Of(levels_);
  if (dice_.Chance(80)) return level;
  const Number near = *Number::FromDecimal(level) +
                      Number(dice_.Chance(50) ? 1 : -1) * Number::Scaled(1, dice_.Between(0, 12));
  return FormatPlaces(near, 20);
}

std::vector<std::string> FormulaMaker::RisingLevels(size_t count) {
  std::vector<Number> numbers;
  for (size_t i = 0; i < 4 * count && numbers.size() < count; ++i) {
    const Number next = *Number::FromDecimal(Level());
    if (std::find(numbers.begin(), numbers.end(), next) == numbers.end()) numbers.push_back(next);
  }
  while (numbers.size() < 2) numbers.push_back(numbers.back() + Number(1));
  std::sort(numbers.begin(), numbers.end());
  std::vector<std::string> texts;
  for (const Number& number : numbers) texts.push_back(FormatPlaces(number, 20));
  return texts;
}

Rows FormulaMaker::Below(Rows rows) {
  if (rows == Rows::kChild) return Rows::kGrandchild;
  return dice_.Chance(65) ? Rows::kChild : Rows::kGrandchild;
}

Piece FormulaMaker::Make(char kind, Rows rows, int depth) {
  if (depth <= 0) return Leaf(kind, rows);
  if (kind != 'b' && dice_.Chance(12)) return Choice(kind, rows, depth - 1);
  switch (kind) {
    case 'm':
    case 'd': return Amount(kind, rows, depth - 1);
    case 'b': return Truth(rows, depth - 1);
    case 't': return Word(rows, depth - 1);
    case 'D': return Day(rows, depth - 1);
    default: return Figure(rows, depth - 1);
  }
}

Piece FormulaMaker::Leaf(char kind, Rows rows) {
  Texts names;
  if (rows == Rows::kSubject) {
    for (const KnownName& name : names_) {
      if (name.kind == kind) names.push_back(name.text);
    }
  }
  if (!names.empty() && dice_.Chance(30)) return Plain(dice_.Of(names), kind);
  if (dice_.Chance(kind == 'b' || kind == 't' ? 97 : 75)) {
    return Plain(dice_.Of(ColumnsOf(kind, rows)), kind);
  }
  switch (kind) {
    case 'm': return Plain("(" + Level() + " CNY)", kind);
    case 'd': {
      static const Texts kUnits = {"h", "d", "min", "w"};
      return Plain("(" + Level() + " " + dice_.Of(kUnits) + ")", kind);
    }
    case 'b': return Plain(dice_.Chance(50) ? "true" : "missing is missing", kind);
    case 't': return Plain(dice_.Chance(50) ? "'a'" : "'b'", kind);
    case 'D': {
      static const Texts kDays = {"2026-02-03", "2026-02-28", "2026-03-31", "as_of"};
      return Plain(dice_.Of(kDays), kind);
    }
    default: break;
  }
  const std::string level = Level();
  if (dice_.Chance(20)) return Plain("(" + level + "%)", kind);
  return Plain("(" + level + ")", kind);
}

Piece FormulaMaker::Figure(Rows rows, int depth) {
  const int throw_of = dice_.Between(1, 100);
  if (throw_of <= 42) return Arithmetic(rows, depth);
  if (throw_of <= 62) return Function(rows, depth);
  if (throw_of <= 67) return Curve(rows, depth);
  if (throw_of <= 70) return Calendar(rows, depth);
  if (throw_of <= 90 && rows != Rows::kGrandchild) return Fold(rows, depth);
  if (throw_of <= 94 && rows == Rows::kSubject) return Across(depth);
  if (throw_of <= 98 && rows == Rows::kSubject && periods_) return OverTime(depth);
  return Arithmetic(rows, depth);
}

Piece FormulaMaker::Arithmetic(Rows rows, int depth) {
  const auto number = [&] { return Make('n', rows, depth); };
  switch (dice_.Below(10)) {
    case 0:
    case 1: return Plain("(# + #)", 'n', {number(), number()});
    case 2: return Plain("(# - #)", 'n', {number(), number()});
    case 3: return Plain("(# × #)", 'n', {number(), number()});
    case 4:
    case 5:
    case 6: return Plain("(# ÷ #)", 'n', {number(), number()});
    case 7: return Plain("(-#)", 'n', {number()});
    case 8: return Plain("(# ÷ #)", 'n', {Make('m', rows, depth), Make('m', rows, depth)});
    default: return Plain("(# ÷ #)", 'n', {Make('d', rows, depth), Make('d', rows, depth)});
  }
}

Piece FormulaMaker::Function(Rows rows, int depth) {
  static const std::vector<int> kPlaces = {-7, -5, -3, -2, -1, 0, 0, 0, 1, 1, 2, 2, 2, 3, 4, 6, 8};
  const auto number = [&] { return Make('n', rows, depth); };
  switch (dice_.Below(17)) {
    case 0: return Plain("abs(#)", 'n', {number()});
    case 1:
    case 2:
    case 3: return Plain("round(#, " + std::to_string(dice_.Of(kPlaces)) + ")", 'n', {number()});
    case 4: return Plain("floor(#)", 'n', {number()});
    case 5: return Plain("ceil(#)", 'n', {number()});
    case 6: return Plain("min(#, #)", 'n', {number(), number()});
    case 7: return Plain("max(#, #, #)", 'n', {number(), number(), number()});
    case 8: {
      const Texts limits = RisingLevels(2);
      return Plain("clamp(#, " + limits[0] + ", " + limits[1] + ")", 'n', {number()});
    }
    case 9: return Plain("clamp(#, #, #)", 'n', {number(), number(), number()});
    case 10:
    case 11: return Plain("safe_div(#, #, #)", 'n', {number(), number(), number()});
    case 12: return Plain("mod(#, #)", 'n', {number(), number()});
    case 13: return Plain("sqrt(abs(#))", 'n', {number()});
    case 14: return Plain("ln(clamp(#, 0, 1000))", 'n', {number()});
    case 15: return Plain("exp(clamp(#, -20, 20))", 'n', {number()});
    default: return Plain("(clamp(#, -100000, 100000) ^ 2)", 'n', {number()});
  }
}

Piece FormulaMaker::Curve(Rows rows, int depth) {
  std::string form = "linear(#";
  for (const std::string& x : RisingLevels(static_cast<size_t>(dice_.Between(2, 4)))) {
    form += ", " + x + ": " + Level();
  }
  return Plain(form + ")", 'n', {Make('n', rows, depth)});
}

Piece FormulaMaker::Choice(char kind, Rows rows, int depth) {
  const auto value = [&] { return Make(kind, rows, depth); };
  const auto truth = [&] { return Make('b', rows, depth); };
  switch (dice_.Below(5)) {
    case 0:
    case 1: return Plain("(if # then # else #)", kind, {truth(), value(), value()});
    case 2:
      return Plain("(case when # then # when # then # end)", kind,
                   {truth(), value(), truth(), value()});
    case 3: return Plain("(case when # then # else # end)", kind, {truth(), value(), value()});
    default: return Plain("(# ?? #)", kind, {value(), value()});
  }
}

Piece FormulaMaker::Fold(Rows rows, int depth) {
  const Rows below = Below(rows);
  static const Texts kFolds = {"sum(#",
                               "sum(#",
                               "sum(#",
                               "avg(#",
                               "avg(#",
                               "min(#",
                               "max(#",
                               "median(#",
                               "stddev(#",
                               "count(#",
                               "first(#",
                               "last(#",
                               "count_distinct(#",
                               "corr(#, #",
                               "weighted_avg(#, #",
                               "percentile(#, 80%"};
  // Something of the rows themselves has to be in it.
  const auto inner = [&]() -> Piece {
    Piece leaf = Plain(ColumnsOf('n', below)[dice_.Below(2)], 'n');
    if (dice_.Chance(40) || depth <= 0) return leaf;
    static const Texts kOps = {"(# + #)", "(# × #)", "(# ÷ #)", "(# - #)"};
    return Plain(dice_.Of(kOps), 'n', {leaf, Make('n', below, depth - 1)});
  };
  std::string form = dice_.Of(kFolds);
  if (dice_.Chance(15)) {
    form = below == Rows::kChild ? "count(c" : "count(g";
  } else if (form == "count(#" || form == "count_distinct(#") {
    form = below == Rows::kChild ? "count(c.n1" : "count_distinct(g.n1";
  }
  std::vector<Piece> parts;
  for (const char c : form) {
    if (c == '#') parts.push_back(inner());
  }
  if (dice_.Chance(35)) {
    form += " where #";
    parts.push_back(Make('b', below, depth));
  }
  return Plain(form + ")", 'n', std::move(parts));
}

Piece FormulaMaker::Across(int depth) {
  static const Texts kForms = {"avg(# among all)",        "rank(# among all)",
                               "rank(# among s.e0)",      "percent_rank(# among all)",
                               "zscore(# among all)",     "percentile(#, 80% among all)",
                               "sum(# among s.e0)",       "median(# among all)",
                               "sum(c.n0 + # among all)", "max(# among p.e0)"};
  const std::string form = dice_.Of(kForms);
  const Rows rows = form.find("c.n0") == std::string::npos ? Rows::kSubject : Rows::kChild;
  // Something of the subject itself has to be in it.
  const Piece own = Plain(ColumnsOf('n', Rows::kSubject)[dice_.Below(4)], 'n');
  if (rows == Rows::kSubject && dice_.Chance(30)) return Plain(form, 'n', {own});
  return Plain(form, 'n', {Plain("(# - #)", 'n', {Make('n', rows, depth), own})});
}

Piece FormulaMaker::OverTime(int depth) {
  static const Texts kForms = {"prev(#)",
                               "change(#)",
                               "growth(#)",
                               "trailing_sum(#, 2)",
                               "trailing_avg(#, 2)",
                               "trailing_min(#, 2)",
                               "trailing_max(#, 2)",
                               "ytd_sum(#)",
                               "prev(#, 2)"};
  if (dice_.Chance(15)) {
    return Plain("streak(# > #)", 'n', {Fold(Rows::kSubject, depth), Leaf('n', Rows::kSubject)});
  }
  return Plain(dice_.Of(kForms), 'n', {Fold(Rows::kSubject, depth)});
}

Piece FormulaMaker::Calendar(Rows rows, int depth) {
  const auto day = [&] { return Make('D', rows, depth); };
  switch (dice_.Below(6)) {
    case 0: return Plain("days(#, #)", 'n', {day(), day()});
    case 1: return Plain("months(#, #)", 'n', {day(), day()});
    case 2: return Plain("year(#)", 'n', {day()});
    case 3: return Plain("month(#)", 'n', {day()});
    case 4: return Plain("quarter(#)", 'n', {day()});
    default: return Plain("len(#)", 'n', {Make('t', rows, depth)});
  }
}

Piece FormulaMaker::Amount(char kind, Rows rows, int depth) {
  const auto amount = [&] { return Make(kind, rows, depth); };
  const std::string column = kind == 'm' ? ".mo" : ".du";
  switch (dice_.Below(10)) {
    case 0: return Plain("(# + #)", kind, {amount(), amount()});
    case 1: return Plain("(# - #)", kind, {amount(), amount()});
    case 2: return Plain("(# × #)", kind, {amount(), Make('n', rows, depth)});
    case 3: return Plain("(# ÷ #)", kind, {amount(), Make('n', rows, depth)});
    case 4: return Plain("min(#, #)", kind, {amount(), amount()});
    case 5: return Plain("round(#, 2)", kind, {amount()});
    case 6: return Plain("abs(#)", kind, {amount()});
    case 7:
      if (kind == 'd') return Plain("(# - #)", kind, {Make('D', rows, depth), Make('D', rows, 0)});
      return Leaf(kind, rows);
    default: break;
  }
  if (rows != Rows::kSubject) return Leaf(kind, rows);
  static const Texts kFolds = {"sum(c", "avg(c", "max(c", "min(c"};
  return Plain(dice_.Of(kFolds) + column + " where #)", kind, {Make('b', Rows::kChild, depth)});
}

Piece FormulaMaker::Truth(Rows rows, int depth) {
  const auto truth = [&] { return Make('b', rows, depth); };
  switch (dice_.Below(16)) {
    case 0: return Plain("(# and #)", 'b', {truth(), truth()});
    case 1: return Plain("(# or #)", 'b', {truth(), truth()});
    case 2: return Plain("(not #)", 'b', {truth()});
    case 3: return Plain("(# is missing)", 'b', {Make('n', rows, depth)});
    case 4: return Plain("(# = #)", 'b', {Make('t', rows, depth), Make('t', rows, 0)});
    case 5: return Plain("(# in ('a', 'c'))", 'b', {Make('t', rows, depth)});
    case 6: return Plain("starts_with(upper(#), 'A')", 'b', {Make('t', rows, depth)});
    case 7: return Plain("(# ≤ #)", 'b', {Make('D', rows, depth), Make('D', rows, depth)});
    case 8:
      if (rows == Rows::kSubject) {
        return Plain(dice_.Chance(50) ? "any(# and c.b0)" : "all(# or c.b0)", 'b',
                     {Make('b', Rows::kChild, depth)});
      }
      return Leaf('b', rows);
    case 9: return Plain("(# > #)", 'b', {Make('m', rows, depth), Make('m', rows, depth)});
    case 10: return Plain("(# ≤ #)", 'b', {Make('d', rows, depth), Make('d', rows, depth)});
    default: return Comparison(rows, depth);
  }
}

Piece FormulaMaker::Comparison(Rows rows, int depth) {
  static const Texts kSigns = {"=", "≠", "<", "≤", ">", "≥"};
  const Piece x = Make('n', rows, depth);
  if (dice_.Chance(15)) {
    const Texts ends = RisingLevels(2);
    return Plain("(" + ends[0] + " ≤ # < " + ends[1] + ")", 'b', {x});
  }
  if (dice_.Chance(8)) return Plain("(# in (" + Level() + ", " + Level() + "))", 'b', {x});
  Piece y = Plain("(" + Level() + ")", 'n');
  if (dice_.Chance(50)) y = Make('n', rows, depth);
  return Plain("(# " + dice_.Of(kSigns) + " #)", 'b', {x, y});
}

Piece FormulaMaker::Word(Rows rows, int depth) {
  return Plain("(if # then # else #)", 't',
               {Make('b', rows, depth), Leaf('t', rows), Leaf('t', rows)});
}

Piece FormulaMaker::Day(Rows rows, int depth) {
  switch (dice_.Below(4)) {
    case 0: return Plain("(# + 3d)", 'D', {Make('D', rows, depth)});
    case 1: return Plain("add_months(#, 1)", 'D', {Make('D', rows, depth)});
    case 2: return Plain("max(#, #)", 'D', {Make('D', rows, depth), Leaf('D', rows)});
    default: return Leaf('D', rows);
  }
}

}  // namespace steelyard::agree
