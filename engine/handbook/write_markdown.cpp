// A handbook as Markdown for GitHub and GitLab, which set LaTeX between dollar signs.
#include <fmt/format.h>

#include "engine/base/check.h"
#include "engine/handbook/document.h"
#include "engine/report/markdown.h"

namespace steelyard {
namespace {

std::string Write(const Run& piece, bool in_table) {
  const std::string text = EscapeMarkdown(piece.text);
  switch (piece.kind) {
    case Run::Kind::kText:
    case Run::Kind::kQuiet: return text;
    case Run::Kind::kStrong: return "**" + text + "**";
    case Run::Kind::kCode: return MarkdownCode(piece.text, in_table);
    case Run::Kind::kLink: return fmt::format("[{}](#{})", text, piece.anchor);
    // Backquotes keep Markdown from reading the formula as text.
    case Run::Kind::kMath: return "$`" + ToLatex(piece.math) + "`$";
  }
  STEELYARD_CHECK(false);
}

std::string Write(const Line& line, bool in_table = false) {
  std::string markdown;
  for (const Run& piece : line.pieces()) markdown += Write(piece, in_table);
  return markdown;
}

std::string Row(const std::vector<Line>& cells) {
  std::string row = "|";
  for (const Line& cell : cells) row += " " + Write(cell, true) + " |";
  return row + "\n";
}

std::string Write(const Sheet& sheet) {
  std::string markdown;
  if (!sheet.caption.empty()) markdown += "**" + EscapeMarkdown(sheet.caption) + "**\n\n";
  markdown += Row(sheet.head) + "|";
  for (size_t i = 0; i < sheet.head.size(); ++i) {
    markdown += i < sheet.is_number.size() && sheet.is_number[i] ? " ---: |" : " --- |";
  }
  markdown += "\n";
  for (const std::vector<Line>& row : sheet.rows) markdown += Row(row);
  return markdown + "\n";
}

// The anchor stands by itself: what a heading is called in links differs from renderer to renderer.
std::string Heading(const Block& block) {
  return fmt::format("<a id=\"{}\"></a>\n\n{} {}\n\n", block.anchor,
                     std::string(static_cast<size_t>(block.level), '#'), Write(block.line));
}

std::string Contents(const HandbookDocument& document) {
  std::string markdown;
  for (const Block& block : document.blocks) {
    if (block.kind != Block::Kind::kHeading || block.level < 2 || block.level > 3) continue;
    std::string text;
    for (const Run& piece : block.line.pieces()) {
      if (piece.kind != Run::Kind::kQuiet) text += EscapeMarkdown(piece.text);
    }
    markdown += fmt::format("{}- [{}](#{})\n", block.level == 3 ? "  " : "", text, block.anchor);
  }
  return markdown + "\n";
}

std::string List(const std::vector<Line>& items) {
  std::string markdown;
  for (const Line& item : items) markdown += "- " + Write(item) + "\n";
  return markdown + "\n";
}

std::string Write(const Block& block) {
  switch (block.kind) {
    case Block::Kind::kHeading: return Heading(block);
    case Block::Kind::kParagraph: return Write(block.line) + "\n\n";
    case Block::Kind::kFormula: return "$$\n" + ToLatex(block.math) + "\n$$\n\n";
    case Block::Kind::kTable: return Write(block.sheet);
    case Block::Kind::kList: return List(block.items);
    case Block::Kind::kCurve: return "";  // the table beside it says the same
  }
  STEELYARD_CHECK(false);
}

}  // namespace

std::string ToMarkdown(const HandbookDocument& document) {
  std::string markdown;
  bool has_contents = false;
  for (const Block& block : document.blocks) {
    const bool chapter = block.kind == Block::Kind::kHeading && block.level == 2;
    if (chapter && !has_contents) {
      markdown += Contents(document);
      has_contents = true;
    }
    markdown += Write(block);
  }
  while (markdown.ends_with("\n\n")) markdown.pop_back();
  return markdown;
}

}  // namespace steelyard
