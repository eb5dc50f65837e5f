// HTML for people: one file with everything in it, that reads well on a screen and prints well.
#pragma once

#include <string>
#include <string_view>

#include "engine/diag/diagnostic.h"

namespace steelyard {

// Text for elements and quoted attributes. Control characters, line ends and bytes that are not
// UTF-8 are shown as diag/printable.h has them.
std::string EscapeHtml(std::string_view text);

// The same for XML, which has no way at all to write two characters that HTML takes. Line ends live
// on, also in an attribute.
std::string EscapeXml(std::string_view text);

// A whole page around `body`, which is HTML already; `title` is text. No scripts and nothing from
// elsewhere. The style knows plain elements, and these classes: `number` (a cell to the right),
// `quiet` (small print), `good` and `bad`, `changed` (a marked part), `bar` (filled as wide as its
// `style` says) and `keep` (not to be broken over two printed pages).
// `style` is added to it, for what only one kind of page has.
std::string HtmlPage(std::string_view title, Language language, std::string_view body,
                     std::string_view style = {});

}  // namespace steelyard
