// Damages a good CSV file at random and holds what the loader makes of it against a slow and simple
// reading of the same bytes. No row may be lost, invented or told by the wrong line.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/text.h"
#include "engine/data/cell_text.h"
#include "engine/data/chunks.h"
#include "engine/data/given.h"
#include "engine/data/headings.h"
#include "engine/data/piece_load.h"
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

// Cells of every shape, plain and not, good and bad.
std::string TypedBody(std::mt19937& random) {
  static const char* const kCells[] = {"1",
                                       "1.0",
                                       "01",
                                       "-3.50",
                                       "0.000",
                                       ".5",
                                       "5.",
                                       "-",
                                       "-.",
                                       ".",
                                       "+7",
                                       "12345678",
                                       "123456.78",
                                       "1234567.89",
                                       "-1234567.8",
                                       "12.345.6",
                                       "123456789012345678",
                                       "0.8234567890123456",
                                       "1234567890123456789012",
                                       "9223372036854775807",
                                       "1e3",
                                       "1.5e-3",
                                       "85%",
                                       "\"1,234\"",
                                       "\"12,34\"",
                                       "¥200",
                                       "３６",
                                       "12万",
                                       "2026-04-01",
                                       "2026/4/1",
                                       "2026-02-30",
                                       "20260401",
                                       "2026-04-0x",
                                       "2026-04-01 10:00",
                                       "true",
                                       "FALSE",
                                       "是",
                                       "0",
                                       "x",
                                       "y",
                                       "X",
                                       " x ",
                                       "\t7",
                                       "\"x\"",
                                       "\" y\"",
                                       "NA",
                                       "NULL",
                                       "#N/A",
                                       "nul",
                                       "",
                                       "  ",
                                       "\u3000x",
                                       "北京",
                                       "5\" p",
                                       "\"a \"\"b\"\"\""};
  const char* line_end = random() % 3 == 0 ? "\r\n" : "\n";
  const bool few = random() % 2 == 0;  // so that many rows are used
  std::string body;
  for (size_t row = 1 + random() % 60; row > 0; --row) {
    for (size_t i = 0; i < kColumns; ++i) {
      if (i > 0) body += ',';
      const bool plain = few && random() % 8 != 0;
      body += plain ? std::to_string(random() % 50) : kCells[random() % std::size(kCells)];
    }
    body += line_end;
  }
  if (random() % 4 == 0) body.resize(body.size() - 1);
  return body;
}

Schema TypedSchema(size_t round) {
  static const std::vector<std::vector<std::string>> kTables = {
      {"a: text", "b: number", "c: date"},
      {"a: number", "b: count", "c: bool"},
      {"a: [x, y]", "b: money CNY", "c: text"},
      {"a: datetime", "b: percent", "c: duration h"},
  };
  static const std::vector<std::vector<std::string>> kKeys = {{"a"}, {"a", "b"}, {}};
  Schema schema;
  schema.tables = {TableOf("t", kTables[round % 4], kKeys[round % 3])};
  schema.subject = TableId{0};
  if (round % 5 == 0) schema.tables[0].columns[1].max = Number(40);
  if (round % 7 == 0) schema.tables[0].columns[1].min = Number::Scaled(5, 1);
  return schema;
}

// A data set in one text: rows with their lines, then rejects.
std::string TextOf(const Table& table, const std::vector<std::string>& rejects) {
  std::string text;
  for (size_t row = 0; row < table.rows; ++row) {
    text += std::to_string(table.source_line[row]) + ": " + RowText(table, row) + "\n";
  }
  for (const std::string& reject : rejects) text += reject;
  return text;
}

// Of a malformed row the line alone: the simple reader does not tell why.
std::vector<std::string> Rejected(const std::vector<Reject>& rejects) {
  std::vector<std::string> lines;
  for (const Reject& reject : rejects) {
    DataSet one;
    one.rejects = {reject};
    lines.push_back(reject.reason == RejectReason::kMalformedRow
                        ? std::to_string(reject.line) + ": malformed\n"
                        : RejectLines(one));
  }
  return lines;
}

// Records of the simple reader, converted cell by cell as rows at hand are.
std::string Expected(const Schema& schema, const std::string& body) {
  std::vector<std::vector<GivenRow>> given(1);
  std::vector<std::pair<size_t, std::string>> rejects;
  for (const SimpleRecord& record : SimpleReader(body).ReadAll()) {
    if (!record.good) {
      rejects.emplace_back(record.line, std::to_string(record.line) + ": malformed\n");
      continue;
    }
    GivenRow row;
    row.line = static_cast<uint32_t>(record.line);
    for (const std::string& cell : record.cells) {
      row.cells.push_back(cell.empty() ? std::nullopt : std::optional<std::string>(cell));
    }
    given[0].push_back(row);
  }
  const GivenSet set = LoadGiven(schema, "t.csv", given);
  const std::vector<std::string> lines = Rejected(set.data.rejects);
  for (size_t i = 0; i < lines.size(); ++i) {
    rejects.emplace_back(set.data.rejects[i].line, lines[i]);
  }
  std::stable_sort(rejects.begin(), rejects.end());
  std::vector<std::string> sorted;
  for (const auto& reject : rejects) sorted.push_back(reject.second);
  return TextOf(set.data.tables.tables[0], sorted);
}

// Read in pieces of that size by so many threads.
std::string InPieces(const Schema& schema, const std::string& path, size_t bytes,
                     unsigned threads) {
  DiagnosticSink sink;
  const std::unique_ptr<CsvFile> file = CsvFile::Open(path, ',', sink);
  const auto places = BindHeadings(schema, schema.tables[0], *file, sink);
  std::vector<KeyIndex> keys(1);
  std::vector<Reject> rejects;
  const PiecePlan plan(schema, TableId{0}, path, file->header().dialect, file->headings(), *places,
                       &keys);
  CsvPieces pieces(path, file->header(), bytes);
  PieceLoad load(plan, keys[0], rejects);
  load.Read(pieces, threads, {});
  TableCount count;
  const Table table = load.Finish(count);
  EXPECT_TRUE(file->Check(pieces, sink));
  EXPECT_EQ(count.read, count.used + count.rejected);
  EXPECT_EQ(count.used, table.rows);
  EXPECT_EQ(count.rejected, rejects.size());
  return TextOf(table, Rejected(rejects));
}

// Chunk by chunk; the table has no key.
std::string InChunks(const Schema& schema, const std::string& path, size_t bytes) {
  DiagnosticSink sink;
  const ChunkReader::Opened opened = ChunkReader::Open(schema, {{"", path}}, sink, {}, bytes);
  if (opened.outcome != ChunkReader::Outcome::kReady) return "not ready";
  std::string rows;
  std::vector<std::string> rejects;
  CsvPiece piece;
  for (uint64_t number = 0; opened.reader->Next(piece); ++number) {
    EXPECT_EQ(piece.number, number);
    const Chunk chunk = opened.reader->Read(piece);
    EXPECT_EQ(chunk.count.read, chunk.table.rows + chunk.rejects.size());
    rows += TextOf(chunk.table, {});
    for (const std::string& reject : Rejected(chunk.rejects)) rejects.push_back(reject);
  }
  EXPECT_TRUE(opened.reader->Finish(sink));
  for (const std::string& reject : rejects) rows += reject;
  return rows;
}

TEST(MangledCsv, CellsOfEveryTypeInPiecesOfEverySize) {
  std::mt19937 random(20261122);
  const TempFolder folder;
  for (size_t round = 0; round < 240 && !testing::Test::HasFailure(); ++round) {
    const Schema schema = TypedSchema(round);
    std::string body = TypedBody(random);
    if (round % 2 == 1) Mangle(body, random);
    const std::string path = folder.Write("t.csv", "a,b,c\n" + body);
    const std::string expected = Expected(schema, body);
    SCOPED_TRACE("round " + std::to_string(round) + ":\n" + body);
    for (const size_t bytes : {size_t{1}, 2 + round % 30, size_t{200}, size_t{1} << 20}) {
      EXPECT_EQ(InPieces(schema, path, bytes, 1 + round % 4), expected) << bytes;
      if (schema.tables[0].key.empty()) {
        EXPECT_EQ(InChunks(schema, path, bytes), expected) << bytes;
      }
    }
  }
}

}  // namespace
}  // namespace steelyard
