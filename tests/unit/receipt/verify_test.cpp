// Receipts that were written anew, seal and all: each entry is held against what is found.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

#include "engine/receipt.h"
#include "engine/report/write.h"
#include "tests/unit/receipt/receipt_support.h"

namespace steelyard {
namespace {

using testing::HasSubstr;

const std::string kInputs = "tests/golden/commands/inputs/";

class Verify : public testing::Test {
 protected:
  void SetUp() override {
    ScoreOptions options;
    options.rules = kInputs + "shops.yaml";
    options.data = {kInputs + "data"};
    InputWatch watch;
    PrepareReceipt(options, watch);
    Session session;
    const auto outcome = Score(session, options);
    ASSERT_NE(outcome, nullptr);
    const std::string text = ToCsv(outcome->table);
    result_.Write(text);
    const ResultPlaces places{file_.path(), "csv", result_.path(), ""};
    const auto made = MakeReceipt(session, options, *outcome, watch, places, DigestOf(text), "");
    ASSERT_TRUE(made);
    receipt_ = *made;
  }

  std::optional<VerifyOutcome> Outcome() const {
    file_.Write(ToText(receipt_));
    Session session;
    VerifyOptions options;
    options.receipt = file_.path();
    return VerifyReceipt(session, options);
  }

  void ExpectTold(const std::string& english, const std::string& chinese) const {
    const auto outcome = Outcome();
    ASSERT_TRUE(outcome);
    EXPECT_FALSE(outcome->holds());
    EXPECT_THAT(ReceiptVerdictText(*outcome, Language::kEnglish), HasSubstr(english));
    EXPECT_THAT(ReceiptVerdictText(*outcome, Language::kChinese), HasSubstr(chinese));
  }

  KeptFile file_;
  KeptFile result_;
  Receipt receipt_;
};

TEST_F(Verify, HoldsAsItWasMade) {
  const auto outcome = Outcome();
  ASSERT_TRUE(outcome);
  EXPECT_TRUE(outcome->holds()) << ReceiptVerdictText(*outcome, Language::kEnglish);
}

TEST_F(Verify, HoldsEachCountAgainstWhatIsComputed) {
  for (uint64_t* count : {&receipt_.counts.subjects_scored, &receipt_.counts.subjects_not_selected,
                          &receipt_.counts.rows, &receipt_.counts.columns}) {
    const uint64_t was = std::exchange(*count, 99);
    ExpectTold("CHANGED: " + std::to_string(was) + ", recorded 99",
               "已改变：" + std::to_string(was) + "，收据为 99");
    *count = was;
  }
}

TEST_F(Verify, HoldsTheLengthOfEachFileAgainstTheFile) {
  for (uint64_t* bytes : {&receipt_.rules[0].bytes, &receipt_.data[0].file.bytes,
                          &receipt_.data[1].file.bytes, &receipt_.result.bytes}) {
    const uint64_t was = std::exchange(*bytes, 1);
    ExpectTold("CHANGED: " + std::to_string(was) + " bytes, recorded 1",
               "已改动：" + std::to_string(was) + " 字节，收据为 1 字节");
    *bytes = was;
  }
}

TEST_F(Verify, TellsOfALengthWhereResultsWentToStandardOutput) {
  receipt_.result.path.clear();
  receipt_.result.bytes = 1;
  ExpectTold(" bytes, recorded 1", " 字节，收据为 1 字节");
}

TEST_F(Verify, TellsOfDataThatAreReadFromElsewhere) {
  receipt_.data[0].file.path = "nosuch/shop.csv";
  ExpectTold("shop.csv: CHANGED: it is read from here, recorded nosuch/shop.csv",
             "shop.csv：已改动：从此处读取，收据为 nosuch/shop.csv");
  EXPECT_THAT(ReceiptVerdictJson(*Outcome()), HasSubstr(R"("entry": "path")"));
}

TEST_F(Verify, TellsOfTablesThatAreMissingOrTooMany) {
  const TableAccount last = receipt_.tables.back();
  receipt_.tables.pop_back();
  ExpectTold("sale: NEW", "sale：新增");
  receipt_.tables.push_back(last);
  receipt_.tables.push_back(last);
  ExpectTold("sale: NOT READ", "sale：未读取");
}

TEST_F(Verify, RefusesRulesFromAnAbsolutePath) {
  receipt_.command.rules = receipt_.rules[0].path = "/etc/rules.yaml";
  EXPECT_FALSE(Outcome());
}

}  // namespace
}  // namespace steelyard
