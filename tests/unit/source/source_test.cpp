// Files, positions, and places inside texts that were decoded from files.
#include "engine/source/source.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

namespace steelyard {
namespace {

using namespace std::string_literals;
namespace fs = std::filesystem;

struct PositionCase {
  uint32_t offset;
  size_t line;
  size_t column;
};

void ExpectPositions(const SourceFile& file, const std::vector<PositionCase>& cases) {
  for (const PositionCase& c : cases) {
    const Position position = file.PositionOf(c.offset);
    EXPECT_EQ(position.line, c.line) << "offset " << c.offset;
    EXPECT_EQ(position.column, c.column) << "offset " << c.offset;
  }
}

TEST(SourceFile, CountsLinesAndColumnsFromOne) {
  const SourceFile file("a.yaml", "ab\n\ncd");
  EXPECT_EQ(file.LineCount(), 3u);
  EXPECT_EQ(file.Line(1), "ab");
  EXPECT_EQ(file.Line(2), "");
  EXPECT_EQ(file.Line(3), "cd");
  EXPECT_EQ(file.LineStart(3), 4u);
  ExpectPositions(file, {{0, 1, 1}, {1, 1, 2}, {2, 1, 3}, {3, 2, 1}, {4, 3, 1}, {6, 3, 3}});
}

TEST(SourceFile, TakesCrLfAsOneLineEnd) {
  const SourceFile file("a.yaml", "a\r\n战b\r\n");
  EXPECT_EQ(file.LineCount(), 3u);
  EXPECT_EQ(file.Line(1), "a");
  EXPECT_EQ(file.Line(2), "战b");
  EXPECT_EQ(file.Line(3), "");
  ExpectPositions(file, {{1, 1, 2},  // at \r
                         {2, 1, 2},  // at \n: the same place
                         {3, 2, 1},  // 战
                         {6, 2, 2},  // b
                         {7, 2, 3},  // the end
                         {9, 3, 1}});
}

TEST(SourceFile, CountsCharactersNotBytes) {
  const SourceFile file("a.yaml", "战略: é😀x");
  ExpectPositions(file, {{0, 1, 1},
                         {3, 1, 2},
                         {4, 1, 2},  // inside 略: its own column
                         {5, 1, 2},
                         {6, 1, 3},
                         {8, 1, 5},
                         {10, 1, 6},
                         {14, 1, 7},
                         {15, 1, 8}});
}

TEST(SourceFile, DoesNotCountAByteOrderMark) {
  const SourceFile file("a.yaml", "\xEF\xBB\xBFkey: 1\nkey: 2\n");
  ExpectPositions(file, {{0, 1, 1}, {3, 1, 1}, {8, 1, 6}, {10, 2, 1}});
}

TEST(SourceFile, StaysInsideTheText) {
  const SourceFile file("a.yaml", "ab");
  ExpectPositions(file, {{2, 1, 3}, {3, 1, 3}, {0xFFFFFFFF, 1, 3}});
  EXPECT_EQ(file.Line(0), "");
  EXPECT_EQ(file.Line(2), "");
  const SourceFile empty("b.yaml", "");
  EXPECT_EQ(empty.LineCount(), 1u);
  EXPECT_EQ(empty.Line(1), "");
  ExpectPositions(empty, {{0, 1, 1}, {7, 1, 1}});
}

// A folder that goes with the test.
class LoadFromDiskTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "/steelyard_source_XXXXXX";
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string Write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return (folder_ / name).string();
  }
  std::string PathOf(const std::string& name) { return (folder_ / name).string(); }

  fs::path folder_;
};

TEST_F(LoadFromDiskTest, ReadsBytesAsTheyAre) {
  const std::string text = "战略\r\n\0\xFF end"s;
  const LoadedText loaded = LoadFromDisk(Write("a.yaml", text));
  EXPECT_EQ(loaded.failure, std::nullopt);
  EXPECT_EQ(loaded.text, text);
  EXPECT_EQ(LoadFromDisk(Write("empty", "")).failure, std::nullopt);
}

TEST_F(LoadFromDiskTest, SaysWhyItCannot) {
  EXPECT_EQ(LoadFromDisk(PathOf("missing")).failure, LoadFailure::kNotFound);
  EXPECT_EQ(LoadFromDisk(Write("file", "") + "/below").failure, LoadFailure::kNotFound);
  EXPECT_EQ(LoadFromDisk("").failure, LoadFailure::kNotFound);
  EXPECT_EQ(LoadFromDisk(PathOf("file") + "\0x"s).failure, LoadFailure::kNotFound);
  EXPECT_EQ(LoadFromDisk(folder_.string()).failure, LoadFailure::kIsDirectory);
  fs::create_symlink(PathOf("missing"), PathOf("broken"));
  EXPECT_EQ(LoadFromDisk(PathOf("broken")).failure, LoadFailure::kNotFound);
}

TEST_F(LoadFromDiskTest, RefusesWhatMightNeverEnd) {
  ASSERT_EQ(mkfifo(PathOf("pipe").c_str(), 0600), 0);
  EXPECT_EQ(LoadFromDisk(PathOf("pipe")).failure, LoadFailure::kUnreadable);
  EXPECT_EQ(LoadFromDisk("/dev/zero").failure, LoadFailure::kUnreadable);
}

TEST_F(LoadFromDiskTest, NeedsPermission) {
  if (geteuid() == 0) GTEST_SKIP() << "root may read everything";
  const std::string path = Write("locked", "text");
  fs::permissions(path, fs::perms::none);
  EXPECT_EQ(LoadFromDisk(path).failure, LoadFailure::kUnreadable);
}

TEST_F(LoadFromDiskTest, StopsAtTheLimit) {
  const std::string path = Write("large", "");
  fs::resize_file(path, kMaxSourceBytes);
  EXPECT_EQ(LoadFromDisk(path).text.size(), kMaxSourceBytes);
  fs::resize_file(path, kMaxSourceBytes + 1);
  const LoadedText loaded = LoadFromDisk(path);
  EXPECT_EQ(loaded.failure, LoadFailure::kTooLarge);
  EXPECT_TRUE(loaded.text.empty());
}

TEST(SourceSet, OpensEachFileOnce) {
  std::map<std::string, int> loads;
  SourceSet sources([&](const std::string& path) -> LoadedText {
    ++loads[path];
    if (path == "gone") return {{}, LoadFailure::kNotFound};
    return {"text of " + path, {}};
  });
  const auto first = sources.Open("rules/a.yaml");
  ASSERT_TRUE(first.file.valid());
  EXPECT_EQ(sources.Open("rules/a.yaml").file, first.file);
  EXPECT_EQ(sources.Open("./rules/../rules//a.yaml").file, first.file);
  EXPECT_EQ(loads["rules/a.yaml"], 1);
  EXPECT_NE(sources.Open("rules/b.yaml").file, first.file);
  EXPECT_EQ(sources.size(), 2u);
  EXPECT_EQ(sources.file(first.file).path(), "rules/a.yaml");
  EXPECT_EQ(sources.file(first.file).text(), "text of rules/a.yaml");

  const auto gone = sources.Open("gone");
  EXPECT_FALSE(gone.file.valid());
  EXPECT_EQ(gone.failure, LoadFailure::kNotFound);
  EXPECT_EQ(sources.size(), 2u);
}

TEST(SourceSet, HoldsOtherLoadersToTheLimit) {
  SourceSet sources([](const std::string&) -> LoadedText {
    return {std::string(kMaxSourceBytes + 1, ' '), {}};
  });
  EXPECT_EQ(sources.Open("large").failure, LoadFailure::kTooLarge);
}

TEST(SourceSet, KeepsFilesInTheirPlace) {
  SourceSet sources;
  const FileId first = sources.Add("formula", "a + b");
  const SourceFile* address = &sources.file(first);
  for (int i = 0; i < 100; ++i) sources.Add("formula", std::to_string(i));
  EXPECT_EQ(&sources.file(first), address);
  EXPECT_EQ(address->text(), "a + b");
  EXPECT_EQ(sources.size(), 101u);
}

TEST(EmbeddedText, VerbatimStandsWhereItIs) {
  const auto text = EmbeddedText::Verbatim(FileId{3}, 100, "a + 战");
  EXPECT_EQ(text.text, "a + 战");
  EXPECT_EQ(text.Locate(4, 7), (Span{FileId{3}, 104, 107}));
  EXPECT_EQ(text.Locate(7, 7), (Span{FileId{3}, 107, 107}));
}

TEST(EmbeddedText, FollowsADecodedText) {
  // The file has `"a\u0062  ↵  c"`, the text `ab c`.
  const EmbeddedText text{"ab c", FileId{0}, {11, 12, 18, 23, 24}};
  EXPECT_EQ(text.Locate(0, 1), (Span{FileId{0}, 11, 12}));
  EXPECT_EQ(text.Locate(1, 2), (Span{FileId{0}, 12, 18}));
  EXPECT_EQ(text.Locate(0, 4), (Span{FileId{0}, 11, 24}));
}

TEST(EmbeddedText, StaysInsideTheText) {
  const auto text = EmbeddedText::Verbatim(FileId{0}, 10, "abc");
  EXPECT_EQ(text.Locate(2, 99), (Span{FileId{0}, 12, 13}));
  EXPECT_EQ(text.Locate(98, 99), (Span{FileId{0}, 13, 13}));
  EXPECT_EQ(text.Locate(2, 1), (Span{FileId{0}, 12, 12}));
  EXPECT_FALSE(EmbeddedText().Locate(0, 1).valid());
}

}  // namespace
}  // namespace steelyard
