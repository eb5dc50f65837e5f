// What stands in a handbook stays text, in both formats.
#include "engine/handbook/document.h"

#include <gtest/gtest.h>

namespace steelyard {
namespace {

HandbookDocument Small() {
  HandbookDocument document;
  document.title = "A & B";
  document.Heading(1, "A & B", "top");
  document.Heading(2, "One | <two>", "one");
  Sheet sheet;
  sheet.caption = "c";
  sheet.head = {"a", "b"};
  sheet.is_number = {false, true};
  Line link;
  link.Link("x|y", "one");
  sheet.rows = {{link, "1"}};
  document.Add(std::move(sheet));
  document.Formula(Math::Name("n"));
  return document;
}

TEST(ToMarkdown, EscapesAndLinks) {
  EXPECT_EQ(
      ToMarkdown(Small()),
      "<a id=\"top\"></a>\n\n# A \\& B\n\n- [One \\| \\<two\\>](#one)\n\n<a id=\"one\"></a>\n\n"
      "## One \\| \\<two\\>\n\n**c**\n\n| a | b |\n| --- | ---: |\n| [x\\|y](#one) | 1 |\n\n"
      "$$\n\\text{n}\n$$\n");
}

TEST(ToHtml, HeadsOfTablesAndContents) {
  const std::string html = ToHtml(Small());
  EXPECT_NE(html.find("<li><a href=\"#one\">One | &lt;two&gt;</a></li>"), std::string::npos)
      << html;
  EXPECT_NE(html.find("<th scope=\"row\"><a href=\"#one\">x|y</a></th><td class=\"number\">1</td>"),
            std::string::npos)
      << html;
  EXPECT_NE(html.find("<caption>c</caption>"), std::string::npos) << html;
}

TEST(ToHtml, CurvesAreDrawnWithWhatTheySay) {
  HandbookDocument document;
  document.Heading(2, "x", "x");
  Curve curve;
  curve.caption = "Points for <x>";
  curve.along = "x";
  curve.highest = Number(100);
  curve.points = {{Number(0), Number(0), "0%"}, {Number(1), Number(100), "100%"}};
  document.Add(curve);
  const std::string html = ToHtml(document);
  EXPECT_NE(html.find("<title>Points for &lt;x&gt;: 0% → 0, 100% → 100</title>"),
            std::string::npos);
  // Level before the first point and behind the last one.
  EXPECT_NE(html.find("points=\"48,166 84,166 372,16 408,16\""), std::string::npos) << html;
  EXPECT_EQ(ToMarkdown(document).find("svg"), std::string::npos);
}

}  // namespace
}  // namespace steelyard
