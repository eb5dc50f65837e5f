// Formulas as mathematics: each kind of expression, and each function of the language.
#include <gtest/gtest.h>

#include <set>

#include "engine/handbook/formula_math.h"
#include "engine/handbook/functions.h"
#include "engine/parse/parse.h"
#include "engine/schema/operation.h"

namespace steelyard {
namespace {

// Names stand for themselves; what is folded are the rows before the point.
class PlainNames : public FormulaNames {
 public:
  explicit PlainNames(const ExprTree& tree) : tree_(tree) {}
  std::string Of(const Expr& name) override { return name.text2.empty() ? name.text : name.text2; }
  std::string RowsOf(const Expr& call) override {
    if (call.children.empty()) return "";
    const Expr& first = tree_.at(call.children[0]);
    if (first.kind != ExprKind::kName) return "";
    return !first.text2.empty() || CountsRows(call) ? first.text : "";
  }
  bool CountsRows(const Expr& call) override {
    return call.text == "count" && tree_.at(call.children[0]).text2.empty();
  }
  void Met(std::string_view function) override { met.insert(std::string(function)); }

  std::set<std::string> met;

 private:
  const ExprTree& tree_;
};

struct Case {
  const char* formula;
  const char* latex;
};

// Blanks in a row mean no more than one does.
std::string Squeezed(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == ' ' && (out.empty() || out.back() == ' ')) continue;
    out += c;
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

ExprTree Parsed(const std::string& formula) {
  DiagnosticSink sink;
  ExprTree tree = ParseFormula(EmbeddedText::Verbatim(FileId{0}, 0, formula), sink);
  EXPECT_FALSE(sink.HasErrors()) << formula;
  return tree;
}

std::string Latex(const std::string& formula, Language language = Language::kEnglish) {
  const ExprTree tree = Parsed(formula);
  PlainNames names(tree);
  return Squeezed(ToLatex(ToMath(tree, tree.root, names, language)));
}

constexpr Case kForms[] = {
    {"1.5", "1.5"},
    {"200万", "2{,}000{,}000"},
    {"35%", "35\\%"},
    {"36h", "36\\text{ h }"},
    {"'S'", "\\text{“S”}"},
    {"2026-04-01", "\\text{2026-04-01}"},
    {"2026Q1", "\\text{2026Q1}"},
    {"true", "\\text{yes}"},
    {"missing", "\\text{no value}"},
    {"a_b", "\\text{a}\\_\\text{b}"},
    {"-a", "- \\text{a}"},
    {"not a", "\\text{ not }\\text{a}"},
    {"a + b - c", "\\text{a} + \\text{b} - \\text{c}"},
    {"a - (b - c)", "\\text{a} - \\left( \\text{b} - \\text{c} \\right)"},
    {"(a + b) × c", "\\left( \\text{a} + \\text{b} \\right) \\times \\text{c}"},
    {"(a + b) ÷ (c - d) × 100%",
     "\\frac{\\text{a} + \\text{b}}{\\text{c} - \\text{d}} \\times 100\\%"},
    {"a × b ÷ c", "\\frac{\\text{a} \\times \\text{b}}{\\text{c}}"},
    {"a ÷ b ÷ c", "\\frac{\\frac{\\text{a}}{\\text{b}}}{\\text{c}}"},
    {"(a ÷ b) ^ 2", "{\\left( \\frac{\\text{a}}{\\text{b}} \\right) }^{2}"},
    {"a ^ (1 ÷ n)", "{\\text{a}}^{\\frac{1}{\\text{n}}}"},
    {"(-a) ^ 2", "{\\left( - \\text{a} \\right) }^{2}"},
    {"a or b and c", "\\text{a}\\text{ or }\\left( \\text{b}\\text{ and }\\text{c} \\right)"},
    {"a >= 1", "\\text{a} \\ge 1"},
    {"1 < a <= 2", "1 \\lt \\text{a} \\le 2"},
    {"a in ('x', 'y')", "\\text{a} \\in \\left\\lbrace \\text{“x”}, \\text{“y”} \\right\\rbrace"},
    {"a not in list", "\\text{a} \\notin \\text{list}"},
    {"a between 1 and 2", "1 \\le \\text{a} \\le 2"},
    {"a not between 1 and 2", "\\text{a} \\lt 1\\text{ or }\\text{a} \\gt 2"},
    {"a is missing", "\\text{a}\\text{ has no value }"},
    {"a is not missing", "\\text{a}\\text{ has a value }"},
    {"a ?? 0", "\\text{a}\\left( \\text{ where there is none: }0 \\right)"},
    {"if a > 1 then 2 else 3",
     "\\begin{cases} 2 & \\text{ if }\\text{a} \\gt 1 \\\\ 3 & \\text{ otherwise } \\end{cases}"},
    {"if a then 1 else if b then 2 else 3",
     "\\begin{cases} 1 & \\text{ if }\\text{a} \\\\ 2 & \\text{ if }\\text{b} \\\\ 3 & \\text{ "
     "otherwise } \\end{cases}"},
    {"case when a then 1 end",
     "\\begin{cases} 1 & \\text{ if }\\text{a} \\\\ \\text{no value} & \\text{ otherwise } "
     "\\end{cases}"},
};

constexpr Case kCalls[] = {
    {"sum(order.amount where tier = 'S')",
     "\\sum\\limits _{\\text{order}, \\text{ where }\\text{tier} = \\text{“S”}}\\text{amount}"},
    {"sum(order.a - order.b)", "\\sum\\limits \\left( \\text{a} - \\text{b} \\right)"},
    {"max(sum(order.amount per customer))",
     "\\text{greatest}\\left( \\sum\\limits _{\\text{order}, \\text{ for each "
     "}\\text{customer}}\\text{amount} \\right)"},
    {"avg(x among role, region all periods)",
     "\\underset{\\text{ of the same }\\text{role}, \\text{region}, \\text{ all periods "
     "}}{\\text{mean}}\\left( \\text{x} \\right)"},
    {"count(order where x > 1)",
     "\\underset{\\text{order}, \\text{ where }\\text{x} \\gt 1}{\\text{number}}"},
    {"count(order.x)", "\\underset{\\text{order}}{\\text{number}}\\left( \\text{x} \\right)"},
    {"count_distinct(order.x)",
     "\\underset{\\text{order}}{\\text{number of different}}\\left( \\text{x} \\right)"},
    {"min(a, b)", "\\text{least}\\left( \\text{a}, \\text{b} \\right)"},
    {"median(t.x)", "\\underset{\\text{t}}{\\text{median}}\\left( \\text{x} \\right)"},
    {"percentile(x, 80% among all)",
     "\\underset{80\\%, \\text{ of all }}{\\text{percentile}}\\left( \\text{x} \\right)"},
    {"percentile_nearest(t.x, 80%)",
     "\\underset{80\\%, \\text{t}}{\\text{percentile (nearest place)}}\\left( \\text{x} \\right)"},
    {"stddev(t.x)", "\\underset{\\text{t}}{\\text{standard deviation}}\\left( \\text{x} \\right)"},
    {"first(t.x)", "\\underset{\\text{t}}{\\text{first}}\\left( \\text{x} \\right)"},
    {"last(t.x)", "\\underset{\\text{t}}{\\text{last}}\\left( \\text{x} \\right)"},
    {"weighted_avg(t.x, w)",
     "\\underset{\\text{t}}{\\text{weighted mean}}\\left( \\text{x}, \\text{ weights }\\text{w} "
     "\\right)"},
    {"corr(t.x, y)",
     "\\underset{\\text{t}}{\\text{correlation}}\\left( \\text{x}, \\text{y} \\right)"},
    {"any(t.x)", "\\underset{\\text{t}}{\\text{at least one}}\\left( \\text{x} \\right)"},
    {"all(t.x)", "\\underset{\\text{t}}{\\text{every one}}\\left( \\text{x} \\right)"},
    {"rank(x among all)", "\\underset{\\text{ of all }}{\\text{place}}\\left( \\text{x} \\right)"},
    {"percent_rank(x among all)",
     "\\underset{\\text{ of all }}{\\text{share that lies below}}\\left( \\text{x} \\right)"},
    {"zscore(x among all)",
     "\\underset{\\text{ of all }}{\\text{standard score}}\\left( \\text{x} \\right)"},
    {"prev(x)", "\\text{period before}\\left( \\text{x} \\right)"},
    {"prev(x, 4)",
     "\\underset{4\\text{ periods before }}{\\text{period before}}\\left( \\text{x} \\right)"},
    {"change(x)", "\\text{change}\\left( \\text{x} \\right)"},
    {"growth(x, 4)",
     "\\underset{\\text{ since }4\\text{ periods before }}{\\text{growth}}\\left( \\text{x} "
     "\\right)"},
    {"streak(x > 1)", "\\text{periods in a row}\\left( \\text{x} \\gt 1 \\right)"},
    {"trailing_sum(x, 4)",
     "\\sum\\limits _{\\text{ last }4\\text{ periods }}\\left( \\text{x} \\right)"},
    {"trailing_avg(x, 4)",
     "\\underset{\\text{ last }4\\text{ periods }}{\\text{mean}}\\left( \\text{x} \\right)"},
    {"trailing_min(x, 4)",
     "\\underset{\\text{ last }4\\text{ periods }}{\\text{least}}\\left( \\text{x} \\right)"},
    {"trailing_max(x, 4)",
     "\\underset{\\text{ last }4\\text{ periods }}{\\text{greatest}}\\left( \\text{x} \\right)"},
    {"ytd_sum(x)", "\\sum\\limits _{\\text{ since January }}\\left( \\text{x} \\right)"},
    {"abs(a - b)", "\\left\\vert \\text{a} - \\text{b} \\right\\vert"},
    {"round(x)",
     "\\underset{\\text{ to whole numbers }}{\\text{rounded}}\\left( \\text{x} \\right)"},
    {"round(x, 2)",
     "\\underset{\\text{ to }2\\text{ decimals }}{\\text{rounded}}\\left( \\text{x} \\right)"},
    {"floor(x)", "\\text{rounded down}\\left( \\text{x} \\right)"},
    {"ceil(x)", "\\text{rounded up}\\left( \\text{x} \\right)"},
    {"clamp(x, 0, 100)", "\\underset{0\\text{ to }100}{\\text{kept}}\\left( \\text{x} \\right)"},
    {"sqrt(x + 1)", "\\sqrt{\\text{x} + 1}"},
    {"ln(x)", "\\text{ln}\\left( \\text{x} \\right)"},
    {"exp(x)", "{\\text{e}}^{\\text{x}}"},
    {"mod(a, b)", "\\text{remainder}\\left( \\text{a}, \\text{b} \\right)"},
    {"safe_div(a, b, 0)",
     "\\begin{cases} 0 & \\text{ if }\\text{b} = 0 \\\\ \\frac{\\text{a}}{\\text{b}} & \\text{ "
     "otherwise } \\end{cases}"},
    {"linear(x, 0%: 0, 25%: 60)",
     "\\underset{0\\% \\to 0, 25\\% \\to 60}{\\text{line}}\\left( \\text{x} \\right)"},
    {"coalesce(a, b)", "\\text{a}\\left( \\text{ where there is none: }\\text{b} \\right)"},
    {"days(a, b)", "\\text{days}\\left( \\text{a} \\to \\text{b} \\right)"},
    {"hours(a, b)", "\\text{hours}\\left( \\text{a} \\to \\text{b} \\right)"},
    {"months(a, b)", "\\text{months}\\left( \\text{a} \\to \\text{b} \\right)"},
    {"add_months(a, 3)", "\\text{a} + 3\\text{ months }"},
    {"year(d)", "\\text{year}\\left( \\text{d} \\right)"},
    {"month(d)", "\\text{month}\\left( \\text{d} \\right)"},
    {"quarter(d)", "\\text{quarter}\\left( \\text{d} \\right)"},
    {"len(t)", "\\text{length}\\left( \\text{t} \\right)"},
    {"lower(t)", "\\text{small letters}\\left( \\text{t} \\right)"},
    {"upper(t)", "\\text{capitals}\\left( \\text{t} \\right)"},
    {"trim(t)", "\\text{trimmed}\\left( \\text{t} \\right)"},
    {"starts_with(t, 'CN')", "\\text{t}\\text{ begins with }\\text{“CN”}"},
    {"contains(t, 'CN')", "\\text{t}\\text{ contains }\\text{“CN”}"},
    {"points(i)", "\\text{points}\\left( \\text{i} \\right)"},
    {"weight(i)", "\\text{weight}\\left( \\text{i} \\right)"},
    {"value(i)", "\\text{i}"},
    {"attainment(i)", "\\text{attainment}\\left( \\text{i} \\right)"},
    {"meets_target(i)", "\\text{i}\\text{ meets its target }"},
};

TEST(FormulaMath, OfEachForm) {
  for (const Case& form : kForms) EXPECT_EQ(Latex(form.formula), form.latex) << form.formula;
}

TEST(FormulaMath, OfEachFunction) {
  for (const Case& call : kCalls) EXPECT_EQ(Latex(call.formula), call.latex) << call.formula;
}

TEST(FormulaMath, NoKindIsForgotten) {
  std::set<ExprKind> seen;
  for (const auto& [formula, latex] : kForms) {
    for (const Expr& expr : Parsed(formula).nodes) seen.insert(expr.kind);
  }
  for (int kind = 0; kind < static_cast<int>(ExprKind::kCall); ++kind) {
    EXPECT_TRUE(seen.count(static_cast<ExprKind>(kind)) > 0) << "kind " << kind;
  }
}

TEST(FormulaMath, NoFunctionIsForgotten) {
  std::set<std::string> seen;
  for (const auto& [formula, latex] : kCalls) {
    const ExprTree tree = Parsed(formula);
    PlainNames names(tree);
    ToMath(tree, tree.root, names, Language::kEnglish);
    seen.insert(names.met.begin(), names.met.end());
  }
  for (const std::string& name : FunctionNames()) {
    const std::string canonical(FindFunction(name)->name);
    const FunctionWords* words = WordsOfFunction(canonical);
    ASSERT_NE(words, nullptr) << canonical;
    EXPECT_TRUE(seen.count(canonical) > 0) << canonical;
    for (const Language language : {Language::kEnglish, Language::kChinese}) {
      EXPECT_FALSE(words->label[static_cast<size_t>(language)].empty()) << canonical;
      EXPECT_FALSE(words->meaning[static_cast<size_t>(language)].empty()) << canonical;
    }
  }
}

TEST(FormulaMath, InChinese) {
  EXPECT_EQ(
      Latex("如果 x > 5，则 sum(order.amount)，否则 0", Language::kChinese),
      "\\begin{cases} \\sum\\limits _{\\text{order}}\\text{amount} & \\text{ 当 }\\text{x} \\gt "
      "5 \\\\ 0 & \\text{ 其他情况 } \\end{cases}");
  EXPECT_EQ(Latex("36h", Language::kChinese), "36\\text{ 小时 }");
}

TEST(FormulaMath, ALongSumIsOneRow) {
  std::string formula = "a";
  for (int i = 0; i < 900; ++i) formula += " + a";
  const std::string latex = Latex(formula);
  EXPECT_EQ(latex.find("left("), std::string::npos);
  EXPECT_EQ(std::count(latex.begin(), latex.end(), '+'), 900);
}

TEST(FormulaMath, ALongQuotientEndsInTheFormulaItself) {
  std::string formula = "a";
  for (int i = 0; i < 900; ++i) formula += " ÷ a";
  EXPECT_NE(Latex(formula).find("÷ a"), std::string::npos);
}

TEST(Latex, NothingInANameEndsIt) {
  EXPECT_EQ(ToLatex(Math::Name("a}$`|<b>\\end{x}%\n")),
            "\\text{a}\\rbrace \\text{＄}\\prime \\vert \\lt \\text{b}\\gt \\backslash "
            "\\text{end}\\lbrace \\text{x}\\rbrace \\%\\text{ }");
}

TEST(MathMl, EscapesNamesAndSetsFractions) {
  const Math fraction = {Math::Kind::kFraction, "", {Math::Name("<b>"), Math::Number("2")}};
  EXPECT_EQ(ToMathMl(fraction, true),
            "<math display=\"block\"><mfrac><mtext>&lt;b&gt;</mtext><mn>2</mn></mfrac></math>");
}

TEST(MathMl, SumsKeepTheirRowsBelow) {
  const Math sum = {Math::Kind::kUnder, "", {Math::Sign("∑"), Math::Row({Math::Name("x")})}};
  EXPECT_EQ(ToMathMl(sum, false),
            "<math><munder><mo movablelimits=\"false\">∑</mo><mrow><mtext>x</mtext></mrow></munder>"
            "</math>");
}

}  // namespace
}  // namespace steelyard
