#include "engine/report/html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace steelyard {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(EscapeHtml, LeavesNoMarkup) {
  EXPECT_EQ(EscapeHtml("<script>alert(\"x\" & 'y')</script>"),
            "&lt;script&gt;alert(&quot;x&quot; &amp; &#39;y&#39;)&lt;/script&gt;");
}

TEST(EscapeHtml, ShowsWhatCannotBeShown) {
  EXPECT_EQ(EscapeHtml("净推荐值\n NPS\x01"), "净推荐值  NPS\xEF\xBF\xBD");
}

TEST(EscapeXml, LeavesOutWhatXmlCannotSay) {
  EXPECT_EQ(EscapeXml("<\xEF\xBF\xBE\xEF\xBF\xBF>"), "&lt;\xEF\xBF\xBD\xEF\xBF\xBD&gt;");
}

TEST(HtmlPage, IsOnePageInItsLanguage) {
  const std::string page = HtmlPage("A < B", Language::kChinese, "<p>体</p>");
  EXPECT_THAT(page, HasSubstr("<html lang=\"zh-CN\">"));
  EXPECT_THAT(page, HasSubstr("<title>A &lt; B</title>"));
  EXPECT_THAT(page, HasSubstr("<body>\n<p>体</p>\n</body>"));
  EXPECT_THAT(page, Not(HasSubstr("http")));
  EXPECT_THAT(page, Not(HasSubstr("<script")));
}

}  // namespace
}  // namespace steelyard
