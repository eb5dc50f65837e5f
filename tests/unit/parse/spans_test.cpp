// Where the parts of a formula stand in the file.
#include <gtest/gtest.h>

#include <string>

#include "engine/parse/fold.h"
#include "tests/unit/parse/parsing.h"

namespace steelyard {
namespace {

// The source of a node and its operator, then its children, indented.
void Outline(const Parsing& parsing, ExprId id, const std::string& indent, std::string& out) {
  const Expr& expr = parsing.tree().at(id);
  out += indent;
  out += parsing.Slice(expr.span);
  if (expr.op_span != expr.span) {
    out += " | ";
    out += parsing.Slice(expr.op_span);
  }
  out += "\n";
  for (const auto* ids : {&expr.children, &expr.pair_keys, &expr.pair_values, &expr.among}) {
    for (const ExprId child : *ids) Outline(parsing, child, indent + " ", out);
  }
  for (const ExprId clause : {expr.where, expr.per}) {
    if (clause.valid()) Outline(parsing, clause, indent + " ", out);
  }
}

std::string OutlineOf(std::string_view source) {
  const Parsing parsing(source);
  if (!parsing.ok()) return parsing.Messages();
  std::string out;
  Outline(parsing, parsing.tree().root, "", out);
  return out;
}

TEST(Spans, RunFromTheFirstToTheLastCharacter) {
  EXPECT_EQ(OutlineOf("  （战略客户收入 ＋ 1） ÷ 部门总营收 ≥ 40 ％  "),
            "（战略客户收入 ＋ 1） ÷ 部门总营收 ≥ 40 ％ | ≥\n"
            " （战略客户收入 ＋ 1） ÷ 部门总营收 | ÷\n"
            "  战略客户收入 ＋ 1 | ＋\n"
            "   战略客户收入\n"
            "   1\n"
            "  部门总营收\n"
            " 40 ％\n");
}

TEST(Spans, OfWordsAndSigns) {
  EXPECT_EQ(OutlineOf("not x not  in ('A') and - y is not missing"),
            "not x not  in ('A') and - y is not missing | and\n"
            " not x not  in ('A') | not\n"
            "  x not  in ('A') | not  in\n"
            "   x\n"
            "   ('A')\n"
            "    'A'\n"
            " - y is not missing | is not missing\n"
            "  - y | -\n"
            "   y\n");
  EXPECT_EQ(OutlineOf("(a) < b ≤ (c)"),
            "(a) < b ≤ (c) | <\n"
            " a\n"
            " b\n"
            " c\n");
}

TEST(Spans, OfCallsAndChoices) {
  EXPECT_EQ(OutlineOf("sum( t.a where b per `c d` ) + if (x) > 1 then 2 else (3)"),
            "sum( t.a where b per `c d` ) + if (x) > 1 then 2 else (3) | +\n"
            " sum( t.a where b per `c d` ) | sum\n"
            "  t.a | a\n"
            "  b\n"
            "  `c d`\n"
            " if (x) > 1 then 2 else (3) | if\n"
            "  (x) > 1 | >\n"
            "   x\n"
            "   1\n"
            "  2\n"
            "  3\n");
  EXPECT_EQ(OutlineOf("if(a, 24 h, 1.5亿)"),
            "if(a, 24 h, 1.5亿) | if\n"
            " a\n"
            " 24 h\n"
            " 1.5亿\n");
}

TEST(Spans, FollowTheTextIntoTheFile) {
  SourceSet sources;
  const FileId file = sources.Add("rules.yaml", "formula: \"a\\u002B b\"");
  // A decoded scalar: `+` stands there as an escape of six characters.
  const EmbeddedText source{"a+ b", file, {10, 11, 17, 18, 19}};
  DiagnosticSink sink;
  const ExprTree tree = ParseFormula(source, sink);
  ASSERT_TRUE(tree.root.valid());
  EXPECT_EQ(tree.at(tree.root).span, (Span{file, 10, 19}));
  EXPECT_EQ(tree.at(tree.root).op_span, (Span{file, 11, 17}));
}

TEST(FoldedText, KnowsTheWayBack) {
  const EmbeddedText source = EmbeddedText::Verbatim(FileId{0}, 100, "ａ≤“ｂ”　×Ｃ");
  const FoldedText folded(source);
  EXPECT_EQ(folded.text(), "a<=“b” *C");
  EXPECT_EQ(folded.Written({0, 1}), "ａ");
  EXPECT_EQ(folded.Written({1, 3}), "≤");
  EXPECT_EQ(folded.Written({1, 2}), "≤");  // never half of it
  EXPECT_EQ(folded.Written({3, 10}), "“ｂ”");
  EXPECT_EQ(folded.Written({12, 13}), "Ｃ");
  EXPECT_EQ(folded.Locate({1, 3}), (Span{FileId{0}, 103, 106}));
  EXPECT_EQ(folded.Locate({13, 13}), (Span{FileId{0}, 123, 123}));
}

TEST(FoldedText, LeavesQuotesInQuotes) {
  const EmbeddedText source = EmbeddedText::Verbatim(FileId{0}, 0, "'５＇１１＂'");
  EXPECT_EQ(FoldedText(source).text(), "'5＇11＂'");
}

}  // namespace
}  // namespace steelyard
