#include "engine/report/markdown.h"

#include <gtest/gtest.h>

namespace steelyard {
namespace {

TEST(EscapeMarkdown, LeavesNoMarkup) {
  const std::pair<const char*, const char*> cases[] = {
      {"净推荐值", "净推荐值"},
      {"a|b", "a\\|b"},
      {"*new* _x_ `y`", "\\*new\\* \\_x\\_ \\`y\\`"},
      {"<b> [x](y) $z$", "\\<b\\> \\[x\\](y) \\$z\\$"},
      {"two\nlines", "two lines"},
      {"- item", "\\- item"},
      {"1. item", "1\\. item"},
      {"1.5 and -2", "1.5 and -2"},
      {"-2", "-2"},
      {"12", "12"},
      {"", ""},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(EscapeMarkdown(text), expected);
}

TEST(MarkdownCode, TakesEnoughBackquotes) {
  EXPECT_EQ(MarkdownCode("a ÷ b"), "`a ÷ b`");
  EXPECT_EQ(MarkdownCode("`odd name` + 1"), "`` `odd name` + 1 ``");
  EXPECT_EQ(MarkdownCode("a | b"), "`a | b`");
  EXPECT_EQ(MarkdownCode("a | b", true), "`a \\| b`");
}

}  // namespace
}  // namespace steelyard
