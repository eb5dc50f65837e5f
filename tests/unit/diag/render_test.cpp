// Diagnostics as people see them, compared whole.
#include "engine/diag/render.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "engine/base/text.h"

namespace steelyard {
namespace {

constexpr RenderOptions kEnglish{Language::kEnglish, false};
constexpr RenderOptions kChinese{Language::kChinese, false};

// One file and a diagnostic about the first place where `word` stands in it.
class RenderTest : public testing::Test {
 protected:
  Span Find(const std::string& text, std::string_view word) {
    const FileId file = sources_.Add("rules/sales.yaml", text);
    const auto at = static_cast<uint32_t>(text.find(word));
    return {file, at, at + static_cast<uint32_t>(word.size())};
  }
  std::string Unknown(Span span, const RenderOptions& options = kEnglish) {
    return Render({DiagKind::kUnknownName, span, {"x", "manager"}, {}}, sources_, options);
  }
  // A kind without a label, so that only the carets matter.
  std::string Plain(Span span) {
    return Render({DiagKind::kUnknownColumn, span, {"x", "t"}, {}}, sources_, kEnglish);
  }

  SourceSet sources_;
};

TEST_F(RenderTest, LooksAsDocumented) {
  const std::string line = "    formula: stratgic_revenue ÷ total_revenue × 100%\n";
  const Span span = Find(std::string(40, '\n') + line, "stratgic_revenue");
  Diagnostic diagnostic{DiagKind::kUnknownName, span, {"stratgic_revenue", "manager"}, {}};
  diagnostic.Because(HelpKind::kDidYouMeanNamed, {"strategic_revenue", "战略客户收入"});
  EXPECT_EQ(Render(diagnostic, sources_, kEnglish),
            "error[SY0203]: unknown name `stratgic_revenue`\n"
            "   ┌─ rules/sales.yaml:41:14\n"
            "   │\n"
            "41 │     formula: stratgic_revenue ÷ total_revenue × 100%\n"
            "   │              ^^^^^^^^^^^^^^^^ not a column, value or indicator of `manager`\n"
            "   = did you mean `strategic_revenue` (战略客户收入)?\n");
  EXPECT_EQ(Render(diagnostic, sources_, kChinese),
            "错误[SY0203]：未知名称 `stratgic_revenue`\n"
            "   ┌─ rules/sales.yaml:41:14\n"
            "   │\n"
            "41 │     formula: stratgic_revenue ÷ total_revenue × 100%\n"
            "   │              ^^^^^^^^^^^^^^^^ `manager` 没有叫这个名字的列、值或指标\n"
            "   = 您是指 `strategic_revenue`（战略客户收入）吗？\n");
}

TEST_F(RenderTest, PutsCaretsUnderWideCharacters) {
  EXPECT_EQ(Unknown(Find("值: 战略客户收入 ÷ 总额\n", "总额")),
            "error[SY0203]: unknown name `x`\n"
            "  ┌─ rules/sales.yaml:1:13\n"
            "  │\n"
            "1 │ 值: 战略客户收入 ÷ 总额\n"
            "  │                    ^^^^ not a column, value or indicator of `manager`\n");
}

TEST_F(RenderTest, PutsCaretsUnderCombinedAndEmojiCharacters) {
  EXPECT_EQ(Plain(Find("e\u0301😀 bad", "bad")),
            "error[SY0205]: table `t` has no column `x`\n"
            "  ┌─ rules/sales.yaml:1:5\n"
            "  │\n"
            "1 │ e\u0301😀 bad\n"
            "  │     ^^^\n");
}

TEST_F(RenderTest, ShowsTabsAsOneBlankAndHidesControls) {
  EXPECT_EQ(Plain(Find("\ta\x1b[31m\xFF\u202E bad\tword", "bad")),
            "error[SY0205]: table `t` has no column `x`\n"
            "  ┌─ rules/sales.yaml:1:11\n"
            "  │\n"
            "1 │  a�[31m�� bad word\n"
            "  │           ^^^\n");
}

TEST_F(RenderTest, IgnoresAByteOrderMark) {
  EXPECT_EQ(Plain(Find("\xEF\xBB\xBFkey: bad", "bad")),
            "error[SY0205]: table `t` has no column `x`\n"
            "  ┌─ rules/sales.yaml:1:6\n"
            "  │\n"
            "1 │ key: bad\n"
            "  │      ^^^\n");
}

TEST_F(RenderTest, GivesAnEmptyPlaceOneCaret) {
  const Span span = Find("a: b\r\nc: d\r\n", "\r");
  EXPECT_EQ(Plain({span.file, span.begin, span.begin}),
            "error[SY0205]: table `t` has no column `x`\n"
            "  ┌─ rules/sales.yaml:1:5\n"
            "  │\n"
            "1 │ a: b\n"
            "  │     ^\n");
  EXPECT_EQ(Plain({span.file, 6, 6}),
            "error[SY0205]: table `t` has no column `x`\n"
            "  ┌─ rules/sales.yaml:2:1\n"
            "  │\n"
            "2 │ c: d\n"
            "  │ ^\n");
}

TEST_F(RenderTest, PointsBehindTheEndOfAFile) {
  const Span span = Find("a: b\n", "a");
  const std::string expected =
      "error[SY0205]: table `t` has no column `x`\n"
      "  ┌─ rules/sales.yaml:2:1\n"
      "  │\n"
      "2 │\n"
      "  │ ^\n";
  EXPECT_EQ(Plain({span.file, 5, 5}), expected);
  EXPECT_EQ(Plain({span.file, 9'999, 10'000}), expected);  // never out of the text
  EXPECT_EQ(Plain({span.file, 0xFFFFFFFF, 0}), expected);
}

TEST_F(RenderTest, ShowsTheFirstLineOfALongPlace) {
  EXPECT_EQ(Plain(Find("a: if x\n   then y\n   else z\n", "if x\n   then y")),
            "error[SY0205]: table `t` has no column `x`\n"
            "  ┌─ rules/sales.yaml:1:4\n"
            "  │\n"
            "1 │ a: if x\n"
            "  │    ^^^^\n");
}

TEST_F(RenderTest, MarksWholeCharacters) {
  const Span span = Find("战略", "战");
  const std::string expected =
      "error[SY0205]: table `t` has no column `x`\n"
      "  ┌─ rules/sales.yaml:1:1\n"
      "  │\n"
      "1 │ 战略\n"
      "  │ ^^\n";
  EXPECT_EQ(Plain({span.file, 1, 2}), expected);
  EXPECT_EQ(Plain({span.file, 0, 1}), expected);
}

TEST_F(RenderTest, CutsLongLinesAroundThePlace) {
  const std::string many(500, 'a');
  EXPECT_EQ(Plain(Find(many + " bad " + many, "bad")),
            "error[SY0205]: table `t` has no column `x`\n"
            "  ┌─ rules/sales.yaml:1:502\n"
            "  │\n"
            "1 │ …" +
                std::string(59, 'a') + " bad " + std::string(96, 'a') + "…\n" + "  │ " +
                std::string(61, ' ') + "^^^\n");
  EXPECT_EQ(Plain(Find("bad " + many, "bad")),
            "error[SY0205]: table `t` has no column `x`\n"
            "  ┌─ rules/sales.yaml:1:1\n"
            "  │\n"
            "1 │ bad " +
                std::string(156, 'a') +
                "…\n"
                "  │ ^^^\n");
  EXPECT_EQ(Plain(Find(many + " bad", "bad")),
            "error[SY0205]: table `t` has no column `x`\n"
            "  ┌─ rules/sales.yaml:1:502\n"
            "  │\n"
            "1 │ …" +
                std::string(59, 'a') + " bad\n" + "  │ " + std::string(61, ' ') + "^^^\n");
}

TEST_F(RenderTest, CutsWideLinesByTheirWidth) {
  std::string wide;
  for (int i = 0; i < 300; ++i) wide += "战";
  const std::string text = Plain(Find(wide + "bad" + wide, "bad"));
  const size_t begin = text.find("1 │ ") + std::string_view("1 │ ").size();
  const std::string_view shown =
      std::string_view(text).substr(begin, text.find('\n', begin) - begin);
  EXPECT_LE(DisplayWidth(shown), 162u);
  EXPECT_GE(DisplayWidth(shown), 155u);
  EXPECT_NE(text.find("\n  │ " + std::string(61, ' ') + "^^^\n"), std::string::npos) << text;
}

TEST_F(RenderTest, BoundsWhatOneDiagnosticPrints) {
  const std::string huge(1u << 20, 'x');
  EXPECT_LT(Plain(Find(huge, huge)).size(), 1'000u);
  std::string marks = "bad";
  for (int i = 0; i < 100'000; ++i) marks += "\u0301";  // no wider than `bad`
  EXPECT_LT(Plain(Find(marks, "bad")).size(), 1'000u);
  EXPECT_LT(Plain(Find(std::string(100'000, '\x80'), "\x80")).size(), 1'000u);
  EXPECT_LT(Render({DiagKind::kUnknownName, Find(huge, "x"), {huge, huge}, {}}, sources_, kEnglish)
                .size(),
            1'000u);
}

TEST_F(RenderTest, ShowsAnotherPlaceInHelp) {
  const std::string text = "a: 1\nb: 2\na: 3\n";
  const Span first = Find(text, "a");
  Diagnostic diagnostic{DiagKind::kUnknownColumn, {first.file, 10, 11}, {"x", "t"}, {}};
  diagnostic.Because(HelpKind::kFirstHere, {}, first);
  EXPECT_EQ(Render(diagnostic, sources_, kEnglish),
            "error[SY0205]: table `t` has no column `x`\n"
            "  ┌─ rules/sales.yaml:3:1\n"
            "  │\n"
            "3 │ a: 3\n"
            "  │ ^\n"
            "  = the first one is here: rules/sales.yaml:1:1\n");
  EXPECT_NE(Render(diagnostic, sources_, kChinese).find("  = 第一处在这里：rules/sales.yaml:1:1\n"),
            std::string::npos);
}

TEST_F(RenderTest, SaysOnlyTheMessageWithoutAPlace) {
  Diagnostic diagnostic{DiagKind::kFileNotFound, {}, {"sales.yaml"}, {}};
  EXPECT_EQ(Render(diagnostic, sources_, kEnglish), "error[SY0001]: cannot find `sales.yaml`\n");
  diagnostic.Because(HelpKind::kDidYouMean, {"sale.yaml"});
  EXPECT_EQ(Render(diagnostic, sources_, kEnglish),
            "error[SY0001]: cannot find `sales.yaml`\n"
            "  = did you mean `sale.yaml`?\n");
}

TEST_F(RenderTest, ColoursWhatMatters) {
  const RenderOptions options{Language::kEnglish, true};
  EXPECT_EQ(
      Render({DiagKind::kUnknownColumn, Find("a: b", "b"), {"b", "t"}, {}}, sources_, options),
      "\x1b[1;31merror[SY0205]\x1b[0m\x1b[1m: table `t` has no column `b`\x1b[0m\n"
      "\x1b[1;34m  ┌─\x1b[0m rules/sales.yaml:1:4\n"
      "\x1b[1;34m  │\x1b[0m\n"
      "\x1b[1;34m1 │\x1b[0m a: b\n"
      "\x1b[1;34m  │\x1b[0m    \x1b[1;31m^\x1b[0m\n");
}

TEST_F(RenderTest, ListsAllSortedAndCounted) {
  DiagnosticSink sink;
  EXPECT_EQ(RenderAll(sink, sources_, kEnglish), "");
  const Span b = Find("a: b\nc: d\n", "b");
  sink.Report(DiagKind::kUnknownColumn, {b.file, 8, 9}, {"d", "t"});
  sink.Report(DiagKind::kUnweighted, b, {"b"});
  sink.Report(DiagKind::kUnknownColumn, {b.file, 8, 9}, {"d", "t"});
  sink.Report(DiagKind::kFileNotFound, {}, {"x.csv"});
  EXPECT_EQ(RenderAll(sink, sources_, kEnglish),
            "error[SY0001]: cannot find `x.csv`\n"
            "\n"
            "warning[SY0404]: indicator `b` has no weight: it is shown and does not count\n"
            "  ┌─ rules/sales.yaml:1:4\n"
            "  │\n"
            "1 │ a: b\n"
            "  │    ^\n"
            "\n"
            "error[SY0205]: table `t` has no column `d`\n"
            "  ┌─ rules/sales.yaml:2:4\n"
            "  │\n"
            "2 │ c: d\n"
            "  │    ^\n"
            "\n"
            "2 errors, 1 warning\n");
  const std::string chinese = RenderAll(sink, sources_, kChinese);
  EXPECT_NE(chinese.find("警告[SY0404]："), std::string::npos);
  EXPECT_TRUE(chinese.ends_with("\n\n2 个错误，1 个警告\n"));
}

TEST_F(RenderTest, CountsOnlyWhatThereIs) {
  const Span b = Find("a: b", "b");
  DiagnosticSink one_error;
  one_error.Report(DiagKind::kUnknownColumn, b, {"b", "t"});
  EXPECT_TRUE(RenderAll(one_error, sources_, kEnglish).ends_with("\n\n1 error\n"));
  DiagnosticSink two_warnings;
  two_warnings.Report(DiagKind::kUnweighted, b, {"b"});
  two_warnings.Report(DiagKind::kUnweighted, b, {"c"});
  EXPECT_TRUE(RenderAll(two_warnings, sources_, kEnglish).ends_with("\n\n2 warnings\n"));
  EXPECT_TRUE(RenderAll(two_warnings, sources_, kChinese).ends_with("\n\n2 个警告\n"));
}

}  // namespace
}  // namespace steelyard
