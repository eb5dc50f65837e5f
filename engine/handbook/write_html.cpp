// A handbook as one HTML page.
#include <fmt/format.h>

#include "engine/base/check.h"
#include "engine/handbook/curve_svg.h"
#include "engine/handbook/document.h"
#include "engine/report/html.h"

namespace steelyard {
namespace {

constexpr std::string_view kStyle = R"(
.handbook tbody th { font-weight: normal; background: none; }
.handbook caption { text-align: left; font-weight: 600; padding-bottom: 0.2rem; }
.handbook h3 { margin-top: 1.8rem; }
.handbook .contents { font-weight: 600; margin-bottom: 0; }
.handbook .formula { margin: 0.8rem 0; overflow-x: auto; font-size: 1.05em; }
.handbook math { line-height: 1.4; }
.handbook .cases mtd { text-align: left; padding: 0.15em 0.5em; }
.handbook figure { margin: 0.8rem 0; }
.handbook svg { max-width: 100%; height: auto; }
.handbook svg text { fill: var(--ink); font-size: 12px; }
.handbook .grid { stroke: var(--line); }
.handbook .curve { fill: none; stroke: var(--bar); stroke-width: 2; }
.handbook .mark { fill: var(--bar); }
@media print { .handbook h2 { break-before: auto; } .handbook nav { break-after: page; }
  .handbook .formula { break-inside: avoid; overflow: visible; } .handbook p { orphans: 3;
  widows: 3; } .handbook caption { break-after: avoid; } }
)";

std::string ToHtml(const Run& piece) {
  const std::string text = EscapeHtml(piece.text);
  switch (piece.kind) {
    case Run::Kind::kText: return text;
    case Run::Kind::kStrong: return "<strong>" + text + "</strong>";
    case Run::Kind::kQuiet: return "<span class=\"quiet\">" + text + "</span>";
    case Run::Kind::kCode: return "<code>" + text + "</code>";
    case Run::Kind::kLink:
      return fmt::format("<a href=\"#{}\">{}</a>", EscapeHtml(piece.anchor), text);
    case Run::Kind::kMath: return ToMathMl(piece.math, false);
  }
  STEELYARD_CHECK(false);
}

std::string ToHtml(const Line& line) {
  std::string html;
  for (const Run& piece : line.pieces()) html += ToHtml(piece);
  return html;
}

std::string Cell(const Sheet& sheet, size_t column, const Line& line, const char* tag,
                 const char* scope) {
  const bool number = column < sheet.is_number.size() && sheet.is_number[column];
  return fmt::format("<{}{}{}>{}</{}>", tag, scope, number ? " class=\"number\"" : "", ToHtml(line),
                     tag);
}

// The first cell of a row says what the row is about.
std::string ToHtml(const Sheet& sheet) {
  std::string html = "<table>\n";
  if (!sheet.caption.empty()) html += "<caption>" + EscapeHtml(sheet.caption) + "</caption>\n";
  html += "<thead><tr>";
  for (size_t i = 0; i < sheet.head.size(); ++i) {
    html += Cell(sheet, i, sheet.head[i], "th", " scope=\"col\"");
  }
  html += "</tr></thead>\n<tbody>\n";
  for (const std::vector<Line>& row : sheet.rows) {
    html += "<tr>";
    for (size_t i = 0; i < row.size(); ++i) {
      html += i == 0 ? Cell(sheet, i, row[i], "th", " scope=\"row\"")
                     : Cell(sheet, i, row[i], "td", "");
    }
    html += "</tr>\n";
  }
  return html + "</tbody>\n</table>\n";
}

std::string List(const std::vector<Line>& items) {
  std::string html = "<ul>\n";
  for (const Line& item : items) html += "<li>" + ToHtml(item) + "</li>\n";
  return html + "</ul>\n";
}

std::string Heading(const Block& block) {
  return fmt::format("<h{0} id=\"{1}\">{2}</h{0}>\n", block.level, EscapeHtml(block.anchor),
                     ToHtml(block.line));
}

std::string PlainText(const Line& line) {
  std::string text;
  for (const Run& piece : line.pieces()) {
    if (piece.kind != Run::Kind::kQuiet) text += piece.text;
  }
  return text;
}

std::string Contents(const HandbookDocument& document) {
  const bool english = document.language == Language::kEnglish;
  std::string html = fmt::format("<nav aria-label=\"{0}\">\n<p class=\"contents\">{0}</p>\n<ul>\n",
                                 english ? "Contents" : "目录");
  int level = 2;
  bool open = false;  // the item before
  for (const Block& block : document.blocks) {
    const bool listed =
        block.kind == Block::Kind::kHeading && (block.level == 2 || block.level == 3);
    if (!listed) continue;
    if (block.level > level) {
      html += "\n<ul>\n";
    } else {
      if (open) html += "</li>\n";
      if (block.level < level) html += "</ul>\n</li>\n";
    }
    level = block.level;
    open = true;
    html += fmt::format("<li><a href=\"#{}\">{}</a>", EscapeHtml(block.anchor),
                        EscapeHtml(PlainText(block.line)));
  }
  if (open) html += "</li>\n";
  if (level == 3) html += "</ul>\n</li>\n";
  return html + "</ul>\n</nav>\n";
}

std::string ToHtml(const Block& block, Language language) {
  switch (block.kind) {
    case Block::Kind::kHeading: return Heading(block);
    case Block::Kind::kParagraph: return "<p>" + ToHtml(block.line) + "</p>\n";
    case Block::Kind::kFormula:
      return "<div class=\"formula\">" + ToMathMl(block.math, true) + "</div>\n";
    case Block::Kind::kTable: return ToHtml(block.sheet);
    case Block::Kind::kList: return List(block.items);
    case Block::Kind::kCurve: return ToSvg(block.curve, language);
  }
  STEELYARD_CHECK(false);
}

}  // namespace

std::string ToHtml(const HandbookDocument& document) {
  std::string body = "<main class=\"handbook\">\n";
  bool has_contents = false;
  for (const Block& block : document.blocks) {
    const bool chapter = block.kind == Block::Kind::kHeading && block.level == 2;
    if (chapter && !has_contents) {
      body += Contents(document);
      has_contents = true;
    }
    body += ToHtml(block, document.language);
  }
  return HtmlPage(document.title, document.language, body + "</main>\n", kStyle);
}

}  // namespace steelyard
