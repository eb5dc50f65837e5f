// Differences of texts, as patch reads them.
#include "engine/format/line_diff.h"

#include <gtest/gtest.h>

#include <random>
#include <sstream>
#include <vector>

namespace steelyard {
namespace {

TEST(LineDiff, ShowsAChangeInItsSurroundings) {
  EXPECT_EQ(UnifiedDiff("a\nb\nc\nd\ne\n", "a\nb\nC\nd\ne\nf\n", "x.yaml"),
            "--- x.yaml\n+++ x.yaml\n@@ -1,5 +1,6 @@\n a\n b\n-c\n+C\n d\n e\n+f\n");
}

TEST(LineDiff, PartsDistantChanges) {
  std::string before;
  for (int i = 0; i < 20; ++i) before += std::to_string(i) + "\n";
  const std::string after = "x\n" + before + "y\n";
  EXPECT_EQ(
      UnifiedDiff(before, after, "x"),
      "--- x\n+++ x\n@@ -1,3 +1,4 @@\n+x\n 0\n 1\n 2\n@@ -18,3 +19,4 @@\n 17\n 18\n 19\n+y\n");
}

TEST(LineDiff, SaysThatALineEndIsLacking) {
  EXPECT_EQ(UnifiedDiff("a", "a\n", "x"),
            "--- x\n+++ x\n@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+a\n");
  EXPECT_EQ(UnifiedDiff("", "a\n", "x"), "--- x\n+++ x\n@@ -0,0 +1,1 @@\n+a\n");
}

TEST(LineDiff, IsEmptyForEqualTexts) { EXPECT_EQ(UnifiedDiff("a\n", "a\n", "x"), ""); }

// Puts the new text together from the old one and the difference.
std::string Patched(const std::string& before, const std::string& diff) {
  std::vector<std::string> old_lines;
  std::istringstream old_stream(before);
  for (std::string line; std::getline(old_stream, line);) old_lines.push_back(line);
  std::string after;
  size_t next = 0;
  std::istringstream stream(diff);
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with("---") || line.starts_with("+++")) continue;
    if (line.starts_with("@@")) {
      const size_t comma = line.find(',');
      size_t first = std::stoul(line.substr(4, comma - 4));
      if (line[comma + 1] != '0') --first;
      while (next < first) after += old_lines[next++] + "\n";
    } else if (line[0] == '+') {
      after += line.substr(1) + "\n";
    } else {
      EXPECT_EQ(old_lines[next], line.substr(1));
      if (line[0] == ' ') after += old_lines[next] + "\n";
      ++next;
    }
  }
  while (next < old_lines.size()) after += old_lines[next++] + "\n";
  return after;
}

TEST(LineDiff, LeadsFromTheOldTextToTheNew) {
  std::mt19937 random(7);
  const auto text = [&] {
    std::string lines;
    for (auto i = random() % 30; i > 0; --i) lines += std::string(1, "abcd"[random() % 4]) + "\n";
    return lines;
  };
  for (int i = 0; i < 2000; ++i) {
    const std::string before = text();
    const std::string after = text();
    EXPECT_EQ(Patched(before, UnifiedDiff(before, after, "x")), after) << before << "\n" << after;
  }
}

}  // namespace
}  // namespace steelyard
