// Verdicts for people.
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "engine/diag/printable.h"
#include "engine/receipt/verdict.h"
#include "engine/report/lines.h"

namespace steelyard {

namespace {

constexpr size_t kLongestPath = 400;
constexpr size_t kLongestCell = 60;
constexpr size_t kShownDigits = 16;  // of a hash, where two are shown

std::string Short(const std::string& hash) { return hash.substr(0, kShownDigits); }
std::string Shown(std::string_view cell) {
  return cell.empty() ? "``" : "`" + Printable(cell, kLongestCell) + "`";
}

class Words {
 public:
  explicit Words(Language language) : chinese_(language == Language::kChinese) {}
  std::string_view Say(std::string_view english, std::string_view chinese) const {
    return chinese_ ? chinese : english;
  }
  template <class... Arguments>
  std::string Fill(std::string_view english, std::string_view chinese,
                   const Arguments&... arguments) const {
    return fmt::format(fmt::runtime(Say(english, chinese)), arguments...);
  }
  // `1 row`, `3 rows`.
  std::string Count(uint64_t count, std::string_view noun, std::string_view chinese) const {
    if (chinese_) return fmt::format("{} {}", count, chinese);
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
  }

 private:
  bool chinese_;
};

class ReceiptWriter : Words {
 public:
  ReceiptWriter(const VerifyOutcome& outcome, Language language)
      : Words(language), outcome_(outcome) {}

  std::string Run() {
    for (const ReceiptCheck& check : outcome_.checks) {
      lines_.Add(LabelOf(check), TextOf(check));
      const bool here =
          check.what == (FileIsAsRecorded() ? Checked::kRecomputed : Checked::kResult);
      if (here && outcome_.cells) WriteCells(*outcome_.cells);
    }
    lines_.AddBlank();
    return lines_.ToText() + "\n" + Last() + "\n";
  }

 private:
  std::string_view LabelOf(const ReceiptCheck& check) const {
    switch (check.what) {
      case Checked::kReceipt: return Say("receipt", "收据");
      case Checked::kEngine: return Say("engine", "程序版本");
      case Checked::kRules: return Say("rules", "规则");
      case Checked::kMeaning: return Say("meaning", "规则含义");
      case Checked::kData: return Say("data", "数据");
      case Checked::kTable: return Say("rows", "数据行");
      case Checked::kRejected: return Say("rejected", "拒绝行");
      case Checked::kCounts: return Say("counts", "计数");
      case Checked::kResult: return Say("result", "结果");
      case Checked::kRejects: return Say("rejects", "拒绝行文件");
      case Checked::kRecomputed: return Say("recomputed", "重新计算");
    }
    return "";
  }

  std::string TextOf(const ReceiptCheck& check) const {
    const std::string state = StateText(check);
    if (check.name.empty()) return state;
    return Printable(check.name, kLongestPath) + std::string(Say(": ", "：")) + state;
  }

  std::string StateText(const ReceiptCheck& check) const {
    switch (check.state) {
      case CheckState::kSame: return SameText(check);
      case CheckState::kChanged: return ChangedText(check);
      case CheckState::kGone: return std::string(Say("MISSING", "缺失"));
      case CheckState::kUnreadable: return std::string(Say("CANNOT BE READ", "无法读取"));
      case CheckState::kNotRecorded:
        return std::string(Say("NEW: is read now, and the receipt does not have it",
                               "新增：现在读取了它，而收据中没有"));
      case CheckState::kNotRead:
        return std::string(Say("NOT READ: the receipt has it, and it is no longer read",
                               "未读取：收据中有它，而现在不再读取"));
      case CheckState::kOther:
        return Fill("{0} made the receipt, this is {1}", "收据由 {0} 出具，现为 {1}",
                    Printable(check.recorded, kLongestCell), check.found);
      case CheckState::kImpossible:
        return std::string(Say("NOT POSSIBLE: see the errors", "无法进行：见错误信息"));
    }
    return "";
  }

  std::string SameText(const ReceiptCheck& check) const {
    if (check.what == Checked::kEngine) return check.found;
    if (check.what == Checked::kReceipt) return std::string(Say("as it was written", "未被改动"));
    if (check.what != Checked::kRecomputed) return std::string(Say("as recorded", "与收据一致"));
    return Fill("{0}, the recorded result", "{0}，与收据记录的结果一致",
                Count(outcome_.rows, "row", "行"));
  }

  std::string OtherEntry(const ReceiptCheck& check) const {
    const std::string recorded = Printable(check.recorded, kLongestPath);
    if (check.entry == FileEntry::kPath) {
      return Fill("CHANGED: it is read from here, recorded {0}", "已改动：从此处读取，收据为 {0}",
                  recorded);
    }
    return Fill("CHANGED: {0} bytes, recorded {1}", "已改动：{0} 字节，收据为 {1} 字节",
                check.found, recorded);
  }

  std::string ChangedText(const ReceiptCheck& check) const {
    if (check.entry != FileEntry::kContent) return OtherEntry(check);
    switch (check.what) {
      case Checked::kReceipt:
        return std::string(Say("ALTERED since it was written: what it says is not to be relied on",
                               "出具之后被改动：其内容不可信"));
      case Checked::kMeaning:
        return std::string(
            Say("CHANGED: these rules score otherwise", "已改变：规则的计算方式不同"));
      case Checked::kRules:
        if (!SameMeaning()) break;
        return std::string(Say("CHANGED, but only in layout, comments or what does not count",
                               "已改动，但仅涉及排版、注释或不影响结果的内容"));
      case Checked::kTable:
        return Fill("CHANGED: read = used + rejected: {0}, recorded {1}",
                    "已改变：读入 = 使用 + 拒绝：{0}，收据为 {1}", check.found, check.recorded);
      case Checked::kCounts:
        return Fill("CHANGED: {0}, recorded {1}", "已改变：{0}，收据为 {1}", check.found,
                    check.recorded);
      case Checked::kRejected:
        if (check.found == check.recorded) {
          return Fill("CHANGED: as many, {0}, and not the same ones",
                      "已改变：行数相同（{0}），但不是原来那些行", check.found);
        }
        return Fill("CHANGED: {0}, recorded {1}", "已改变：{0} 行，收据为 {1} 行", check.found,
                    check.recorded);
      case Checked::kRecomputed:
        return Fill("{0}, and NOT the recorded result", "{0}，与收据记录的结果不一致",
                    Count(outcome_.rows, "row", "行"));
      default: break;
    }
    return Fill("CHANGED: sha256 {0}…, recorded {1}…", "已改动：sha256 {0}…，收据为 {1}…",
                Short(check.found), Short(check.recorded));
  }

  bool SameMeaning() const {
    return std::any_of(outcome_.checks.begin(), outcome_.checks.end(), [](const auto& check) {
      return check.what == Checked::kMeaning && check.state == CheckState::kSame;
    });
  }

  // Then it is what is computed now that differs.
  bool FileIsAsRecorded() const {
    return std::any_of(outcome_.checks.begin(), outcome_.checks.end(), [](const auto& check) {
      return check.what == Checked::kResult && check.state == CheckState::kSame;
    });
  }

  // --- cells ------------------------------------------------------------------------------------

  void WriteCells(const CellChanges& cells) {
    if (!cells.readable) {
      Detail(Fill("it is no table of results; line {0} is the first that differs",
                  "它不是结果表；第 {0} 行起不同", cells.line));
      return;
    }
    Names(cells.columns_missing, "columns missing", "缺少列");
    Names(cells.columns_added, "columns that do not belong", "多余的列");
    Rows(cells.missing, cells.rows_missing, "missing", "缺少");
    Rows(cells.added, cells.rows_added, "that does not belong", "多余");
    if (cells.moved > 0) {
      Detail(Fill("{0} in another place", "{0}次序不同", Count(cells.moved, "row", "行")));
    }
    if (cells.first) {
      const CellChange& first = *cells.first;
      const std::string where =
          Fill("{0}: line {1}, {2}, {3}: ", "{0}：第 {1} 行，{2}，{3}：",
               Count(cells.cells, "cell", "个单元格"), first.line,
               Printable(first.row, kLongestCell), Printable(first.column, kLongestCell));
      const std::string expected = Shown(first.expected);
      const std::string found = Shown(first.found);
      Detail(where +
             (FileIsAsRecorded()
                  ? Fill("computed {0}, recorded {1}", "现计算为 {0}，收据为 {1}", expected, found)
                  : Fill("expected {0}, found {1}", "应为 {0}，实为 {1}", expected, found)));
    }
    const bool said = !cells.columns_missing.empty() || !cells.columns_added.empty() ||
                      cells.missing + cells.added + cells.moved + cells.cells > 0;
    if (!said) {
      Detail(Fill("every cell is as expected, line {0} is written otherwise",
                  "单元格全部一致，但第 {0} 行的写法不同", cells.line));
    }
  }

  void Detail(const std::string& text) { lines_.Add("", text); }

  void Names(const std::vector<std::string>& names, std::string_view english,
             std::string_view chinese) {
    if (names.empty()) return;
    std::string list;
    for (const std::string& name : names) {
      list += (list.empty() ? "" : ", ") + Printable(name, kLongestCell);
    }
    Detail(fmt::format("{}{}{}", Say(english, chinese), Say(": ", "："), list));
  }

  void Rows(uint64_t count, const std::vector<std::string>& keys, std::string_view english,
            std::string_view chinese) {
    if (count == 0) return;
    std::string list;
    for (const std::string& key : keys) {
      list += (list.empty() ? "" : ", ") + Printable(key, kLongestCell);
    }
    if (count > keys.size()) list += ", …";
    Detail(Fill("{0} {1}: {2}", "{1} {0}：{2}", Count(count, "row", "行"), Say(english, chinese),
                list));
  }

  std::string Last() const {
    if (outcome_.holds()) {
      return std::string(Say("holds: these rules make this result of these data",
                             "成立：该结果由这些规则和数据得出"));
    }
    std::string text = Fill("does not hold: {0}", "不成立：{0}",
                            Count(outcome_.differences, "difference", "处不同"));
    if (outcome_.same_result) {
      text += Say("; what is computed now is the recorded result all the same",
                  "；但现在计算出的结果仍与收据一致");
    }
    return text;
  }

  const VerifyOutcome& outcome_;
  LabelledLines lines_;
};

class LedgerWriterText : Words {
 public:
  LedgerWriterText(const LedgerVerdict& verdict, const std::string& asked, Language language)
      : Words(language), verdict_(verdict), asked_(asked) {}

  std::string Run() const {
    if (verdict_.flaw != LedgerFlaw::kNone) return Broken() + Asked();
    const bool lost = !asked_.empty() && verdict_.asked_head == 0;
    return lost ? Asked() + Whole("") : Whole(Say("holds: ", "成立：")) + Asked();
  }

 private:
  std::string Whole(std::string_view holds) const {
    return Fill("{0}{1}, none altered, removed or inserted\nhead {2}\n",
                "{0}{1}，没有被改动、删除或插入的记录\n链头 {2}\n", holds,
                Count(verdict_.records, "record", "条记录"), verdict_.head.hash);
  }

  std::string Broken() const {
    std::string text = Flaw() + "\n";
    if (verdict_.good == 0) text += Say("there is no record before it", "之前没有记录");
    if (verdict_.good == 1) text += Say("record 1 holds", "第 1 条记录成立");
    if (verdict_.good > 1) {
      text += Fill("records 1 to {0} hold", "第 1 至 {0} 条记录成立", verdict_.good);
    }
    return text +
           std::string(Say("; what follows is not to be relied on\n", "；之后的内容不可信\n"));
  }

  // `record 3`, `records 3 to 5`.
  std::string Records(std::string_view english, std::string_view chinese) const {
    if (verdict_.first == verdict_.last) {
      return Fill("{1} {0}", "第 {0} {2}", verdict_.first, english, chinese);
    }
    return Fill("{2}s {0} to {1}", "第 {0} 至 {1} {3}", verdict_.first, verdict_.last, english,
                chinese);
  }

  std::string Flaw() const {
    const std::string records = Records("record", "条记录");
    const std::string lines = Records("line", "行");
    switch (verdict_.flaw) {
      case LedgerFlaw::kNone: break;
      case LedgerFlaw::kAltered: return Fill("{0} was ALTERED", "{0}被改动", records);
      case LedgerFlaw::kTorn:
        return Fill("{0} is CUT OFF: its end is missing", "{0}不完整：结尾缺失", records);
      case LedgerFlaw::kRewritten:
        return Fill("{0} was ALTERED and sealed anew: the chain does not fit",
                    "{0}被改动并重新封装：链条不符", records);
      case LedgerFlaw::kRemoved: return Fill("REMOVED: {0}", "被删除：{0}", records);
      case LedgerFlaw::kInserted:
        return Fill("INSERTED: {0}, which the chain does not have", "被插入：{0}，不在链条之中",
                    lines);
      case LedgerFlaw::kCopied:
        return Fill("INSERTED: {0}, a copy of record {1}", "被插入：{0}，是第 {1} 条记录的副本",
                    lines, verdict_.other);
      case LedgerFlaw::kMoved:
        return Fill("MOVED: {0} stands before record {1}", "次序被改：{0}排在第 {1} 条之前",
                    records, verdict_.other);
    }
    return "";
  }

  std::string Asked() const {
    if (asked_.empty()) return "";
    if (verdict_.asked_head == 0) {
      return std::string(
          Say("NOT FOUND: no record that holds has the head asked for: the ledger "
              "was cut off behind an earlier record, or written anew\n",
              "未找到：没有成立的记录与所给链头相符：账本尾部被截断，或已被重写\n"));
    }
    const uint64_t since = verdict_.good - verdict_.asked_head;
    return Fill("the head asked for is record {0}, {1} since\n",
                "所给链头是第 {0} 条记录，其后 {1}\n", verdict_.asked_head,
                Count(since, "record", "条记录"));
  }

  const LedgerVerdict& verdict_;
  const std::string& asked_;
};

}  // namespace

std::string ReceiptVerdictText(const VerifyOutcome& outcome, Language language) {
  return ReceiptWriter(outcome, language).Run();
}

std::string LedgerVerdictText(const LedgerVerdict& verdict, const std::string& asked,
                              Language language) {
  return LedgerWriterText(verdict, asked, language).Run();
}

}  // namespace steelyard
