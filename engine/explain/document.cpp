#include "engine/explain/document.h"

#include <algorithm>

#include "engine/base/text.h"
#include "engine/diag/printable.h"
#include "engine/report/html.h"
#include "engine/report/lines.h"

namespace steelyard {
namespace {

constexpr size_t kLongestLine = 2000;

std::string Shown(const std::string& text) { return Printable(text, kLongestLine); }

std::string TableText(const DocumentTable& table) {
  std::vector<size_t> widths(table.heading.size());
  const auto measure = [&](const std::vector<std::string>& row) {
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], DisplayWidth(row[i]));
  };
  measure(table.heading);
  for (const auto& row : table.rows) measure(row);
  std::string text;
  const auto write = [&](const std::vector<std::string>& row) {
    std::string line;
    for (size_t i = 0; i < row.size(); ++i) {
      line += "  ";
      line +=
          table.numbers[i] ? PadLeft(Shown(row[i]), widths[i]) : PadRight(Shown(row[i]), widths[i]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  };
  write(table.heading);
  for (const auto& row : table.rows) write(row);
  return text;
}

std::string TableHtml(const DocumentTable& table) {
  std::string html = "<table>\n";
  const auto write = [&](const std::vector<std::string>& row, const char* cell) {
    html += "<tr>";
    for (size_t i = 0; i < row.size(); ++i) {
      html += std::string("<") + cell + (table.numbers[i] ? " class=\"number\">" : ">") +
              EscapeHtml(row[i]) + "</" + cell + ">";
    }
    html += "</tr>\n";
  };
  html += "<thead>\n";
  write(table.heading, "th");
  html += "</thead>\n<tbody>\n";
  for (const auto& row : table.rows) write(row, "td");
  return html + "</tbody>\n</table>\n";
}

std::string BlockHtml(const DocumentBlock& block) {
  std::string html;
  for (const std::string& text : block.paragraphs) html += "<p>" + EscapeHtml(text) + "</p>\n";
  if (!block.table.rows.empty()) html += TableHtml(block.table);
  if (!block.lines.empty()) {
    html += "<pre>";
    for (size_t i = 0; i < block.lines.size(); ++i) {
      html += (i > 0 ? "\n" : "") + EscapeHtml(block.lines[i]);
    }
    html += "</pre>\n";
  }
  return html;
}

}  // namespace

std::string ToText(const Document& document) {
  std::string text = Shown(document.title) + "\n";
  for (const std::string& line : document.summary) text += Shown(line) + "\n";
  for (const DocumentSection& section : document.sections) {
    text += "\n" + Shown(section.heading) + "\n";
    for (const DocumentBlock& block : section.blocks) {
      for (const std::string& line : block.paragraphs) text += "  " + Shown(line) + "\n";
      if (!block.table.rows.empty()) text += TableText(block.table);
      // Indented with blanks: Printable keeps them.
      for (const std::string& line : block.lines) text += "  " + Shown(line) + "\n";
    }
  }
  return text;
}

std::string ToHtml(const Document& document, Language language) {
  std::string body = "<h1>" + EscapeHtml(document.title) + "</h1>\n";
  for (const std::string& line : document.summary) body += "<p>" + EscapeHtml(line) + "</p>\n";
  for (const DocumentSection& section : document.sections) {
    const std::string tag = "h" + std::to_string(section.level);
    body += "<" + tag + ">" + EscapeHtml(section.heading) + "</" + tag + ">\n";
    for (const DocumentBlock& block : section.blocks) body += BlockHtml(block);
  }
  return HtmlPage(document.title, language, body);
}

}  // namespace steelyard
