#include "engine/compare/page.h"

#include <algorithm>
#include <utility>

#include "engine/base/text.h"
#include "engine/diag/printable.h"
#include "engine/report/html.h"
#include "engine/report/lines.h"
#include "engine/report/markdown.h"

namespace steelyard {
namespace {

constexpr size_t kLongestCell = 400;  // characters; a terminal wraps it
constexpr std::string_view kIndent = "  ";

// Columns of one width each, but for the last.
std::string TextTable(const PageTable& table) {
  std::vector<size_t> widths;
  for (size_t i = 0; i < table.columns.size(); ++i) {
    size_t width = DisplayWidth(table.columns[i].heading);
    for (const auto& row : table.rows) {
      width = std::max(width, DisplayWidth(Printable(row[i], kLongestCell)));
    }
    widths.push_back(width);
  }
  std::string out;
  const auto line = [&](const std::vector<std::string>& cells) {
    std::string text;
    for (size_t i = 0; i < cells.size(); ++i) {
      const std::string cell = Printable(cells[i], kLongestCell);
      text += kIndent;
      text += table.columns[i].number ? PadLeft(cell, widths[i]) : PadRight(cell, widths[i]);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    out += text + "\n";
  };
  std::vector<std::string> headings;
  for (const PageTable::Column& column : table.columns) headings.push_back(column.heading);
  line(headings);
  for (const auto& row : table.rows) line(row);
  return out;
}

std::string MarkdownTable(const PageTable& table) {
  std::string out = "|";
  for (const PageTable::Column& column : table.columns) {
    out += " " + EscapeMarkdown(column.heading) + " |";
  }
  out += "\n|";
  for (const PageTable::Column& column : table.columns) out += column.number ? " ---: |" : " --- |";
  out += "\n";
  for (const auto& row : table.rows) {
    out += "|";
    for (const std::string& cell : row) out += " " + EscapeMarkdown(cell) + " |";
    out += "\n";
  }
  return out;
}

std::string HtmlTable(const PageTable& table) {
  std::string out = "<table>\n<thead><tr>";
  const auto cell = [&](std::string_view tag, size_t column, const std::string& text) {
    out.append("<").append(tag);
    if (table.columns[column].number) out += " class=\"number\"";
    out.append(">").append(EscapeHtml(text)).append("</").append(tag).append(">");
  };
  for (size_t i = 0; i < table.columns.size(); ++i) cell("th", i, table.columns[i].heading);
  out += "</tr></thead>\n<tbody>\n";
  for (const auto& row : table.rows) {
    out += "<tr>";
    for (size_t i = 0; i < row.size(); ++i) cell("td", i, row[i]);
    out += "</tr>\n";
  }
  return out + "</tbody>\n</table>\n";
}

}  // namespace

void Page::Heading(int level, std::string text) {
  blocks_.push_back({PageBlock::Kind::kHeading, std::move(text), level, {}});
}
void Page::Paragraph(std::string text) {
  blocks_.push_back({PageBlock::Kind::kParagraph, std::move(text), 1, {}});
}
void Page::Small(std::string text) {
  blocks_.push_back({PageBlock::Kind::kSmall, std::move(text), 1, {}});
}
void Page::Table(PageTable table) {
  if (table.rows.empty()) return;
  blocks_.push_back({PageBlock::Kind::kTable, "", 1, std::move(table)});
}

std::string Page::ToText() const {
  std::string out;
  bool under_heading = true;
  for (const PageBlock& block : blocks_) {
    if (!out.empty() && !under_heading) out += "\n";
    under_heading = block.kind == PageBlock::Kind::kHeading;
    if (block.kind == PageBlock::Kind::kTable) {
      out += TextTable(block.table);
    } else {
      if (!under_heading) out += kIndent;
      out += Printable(block.text, kLongestCell) + "\n";
    }
  }
  return out;
}

std::string Page::ToMarkdown(int level) const {
  std::string out;
  for (const PageBlock& block : blocks_) {
    if (!out.empty()) out += "\n";
    const std::string text = EscapeMarkdown(block.text);
    switch (block.kind) {
      case PageBlock::Kind::kHeading:
        out += std::string(static_cast<size_t>(level + block.level - 1), '#') + " " + text + "\n";
        break;
      case PageBlock::Kind::kParagraph: out += text + "\n"; break;
      case PageBlock::Kind::kSmall: out += "<sub>" + text + "</sub>\n"; break;
      case PageBlock::Kind::kTable: out += MarkdownTable(block.table); break;
    }
  }
  return out;
}

std::string Page::ToHtml(int level) const {
  std::string out;
  for (const PageBlock& block : blocks_) {
    const std::string text = EscapeHtml(block.text);
    const std::string tag = "h" + std::to_string(level + block.level - 1);
    switch (block.kind) {
      case PageBlock::Kind::kHeading:
        out.append("<").append(tag).append(">").append(text);
        out.append("</").append(tag).append(">\n");
        break;
      case PageBlock::Kind::kParagraph: out += "<p>" + text + "</p>\n"; break;
      case PageBlock::Kind::kSmall: out += "<p class=\"quiet\">" + text + "</p>\n"; break;
      case PageBlock::Kind::kTable: out += HtmlTable(block.table); break;
    }
  }
  return out;
}

}  // namespace steelyard
