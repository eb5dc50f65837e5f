// A report as headings, paragraphs and tables, written once for all forms that people read.
#pragma once

#include <string>
#include <vector>

namespace steelyard {

struct PageTable {
  struct Column {
    std::string heading;
    bool number = false;  // to the right
  };
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;  // plain texts, a cell for each column
};

struct PageBlock {
  enum class Kind { kHeading, kParagraph, kSmall, kTable };
  Kind kind = Kind::kParagraph;
  std::string text;
  int level = 1;  // kHeading: 1 is the section's own
  PageTable table;
};

class Page {
 public:
  void Heading(int level, std::string text);
  void Paragraph(std::string text);
  void Small(std::string text);  // what is to be known besides
  void Table(PageTable table);   // nothing for one without rows

  std::string ToText() const;
  // `level`: of the markup's own heading that a heading of level 1 becomes.
  std::string ToMarkdown(int level) const;
  std::string ToHtml(int level) const;

 private:
  std::vector<PageBlock> blocks_;
};

}  // namespace steelyard
