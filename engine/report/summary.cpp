// The summary of a scoring run, for people.
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "engine/base/text.h"
#include "engine/diag/printable.h"
#include "engine/report/lines.h"
#include "engine/report/tally.h"
#include "engine/report/write.h"

namespace steelyard {

namespace {

constexpr size_t kLongestName = 60;  // characters of a name, a key or an id
constexpr size_t kLongestPath = 400;
constexpr size_t kBarColumns = 24;
constexpr std::string_view kIndent = "  ";

std::string Shown(std::string_view name) { return Printable(name, kLongestName); }

class SummaryWriter {
 public:
  SummaryWriter(const SummaryInput& input, Language language)
      : input_(input),
        tally_(input.tally ? *input.tally : TallyOf(*input.table)),
        chinese_(language == Language::kChinese) {}

  std::string Run() {
    WriteScored();
    WriteAccounts();
    WriteGrades();
    WriteExtremes();
    WriteIds(Say("vetoes", "否决"), tally_.vetoes);
    WriteIds(Say("interlocks", "联动约束"), tally_.interlocks);
    WriteIds(Say("alerts", "预警"), tally_.alerts);
    WriteIds(Say("for review", "待复核"), tally_.review);
    WriteTotals();
    WriteFiles();
    return Heading() + lines_.ToText();
  }

 private:
  std::string_view Say(std::string_view english, std::string_view chinese) const {
    return chinese_ ? chinese : english;
  }

  // `38 subjects`, `1 subject`, `38 个对象`.
  std::string Count(uint64_t count, std::string_view noun, std::string_view chinese) const {
    if (chinese_) return fmt::format("{} {}", count, chinese);
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
  }

  std::string Heading() const {
    const std::string id = Shown(input_.scorecard);
    if (input_.title.empty() || input_.title == input_.scorecard) return id + "\n\n";
    const std::string title = Shown(input_.title);
    return fmt::format(fmt::runtime(Say("{} ({})\n\n", "{}（{}）\n\n")), title, id);
  }

  // `38 subjects × 4 periods = 151 rows + 1 rejected`.
  void WriteScored() {
    std::string text = Count(input_.subjects_scored, "subject", "个对象");
    if (tally_.periods > 0) {
      const uint64_t all = input_.subjects_scored * tally_.periods;
      const uint64_t rejected = all - std::min(all, tally_.rows);
      const bool adds_up = all >= tally_.rows && rejected <= RejectedInScoring();
      text += adds_up ? " × " : Say(", ", "，");
      text += Count(tally_.periods, "period", "期");
      text += adds_up ? " = " : Say(", ", "，");
      text += Count(tally_.rows, "row", "行");
      if (adds_up && rejected > 0) text += " + " + RejectedText(rejected);
    }
    lines_.Add(Say("scored", "已评分"), text);
    lines_.AddBlank();
  }

  std::string RejectedText(uint64_t count) const {
    return chinese_ ? fmt::format("拒绝 {}", count) : fmt::format("{} rejected", count);
  }

  // Periods of subjects, not rows of the data: an indicator was missing that must not be.
  uint64_t RejectedInScoring() const {
    uint64_t rejected = 0;
    for (const auto& [reason, count] : input_.rejects_by_reason) {
      if (reason == "evaluation") rejected += count;
    }
    return rejected;
  }

  void WriteAccounts() {
    if (input_.accounts.empty()) return;
    lines_.Add(Say("rows", "数据行"));
    size_t width = 0;
    for (const TableAccount& account : input_.accounts) {
      width = std::max(width, std::to_string(account.read).size());
    }
    for (size_t i = 0; i < input_.accounts.size(); ++i) {
      const TableAccount& account = input_.accounts[i];
      const std::string sum = i == 0 ? SubjectParts() : Parts(account);
      lines_.Add(Indented(account.table),
                 fmt::format("{} {}{}", Say("read", "读入"),
                             PadLeft(std::to_string(account.read), width), sum));
    }
    lines_.AddBlank();
    std::vector<IdCount> reasons;
    for (const auto& [reason, count] : input_.rejects_by_reason) reasons.push_back({reason, count});
    WriteIds(Say("rejected", "拒绝原因"), reasons);
    lines_.AddBlank();
  }

  struct Part {
    uint64_t count;
    std::string_view english;
    std::string_view chinese;
  };

  // ` = 38 scored + 1 rejected`. What the parts do not account for is said, too.
  std::string Sum(uint64_t whole, const std::vector<Part>& parts) const {
    std::string sum;
    uint64_t rest = whole;
    const auto add = [&](const Part& part) {
      if (part.count == 0) return;
      sum += sum.empty() ? " = " : " + ";
      sum += chinese_ ? fmt::format("{} {}", part.chinese, part.count)
                      : fmt::format("{} {}", part.count, part.english);
      rest -= std::min(rest, part.count);
    };
    for (const Part& part : parts) add(part);
    add({rest, "not used", "未使用"});
    return sum;
  }

  std::string Parts(const TableAccount& account) const {
    return Sum(account.read,
               {{account.used, "used", "使用"}, {account.rejected, "rejected", "拒绝"}});
  }

  // Subjects that have a row for each period are counted otherwise than their rows: then the rows
  // are shown as those of any table.
  std::string SubjectParts() const {
    const TableAccount& account = input_.accounts.front();
    const uint64_t scored = input_.subjects_scored;
    const uint64_t not_selected = input_.subjects_not_selected;
    if (scored + not_selected + account.rejected != account.read) return Parts(account);
    return Sum(account.read, {{scored, "scored", "评分"},
                              {not_selected, "not selected", "未选中"},
                              {account.rejected, "rejected", "拒绝"}});
  }

  void WriteGrades() {
    if (tally_.rows == 0) return;
    std::vector<IdCount> grades = tally_.grades;
    if (tally_.incomplete > 0) {
      grades.push_back({std::string(Say("incomplete", "数据不全")), tally_.incomplete});
    }
    if (grades.empty()) return;
    lines_.Add(Say("grades", "等级"));
    uint64_t most = 0;
    for (const IdCount& grade : grades) most = std::max(most, grade.count);
    const size_t width = std::to_string(most).size();
    for (const IdCount& grade : grades) {
      const uint64_t percent = (200 * grade.count + tally_.rows) / (2 * tally_.rows);
      lines_.Add(Indented(grade.id),
                 fmt::format("{} {}  {}", PadLeft(std::to_string(grade.count), width),
                             PadLeft(fmt::format("{}%", percent), 4),
                             Bar(grade.count, most, kBarColumns)));
    }
    lines_.AddBlank();
  }

  void WriteExtremes() {
    if (!tally_.highest) return;
    if (tally_.highest->score == tally_.lowest->score) {
      WriteExtreme(std::string(Say("score", "得分")), *tally_.highest, 0);
      return;
    }
    const size_t width = std::max(tally_.highest->score.size(), tally_.lowest->score.size());
    lines_.Add(Say("score", "得分"));
    WriteExtreme(Indented(Say("highest", "最高")), *tally_.highest, width);
    WriteExtreme(Indented(Say("lowest", "最低")), *tally_.lowest, width);
    lines_.AddBlank();
  }

  void WriteExtreme(const std::string& label, const Extreme& extreme, size_t width) {
    std::string text = PadLeft(extreme.score, width) + "  " + Shown(extreme.key);
    if (!extreme.period.empty()) text += " " + extreme.period;
    if (extreme.others > 0) {
      text += fmt::format(fmt::runtime(Say(" and {} more", " 等 {} 个")),
                          chinese_ ? extreme.others + 1 : extreme.others);
    }
    lines_.Add(label, text);
  }

  void WriteIds(std::string_view label, const std::vector<IdCount>& counts) {
    std::vector<std::string> items;
    for (const IdCount& count : counts) {
      items.push_back(fmt::format("{} {}", Shown(count.id), count.count));
    }
    lines_.AddList(label, items, Say(", ", "，"));
  }

  void WriteTotals() {
    lines_.AddBlank();
    if (tally_.rows == 0 || tally_.totals.empty()) return;
    lines_.Add(Say("totals", "合计"));
    size_t width = 0;
    for (const MoneyTotal& total : tally_.totals) {
      width = std::max(width, GroupDigits(total.amount).size());
    }
    for (const MoneyTotal& total : tally_.totals) {
      lines_.Add(Indented(total.outcome),
                 PadLeft(GroupDigits(total.amount), width) + " " + Shown(total.unit));
    }
    lines_.AddBlank();
  }

  void WriteFiles() {
    lines_.Add(Say("results", "结果"), input_.output.empty()
                                           ? std::string(Say("standard output", "标准输出"))
                                           : Printable(input_.output, kLongestPath));
    uint64_t rejected = 0;
    for (const auto& [reason, count] : input_.rejects_by_reason) rejected += count;
    if (!input_.rejects.empty()) {
      lines_.Add(Say("rejects", "拒绝行"), Printable(input_.rejects, kLongestPath));
    } else if (rejected > 0) {
      lines_.Add(Say("rejects", "拒绝行"), Say("shown above", "见上"));
    }
    if (!input_.receipt.empty()) {
      lines_.Add(Say("receipt", "收据"), Printable(input_.receipt, kLongestPath));
    }
    if (!input_.ledger.empty()) {
      lines_.Add(Say("ledger", "账本"),
                 fmt::format(fmt::runtime(Say("{}: record {}", "{}：第 {} 条记录")),
                             Printable(input_.ledger, kLongestPath), input_.ledger_record));
      lines_.Add(Say("head", "链头"), input_.ledger_head);
    }
  }

  static std::string Indented(std::string_view name) { return std::string(kIndent) + Shown(name); }

  const SummaryInput& input_;
  const Tally tally_;
  const bool chinese_;
  LabelledLines lines_;
};

}  // namespace

std::string Summary(const SummaryInput& input, Language language) {
  return SummaryWriter(input, language).Run();
}

}  // namespace steelyard
