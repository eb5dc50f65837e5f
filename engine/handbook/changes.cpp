// What is different from an earlier version: first what can change a result, then the rest.
#include "engine/handbook/chapters.h"

namespace steelyard {
namespace {

void AddGroup(Writing& writing, const std::vector<Change>& changes, bool results,
              std::string heading, const char* anchor) {
  const auto language = static_cast<size_t>(writing.words.language());
  std::vector<Line> items;
  for (const Change& change : changes) {
    // What a library offers and the card does not use is nothing to those who are scored.
    if (change.unused || (change.effect == ChangeEffect::kResults) != results) continue;
    Line item = change.headline[language];
    if (!change.note[language].empty()) item.Quiet(" " + change.note[language]);
    items.push_back(std::move(item));
  }
  if (items.empty()) return;
  writing.document.Heading(3, std::move(heading), anchor);
  writing.document.List(std::move(items));
}

}  // namespace

void AddChanges(Writing& writing, const std::vector<Change>& changes) {
  writing.document.Heading(2, writing.Say("Changes since the last version", "与上一版相比的变化"),
                           "changes");
  const size_t before = writing.document.blocks.size();
  AddGroup(writing, changes, true, writing.Say("What can change results", "可能影响结果的变化"),
           "changes-results");
  AddGroup(writing, changes, false, writing.Say("What changes no result", "不影响结果的变化"),
           "changes-others");
  if (writing.document.blocks.size() == before) {
    writing.document.Paragraph(writing.Say("None.", "没有变化。"));
  }
}

}  // namespace steelyard
