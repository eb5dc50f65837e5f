// Each form of the language, as source and tree.
#include <gtest/gtest.h>

#include "tests/unit/parse/parsing.h"

namespace steelyard {
namespace {

struct TreeCase {
  const char* source;
  const char* dump;
};

template <size_t size>
void ExpectTrees(const TreeCase (&cases)[size]) {
  for (const TreeCase& c : cases) {
    const Parsing parsing(c.source);
    EXPECT_EQ(parsing.Dumped(), c.dump) << c.source;
    EXPECT_EQ(parsing.ok(), !parsing.sink().HasErrors()) << c.source;
  }
}

TEST(ParseFormula, ReadsNames) {
  ExpectTrees({
      {"revenue", "revenue"},
      {"战略客户收入", "战略客户收入"},
      {"order.amount", "order.amount"},
      {"订单.金额", "订单.金额"},
      {"_x1", "_x1"},
      {"`Customer ID`", "`Customer ID`"},
      {"`客户(CLV)`.`a b`", "`客户(CLV)`.`a b`"},
      {"`a``b`", "`a``b`"},
      {"`plain`", "plain"},
      {"Revenue", "Revenue"},
      {"ｒｅｖｅｎｕｅ１", "revenue1"},
      {"cafe\u0301", "caf\u00e9"},  // one form of é for both
      {"all", "all"},               // a word only after among
      {"periods + value", "(add periods value)"},
      {"非经营性收入 + 或有负债", "(add 非经营性收入 或有负债)"},
      {"`end`", "`end`"},
      {"order.end", "order.`end`"},
      {"case.opened_on", "`case`.opened_on"},
      {"`∑`", "∑"},
  });
}

TEST(ParseFormula, ReadsNumbers) {
  ExpectTrees({
      {"0", "0"},
      {"1234.5", "1234.5"},
      {".5", "0.5"},
      {"1_000_000", "1000000"},
      {"1_0.2_5", "10.25"},
      {"1e3", "1000"},
      {"1.5E-2", "0.015"},
      {"007", "7"},
      {"１２３．５", "123.5"},
      {"0.1", "0.1"},
      {"123456789012345678901234567890", "123456789012345678901234567890"},
      {"5%", "(pct 5)"},
      {"5 %", "(pct 5)"},
      {"12.5％", "(pct 12.5)"},
      {"0.05", "0.05"},
      {"200万", "2000000"},
      {"200 萬", "2000000"},
      {"1.5亿", "150000000"},
      {"1.5億", "150000000"},
      {"2万亿", "2000000000000"},
      {"3千", "3000"},
      {"5百", "500"},
      {"5百万", "5000000"},
      {"3千万", "30000000"},
  });
}

TEST(ParseFormula, ReadsQuantities) {
  ExpectTrees({
      {"24h", "(qty 24 h)"},
      {"3d", "(qty 3 d)"},
      {"30min", "(qty 30 min)"},
      {"2w", "(qty 2 w)"},
      {"72 h", "(qty 72 h)"},
      {"0.5h", "(qty 0.5 h)"},
      {"24小时", "(qty 24 小时)"},
      {"3 天", "(qty 3 天)"},
      {"2４ｈ", "(qty 24 h)"},
      {"100 CNY", "(qty 100 CNY)"},
      {"200万 CNY", "(qty 2000000 CNY)"},
      {"40万元", "(qty 400000 元)"},
      {"3千元", "(qty 3000 元)"},
      {"3千克", "(qty 3 千克)"},
      {"2026年", "(qty 2026 年)"},
      {"1e3m", "(qty 1000 m)"},
      {"1em", "(qty 1 em)"},
      // Words of the language are not units.
      {"5 and a", "(and 5 a)"},
      {"5 or 6", "(or 5 6)"},
      {"100且客户数>5", "(and 100 (gt 客户数 5))"},
      {"24小时且x", "(and (qty 24 小时) x)"},
      {"24 小时 或 x", "(or (qty 24 小时) x)"},
      {"f(5 per t)", "(call f 5 (per t))"},
      {"f(5 among a)", "(call f 5 (among a))"},
      {"x in (5) or 3d in (y)", "(or (in x (list 5)) (in (qty 3 d) (list y)))"},
      {"100元/人", "(div (qty 100 元) 人)"},
  });
}

TEST(ParseFormula, ReadsDatesAndPeriods) {
  ExpectTrees({
      {"2026-04-01", "2026-04-01"},
      {"２０２６－０４－０１", "2026-04-01"},
      {"2024-02-29", "2024-02-29"},
      {"2026Q1", "2026Q1"},
      {"2026q4", "2026Q4"},
      {"2026H2", "2026H2"},
      {"2026W07", "2026W07"},
      {"2026-04", "2026-04"},
      {"2026-12", "2026-12"},
      {"2026", "2026"},
      // Arithmetic that only looks like them.
      {"2026 - 04", "(sub 2026 4)"},
      {"2026-13", "(sub 2026 13)"},
      {"2026-4", "(sub 2026 4)"},
      {"3000-10", "(sub 3000 10)"},
      {"2026-04%", "(sub 2026 (pct 4))"},
      {"2026-04.5", "(sub 2026 4.5)"},
      {"2026-04h", "(sub 2026 (qty 4 h))"},
      {"2026 - 04 - 01", "(sub (sub 2026 4) 1)"},
      {"6000/12/22", "(div (div 6000 12) 22)"},
      {"ended_on - 2026-04-01", "(sub ended_on 2026-04-01)"},
      {"2026-04-01-3d", "(sub 2026-04-01 (qty 3 d))"},
  });
}

TEST(ParseFormula, ReadsTextsAndConstants) {
  ExpectTrees({
      {"'abc'", "'abc'"},
      {"\"abc\"", "'abc'"},
      {"“战略”", "'战略'"},
      {"”战略“", "'战略'"},
      {"‘S’", "'S'"},
      {"「S」", "'S'"},
      {"『S』", "'S'"},
      {"＂S＂", "'S'"},
      {"＇S＇", "'S'"},
      {"''", "''"},
      {"“”", "''"},
      {"'it''s'", "'it''s'"},
      {"\"say \"\"yes\"\"\"", "'say \"yes\"'"},
      {"“他说““好””。”", "'他说“好”。'"},
      {"'（Ａ），×'", "'（Ａ），×'"},  // as written
      {"'a × \"b\"'", "'a × \"b\"'"},
      {"true", "true"},
      {"FALSE", "false"},
      {"真 且 假", "(and true false)"},
      {"missing", "missing"},
      {"缺失", "missing"},
  });
}

TEST(ParseFormula, BindsOperators) {
  ExpectTrees({
      {"a + b * c", "(add a (mul b c))"},
      {"a * b + c", "(add (mul a b) c)"},
      {"a - b - c", "(sub (sub a b) c)"},
      {"a / b / c", "(div (div a b) c)"},
      {"(a + b) * c", "(mul (add a b) c)"},
      {"-2^2", "(neg (pow 2 2))"},
      {"2^-1", "(pow 2 (neg 1))"},
      {"2^3^2", "(pow 2 (pow 3 2))"},
      {"(2^3)^2", "(pow (pow 2 3) 2)"},
      {"-a * b", "(mul (neg a) b)"},
      {"a * -b", "(mul a (neg b))"},
      {"- - a", "(neg (neg a))"},
      {"+a - +b", "(sub (pos a) (pos b))"},
      {"a ?? b + 1", "(coalesce a (add b 1))"},
      {"a ?? b ?? 0", "(coalesce (coalesce a b) 0)"},
      {"a ?? 0 > 5", "(gt (coalesce a 0) 5)"},
      {"not a = b", "(not (eq a b))"},
      {"not not a", "(not (not a))"},
      {"not (a) and b", "(and (not a) b)"},
      {"a or b and c", "(or a (and b c))"},
      {"a and b or c", "(or (and a b) c)"},
      {"a or b or c", "(or (or a b) c)"},
      {"a > 1 and b < 2", "(and (gt a 1) (lt b 2))"},
  });
}

TEST(ParseFormula, ReadsEverySpellingOfAnOperator) {
  ExpectTrees({
      {"a × b ✕ c ＊ d", "(mul (mul (mul a b) c) d)"},
      {"a ÷ b ∕ c ／ d", "(div (div (div a b) c) d)"},
      {"a − b – c － d", "(sub (sub (sub a b) c) d)"},
      {"a ＋ b", "(add a b)"},
      {"（１＋２）", "(add 1 2)"},
      {"a = b", "(eq a b)"},
      {"a == b", "(eq a b)"},
      {"a ＝ b", "(eq a b)"},
      {"a != b", "(ne a b)"},
      {"a <> b", "(ne a b)"},
      {"a ≠ b", "(ne a b)"},
      {"a ＜ b", "(lt a b)"},
      {"a <= b", "(le a b)"},
      {"a ≤ b", "(le a b)"},
      {"a ≦ b", "(le a b)"},
      {"a >= b", "(ge a b)"},
      {"a ≥ b", "(ge a b)"},
      {"a ≧ b", "(ge a b)"},
      {"a AND b Or Not c", "(or (and a b) (not c))"},
      {"a 且 b 或 非 c", "(or (and a b) (not c))"},
      {"a 并且 b 或者 c", "(or (and a b) c)"},
      {"a 並且 b", "(and a b)"},
      {"(a>1)且(b>2)或(c)", "(or (and (gt a 1) (gt b 2)) c)"},
      {"a>1且b>2", "(and (gt a 1) (gt b 2))"},
      {"a\u3000+\u00a0b\n\t+ c", "(add (add a b) c)"},
  });
}

TEST(ParseFormula, ReadsComparisons) {
  ExpectTrees({
      {"a < b", "(lt a b)"},
      {"85% <= csat <= 95%", "(chain (pct 85) <= csat <= (pct 95))"},
      {"a < b < c < d", "(chain a < b < c < d)"},
      {"a = b = c", "(chain a = b = c)"},
      {"(a < b) < c", "(lt (lt a b) c)"},
      {"a < (b < c)", "(lt a (lt b c))"},
      {"x in ('A', 'B')", "(in x (list 'A' 'B'))"},
      {"x in (1)", "(in x (list 1))"},
      {"x in tiers", "(in x tiers)"},
      {"x in 'A'", "(in x 'A')"},
      {"x not in (a + 1, b)", "(not-in x (list (add a 1) b))"},
      {"x in (‘A’、‘B’，‘C’)", "(in x (list 'A' 'B' 'C'))"},
      {"x 属于 (1)", "(in x (list 1))"},
      {"x 不属于 (1)", "(not-in x (list 1))"},
      {"x between 1 and 2", "(between x 1 2)"},
      {"x not between 1 and 2", "(not-between x 1 2)"},
      {"x between a + 1 and b and c", "(and (between x (add a 1) b) c)"},
      {"x 介于 1 和 2 之间", "(between x 1 2)"},
      {"x 介於 1與2 或 y", "(or (between x 1 2) y)"},
      {"x is missing", "(is-missing x)"},
      {"x is not missing", "(is-not-missing x)"},
      {"x 为空 且 y 不为空", "(and (is-missing x) (is-not-missing y))"},
      {"x 缺失", "(is-missing x)"},
      {"not x is missing", "(not (is-missing x))"},
  });
}

TEST(ParseFormula, ReadsChoices) {
  ExpectTrees({
      {"if a > 1 then b else c + 1", "(if (gt a 1) b (add c 1))"},
      {"if(a, b, c)", "(if a b c)"},
      {"IF (a, b, c) * 2", "(mul (if a b c) 2)"},
      {"if (a) then b else c", "(if a b c)"},
      {"if (a > 1) and (b) then c else d", "(if (and (gt a 1) b) c d)"},
      {"if (a + b) * c ^ 2 - 1 ?? 0 < d or e then f else g",
       "(if (or (lt (coalesce (sub (mul (add a b) (pow c 2)) 1) 0) d) e) f g)"},
      {"if ((a)) then ((b)) else ((c))", "(if a b c)"},
      {"if 0 <= x < 1 then 1 else 0", "(if (chain 0 <= x < 1) 1 0)"},
      {"if a then b else if c then d else e", "(if a b (if c d e))"},
      {"if if a then b else c then d else e", "(if (if a b c) d e)"},
      {"1 + if a then b else c", "(add 1 (if a b c))"},
      {"如果 a>1 则 b 否则 c", "(if (gt a 1) b c)"},
      {"如果(a>1)则 b 否则 c", "(if (gt a 1) b c)"},
      {"如果 满意度≥90%，则 100，否则 0", "(if (ge 满意度 (pct 90)) 100 0)"},
      {"若 a 那么 1 否则 2", "(if a 1 2)"},
      {"若 a 則 1 否則 2", "(if a 1 2)"},
      {"如果(a, 1, 2)", "(if a 1 2)"},
      {"case when a then 1 end", "(case a 1)"},
      {"case when a then 1 when b then 2 else 3 end", "(case a 1 b 2 (else 3))"},
      {"case when a then case when b then 1 end else 2 end + 1",
       "(add (case a (case b 1) (else 2)) 1)"},
  });
}

TEST(ParseFormula, ReadsCalls) {
  ExpectTrees({
      {"f()", "(call f)"},
      {"f(a)", "(call f a)"},
      {"round (x, 2)", "(call round x 2)"},
      {"max(a, min(b, c), -1)", "(call max a (call min b c) (neg 1))"},
      {"∑(a－b)×c", "(mul (call ∑ (sub a b)) c)"},
      {"Σ(a)", "(call Σ a)"},
      {"求和（a）", "(call 求和 a)"},
      {"`my fn`(a)", "(call `my fn` a)"},
      {"all(x) and any(y)", "(and (call all x) (call any y))"},
      {"sum(order.amount where customer.tier = 'S')",
       "(call sum order.amount (where (eq customer.tier 'S')))"},
      {"count(survey where likelihood >= 9)", "(call count survey (where (ge likelihood 9)))"},
      {"count(where x)", "(call count (where x))"},
      {"max(sum(order.amount per customer)) / sum(order.amount)",
       "(div (call max (call sum order.amount (per customer))) (call sum order.amount))"},
      {"avg(nps among all)", "(call avg nps (among-all))"},
      {"percentile(sales, 80% among role)", "(call percentile sales (pct 80) (among role))"},
      {"rank(x among region, t.role)", "(call rank x (among region t.role))"},
      {"rank(x among region all periods)", "(call rank x (among region) (all-periods))"},
      {"rank(x among all periods)", "(call rank x (among-all) (all-periods))"},
      {"rank(x among all all periods)", "(call rank x (among-all) (all-periods))"},
      {"rank(x among `all`)", "(call rank x (among all))"},
      {"f(x where c per t among a)", "(call f x (where c) (per t) (among a))"},
      {"f(x among a per t where c)", "(call f x (where c) (per t) (among a))"},
      {"求和(金额 其中 等级='S' 每 客户)", "(call 求和 金额 (where (eq 等级 'S')) (per 客户))"},
      {"linear(x, 0%: 0, 25%: 60)", "(call linear x (pair (pct 0) 0) (pair (pct 25) 60))"},
      {"linear(x，0：0，1：100)", "(call linear x (pair 0 0) (pair 1 100))"},
      {"f(if a then b else c, d)", "(call f (if a b c) d)"},
      {"f(1,200)", "(call f 1 200)"},  // two arguments: nothing tells otherwise
  });
}

}  // namespace
}  // namespace steelyard
