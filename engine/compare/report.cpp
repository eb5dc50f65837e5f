// What all formats of a comparison share.
#include "engine/compare/report.h"

#include <fmt/format.h>

#include <algorithm>

namespace steelyard {
namespace {

std::string_view Say(Language language, std::string_view english, std::string_view chinese) {
  return language == Language::kEnglish ? english : chinese;
}

std::string CallDependent(const Dependent& dependent, Language language) {
  if (dependent.section == Section::kResult) {
    const bool score = dependent.id == "score";
    return std::string(score ? Say(language, "the score", "得分")
                             : Say(language, "the grade", "等级"));
  }
  return dependent.name.empty() ? dependent.id : dependent.name;
}

}  // namespace

std::string_view ToWord(FileKind kind) {
  constexpr std::string_view kWords[] = {"scorecard", "library", "tests", "policy"};
  return kWords[static_cast<size_t>(kind)];
}

std::string_view ToWord(FileStatus status) {
  constexpr std::string_view kWords[] = {"same",  "layout",  "changed",
                                         "added", "removed", "not_compared"};
  return kWords[static_cast<size_t>(status)];
}

bool Comparison::HasDifferences() const {
  return std::any_of(files.begin(), files.end(), [](const ComparedFile& file) {
    return file.status != FileStatus::kSame && file.status != FileStatus::kLayout;
  });
}

std::string ListDependents(const Change& change, Language language, size_t most) {
  std::string list;
  const size_t shown = std::min(most, change.dependents.size());
  for (size_t i = 0; i < shown; ++i) {
    if (i > 0) list += Say(language, ", ", "、");
    list += CallDependent(change.dependents[i], language);
  }
  if (shown < change.dependents.size()) {
    list += fmt::format(fmt::runtime(Say(language, " and {} more", "等，另有 {} 项")),
                        change.dependents.size() - shown);
  }
  return list;
}

std::vector<const Change*> WithEffect(const ComparedFile& file, ChangeEffect effect) {
  std::vector<const Change*> found;
  for (const Change& change : file.changes) {
    if (change.effect == effect) found.push_back(&change);
  }
  return found;
}

std::string_view HeadingOf(ChangeEffect effect, Language language) {
  switch (effect) {
    case ChangeEffect::kResults: return Say(language, "Can change results", "可能影响结果");
    case ChangeEffect::kLayout:
      return Say(language, "Changes only how results are written", "只影响结果的写法");
    case ChangeEffect::kNone: break;
  }
  return Say(language, "Changes no result", "不影响结果");
}

std::string PlacesOf(const Change& change, Language language) {
  const auto place = [](const ChangePlace& at) { return fmt::format("{}:{}", at.file, at.line); };
  const ChangePlace& before = change.old_place;
  const ChangePlace& after = change.new_place;
  if (!before.present() && !after.present()) return {};
  if (!before.present()) return place(after) + std::string(Say(language, " (new)", "（新）"));
  if (!after.present()) return place(before) + std::string(Say(language, " (old)", "（旧）"));
  return place(before) + " → " + place(after);
}

std::string StatusLine(const ComparedFile& file, Language language) {
  std::string line;
  switch (file.status) {
    case FileStatus::kSame: line = Say(language, "the same", "完全相同"); break;
    case FileStatus::kLayout:
      line = Say(language,
                 "no change of meaning: only layout, comments, or another way to write the same",
                 "含义没有变化：只有排版、注释或写法不同");
      break;
    case FileStatus::kAdded: line = Say(language, "new file", "新文件"); break;
    case FileStatus::kRemoved: line = Say(language, "file removed", "文件已删除"); break;
    case FileStatus::kNotCompared: line = file.reason[static_cast<size_t>(language)]; break;
    case FileStatus::kChanged: break;
  }
  if (file.told_elsewhere > 0) {
    line = fmt::format(fmt::runtime(Say(language, "{} told with the cards that import it",
                                        "{} 处变化已列在导入它的计分卡下")),
                       file.told_elsewhere);
  }
  for (const size_t side : {0u, 1u}) {
    if (file.errors[side] == 0) continue;
    const std::string_view what =
        side == 0 ? Say(language, "the old version has {} error{}; what could be read was compared",
                        "旧版本有 {} 处错误；已比较能读取的部分")
                  : Say(language, "the new version has {} error{}; what could be read was compared",
                        "新版本有 {} 处错误；已比较能读取的部分");
    line += line.empty() ? "" : "\n";
    line += fmt::format(fmt::runtime(what), file.errors[side], file.errors[side] == 1 ? "" : "s");
  }
  return line;
}

std::string NameOf(const ComparedFile& file) {
  if (file.old_path.empty()) return file.new_path;
  if (file.new_path.empty() || file.old_path == file.new_path) return file.old_path;
  return file.old_path + " → " + file.new_path;
}

}  // namespace steelyard
