// The pages docs/codes/SY*.md, built into the program.
#pragma once

#include <string_view>
#include <vector>

namespace steelyard {

struct CodePage {
  std::string_view code;
  std::string_view text;  // Markdown
};

// By code.
const std::vector<CodePage>& CodePages();

}  // namespace steelyard
