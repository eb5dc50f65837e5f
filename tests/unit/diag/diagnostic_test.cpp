// Messages with their arguments, and the sink.
#include "engine/diag/diagnostic.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/diag/printable.h"

namespace steelyard {
namespace {

Span At(int32_t file, uint32_t begin, uint32_t end = 0) { return {FileId{file}, begin, end}; }

TEST(Message, HasItsArgumentsInBothLanguages) {
  const Diagnostic diagnostic{DiagKind::kFileTooLarge, {}, {"a.yaml", "8"}, {}};
  EXPECT_EQ(Message(diagnostic, Language::kEnglish),
            "`a.yaml` is too large for a rule file: the limit is 8 MiB");
  EXPECT_EQ(Message(diagnostic, Language::kChinese), "`a.yaml` 超过规则文件的大小上限 8 MiB");
}

TEST(Message, ShowsPlacesWithoutArguments) {
  const Diagnostic none{DiagKind::kFileTooLarge, {}, {}, {}};
  EXPECT_EQ(Message(none, Language::kEnglish),
            "`{0}` is too large for a rule file: the limit is {1} MiB");
  const Diagnostic more{DiagKind::kFileNotFound, {}, {"a", "b", "c"}, {}};
  EXPECT_EQ(Message(more, Language::kEnglish), "cannot find `a`");
}

TEST(Message, LeavesBracesOfArgumentsAlone) {
  const Diagnostic diagnostic{DiagKind::kFileTooLarge, {}, {"{1} {0} {} {", "{0}"}, {}};
  EXPECT_EQ(Message(diagnostic, Language::kEnglish),
            "`{1} {0} {} {` is too large for a rule file: the limit is {0} MiB");
}

TEST(Message, CutsLongArguments) {
  std::string long_name;
  for (int i = 0; i < 200; ++i) long_name += "战";
  const Diagnostic diagnostic{DiagKind::kFileNotFound, {}, {long_name}, {}};
  EXPECT_EQ(Message(diagnostic, Language::kEnglish),
            "cannot find `" + long_name.substr(0, 120 * 3) + "…`");
  const Diagnostic just{DiagKind::kFileNotFound, {}, {long_name.substr(0, 120 * 3)}, {}};
  EXPECT_EQ(Message(just, Language::kEnglish), "cannot find `" + just.args[0] + "`");
}

TEST(Message, IsSafeForATerminal) {
  const Diagnostic diagnostic{DiagKind::kFileNotFound, {}, {"a\x1b[2Jb\nc\xFF"}, {}};
  EXPECT_EQ(Message(diagnostic, Language::kEnglish), "cannot find `a�[2Jb c�`");
}

TEST(Label, AndHelpHaveTheirArguments) {
  const Diagnostic diagnostic{DiagKind::kInvalidUtf8, At(0, 0), {}, {}};
  EXPECT_EQ(Label(diagnostic, Language::kEnglish), "a byte that UTF-8 does not allow");
  EXPECT_EQ(Label(diagnostic, Language::kChinese), "UTF-8 不允许的字节");
  const Help help{HelpKind::kDidYouMeanNamed, {"revenue", "收入"}, {}};
  EXPECT_EQ(HelpLine(help, Language::kEnglish), "did you mean `revenue` (收入)?");
  EXPECT_EQ(HelpLine(help, Language::kChinese), "您是指 `revenue`（收入）吗？");
}

struct PrintableCase {
  std::string text;
  const char* shown;
};

TEST(Printable, ReplacesWhatCouldMislead) {
  const PrintableCase cases[] = {
      {"plain 战略 é 😀", "plain 战略 é 😀"},
      {"a\tb\r\nc", "a b  c"},
      {std::string("a\0b", 3), "a�b"},
      {"a\x7F\u0085", "a��"},
      {"a\u202Eb\u2066c\u200Fd", "a�b�c�d"},  // would reverse what follows
      {"a\u2028b", "a b"},
      {"\uFEFFkey", "key"},
      {"a\xC3", "a�"},
      {"👨\u200D👩", "👨\u200D👩"},  // joins, and does no harm
  };
  for (const PrintableCase& c : cases) {
    EXPECT_EQ(Printable(c.text, 100), c.shown) << testing::PrintToString(c.text);
  }
  EXPECT_EQ(Printable("战略客户", 2), "战略…");
  EXPECT_EQ(Printable("战略", 2), "战略");
}

TEST(DiagnosticSink, CountsByWhatTheyAre) {
  DiagnosticSink sink;
  EXPECT_FALSE(sink.HasErrors());
  sink.Report(DiagKind::kUnweighted, At(0, 0), {"a"});
  EXPECT_FALSE(sink.HasErrors());
  EXPECT_EQ(sink.warning_count(), 1u);
  sink.Report(DiagKind::kInvalidUtf8, At(0, 0));
  EXPECT_TRUE(sink.HasErrors());
  EXPECT_FALSE(sink.HasEnvironmentErrors());
  sink.Report(DiagKind::kFileNotFound, {}, {"a"});
  EXPECT_TRUE(sink.HasEnvironmentErrors());
  EXPECT_EQ(sink.error_count(), 2u);
  EXPECT_EQ(sink.all().size(), 3u);
}

TEST(DiagnosticSink, TakesTheSeverityThatIsGiven) {
  DiagnosticSink sink;
  sink.Report(Severity::kWarning, DiagKind::kUnknownName, At(0, 0), {"a", "t"});
  EXPECT_FALSE(sink.HasErrors());
  EXPECT_EQ(sink.warning_count(), 1u);
  sink.Report(Severity::kError, DiagKind::kUnweighted, At(0, 0), {"a"});
  EXPECT_EQ(sink.error_count(), 1u);
  EXPECT_EQ(sink.all()[0].severity, Severity::kWarning);
  EXPECT_EQ(sink.all()[1].severity, Severity::kError);
}

TEST(DiagnosticSink, SortsByFileThenPlaceThenOrder) {
  DiagnosticSink sink;
  sink.Report(DiagKind::kUnknownName, At(1, 0), {"f"});
  sink.Report(DiagKind::kUnknownName, At(0, 9), {"d"});
  sink.Report(DiagKind::kUnknownName, At(0, 9), {"c"});
  sink.Report(DiagKind::kInvalidUtf8, At(0, 9));
  sink.Report(DiagKind::kUnknownName, At(0, 2), {"b"});
  sink.Report(DiagKind::kFileNotFound, {}, {"a"});
  std::string order;
  for (const Diagnostic& diagnostic : sink.Sorted()) {
    order += diagnostic.args.empty() ? "!" : diagnostic.args[0];
  }
  EXPECT_EQ(order, "abdc!f");
}

TEST(DiagnosticSink, DropsExactDuplicatesOnly) {
  DiagnosticSink sink;
  const auto report = [&](const char* name, Span span) -> Diagnostic& {
    return sink.Report(DiagKind::kUnknownName, span, {name, "t"});
  };
  report("a", At(0, 5, 6));
  report("b", At(0, 5, 6));
  report("a", At(0, 5, 6));  // again, though not next to the first
  report("a", At(0, 5, 7));
  report("a", At(0, 5, 6)).Because(HelpKind::kDidYouMean, {"x"});
  report("a", At(0, 5, 6)).Because(HelpKind::kDidYouMean, {"x"});
  report("a", At(0, 5, 6)).Because(HelpKind::kDidYouMean, {"x"}, At(0, 1));
  EXPECT_EQ(sink.Sorted().size(), 5u);
  EXPECT_EQ(sink.all().size(), 7u);
}

}  // namespace
}  // namespace steelyard
