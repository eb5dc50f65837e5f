// Comparisons as a page that can be sent and printed.
#include <fmt/format.h>

#include "engine/compare/report.h"
#include "engine/report/html.h"

namespace steelyard {
namespace {

constexpr size_t kDependents = 40;
constexpr int kDataHeading = 3;  // below the file's

std::string_view Say(Language language, std::string_view english, std::string_view chinese) {
  return language == Language::kEnglish ? english : chinese;
}

std::string MarkedHtml(const MarkedText& side, std::string_view tag) {
  std::string html = "<code>";
  size_t at = 0;
  for (const auto& [begin, end] : side.marks) {
    html += EscapeHtml(side.text.substr(at, begin - at));
    html += fmt::format("<{0} class=\"changed\">{1}</{0}>", tag,
                        EscapeHtml(side.text.substr(begin, end - begin)));
    at = end;
  }
  return html + EscapeHtml(side.text.substr(at)) + "</code>";
}

std::string Row(const Change& change, Language language) {
  const size_t words = static_cast<size_t>(language);
  std::string html = "<tr><td>" + EscapeHtml(change.headline[words]);
  if (!change.note[words].empty()) {
    html += "<br><span class=\"quiet\">" + EscapeHtml(change.note[words]) + "</span>";
  }
  html +=
      "<br><span class=\"quiet\">" + EscapeHtml(PlacesOf(change, language)) + "</span></td><td>";
  if (!change.old_text.empty()) html += MarkedHtml(change.old_text, "del");
  html += "</td><td>";
  if (!change.new_text.empty()) html += MarkedHtml(change.new_text, "ins");
  const std::string depends =
      change.unused ? std::string(Say(language, "nothing of the card uses it", "计分卡没有用到它"))
                    : ListDependents(change, language, kDependents);
  return html + "</td><td>" + EscapeHtml(depends) + "</td></tr>\n";
}

std::string FileHtml(const ComparedFile& file, Language language) {
  std::string html =
      "<h2>" + EscapeHtml(file.title.empty() ? NameOf(file) : file.title) + "</h2>\n";
  html += "<p class=\"quiet\">" + EscapeHtml(NameOf(file)) + "</p>\n";
  const std::string status = StatusLine(file, language);
  if (!status.empty()) html += "<p>" + EscapeHtml(status) + "</p>\n";
  for (const ChangeEffect effect :
       {ChangeEffect::kResults, ChangeEffect::kLayout, ChangeEffect::kNone}) {
    const std::vector<const Change*> changes = WithEffect(file, effect);
    if (changes.empty()) continue;
    html += fmt::format(
        "<h3>{} ({})</h3>\n<table>\n<thead><tr><th>{}</th><th>{}</th><th>{}</th>"
        "<th>{}</th></tr></thead>\n<tbody>\n",
        HeadingOf(effect, language), changes.size(), Say(language, "change", "变化"),
        Say(language, "old", "旧"), Say(language, "new", "新"),
        Say(language, "depends on it", "受其影响"));
    for (const Change* change : changes) html += Row(*change, language);
    html += "</tbody>\n</table>\n";
  }
  if (file.data) html += DataPage(*file.data, file.changes, language).ToHtml(kDataHeading);
  return html;
}

}  // namespace

std::string HtmlOf(const Comparison& comparison, Language language) {
  const std::string_view title = Say(language, "Changes of rules", "规则变化");
  std::string body = fmt::format("<h1>{}</h1>\n", title);
  for (const ComparedFile& file : comparison.files) body += FileHtml(file, language);
  if (comparison.files.empty()) {
    body += fmt::format("<p>{}</p>\n", Say(language, "No differences.", "没有差异。"));
  }
  return HtmlPage(title, language, body);
}

}  // namespace steelyard
