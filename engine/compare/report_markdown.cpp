// Comparisons for a merge request.
#include <fmt/format.h>

#include "engine/compare/report.h"
#include "engine/report/html.h"
#include "engine/report/markdown.h"

namespace steelyard {
namespace {

constexpr size_t kDependents = 12;
constexpr int kDataHeading = 4;  // below the file's

std::string_view Say(Language language, std::string_view english, std::string_view chinese) {
  return language == Language::kEnglish ? english : chinese;
}

// Code in which something is marked can only be written as HTML; a bar would end the cell.
std::string MarkedCell(const MarkedText& side, std::string_view tag) {
  if (side.empty()) return "";
  std::string html = "<code>";
  size_t at = 0;
  const auto escaped = [](const std::string& text) {
    std::string cell;
    for (const char c : EscapeHtml(text)) {
      if (c == '|') {
        cell += "&#124;";
      } else if (c == '*' || c == '_' || c == '`' || c == '[' || c == '~' || c == '\\') {
        cell += fmt::format("&#{};", static_cast<int>(c));
      } else {
        cell += c;
      }
    }
    return cell;
  };
  for (const auto& [begin, end] : side.marks) {
    html += escaped(side.text.substr(at, begin - at));
    html += fmt::format("<{0}>{1}</{0}>", tag, escaped(side.text.substr(begin, end - begin)));
    at = end;
  }
  return html + escaped(side.text.substr(at)) + "</code>";
}

std::string Row(const Change& change, Language language) {
  const size_t words = static_cast<size_t>(language);
  std::string what = EscapeMarkdown(change.headline[words]);
  if (!change.note[words].empty()) what += "<br>" + EscapeMarkdown(change.note[words]);
  what += "<br>" + MarkdownCode(PlacesOf(change, language), true);
  const std::string depends =
      change.unused ? std::string(Say(language, "nothing of the card uses it", "计分卡没有用到它"))
                    : EscapeMarkdown(ListDependents(change, language, kDependents));
  return fmt::format("| {} | {} | {} | {} |\n", what, MarkedCell(change.old_text, "del"),
                     MarkedCell(change.new_text, "ins"), depends);
}

std::string FileMarkdown(const ComparedFile& file, Language language) {
  std::string text =
      fmt::format("\n### {}\n\n", EscapeMarkdown(file.title.empty() ? NameOf(file) : file.title));
  text += MarkdownCode(NameOf(file)) + "\n";
  const std::string status = StatusLine(file, language);
  if (!status.empty()) text += "\n" + EscapeMarkdown(status) + "\n";
  for (const ChangeEffect effect :
       {ChangeEffect::kResults, ChangeEffect::kLayout, ChangeEffect::kNone}) {
    const std::vector<const Change*> changes = WithEffect(file, effect);
    if (changes.empty()) continue;
    text += fmt::format("\n**{} ({})**\n\n| {} | {} | {} | {} |\n| --- | --- | --- | --- |\n",
                        HeadingOf(effect, language), changes.size(),
                        Say(language, "change", "变化"), Say(language, "old", "旧"),
                        Say(language, "new", "新"), Say(language, "depends on it", "受其影响"));
    for (const Change* change : changes) text += Row(*change, language);
  }
  if (file.data) {
    text += "\n" + DataPage(*file.data, file.changes, language).ToMarkdown(kDataHeading);
  }
  return text;
}

}  // namespace

std::string MarkdownOf(const Comparison& comparison, Language language) {
  std::string text = fmt::format("## {}\n", Say(language, "Changes of rules", "规则变化"));
  for (const ComparedFile& file : comparison.files) text += FileMarkdown(file, language);
  if (comparison.files.empty()) {
    text += fmt::format("\n{}\n", Say(language, "No differences.", "没有差异。"));
  }
  return text;
}

}  // namespace steelyard
