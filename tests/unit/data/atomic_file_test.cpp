#include "engine/data/atomic_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/unit/data/data_support.h"

namespace steelyard {
namespace {

size_t FilesIn(const TempFolder& folder) {
  size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    (void)entry;
    ++count;
  }
  return count;
}

TEST(AtomicFile, AppearsWhenItIsComplete) {
  const TempFolder folder;
  DiagnosticSink sink;
  const std::string path = folder.Path("out.csv");
  {
    std::optional<AtomicFile> file = AtomicFile::Create(path, sink);
    ASSERT_TRUE(file.has_value());
    file->stream() << std::string(200'000, 'x') << "end\n";
    EXPECT_FALSE(std::filesystem::exists(path));
    EXPECT_TRUE(file->Commit(sink));
  }
  EXPECT_EQ(ReadWhole(path), std::string(200'000, 'x') + "end\n");
  EXPECT_EQ(FilesIn(folder), 1u);
  EXPECT_FALSE(sink.HasErrors());
}

TEST(AtomicFile, LeavesNothingWithoutCommit) {
  const TempFolder folder;
  DiagnosticSink sink;
  const std::string path = folder.Write("out.csv", "old");
  {
    std::optional<AtomicFile> file = AtomicFile::Create(path, sink);
    ASSERT_TRUE(file.has_value());
    file->stream() << "new";
    file->stream().flush();
  }
  EXPECT_EQ(ReadWhole(path), "old");
  EXPECT_EQ(FilesIn(folder), 1u);
}

// What a killed run would leave.
TEST(AtomicFile, HasNoNameBeforeItIsComplete) {
  const TempFolder folder;
  const int unnamed = open(folder.path().c_str(), O_WRONLY | O_TMPFILE, 0600);
  if (unnamed < 0) GTEST_SKIP() << "the file system has no files without names";
  close(unnamed);
  DiagnosticSink sink;
  std::optional<AtomicFile> file = AtomicFile::Create(folder.Path("out.csv"), sink);
  ASSERT_TRUE(file.has_value());
  file->stream() << std::string(200'000, 'x');
  EXPECT_EQ(FilesIn(folder), 0u);
}

TEST(AtomicFile, ReplacesAFileAndKeepsItsMode) {
  const TempFolder folder;
  DiagnosticSink sink;
  const std::string path = folder.Write("out.csv", "old");
  ASSERT_EQ(chmod(path.c_str(), 0640), 0);
  std::optional<AtomicFile> file = AtomicFile::Create(path, sink);
  ASSERT_TRUE(file.has_value());
  file->stream() << "new";
  EXPECT_TRUE(file->Commit(sink));
  EXPECT_EQ(ReadWhole(path), "new");
  struct stat found = {};
  ASSERT_EQ(stat(path.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0640u);
}

TEST(AtomicFile, FollowsLinks) {
  const TempFolder folder;
  DiagnosticSink sink;
  const std::string target = folder.Write("real.csv", "old");
  const std::string link = folder.Path("link.csv");
  std::filesystem::create_symlink(target, link);
  std::optional<AtomicFile> file = AtomicFile::Create(link, sink);
  ASSERT_TRUE(file.has_value());
  file->stream() << "new";
  EXPECT_TRUE(file->Commit(sink));
  EXPECT_TRUE(std::filesystem::is_symlink(link));
  EXPECT_EQ(ReadWhole(target), "new");
}

TEST(AtomicFile, WritesDevicesAsTheyStand) {
  DiagnosticSink sink;
  std::optional<AtomicFile> file = AtomicFile::Create("/dev/null", sink);
  ASSERT_TRUE(file.has_value());
  file->stream() << "gone";
  EXPECT_TRUE(file->Commit(sink));
  EXPECT_FALSE(std::filesystem::is_regular_file("/dev/null"));
}

TEST(AtomicFile, TellsThatTheDiskIsFull) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  DiagnosticSink sink;
  std::optional<AtomicFile> file = AtomicFile::Create("/dev/full", sink);
  ASSERT_TRUE(file.has_value());
  file->stream() << std::string(200'000, 'x');
  EXPECT_FALSE(file->Commit(sink));
  ASSERT_EQ(sink.all().size(), 1u);
  EXPECT_EQ(sink.all()[0].kind, DiagKind::kDiskFull);
  EXPECT_TRUE(sink.HasEnvironmentErrors());
}

}  // namespace
}  // namespace steelyard
