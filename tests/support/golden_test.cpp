// The tests lean on golden files, so a difference must be seen, and be readable.
#include "tests/support/golden.h"

#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace steelyard {
namespace {

TEST(LineDiff, IsEmptyForEqualTexts) {
  EXPECT_EQ(LineDiff("", ""), "");
  EXPECT_EQ(LineDiff("a\nb\n", "a\nb\n"), "");
}

TEST(LineDiff, ShowsChangedLinesWithSomeContext) {
  EXPECT_EQ(LineDiff("1\n2\n3\n4\n5\n6\n7\n8\n", "1\n2\n3\n4\nfive\n6\n7\n8\n"),
            "…\n 3\n 4\n-5\n+five\n 6\n 7\n…\n");
  EXPECT_EQ(LineDiff("a\nb\n", "a\nx\nb\n"), " a\n+x\n b\n");
  EXPECT_EQ(LineDiff("a\nx\nb\n", "a\nb\n"), " a\n-x\n b\n");
  EXPECT_EQ(LineDiff("", "new\n"), "+new\n");
}

TEST(LineDiff, SeesAMissingLineEnd) { EXPECT_EQ(LineDiff("a\n", "a"), "-a\n+a\n\\ no line end\n"); }

TEST(ExpectGolden, FailsWithoutAFileAndSaysHowToMakeIt) {
  const bool updating = UpdatesGoldens();
  SetUpdatesGoldens(false);
  EXPECT_NONFATAL_FAILURE(ExpectGolden("no/such/file.txt", "text\n"), "+text\n");
  EXPECT_NONFATAL_FAILURE(ExpectGolden("no/such/file.txt", "text\n"), "STEELYARD_UPDATE=1");
  SetUpdatesGoldens(updating);
}

TEST(ExpectGolden, WritesTheFileOnlyWhenToldTo) {
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "golden_test";
  std::filesystem::remove_all(folder);
  const std::string file = (folder / "deeper" / "a.txt").string();  // absolute: stays as it is
  const bool updating = UpdatesGoldens();
  SetUpdatesGoldens(true);
  ExpectGolden(file, "one\n");
  SetUpdatesGoldens(false);
  ExpectGolden(file, "one\n");
  EXPECT_NONFATAL_FAILURE(ExpectGolden(file, "two\n"), "-one\n+two\n");
  SetUpdatesGoldens(updating);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace steelyard
