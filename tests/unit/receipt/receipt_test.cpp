#include "engine/receipt/receipt.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/sha256.h"
#include "tests/unit/receipt/receipt_support.h"

namespace steelyard {
namespace {

struct Read {
  std::optional<ReadReceipt> receipt;
  DiagnosticSink sink;
  DiagKind kind() const { return sink.all().at(0).kind; }
};
Read ReadText(std::string_view text) {
  Read read;
  read.receipt = ReadReceiptText(text, "a.receipt.json", read.sink);
  return read;
}

TEST(Receipt, ComesBackAsItWas) {
  const Receipt receipt = SomeReceipt();
  for (const std::string& text : {ToText(receipt), ToLine(receipt)}) {
    const Read read = ReadText(text);
    ASSERT_TRUE(read.receipt);
    EXPECT_TRUE(read.receipt->sealed);
    EXPECT_TRUE(read.receipt->as_written);
    EXPECT_EQ(ToText(read.receipt->receipt), ToText(receipt));
  }
}

TEST(Receipt, LeavesOutWhatThereIsNot) {
  Receipt receipt = SomeReceipt();
  receipt.rejects.reset();
  receipt.command.period.clear();
  receipt.result.path.clear();
  const Read read = ReadText(ToText(receipt));
  ASSERT_TRUE(read.receipt);
  EXPECT_FALSE(read.receipt->receipt.rejects);
  EXPECT_EQ(read.receipt->receipt.command.period, "");
  EXPECT_EQ(read.receipt->receipt.result.path, "");
}

// As docs/receipts.md tells an auditor to check it without this program.
TEST(Receipt, IsSealedOverItsLineWithoutTheSeal) {
  std::string line = ToLine(SomeReceipt());
  const size_t seal = line.rfind(",\"sha256\":");
  const std::string hash = line.substr(seal + 11, 64);
  line.resize(seal);
  EXPECT_EQ(Sha256Of(line + "}"), hash);
}

// Every byte, made another: no receipt, or one that says it was altered.
TEST(Receipt, ShowsEveryChangedByte) {
  for (const std::string& text : {ToText(SomeReceipt()), ToLine(SomeReceipt())}) {
    for (size_t i = 0; i < text.size(); ++i) {
      for (const char flip : {'\x01', '\x20'}) {
        std::string changed = text;
        changed[i] = static_cast<char>(changed[i] ^ flip);
        const Read read = ReadText(changed);
        if (!read.receipt) {
          EXPECT_TRUE(read.sink.HasErrors()) << i;
        } else {
          EXPECT_FALSE(read.receipt->sealed && read.receipt->as_written) << changed;
        }
      }
    }
  }
}

TEST(Receipt, ShowsWhatJsonWouldLetPass) {
  const std::string text = ToText(SomeReceipt());
  const auto changed = [&](std::string_view from, std::string_view to) {
    std::string other = text;
    other.replace(other.find(from), from.size(), to);
    const Read read = ReadText(other);
    return read.receipt ? read.receipt->sealed && read.receipt->as_written : false;
  };
  EXPECT_FALSE(changed("\"read\": 41", "\"read\":  41"));
  EXPECT_FALSE(changed("\"read\": 41", "\"read\": 40, \"read\": 41"));
  EXPECT_FALSE(changed("\"read\": 41", "\"read\": 41.0"));
  EXPECT_FALSE(changed("\"period\": \"2026Q2\"", "\"period\": \"2026\\u0051\\u0032\""));
  EXPECT_FALSE(changed("\"period\"", "\"more\": 1, \"period\""));
  EXPECT_FALSE(changed("}\n", "}\n\n"));
}

TEST(Receipt, IsRefusedWhereItIsNone) {
  const std::string text = ToText(SomeReceipt());
  EXPECT_EQ(ReadText("").kind(), DiagKind::kReceiptCutOff);
  EXPECT_EQ(ReadText(text.substr(0, 100)).kind(), DiagKind::kReceiptCutOff);
  EXPECT_EQ(ReadText("{\n\n]").kind(), DiagKind::kReceiptNoJson);
  EXPECT_EQ(ReadText("[]").kind(), DiagKind::kNotAReceipt);
  EXPECT_EQ(ReadText("{\"steelyard_receipt\": 2}").kind(), DiagKind::kReceiptVersion);
  EXPECT_EQ(ReadText("{\"steelyard_receipt\": 1}").kind(), DiagKind::kReceiptIncomplete);
  EXPECT_EQ(ReadText(std::string(1'000'000, '[')).kind(), DiagKind::kReceiptCutOff);
  const std::string deep = std::string(1'000'000, '[') + std::string(1'000'000, ']');
  EXPECT_EQ(ReadText(deep).kind(), DiagKind::kReceiptNoJson);
  EXPECT_EQ(ReadText("{\"steelyard_receipt\": 1e999}").kind(), DiagKind::kReceiptNoJson);
}

// A receipt must not have one rule file hashed and another one run.
TEST(Receipt, RunsTheRulesThatItRecords) {
  Receipt receipt = SomeReceipt();
  receipt.command.rules = "other.yaml";
  EXPECT_EQ(ReadText(ToText(receipt)).kind(), DiagKind::kReceiptIncomplete);
}

}  // namespace
}  // namespace steelyard
