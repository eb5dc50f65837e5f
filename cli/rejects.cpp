#include "cli/rejects.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/diag/printable.h"

namespace steelyard {

namespace {

constexpr size_t kMostShown = 20;
constexpr size_t kLongestPath = 400;
constexpr size_t kLongestText = 60;

// `data/order.csv:14: amount `12x`: is not a number`, without what is not known.
std::string RejectText(const RejectLine& reject, Language language) {
  std::string text = Printable(reject.file.empty() ? reject.table : reject.file, kLongestPath);
  if (reject.line > 0) text += fmt::format(":{}", reject.line);
  text += ": ";
  if (!reject.column.empty()) {
    text += Printable(reject.column, kLongestText);
    if (!reject.text.empty()) text += fmt::format(" `{}`", Printable(reject.text, kLongestText));
    text += ": ";
  }
  return text + Printable(reject.reason[static_cast<size_t>(language)], kLongestPath);
}

}  // namespace

std::string RejectsText(const std::vector<RejectLine>& rejects, const Console& console) {
  if (rejects.empty()) return "";
  const auto heading = rejects.size() == 1 ? console.Say("{} row rejected:\n", "拒绝 {} 行：\n")
                                           : console.Say("{} rows rejected:\n", "拒绝 {} 行：\n");
  std::string text = fmt::format(fmt::runtime(heading), rejects.size());
  const size_t shown = std::min(rejects.size(), kMostShown);
  for (size_t i = 0; i < shown; ++i) {
    text += fmt::format("  {}\n", RejectText(rejects[i], console.language()));
  }
  if (shown < rejects.size()) {
    const auto rest = console.Say("  … and {} more; `--rejects FILE` writes them all\n",
                                  "  … 另有 {} 行；用 `--rejects 文件` 可全部写出\n");
    text += fmt::format(fmt::runtime(rest), rejects.size() - shown);
  }
  return text;
}

}  // namespace steelyard
