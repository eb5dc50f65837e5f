// What authors are told about formulas that cannot be read: tests/golden/formula/. Each of these
// has one mistake and gets one message.
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "tests/support/golden.h"
#include "tests/unit/parse/parsing.h"

namespace steelyard {
namespace {

using As = Parsing::As;

struct Theme {
  const char* golden;
  std::vector<std::string> formulas;
  As as = As::kFormula;
};

std::string Times(size_t count, const std::string& text) {
  std::string all;
  for (size_t i = 0; i < count; ++i) all += text;
  return all;
}

std::vector<Theme> Themes() {
  return {
      {"fail_values.txt",
       {"a +", "* 2", "a + * b", "(a + )", "()", "sum(a, )", "sum(* 2)", "x in", "x in ()",
        "if a then b else", "count(a where)", "2 ^ ^ 3", "1 + not a", "end + 1", "days(start, end)",
        "a ÷ ÷ b", "（１＋）"}},
      {"fail_two_values.txt",
       {"a b", "Customer ID Number + 1", "sum(a b)", "(a 5)", "2x(3)", "2 (3)", "(a)(b)",
        "5 sum(x)", "a.b(c)", "a 'x'", "满意度 大于 90", "满意度 不低于90", "a mod b",
        "sum(x by y)"}},
      {"fail_words.txt",
       {"a then b", "(a then b)", "a end", "count(x if y)", "a where b", "如果a>1则b",
        "如果a>1 则 b 否则 c", "rank(x among role and region)"}},
      {"fail_comparisons.txt",
       {"a in (1) + 2", "a is missing = true", "a < b in (1)", "x between 1", "x between 1 or 2",
        "a not 5", "x is 5", "x is not 5", "x is null"}},
      {"fail_brackets.txt",
       {"a)", "(a", "sum(a, (b + c)", "f(a, g(b)", "if (a then b else c", "f(if a then b else c",
        "if(a, b", "if(a, b)", "if(a, b, c, d)", "∑", "∑ x + 1", "a, b", "(a, b)"}},
      {"fail_quotes.txt",
       {"'abc", "role = “S", "role = 「S", "\"it\"\"s", "role = “S\" + 1", "`abc", "t.`abc + 1",
        "``", "t.``"}},
      {"fail_names.txt", {"a.b.c", "a.", "order.2026 + 1", "order.'x'"}},
      {"fail_numbers.txt",
       {"1,000", "(1,000 + x)", "f(1,000)", "max(1,234,000, 2)", "1,234,567.5 × 2", "１，０００",
        "x in (1,000)", "1.000.000", "1.2.3", "5.", "1__0", "1e999"}},
      {"fail_percent.txt", {"10 % 3", "x % 3", "x%", "(a + b)%", "20% y", "5%(2)", "a ％ b"}},
      {"fail_signs.txt", {"a && b", "a || b", "!a",       "a ** 2",    "a := b",
                          "a => b", "a =< b", "a === b",  "a ? b : c", "a · b",
                          "√x",     "x²",     "[1, 2]",   "$100",      "￥100",
                          "a ; b",  "a ∈ b",  "5‰",       "a — b",     "a # b",
                          "a @ b",  "公式。", "a\u200bb", "f: x",      "linear(x, 1: 2: 3)",
                          "a..b"}},
      {"fail_choices.txt",
       {"if a", "if a b else c", "if(a)", "if a then b", "max(if a then b, 2)", "case x when 1",
        "case when a 1 end", "case when a then 1", "case when a then 1 b"}},
      {"fail_clauses.txt",
       {"sum(a per 5)", "sum(a per)", "sum(a 每 )", "avg(x among)", "avg(x among 5)",
        "avg(x among role all)", "sum(x where a where b)", "sum(x where a, b)",
        "percentile(x among role, 80%)", "linear(x, 0: 0, 5)"}},
      {"fail_dates.txt",
       {"2026-02-30", "2026-13-01", "2026Q5", "2026H3", "2026W60", "2026-4-1", "2026/4/1",
        "2026年4月1日", "2026-04-01T12"}},
      {"fail_limits.txt",
       {"", "  ", Times(300, "("), Times(300, "not "), "a" + Times(1000, "+a"),
        Times(kMaxFormulaBytes, "a") + "+"}},
      {"fail_bands.txt",
       {"<", "1..", "..5", "1..2..3", "50%～80%", "else", "< 24h 72h"},
       As::kBand},
  };
}

TEST(Messages, SayWhatWasExpectedAndWhere) {
  for (const Theme& theme : Themes()) {
    std::string told;
    for (const std::string& formula : theme.formulas) {
      const Parsing parsing(formula, theme.as);
      EXPECT_FALSE(parsing.ok()) << formula << " was read: " << parsing.Dumped();
      EXPECT_EQ(parsing.sink().all().size(), 1u) << formula.substr(0, 60);
      told += parsing.Messages() + "\n";
    }
    ExpectGolden(std::string("formula/") + theme.golden, told);
  }
}

// One formula of each kind.
TEST(Messages, AreToldInChinese) {
  std::set<DiagKind> seen;
  std::string told;
  for (const Theme& theme : Themes()) {
    for (const std::string& formula : theme.formulas) {
      const Parsing parsing(formula, theme.as);
      if (parsing.ok() || !seen.insert(parsing.sink().all()[0].kind).second) continue;
      told += parsing.Messages(Language::kChinese) + "\n";
    }
  }
  ExpectGolden("formula/fail_in_chinese.txt", told);
}

TEST(Messages, StandAtTheRightCharacters) {
  struct PlaceCase {
    const char* formula;
    const char* place;
  };
  const PlaceCase cases[] = {
      {"战略客户收入 ÷ ÷ 部门总营收", "÷"},
      {"（战略客户收入", "（"},
      {"收入，成本", "，"},
      {"１，０００", "１，０００"},
      {"“战略", "“"},
      {"收入 ％ 3", "％"},
      {"收入 ≤≥ 3", "≥"},
      {"收入 + ", ""},
  };
  for (const PlaceCase& c : cases) {
    const Parsing parsing(c.formula);
    ASSERT_EQ(parsing.sink().all().size(), 1u) << c.formula;
    EXPECT_EQ(parsing.Slice(parsing.sink().all()[0].span), c.place) << c.formula;
  }
}

}  // namespace
}  // namespace steelyard
