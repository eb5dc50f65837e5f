// Markdown as GitHub and GitLab read it.
#pragma once

#include <string>
#include <string_view>

namespace steelyard {

// Text that stays text, also within a table: nothing in it is taken for markup.
std::string EscapeMarkdown(std::string_view text);

// A piece of code, in as many backquotes as it takes. In a table a bar would end the cell.
std::string MarkdownCode(std::string_view code, bool in_table = false);

}  // namespace steelyard
