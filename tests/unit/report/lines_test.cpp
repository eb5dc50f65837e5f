#include "engine/report/lines.h"

#include <gtest/gtest.h>

namespace steelyard {
namespace {

TEST(LabelledLines, PutsTextsInOneColumn) {
  LabelledLines lines;
  lines.AddBlank();
  lines.Add("a", "1");
  lines.Add("客户", "2");
  lines.AddBlank();
  lines.AddBlank();
  lines.Add("heading alone, and a long one at that");
  lines.Add("  é", "3");
  lines.AddBlank();
  EXPECT_EQ(lines.ToText(),
            "a     1\n"
            "客户  2\n"
            "\n"
            "heading alone, and a long one at that\n"
            "  é   3\n");
}

TEST(LabelledLines, LetsAVeryLongLabelPushItsOwnTextOnly) {
  LabelledLines lines;
  lines.Add("short", "1");
  lines.Add("a label that is wider than any label has reason to be", "2");
  EXPECT_EQ(lines.ToText(),
            "short  1\n"
            "a label that is wider than any label has reason to be  2\n");
}

TEST(LabelledLines, BreaksListsBetweenItems) {
  LabelledLines lines;
  lines.AddList("none", {}, ", ");
  lines.AddList("few", {"a 1", "b 2"}, ", ");
  const std::string wide = "客户投诉未在规定时间内关闭";  // 26 columns
  lines.AddList("many", {wide, wide, wide}, "，");
  EXPECT_EQ(lines.ToText(),
            "few   a 1, b 2\n"
            "many  " +
                wide + "，" + wide + "，\n" + "      " + wide + "\n");
}

TEST(Pad, CountsColumnsNotBytes) {
  EXPECT_EQ(PadLeft("12", 4), "  12");
  EXPECT_EQ(PadRight("等级", 6), "等级  ");
  EXPECT_EQ(PadLeft("too wide", 3), "too wide");
}

TEST(Bar, IsAnEighthOfAColumnAtLeast) {
  EXPECT_EQ(Bar(0, 10, 4), "");
  EXPECT_EQ(Bar(0, 0, 4), "");
  EXPECT_EQ(Bar(1, 1'000'000, 4), "▏");
  EXPECT_EQ(Bar(10, 10, 4), "████");
  EXPECT_EQ(Bar(5, 10, 3), "█▌");
}

TEST(GroupDigits, MarksThousands) {
  EXPECT_EQ(GroupDigits("0.00"), "0.00");
  EXPECT_EQ(GroupDigits("999"), "999");
  EXPECT_EQ(GroupDigits("1000"), "1,000");
  EXPECT_EQ(GroupDigits("-1234567.8910"), "-1,234,567.8910");
  EXPECT_EQ(GroupDigits("-123"), "-123");
  EXPECT_EQ(GroupDigits("1.23456789012e+18"), "1.23456789012e+18");
}

}  // namespace
}  // namespace steelyard
