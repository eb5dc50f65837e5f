// Tables piece by piece: which are read so, what their keys tell, and files that change meanwhile.
#include "engine/data/chunks.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "engine/data/duplicate_watch.h"
#include "tests/unit/data/data_support.h"

namespace steelyard {
namespace {

using Outcome = ChunkReader::Outcome;

Schema OneTable(const std::vector<std::string>& columns, const std::vector<std::string>& key = {}) {
  Schema schema;
  schema.tables = {TableOf("t", columns, key)};
  schema.subject = TableId{0};
  return schema;
}

TEST(Chunks, OnlyOneTableInACsvFile) {
  const TempFolder folder;
  const std::string csv = folder.Write("t.csv", "a,b\nx,1\n");
  const std::string tsv = folder.Write("t.tsv", "a\tb\nx\t1\n");
  const std::string json = folder.Write("t.json", "[{\"a\": \"x\", \"b\": 1}]");
  const Schema schema = OneTable({"a: text", "b: number"});
  DiagnosticSink sink;
  const auto open = [&](const Schema& own, const std::string& path) {
    return ChunkReader::Open(own, {{"", path}}, sink).outcome;
  };
  EXPECT_EQ(open(schema, csv), Outcome::kReady);
  EXPECT_EQ(open(schema, tsv), Outcome::kReady);
  EXPECT_EQ(open(schema, json), Outcome::kNotInChunks);
  EXPECT_EQ(open(schema, folder.Path("absent.csv")), Outcome::kNotInChunks);
  Schema two = schema;
  two.tables.push_back(TableOf("u", {"c: text"}));
  EXPECT_EQ(open(two, csv), Outcome::kNotInChunks);
  EXPECT_TRUE(sink.all().empty());
  EXPECT_EQ(open(OneTable({"a: text", "other: number"}), csv), Outcome::kFailed);
  EXPECT_EQ(sink.all().size(), 1u);
}

std::vector<uint64_t> HashesOf(const Schema& schema, const std::string& bytes) {
  const TempFolder folder;
  DiagnosticSink sink;
  const auto opened = ChunkReader::Open(schema, {{"", folder.Write("t.csv", bytes)}}, sink);
  CsvPiece piece;
  EXPECT_TRUE(opened.reader->Next(piece));
  return opened.reader->Read(piece).key_hashes;
}

TEST(Chunks, EqualKeysHaveEqualHashes) {
  const Schema numbers = OneTable({"a: number", "b: text"}, {"a"});
  const auto hashes = HashesOf(numbers, "a,b\n1,x\n1.0,y\n01,z\n2,x\nbad,x\n-1,x\n");
  ASSERT_EQ(hashes.size(), 5u);  // of used rows only
  EXPECT_EQ(hashes[0], hashes[1]);
  EXPECT_EQ(hashes[0], hashes[2]);
  EXPECT_NE(hashes[0], hashes[3]);
  EXPECT_NE(hashes[0], hashes[4]);
  const Schema pairs = OneTable({"a: text", "b: text"}, {"a", "b"});
  const auto both = HashesOf(pairs, "a,b\n1,23\n12,3\n1,23\n");
  ASSERT_EQ(both.size(), 3u);
  EXPECT_NE(both[0], both[1]);
  EXPECT_EQ(both[0], both[2]);
  EXPECT_TRUE(HashesOf(OneTable({"a: text"}), "a\nx\n").empty());
}

TEST(Chunks, AFileCutShortMeanwhileIsAnError) {
  const TempFolder folder;
  std::string bytes = "a\n";
  for (int i = 0; i < 1000; ++i) bytes += std::to_string(i) + "\n";
  const std::string path = folder.Write("t.csv", bytes);
  DiagnosticSink sink;
  const Schema schema = OneTable({"a: number"});
  const auto opened = ChunkReader::Open(schema, {{"", path}}, sink, {}, 100);
  CsvPiece piece;
  ASSERT_TRUE(opened.reader->Next(piece));
  std::filesystem::resize_file(path, 500);
  while (opened.reader->Next(piece)) EXPECT_GT(opened.reader->Read(piece).count.read, 0u);
  EXPECT_FALSE(opened.reader->Finish(sink));
  EXPECT_EQ(sink.all().size(), 1u);
}

TEST(DuplicateWatch, FindsAPairHoweverFarApart) {
  for (const size_t memory : {size_t{1} << 20, size_t{1000}}) {
    for (const bool twice : {false, true}) {
      DuplicateWatch watch(memory);
      for (uint64_t i = 0; i < 20'000; ++i) {
        const uint64_t hash = MixHash(i, 7);
        watch.Take({&hash, 1});
      }
      if (twice) {
        const uint64_t hash = MixHash(3, 7);
        watch.Take({&hash, 1});
      }
      EXPECT_EQ(watch.MayHaveDuplicates(), twice) << memory;
    }
  }
}

TEST(DuplicateWatch, ZeroIsAHashToo) {
  const std::vector<uint64_t> zeros = {0, 1, 0};
  DuplicateWatch one;
  one.Take(std::span(zeros).subspan(0, 2));
  EXPECT_FALSE(one.MayHaveDuplicates());
  DuplicateWatch two;
  two.Take(zeros);
  EXPECT_TRUE(two.MayHaveDuplicates());
}

}  // namespace
}  // namespace steelyard
