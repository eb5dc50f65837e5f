// Results go nowhere before all of them are there.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>

#include "engine/base/sha256.h"
#include "engine/score_to.h"
#include "tests/unit/data/data_support.h"

namespace steelyard {
namespace {

TEST(ResultFile, BeginsAnew) {
  const TempFolder folder;
  Session session;
  ResultFile file(session, folder.Path("out.csv"), true);
  file.Begin();
  file.Write("wrong\n");
  file.Begin();
  file.Write("right\n");
  const ResultDigest digest = file.Digest();
  EXPECT_TRUE(file.Commit());
  EXPECT_EQ(ReadWhole(folder.Path("out.csv")), "right\n");
  EXPECT_EQ(digest.sha256, Sha256Of("right\n"));
  EXPECT_EQ(digest.bytes, 6u);
}

// A pipe cannot give back what it has got.
TEST(ResultFile, WritesToAPipeOnce) {
  const TempFolder folder;
  const std::string path = folder.Path("pipe");
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  const int reader = open(path.c_str(), O_RDWR);
  ASSERT_GE(reader, 0);
  Session session;
  ResultFile file(session, path, false);
  file.Begin();
  file.Write("wrong\n");
  file.Begin();
  file.Write("right\n");
  EXPECT_TRUE(file.Commit());
  std::array<char, 64> got{};
  const ssize_t count = read(reader, got.data(), got.size());
  close(reader);
  EXPECT_EQ(std::string(got.data(), static_cast<size_t>(count)), "right\n");
}

// More than is kept in memory.
TEST(ResultFile, KeepsLongTextsInAScratchFile) {
  Session session;
  ResultFile file(session, "", false);
  file.Begin();
  const std::string piece(5 << 20, 'x');
  for (int i = 0; i < 5; ++i) file.Write(piece);
  file.Write("end");
  EXPECT_TRUE(file.Commit());
  std::string all;
  EXPECT_TRUE(file.Print([&](std::string_view text) {
    all += text;
    return true;
  }));
  EXPECT_EQ(all.size(), 5 * piece.size() + 3);
  EXPECT_TRUE(all.ends_with("xend"));
}

}  // namespace
}  // namespace steelyard
