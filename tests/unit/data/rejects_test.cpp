#include <gtest/gtest.h>

#include <set>

#include "tests/unit/data/data_support.h"

namespace steelyard {
namespace {

constexpr RejectReason kAllReasons[] = {
    RejectReason::kWrongType,    RejectReason::kNotInEnumeration, RejectReason::kOutOfRange,
    RejectReason::kEmptyKey,     RejectReason::kDuplicateKey,     RejectReason::kEmptyParent,
    RejectReason::kNoSuchParent, RejectReason::kParentRejected,   RejectReason::kMalformedRow,
    RejectReason::kNoDate,       RejectReason::kEvaluation,
};

Reject Made(RejectReason reason, std::string detail) {
  Reject reject;
  reject.table = TableId{0};
  reject.reason = reason;
  reject.detail = std::move(detail);
  return reject;
}

TEST(Rejects, HaveACodeAndWordsEach) {
  std::set<std::string_view> codes;
  for (const RejectReason reason : kAllReasons) {
    EXPECT_TRUE(codes.insert(ReasonCode(reason)).second) << ReasonCode(reason);
    for (const Language language : {Language::kEnglish, Language::kChinese}) {
      const std::string text = ReasonText(Made(reason, "D"), language);
      EXPECT_FALSE(text.empty());
      EXPECT_EQ(text.find('{'), std::string::npos) << text;
    }
  }
}

TEST(Rejects, SayWhy) {
  const Reject repeated = Made(RejectReason::kDuplicateKey, "12");
  EXPECT_EQ(ReasonText(repeated, Language::kEnglish), "repeats the key of line 12");
  EXPECT_EQ(ReasonText(repeated, Language::kChinese), "主键与第 12 行重复");
  Reject above = Made(RejectReason::kOutOfRange, "12 h");
  above.why = HelpKind::kWhyAboveMax;
  EXPECT_EQ(ReasonText(above, Language::kEnglish), "is above the maximum 12 h");
  EXPECT_EQ(ReasonText(above, Language::kChinese), "大于最大值 12 h");
}

TEST(Rejects, AreWrittenAsCsv) {
  const TempFolder folder;
  Schema schema;
  schema.tables = {TableOf("t", {"a: text"})};
  Reject odd = Made(RejectReason::kEvaluation, "nps");
  odd.file = "data/t.csv";
  odd.line = 7;
  odd.column = "a, b";
  odd.text = "say \"hi\"\nthere";
  DiagnosticSink sink;
  const std::string path = folder.Path("rejects.csv");
  EXPECT_TRUE(WriteRejects(path, schema, {odd}, Language::kEnglish, sink));
  EXPECT_EQ(ReadWhole(path),
            "table,file,line,column,text,code,reason\n"
            "t,data/t.csv,7,\"a, b\",\"say \"\"hi\"\"\nthere\",evaluation,"
            "\"`nps` is missing, and its rule makes that an error\"\n");
  EXPECT_FALSE(WriteRejects(folder.Path("no/rejects.csv"), schema, {}, Language::kEnglish, sink));
  EXPECT_EQ(sink.all()[0].kind, DiagKind::kWriteFolderMissing);
}

}  // namespace
}  // namespace steelyard
