// What an explanation tells people, in sections: shown as text for a terminal, or as a page.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/diag/diagnostic.h"

namespace steelyard {

struct DocumentTable {
  std::vector<std::string> heading;
  std::vector<bool> numbers;  // by column: to the right
  std::vector<std::vector<std::string>> rows;
};

struct DocumentBlock {
  std::vector<std::string> paragraphs;
  DocumentTable table;             // empty: none
  std::vector<std::string> lines;  // formulas, indented as they are
};

struct DocumentSection {
  std::string heading;
  int level = 2;
  std::vector<DocumentBlock> blocks;  // one after the other
};

struct Document {
  std::string title;
  std::vector<std::string> summary;  // below the title
  std::vector<DocumentSection> sections;
};

std::string ToText(const Document& document);
std::string ToHtml(const Document& document, Language language);

}  // namespace steelyard
