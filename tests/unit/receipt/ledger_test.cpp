#include "engine/receipt/ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "engine/receipt/record.h"
#include "tests/unit/receipt/receipt_support.h"

namespace steelyard {
namespace {

using Lines = std::vector<std::string>;

std::string Joined(const Lines& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

LedgerVerdict Verify(const std::string& text, const std::string& head = "") {
  const KeptFile file(text);
  DiagnosticSink sink;
  const auto verdict = VerifyLedger(file.path(), head, sink);
  EXPECT_TRUE(verdict);
  return verdict.value_or(LedgerVerdict());
}

void ExpectFlaw(const Lines& lines, LedgerFlaw flaw, uint64_t first, uint64_t last, uint64_t good) {
  const LedgerVerdict verdict = Verify(Joined(lines));
  EXPECT_EQ(verdict.flaw, flaw);
  EXPECT_EQ(verdict.first, first);
  EXPECT_EQ(verdict.last, last);
  EXPECT_EQ(verdict.good, good);
}

TEST(Ledger, HoldsAsItWasWritten) {
  const Lines lines = SomeLedger(4);
  const LedgerVerdict verdict = Verify(Joined(lines));
  EXPECT_EQ(verdict.flaw, LedgerFlaw::kNone);
  EXPECT_EQ(verdict.records, 4u);
  EXPECT_EQ(verdict.head.sequence, 4u);
  EXPECT_EQ(verdict.head.hash, ReadRecord(lines[3]).hash);
}

// Every byte of every record, made another in three ways: each time that record is named.
TEST(Ledger, ShowsEveryChangedByte) {
  const Lines lines = SomeLedger(4);
  const std::string text = Joined(lines);
  size_t record = 1;
  for (size_t i = 0; i < text.size(); ++i) {
    const std::string flips = "\x01\x20\x80";
    for (const char flip : flips) {
      std::string changed = text;
      changed[i] = static_cast<char>(changed[i] ^ flip);
      const LedgerVerdict verdict = Verify(changed);
      ASSERT_NE(verdict.flaw, LedgerFlaw::kNone) << i;
      ASSERT_EQ(verdict.first, record) << i;
      ASSERT_EQ(verdict.good, record - 1) << i;
    }
    if (text[i] == '\n') ++record;
  }
}

TEST(Ledger, ShowsEveryByteTakenOutOrPutIn) {
  const std::string text = Joined(SomeLedger(3));
  for (size_t i = 0; i < text.size(); ++i) {
    EXPECT_NE(Verify(text.substr(0, i) + text.substr(i + 1)).flaw, LedgerFlaw::kNone) << i;
    EXPECT_NE(Verify(text.substr(0, i) + " " + text.substr(i)).flaw, LedgerFlaw::kNone) << i;
    EXPECT_NE(Verify(text.substr(0, i) + "\n" + text.substr(i)).flaw, LedgerFlaw::kNone) << i;
  }
}

TEST(Ledger, ShowsRemovedRecords) {
  const Lines lines = SomeLedger(6);
  for (size_t from = 0; from < 5; ++from) {
    for (size_t to = from; to < 5; ++to) {  // the last one stays
      Lines left = lines;
      left.erase(left.begin() + static_cast<std::ptrdiff_t>(from),
                 left.begin() + static_cast<std::ptrdiff_t>(to + 1));
      ExpectFlaw(left, LedgerFlaw::kRemoved, from + 1, to + 1, from);
    }
  }
}

TEST(Ledger, ShowsCopies) {
  const Lines lines = SomeLedger(4);
  for (size_t original = 0; original < 4; ++original) {
    for (size_t place = original + 1; place <= 4; ++place) {
      Lines more = lines;
      more.insert(more.begin() + static_cast<std::ptrdiff_t>(place), lines[original]);
      ExpectFlaw(more, LedgerFlaw::kCopied, place + 1, place + 1, place);
    }
  }
}

TEST(Ledger, ShowsInsertedLines) {
  const Lines lines = SomeLedger(4);
  for (size_t place = 0; place < 4; ++place) {
    for (const char* foreign : {"", "{}", "\r"}) {
      Lines more = lines;
      more.insert(more.begin() + static_cast<std::ptrdiff_t>(place), foreign);
      ExpectFlaw(more, LedgerFlaw::kInserted, place + 1, place + 1, place);
    }
  }
}

// Someone who knows how records are sealed.
std::string Forged(uint64_t sequence, const std::string& previous) {
  LedgerRecord record;
  record.sequence = sequence;
  record.previous = previous;
  record.time = "2026-11-22T02:00:00Z";
  record.folder = ".";
  return RecordLine(record, SomeReceipt("2025Q1"));
}

TEST(Ledger, ShowsForgedRecords) {
  const Lines lines = SomeLedger(4);
  for (size_t place = 0; place < 3; ++place) {  // the last one: see the next test
    const std::string previous = place == 0 ? "" : ReadRecord(lines[place - 1]).hash;
    const std::string forged = Forged(place + 1, previous);
    Lines more = lines;
    more.insert(more.begin() + static_cast<std::ptrdiff_t>(place), forged);
    EXPECT_EQ(Verify(Joined(more)).flaw, LedgerFlaw::kInserted);
    EXPECT_EQ(Verify(Joined(more)).first, place + 1);
    Lines other = lines;
    other[place] = forged;
    EXPECT_EQ(Verify(Joined(other)).flaw, LedgerFlaw::kRewritten);
    EXPECT_EQ(Verify(Joined(other)).first, place + 1);
  }
  EXPECT_EQ(Verify(Forged(1, ReadRecord(lines[0]).hash) + "\n").flaw, LedgerFlaw::kRewritten);
}

// The chain cannot show what happened to its end; a hash kept elsewhere does.
TEST(Ledger, ShowsALostEndByTheHeadThatWasTold) {
  Lines lines = SomeLedger(4);
  const std::string third = ReadRecord(lines[2]).hash;
  const std::string head = ReadRecord(lines[3]).hash;
  EXPECT_EQ(Verify(Joined(lines), head).asked_head, 4u);
  EXPECT_EQ(Verify(Joined(lines), third).asked_head, 3u);
  Lines forged = lines;
  forged[3] = Forged(4, third);
  EXPECT_EQ(Verify(Joined(forged)).flaw, LedgerFlaw::kNone);
  EXPECT_EQ(Verify(Joined(forged), head).asked_head, 0u);
  lines.pop_back();
  EXPECT_EQ(Verify(Joined(lines)).flaw, LedgerFlaw::kNone);
  EXPECT_EQ(Verify(Joined(lines), head).asked_head, 0u);
}

TEST(Ledger, ShowsMovedRecords) {
  const Lines lines = SomeLedger(5);
  for (size_t i = 0; i + 1 < lines.size(); ++i) {
    Lines moved = lines;
    std::swap(moved[i], moved[i + 1]);
    ExpectFlaw(moved, LedgerFlaw::kMoved, i + 2, i + 2, i);
  }
}

TEST(Ledger, ShowsATornEnd) {
  const std::string text = Joined(SomeLedger(3));
  const size_t second_ends = Joined(SomeLedger(2)).size();
  for (size_t length = second_ends + 1; length < text.size() - 1; length += 7) {
    const LedgerVerdict verdict = Verify(text.substr(0, length));
    EXPECT_EQ(verdict.flaw, LedgerFlaw::kTorn);
    EXPECT_EQ(verdict.first, 3u);
  }
}

// --- adding -------------------------------------------------------------------------------------

bool Append(const std::string& path, const Receipt& receipt, DiagnosticSink& sink) {
  auto ledger = LedgerWriter::Open(path, sink);
  return ledger && ledger->Append(receipt, ".", "2026-11-22T02:00:00Z", sink);
}

TEST(Ledger, GrowsRecordByRecord) {
  const KeptFile file;
  DiagnosticSink sink;
  for (int i = 1; i <= 3; ++i) {
    ASSERT_TRUE(Append(file.path(), SomeReceipt("2026Q" + std::to_string(i)), sink));
  }
  EXPECT_EQ(file.text(), Joined(SomeLedger(3)));
}

TEST(Ledger, FindsItsEndBehindALongRecord) {
  const KeptFile file;
  DiagnosticSink sink;
  Receipt receipt = SomeReceipt();
  receipt.command.data.assign(20'000, "a/rather/long/path.csv");
  ASSERT_TRUE(Append(file.path(), receipt, sink));
  ASSERT_TRUE(Append(file.path(), receipt, sink));
  ASSERT_TRUE(Append(file.path(), SomeReceipt(), sink));
  EXPECT_EQ(Verify(file.text()).flaw, LedgerFlaw::kNone);
  EXPECT_EQ(Verify(file.text()).records, 3u);
}

TEST(Ledger, TakesNoRecordThatIsTooLong) {
  const KeptFile file(Joined(SomeLedger(1)));
  const std::string before = file.text();
  DiagnosticSink sink;
  Receipt receipt = SomeReceipt();
  receipt.command.data.assign(17, std::string(1u << 20, 'a'));
  EXPECT_FALSE(Append(file.path(), receipt, sink));
  EXPECT_EQ(sink.error_count(), 1u);
  EXPECT_EQ(file.text(), before);
}

TEST(Ledger, LeavesNoEmptyFileThatItMade) {
  const KeptFile file;
  DiagnosticSink sink;
  {
    const auto ledger = LedgerWriter::Open(file.path(), sink);
    ASSERT_TRUE(ledger);
    EXPECT_TRUE(std::filesystem::exists(file.path()));
  }
  EXPECT_FALSE(std::filesystem::exists(file.path()));
  file.Write("");
  EXPECT_TRUE(LedgerWriter::Open(file.path(), sink));
  EXPECT_TRUE(std::filesystem::exists(file.path()));  // it was there before
}

TEST(Ledger, IsNotBuiltOnABrokenEnd) {
  const std::string whole = Joined(SomeLedger(2));
  std::string altered = whole;
  altered[whole.size() - 200] ^= 1;
  const std::pair<std::string, DiagKind> cases[] = {
      {whole.substr(0, whole.size() - 1), DiagKind::kLedgerTorn},
      {whole.substr(0, whole.size() - 100), DiagKind::kLedgerTorn},
      {altered, DiagKind::kLedgerEndAltered},
      {"manager_id,score\nM1,97\n", DiagKind::kNotALedger},
      {"no line end", DiagKind::kNotALedger},
      {"\n", DiagKind::kNotALedger},
  };
  for (const auto& [text, kind] : cases) {
    const KeptFile file(text);
    DiagnosticSink sink;
    EXPECT_FALSE(Append(file.path(), SomeReceipt(), sink));
    ASSERT_EQ(sink.error_count(), 1u);
    EXPECT_EQ(sink.all()[0].kind, kind);
    EXPECT_EQ(file.text(), text);
  }
}

// Several processes add at once: each record is whole, and in one chain.
TEST(Ledger, TakesRecordsOfManyWriters) {
  constexpr int kWriters = 4;
  constexpr int kRecords = 10;
  const KeptFile file;
  std::vector<pid_t> writers;
  for (int i = 0; i < kWriters; ++i) {
    const pid_t child = fork();
    if (child == 0) {
      DiagnosticSink sink;
      bool good = true;
      for (int j = 0; j < kRecords; ++j) good = Append(file.path(), SomeReceipt(), sink) && good;
      _exit(good ? 0 : 1);
    }
    writers.push_back(child);
  }
  for (const pid_t writer : writers) {
    int status = -1;
    waitpid(writer, &status, 0);
    EXPECT_EQ(status, 0);
  }
  const LedgerVerdict verdict = Verify(file.text());
  EXPECT_EQ(verdict.flaw, LedgerFlaw::kNone);
  EXPECT_EQ(verdict.records, size_t{kWriters} * kRecords);
}

}  // namespace
}  // namespace steelyard
