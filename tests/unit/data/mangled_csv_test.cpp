// Damages a good CSV file at random and holds what the loader makes of it against a slow and simple
// reading of the same bytes. No row may be lost, invented or told by the wrong line.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "engine/base/text.h"
#include "engine/data/cell_text.h"
#include "engine/data/database.h"
#include "tests/unit/data/data_support.h"

namespace steelyard {
namespace {

constexpr size_t kColumns = 3;
constexpr int kRounds = 60;

struct SimpleRecord {
  size_t line = 0;
  bool good = false;
  std::vector<std::string> cells;
};

// Reads one record by the rules, a character at a time.
class SimpleReader {
 public:
  explicit SimpleReader(const std::string& text) : text_(text) {}

  std::vector<SimpleRecord> ReadAll() {
    std::vector<SimpleRecord> records;
    while (at_ < text_.size()) {
      const size_t begin = at_;
      SimpleRecord record;
      record.line = line_;
      const bool quotes_fit = ReadRecord(record);
      if (!quotes_fit) SkipLine(begin, record.line);
      const std::string raw = text_.substr(begin, at_ - begin);
      if (raw.find_first_not_of(" \t\r\n") == std::string::npos) continue;
      record.good = quotes_fit && !lone_return_ && record.cells.size() == kColumns &&
                    raw.find('\0') == std::string::npos && !FirstInvalidUtf8(raw);
      records.push_back(record);
    }
    return records;
  }

 private:
  char Here() const { return at_ < text_.size() ? text_[at_] : '\n'; }

  bool ReadRecord(SimpleRecord& record) {
    lone_return_ = false;
    for (;;) {
      std::string cell;
      while (Here() == ' ') Keep(cell);
      if (Here() == '"') {
        if (!ReadQuoted(cell)) return false;
      } else {
        while (Here() != ',' && Here() != '\n') Keep(cell);
        NoticeReturns(cell);
      }
      record.cells.push_back(cell);
      if (Here() == '\n') {
        ++at_;
        ++line_;
        return true;
      }
      ++at_;
    }
  }

  bool ReadQuoted(std::string& cell) {
    cell.clear();
    for (++at_;; ++at_) {
      if (at_ >= text_.size()) return false;
      if (text_[at_] == '"' && (at_ + 1 >= text_.size() || text_[at_ + 1] != '"')) break;
      if (text_[at_] == '"') ++at_;
      if (text_[at_] == '\n') ++line_;
      cell += text_[at_];
    }
    ++at_;
    std::string tail;
    while (Here() == ' ' || Here() == '\r') Keep(tail);
    NoticeReturns(tail);
    return Here() == ',' || Here() == '\n';
  }

  // Carriage returns are good just before a line feed (or the end) and nowhere else.
  void NoticeReturns(std::string& cell) {
    if (Here() == '\n') {
      while (cell.ends_with('\r')) cell.pop_back();
    }
    if (cell.find('\r') != std::string::npos) lone_return_ = true;
  }

  void Keep(std::string& cell) { cell += text_[at_++]; }

  // A record whose quotes do not fit costs its first line.
  void SkipLine(size_t begin, size_t line) {
    const size_t end = text_.find('\n', begin);
    at_ = end == std::string::npos ? text_.size() : end + 1;
    line_ = line + 1;
  }

  const std::string& text_;
  size_t at_ = 0;
  size_t line_ = 2;
  bool lone_return_ = false;
};

std::string GoodBody(std::mt19937& random) {
  static const char* const kCells[] = {
      "a",    "bb c",     "\"q\"",   "\"x, y\"", "\"two\nlines\"", "\"\"", "\"5\"\" p\"", "客户",
      "12.5", "5\" pipe", " \"s\" ", "",         "\"a\r\nb\""};
  const char* line_end = random() % 3 == 0 ? "\r\n" : "\n";
  std::string body;
  const size_t rows = 1 + random() % 40;
  for (size_t row = 0; row < rows; ++row) {
    for (size_t i = 0; i < kColumns; ++i) {
      if (i > 0) body += ',';
      body += kCells[random() % std::size(kCells)];
    }
    body += line_end;
  }
  return body;
}

void Mangle(std::string& body, std::mt19937& random) {
  static const std::string kBytes("\",\n\r x\t;\0\xff\xe5", 12);
  for (size_t i = random() % 8; i > 0 && !body.empty(); --i) {
    const size_t at = random() % body.size();
    const char byte = kBytes[random() % kBytes.size()];
    switch (random() % 4) {
      case 0: body.insert(at, 1, byte); break;
      case 1: body.erase(at, 1); break;
      case 2: body[at] = byte; break;
      default: body.insert(at, body.substr(random() % body.size(), 5)); break;
    }
  }
}

// The text as the loader keeps it.
std::string Kept(const std::string& cell) {
  const std::string_view trimmed = TrimBlanks(cell);
  return trimmed.empty() ? "missing" : std::string(trimmed);
}

std::string LineOf(const std::string& text, size_t line) {
  size_t begin = 0;
  for (; line > 1; --line) begin = text.find('\n', begin) + 1;
  return text.substr(begin, text.find('\n', begin) - begin);
}

void Compare(const std::string& text, const std::string& header, const DataSet& set) {
  const std::string body = text.substr(header.size());
  const std::vector<SimpleRecord> expected = SimpleReader(body).ReadAll();
  EXPECT_EQ(set.counts[0].read, expected.size());
  EXPECT_EQ(set.counts[0].read, set.counts[0].used + set.counts[0].rejected);
  std::string lines;
  for (const SimpleRecord& record : expected) {
    lines += std::to_string(record.line) + (record.good ? " good\n" : " bad\n");
  }
  SCOPED_TRACE("expected:\n" + lines + "rejected:\n" + RejectLines(set));
  size_t used = 0;
  size_t rejected = 0;
  const Table& table = set.tables.tables[0];
  for (const SimpleRecord& record : expected) {
    if (!record.good) {
      ASSERT_LT(rejected, set.rejects.size());
      EXPECT_EQ(set.rejects[rejected++].line, record.line);
      continue;
    }
    ASSERT_LT(used, table.rows);
    EXPECT_EQ(table.source_line[used], record.line);
    std::string row;
    for (const std::string& cell : record.cells) row += (row.empty() ? "" : "|") + Kept(cell);
    EXPECT_EQ(RowText(table, used++), row);
  }
  for (const Reject& reject : set.rejects) {
    const std::string line = LineOf(text, reject.line);
    const std::string first = reject.text.substr(0, reject.text.find('\n'));
    if (first.find('?') != std::string::npos) continue;  // bytes that cannot be shown
    EXPECT_EQ(line.substr(0, first.size()), first);
  }
}

TEST(MangledCsv, IsReadAsASimpleReaderReadsIt) {
  if (!Database::BuiltIn()) GTEST_SKIP() << "built without DuckDB";
  std::mt19937 random(20260401);
  const TempFolder folder;
  const std::string path = folder.Path("t.csv");
  Schema schema;
  schema.tables = {TableOf("t", {"a: text", "b: text", "c: text"})};
  schema.subject = TableId{0};
  const std::string header = "a,b,c\n";
  for (int round = 0; round < kRounds && !testing::Test::HasFailure(); ++round) {
    std::string body = GoodBody(random);
    Mangle(body, random);
    const std::string text = header + body;
    folder.Write("t.csv", text);
    const Loaded loaded = Load(schema, {path});
    SCOPED_TRACE("round " + std::to_string(round) + ":\n" + text);
    ASSERT_TRUE(loaded.set.has_value()) << loaded.Diagnostics();
    Compare(text, header, *loaded.set);
  }
}

}  // namespace
}  // namespace steelyard
