// Whom a change moves, for people.
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "engine/compare/movers_report.h"
#include "engine/report/ids.h"
#include "engine/report/lines.h"

namespace steelyard {
namespace {

constexpr size_t kCellsShown = 3;  // of a mover's figures
constexpr int kMoneyPlaces = 2;
constexpr int kAllPlaces = 40;  // results are written with fewer
constexpr std::string_view kNothing = "–";
constexpr std::string_view kArrow = " → ";

std::string OrNothing(const std::string& text) {
  return text.empty() ? std::string(kNothing) : text;
}

class PageWriter {
 public:
  PageWriter(const Movers& movers, const std::vector<Change>& changes, size_t top,
             Language language, Page& page)
      : movers_(movers),
        changes_(changes),
        top_(top == 0 ? movers_.movers.size() : top),
        language_(language),
        chinese_(language == Language::kChinese),
        page_(page) {}

  void Write() {
    WriteCounts();
    if (movers_.followed) {
      WriteMatrix();
      WriteCauses();
    }
    WritePay();
    if (movers_.followed) WriteMovers();
  }

 private:
  std::string Say(std::string_view english, std::string_view chinese) const {
    return std::string(chinese_ ? chinese : english);
  }

  std::string Rows(uint64_t count) const {
    if (chinese_) return fmt::format("{} 行", count);
    return fmt::format("{} row{}", count, count == 1 ? "" : "s");
  }

  // --- counts ---

  void WriteCounts() {
    if (!movers_.followed) {
      page_.Paragraph(
          Say("the two versions score other subjects or other periods: nobody can be "
              "followed from one to the other",
              "两个版本的考核对象或考核周期不同，无法逐一对照"));
    } else {
      page_.Paragraph(MovedText());
    }
    page_.Paragraph(AccountText());
    if (movers_.cancelled > 0) {
      page_.Small(fmt::format(
          fmt::runtime(Say("{} more: single changes move them, all changes together do not",
                           "另有 {}：单项修改有影响，合在一起没有变化")),
          Rows(movers_.cancelled)));
    }
    WriteUnread();
    WriteColumns();
  }

  std::string MovedText() const {
    if (movers_.movers.empty()) {
      return fmt::format(fmt::runtime(Say("nobody: all of {} come out as before",
                                          "没有人：共 {}，结果都与原来相同")),
                         Rows(movers_.rows));
    }
    std::vector<std::string> parts;
    const auto add = [&](uint64_t count, std::string_view english, std::string_view chinese) {
      if (count > 0) parts.push_back(fmt::format(fmt::runtime(Say(english, chinese)), count));
    };
    add(movers_.other_grade, "{} with another grade", "等级变化 {}");
    add(movers_.other_score, "{} with another score", "得分变化 {}");
    add(movers_.other_figures, "{} with other figures only", "仅其他数值变化 {}");
    const std::string list = fmt::format("{}", fmt::join(parts, Say(", ", "，")));
    return fmt::format(
        fmt::runtime(Say("{} of {} come out otherwise: {}", "{}（共 {}）有变化：{}")),
        chinese_ ? Rows(movers_.movers.size()) : std::to_string(movers_.movers.size()),
        Rows(movers_.rows), list);
  }

  // `152 rows = 150 in both + 1 only in the old + 1 rejected by both`.
  std::string AccountText() const {
    std::string text = Rows(movers_.rows);
    bool first = true;
    const auto add = [&](uint64_t count, std::string_view english, std::string_view chinese) {
      if (count == 0) return;
      text += first ? " = " : " + ";
      text += fmt::format(fmt::runtime(Say(english, chinese)), count);
      first = false;
    };
    add(movers_.both, "{} scored by both versions", "两个版本都评分 {}");
    add(movers_.only_old, "{} by the old one only", "仅旧版评分 {}");
    add(movers_.only_new, "{} by the new one only", "仅新版评分 {}");
    add(movers_.neither, "{} rejected", "拒绝 {}");
    return text;
  }

  void WriteUnread() {
    if (movers_.old_unread == 0 && movers_.new_unread == 0) return;
    page_.Small(fmt::format(
        fmt::runtime(Say("rows of the subject's table that cannot be used: {} with the old rules, "
                         "{} with the new",
                         "考核对象表中无法使用的行：旧规则 {}，新规则 {}")),
        movers_.old_unread, movers_.new_unread));
  }

  void WriteColumns() {
    const auto list = [&](const std::vector<std::string>& columns, std::string_view english,
                          std::string_view chinese) {
      if (columns.empty()) return;
      page_.Small(fmt::format("{}{}", Say(english, chinese), fmt::join(columns, Say(", ", "，"))));
    };
    list(movers_.added_columns, "new in the results: ", "结果中新增：");
    list(movers_.removed_columns, "no longer in the results: ", "结果中不再有：");
  }

  // --- grades ---

  std::string GradeText(const RowSide& side) const {
    switch (side.presence) {
      case Presence::kScored: break;
      case Presence::kRejected: return Say("rejected", "拒绝");
      case Presence::kNotSelected: return Say("not selected", "未选中");
      case Presence::kNotInForce: return Say("no such period", "无此期间");
      case Presence::kNotRead: return Say("row not usable", "行不可用");
    }
    if (side.grade.empty()) return Say("scored", "已评分");
    if (side.grade == "incomplete") return Say("incomplete", "数据不全");
    if (side.grade == "disqualified") return Say("disqualified", "取消资格");
    return side.grade;
  }

  uint64_t Count(const RowSide& before, const RowSide& after) const {
    for (const Transition& transition : movers_.transitions) {
      if (transition.before.SameGrade(before) && transition.after.SameGrade(after)) {
        return transition.count;
      }
    }
    return 0;
  }

  // Who was what, and is what. Nothing to tell where there are no grades and all are scored.
  void WriteMatrix() {
    if (movers_.old_grades.size() < 2 && movers_.new_grades.size() < 2) return;
    PageTable table;
    table.columns.push_back({Say("old \\ new", "旧 \\ 新"), false});
    for (const RowSide& after : movers_.new_grades) {
      table.columns.push_back({GradeText(after), true});
    }
    table.columns.push_back({Say("all", "合计"), true});
    std::vector<uint64_t> sums(movers_.new_grades.size() + 1);
    const auto put = [](std::vector<std::string>& row, uint64_t count) {
      row.push_back(count == 0 ? "·" : std::to_string(count));
    };
    for (const RowSide& before : movers_.old_grades) {
      std::vector<std::string> row = {GradeText(before)};
      uint64_t sum = 0;
      for (size_t i = 0; i < movers_.new_grades.size(); ++i) {
        const uint64_t count = Count(before, movers_.new_grades[i]);
        put(row, count);
        sum += count;
        sums[i] += count;
      }
      put(row, sum);
      sums.back() += sum;
      table.rows.push_back(std::move(row));
    }
    std::vector<std::string> row = {Say("all", "合计")};
    for (const uint64_t sum : sums) put(row, sum);
    table.rows.push_back(std::move(row));
    page_.Heading(2, Say("grades", "等级变动"));
    page_.Table(std::move(table));
  }

  // --- causes ---

  std::string CauseText(const Cause& cause) const {
    std::string text;
    for (const size_t change : cause.changes) {
      text +=
          (text.empty() ? "" : "; ") + changes_[change].headline[static_cast<size_t>(language_)];
    }
    if (!text.empty()) return text;
    if (!cause.lower_card.empty()) {
      return fmt::format(fmt::runtime(Say("the results of `{}`", "下级考核表 `{}` 的结果")),
                         cause.lower_card);
    }
    return Say("not attributed to any of the changes", "未能归因到任何一项修改");
  }

  void WriteCauses() {
    if (movers_.causes.empty()) return;
    PageTable table;
    table.columns = {{"#", true},
                     {Say("rows", "行数"), true},
                     {Say("grades", "等级"), true},
                     {Say("higher", "升"), true},
                     {Say("lower", "降"), true}};
    for (const PayEffect* pay : MovedPay()) table.columns.push_back({pay->heading, true});
    table.columns.push_back({Say("change", "修改"), false});
    for (size_t i = 0; i < movers_.causes.size(); ++i) {
      const Cause& cause = movers_.causes[i];
      std::vector<std::string> row = {std::to_string(i + 1), std::to_string(cause.rows),
                                      std::to_string(cause.grades), std::to_string(cause.up),
                                      std::to_string(cause.down)};
      for (const PayEffect* pay : MovedPay()) row.push_back(Money(pay->by_step[i]));
      row.push_back(CauseText(cause));
      table.rows.push_back(std::move(row));
    }
    page_.Heading(2, Say("which change causes it", "由哪项修改引起"));
    page_.Table(std::move(table));
    if (movers_.causes.size() < 2) return;
    page_.Small(
        Say("Each change is applied on top of those above it, so the parts add up to the "
            "whole; in another order they may be divided otherwise.",
            "各项修改自上而下依次生效，各部分之和等于总变化；顺序不同，划分可能不同。"));
  }

  // --- pay ---

  static std::string Money(const Number& amount) {
    const std::string text = SignedText(amount, kMoneyPlaces);
    const size_t sign = amount.IsZero() ? 0 : 1;
    return text.substr(0, sign) + GroupDigits(text.substr(sign));
  }

  std::vector<const PayEffect*> MovedPay() const {
    std::vector<const PayEffect*> moved;
    for (const PayEffect& pay : movers_.pay) {
      const bool moves = std::any_of(pay.by_step.begin(), pay.by_step.end(),
                                     [](const Number& part) { return !part.IsZero(); });
      if (moves) moved.push_back(&pay);
    }
    return moved;
  }

  std::string PayName(const PayEffect& pay) const {
    std::string name = pay.heading;
    if (!pay.name.empty() && pay.name != pay.heading)
      name += Say(" (", "（") + pay.name + Say(")", "）");
    if (!pay.in_old) name += Say(", new", "，新增");
    if (!pay.in_new) name += Say(", removed", "，已删除");
    return name;
  }

  void WritePay() {
    if (movers_.pay.empty()) return;
    PageTable table;
    table.columns = {{Say("outcome", "结果"), false}, {Say("old", "旧"), true},
                     {Say("new", "新"), true},        {Say("change", "变化"), true},
                     {Say("unit", "单位"), false},    {Say("gain", "增加"), true},
                     {Say("lose", "减少"), true},     {Say("most", "变化最大"), false}};
    for (const PayEffect& pay : movers_.pay) {
      std::string most(kNothing);
      if (pay.largest) most = KeyText(*pay.largest) + " " + Money(pay.largest_change);
      table.rows.push_back({PayName(pay), OrNothing(GroupDigits(pay.before)),
                            OrNothing(GroupDigits(pay.after)), Money(pay.change), pay.unit,
                            std::to_string(pay.winners), std::to_string(pay.losers), most});
    }
    page_.Heading(2, Say("pay", "金额"));
    page_.Table(std::move(table));
  }

  // --- movers ---

  static std::string KeyText(const RowKey& key) {
    std::string text = fmt::format("{}", fmt::join(key.key, " / "));
    if (!key.period.empty()) text += " " + key.period;
    return text;
  }

  static std::string Pair(const std::string& before, const std::string& after) {
    if (before == after) return before;
    return OrNothing(before) + std::string(kArrow) + OrNothing(after);
  }

  // `-4.1 (1), -1.25 B → C (3)`: what each cause does to score and grade; where it does nothing
  // to them, what else it moves.
  std::string PartsText(const Mover& mover) const {
    std::vector<std::string> parts;
    for (const RowPart& part : mover.parts) {
      std::string text;
      if (part.before.score != part.after.score) {
        text = part.score ? SignedText(*part.score) : Pair(part.before.score, part.after.score);
      }
      if (!part.before.SameGrade(part.after)) {
        text += (text.empty() ? "" : " ") + Pair(GradeText(part.before), GradeText(part.after));
      }
      if (text.empty()) text = MovesPay(part) ? Say("pay", "金额") : Say("figures", "数值");
      parts.push_back(fmt::format("{} (#{})", text, part.step + 1));
    }
    return fmt::format("{}", fmt::join(parts, ", "));
  }

  bool MovesPay(const RowPart& part) const {
    return std::any_of(part.cells.begin(), part.cells.end(), [&](const MovedCell& cell) {
      return std::any_of(movers_.pay.begin(), movers_.pay.end(),
                         [&](const PayEffect& pay) { return pay.heading == cell.heading; });
    });
  }

  // `+strategic_churn -late`: ids that hold now and did not, or the other way round.
  static std::string IdsText(const MovedCell& cell) {
    const Value before_cell(cell.before);
    const Value after_cell(cell.after);
    const auto before = IdsOf(before_cell);
    const auto after = IdsOf(after_cell);
    std::vector<std::string> ids;
    for (const std::string_view id : after) {
      if (std::find(before.begin(), before.end(), id) == before.end())
        ids.push_back("+" + std::string(id));
    }
    for (const std::string_view id : before) {
      if (std::find(after.begin(), after.end(), id) == after.end())
        ids.push_back("-" + std::string(id));
    }
    return fmt::format("{} {}", cell.heading, fmt::join(ids, " "));
  }

  std::string CellsText(const Mover& mover) const {
    std::vector<const MovedCell*> cells;
    for (const MovedCell& cell : mover.cells) cells.push_back(&cell);
    // Lists and amounts tell more than the figures that the score is made of.
    const auto weight = [](const MovedCell* cell) {
      if (HoldsIds(cell->role)) return 0;
      return cell->role == ResultRole::kOutcome ? 1 : 2;
    };
    std::stable_sort(cells.begin(), cells.end(),
                     [&](const MovedCell* a, const MovedCell* b) { return weight(a) < weight(b); });
    std::vector<std::string> texts;
    for (const MovedCell* cell : cells) {
      if (texts.size() == kCellsShown) {
        texts.push_back(
            fmt::format(fmt::runtime(Say("{} more", "另 {} 项")), cells.size() - kCellsShown));
        break;
      }
      texts.push_back(HoldsIds(cell->role) ? IdsText(*cell)
                                           : cell->heading + " " + Pair(cell->before, cell->after));
    }
    return fmt::format("{}", fmt::join(texts, "; "));
  }

  void WriteMovers() {
    if (movers_.movers.empty()) return;
    PageTable table;
    table.columns = {{Say("who", "对象"), false},       {Say("grade", "等级"), false},
                     {Say("score", "得分"), false},     {Say("change", "变化"), true},
                     {Say("caused by", "原因"), false}, {Say("besides", "其他"), false}};
    const size_t shown = std::min(top_, movers_.movers.size());
    for (size_t i = 0; i < shown; ++i) {
      const Mover& mover = movers_.movers[i];
      const bool other_score = mover.before.score != mover.after.score;
      table.rows.push_back({KeyText(mover.key),
                            Pair(GradeText(mover.before), GradeText(mover.after)),
                            Pair(mover.before.score, mover.after.score),
                            other_score && mover.score ? SignedText(*mover.score) : "",
                            PartsText(mover), CellsText(mover)});
    }
    page_.Heading(2, Say("who", "名单"));
    page_.Table(std::move(table));
    if (shown == movers_.movers.size()) return;
    page_.Small(fmt::format(
        fmt::runtime(Say("and {} more: `--top {}` shows them, `--format json` has all",
                         "另有 {}：加 `--top {}` 可全部列出，`--format json` 总是全部给出")),
        chinese_ ? Rows(movers_.movers.size() - shown)
                 : std::to_string(movers_.movers.size() - shown),
        movers_.movers.size()));
  }

  const Movers& movers_;
  const std::vector<Change>& changes_;
  const size_t top_;
  const Language language_;
  const bool chinese_;
  Page& page_;
};

void WriteErrors(const DiagnosticSink& errors, const std::string& heading, Language language,
                 Page& page) {
  if (!errors.HasErrors()) return;
  page.Paragraph(heading);
  for (const Diagnostic& error : errors.Sorted()) {
    if (error.severity == Severity::kError) page.Small(Message(error, language));
  }
}

}  // namespace

std::string SignedText(const Number& number, int places) {
  if (number.IsZero()) return "0";
  return (number.Sign() > 0 ? "+" : "") + FormatPlaces(number, kAllPlaces, places);
}

Page DataPage(const DataSection& data, const std::vector<Change>& changes, Language language) {
  const bool chinese = language == Language::kChinese;
  Page page;
  page.Heading(1, chinese ? "影响到谁" : "Whom it moves");
  if (data.movers) {
    PageWriter(*data.movers, changes, data.top, language, page).Write();
    return page;
  }
  WriteErrors(
      data.old_errors,
      chinese ? "旧版规则无法用这些数据评分：" : "the old version cannot be scored on these data:",
      language, page);
  WriteErrors(
      data.new_errors,
      chinese ? "新版规则无法用这些数据评分：" : "the new version cannot be scored on these data:",
      language, page);
  return page;
}

}  // namespace steelyard
