#include "engine/report/html.h"

#include "engine/diag/printable.h"

namespace steelyard {

namespace {

constexpr std::string_view kStyle = R"(
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --line: #d0d7de; --quiet: #57606a;
  --head: #f6f8fa; --good: #116329; --bad: #a40e26; --mark: #fff3c4; --bar: #4f7cac; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #0d1117; --line: #3d444d;
  --quiet: #9aa4af; --head: #161b22; --good: #56d364; --bad: #ff7b72; --mark: #5a4a00;
  --bar: #6ea8dc; } }
* { box-sizing: border-box; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: var(--ink);
  background: var(--paper); font: 16px/1.55 system-ui, "Noto Sans", "Noto Sans CJK SC",
  "PingFang SC", "Microsoft YaHei", sans-serif; }
h1, h2, h3, h4 { line-height: 1.25; break-after: avoid; }
h1 { font-size: 1.8rem; } h2 { margin-top: 2.2rem; border-bottom: 1px solid var(--line); }
table { border-collapse: collapse; margin: 0.8rem 0; }
th, td { border: 1px solid var(--line); padding: 0.25rem 0.6rem; text-align: left;
  vertical-align: top; }
th { background: var(--head); }
thead { display: table-header-group; } tr { break-inside: avoid; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
code, pre { font-family: ui-monospace, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace;
  font-size: 0.92em; }
pre { white-space: pre-wrap; background: var(--head); padding: 0.6rem; }
.quiet { color: var(--quiet); font-size: 0.9em; } .good { color: var(--good); }
.bad { color: var(--bad); } .changed { background: var(--mark); font-weight: 600; }
.bar { display: inline-block; height: 0.7em; background: var(--bar); }
.keep { break-inside: avoid; }
@media print { :root { color-scheme: light; --ink: #000; --paper: #fff; --line: #999;
  --quiet: #444; --head: #eee; --good: #0b4a1e; --bad: #7d0a1c; --mark: #e8e8e8; --bar: #555; }
  body { max-width: none; margin: 0; padding: 0; font-size: 10.5pt; }
  a { color: inherit; text-decoration: none; } }
@page { size: A4; margin: 18mm 16mm; }
)";

std::string_view Replacement(char character) {
  switch (character) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return "";
  }
}

}  // namespace

std::string EscapeHtml(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    const std::string_view replacement = Replacement(text[i]);
    out += replacement;
    i += replacement.empty() ? AppendPrintable(text, i, out) : 1;
  }
  return out;
}

std::string EscapeXml(std::string_view text) {
  std::string out;
  while (true) {
    const size_t end = text.find('\n');
    out += EscapeHtml(text.substr(0, end));
    if (end == std::string_view::npos) break;
    out += "&#10;";
    text.remove_prefix(end + 1);
  }
  for (const std::string_view banned : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"}) {
    for (size_t at = out.find(banned); at != std::string::npos; at = out.find(banned, at)) {
      out.replace(at, banned.size(), "\xEF\xBF\xBD");
    }
  }
  return out;
}

std::string HtmlPage(std::string_view title, Language language, std::string_view body,
                     std::string_view style) {
  const std::string_view lang = language == Language::kChinese ? "zh-CN" : "en";
  std::string page = "<!DOCTYPE html>\n<html lang=\"";
  page.append(lang).append("\">\n<head>\n<meta charset=\"utf-8\">\n");
  page += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>";
  page.append(EscapeHtml(title)).append("</title>\n<style>").append(kStyle).append(style);
  page.append("</style>\n</head>\n<body>\n").append(body);
  if (!body.ends_with('\n')) page += "\n";
  return page + "</body>\n</html>\n";
}

}  // namespace steelyard
