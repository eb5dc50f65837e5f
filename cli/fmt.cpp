// steelyard fmt: lays out rule files.
#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "cli/command.h"
#include "engine/diag/printable.h"
#include "engine/format.h"

namespace steelyard {

namespace {

constexpr std::string_view kHelpEnglish =
    R"(steelyard fmt: lay out rule files, and nothing else

usage: steelyard fmt RULES… [--check] [--diff] [--operators ascii|typographic|keep]

  RULES            a file of rules, tests or house rules; or a folder, in which all of them are
                   formatted; or `-`: standard input, to standard output
  --check          write nothing; print the paths of files that are not formatted
  --diff           write nothing; print what would change
  --operators ascii|typographic|keep
                   signs in formulas: `* / <= >= !=`, or `× ÷ ≤ ≥ ≠`, or as they are (keep, the
                   default)
  --quiet          no count at the end
  --lang en|zh     language of messages

Blanks, line breaks and quotes change; comments, order and meaning do not. A file is written only
after its new text has been read again and found to mean the same.

Exit codes: 0 formatted; 1 a file that cannot be read as YAML, or with --check one that is not
formatted; 2 wrong usage; 3 a file that cannot be read or written.
)";

constexpr std::string_view kHelpChinese =
    R"(steelyard fmt：整理规则文件的格式，不改变任何内容

用法：steelyard fmt 规则文件… [--check] [--diff] [--operators ascii|typographic|keep]

  规则文件         规则、测试或考核规范文件；或文件夹（整理其中所有此类文件）；
                   或 `-`：从标准输入读取，写到标准输出
  --check          不写文件；列出格式尚未整理的文件
  --diff           不写文件；显示会有哪些改动
  --operators ascii|typographic|keep
                   公式中的符号：`* / <= >= !=`，或 `× ÷ ≤ ≥ ≠`，或保持原样
                   （keep，默认）
  --quiet          最后不显示统计
  --lang en|zh     消息的语言

只改动空格、换行和引号；注释、顺序和含义不变。新文本会先重新读取，确认含义相同后才写入文件。

退出码：0 已整理；1 有文件不是正确的 YAML，或加 --check 时有文件尚未整理；2 用法有误；
3 文件无法读取或写入。
)";

constexpr size_t kLongestPath = 400;
constexpr const char* kStandardInput = "-";

class Fmt : public Command {
 public:
  std::string_view name() const override { return "fmt"; }
  std::string_view Help(Language language) const override {
    return language == Language::kEnglish ? kHelpEnglish : kHelpChinese;
  }
  std::string_view Needs(Language language) const override {
    return language == Language::kEnglish ? "a rule file" : "规则文件";
  }

  void Declare(CLI::App& app) override {
    app.add_option("rules", rules_)->required()->take_all();
    app.add_flag("--check", check_);
    app.add_flag("--diff", diff_);
    app.add_option("--operators", operators_);
    app.add_flag("--quiet", quiet_);
  }

  ExitCode Run(const Console& console) override {
    if (!ReadOperators()) {
      console.TellError(console.Say("`fmt --operators` takes ascii, typographic or keep",
                                    "`fmt --operators` 须为 ascii、typographic 或 keep"));
      return ExitCode::kUsage;
    }
    Session session;
    if (std::find(rules_.begin(), rules_.end(), kStandardInput) != rules_.end()) {
      if (rules_.size() == 1) return FormatInput(session, console);
      console.TellError(console.Say("`fmt -` reads standard input, and no file besides",
                                    "`fmt -` 读取标准输入，不能同时指定文件"));
      return ExitCode::kUsage;
    }
    const std::vector<std::string> files = FindFilesToFormat(session, rules_);
    for (const std::string& path : files) {
      if (!Format(session, path, console)) return ExitCode::kFailed;
    }
    for (const Diagnostic& diagnostic : session.sink.Sorted()) {
      console.Tell(Render(diagnostic, session.sources, console.render_options()) + "\n");
    }
    if (!quiet_) console.Tell(Totals(files.size(), console));
    return Code(session);
  }

 private:
  bool ReadOperators() {
    if (operators_ == "keep") style_ = OperatorStyle::kKeep;
    if (operators_ == "ascii") style_ = OperatorStyle::kAscii;
    if (operators_ == "typographic") style_ = OperatorStyle::kTypographic;
    return operators_ == "keep" || style_ != OperatorStyle::kKeep;
  }

  ExitCode Code(const Session& session) const {
    if (session.sink.HasErrors()) return CodeOfFailure(session);
    return check_ && changed_ > 0 ? ExitCode::kWanting : ExitCode::kDone;
  }

  // False where standard output cannot be written.
  bool Format(Session& session, const std::string& path, const Console& console) {
    const FormatOutcome outcome = FormatFile(session, path, style_);
    if (outcome.status == FormatStatus::kFailed) ++failed_;
    if (outcome.status != FormatStatus::kChanged) return true;
    ++changed_;
    if (check_ && !console.Print(Printable(path, kLongestPath) + "\n")) return false;
    if (diff_ && !console.Print(outcome.diff)) return false;
    if (check_ || diff_) return true;
    if (!WriteFile(session, path, outcome.text)) {
      --changed_;
      ++failed_;
    }
    return true;
  }

  // A byte more than a file may have tells that there was too much.
  static std::string ReadInput() {
    std::string text(kMaxSourceBytes + 1, '\0');
    std::cin.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<size_t>(std::cin.gcount()));
    return text;
  }

  ExitCode FormatInput(Session& session, const Console& console) {
    const std::string text = ReadInput();
    const FormatOutcome outcome = FormatText(session, kStandardInput, text, style_);
    if (outcome.status == FormatStatus::kFailed) {
      console.TellDiagnostics(session);
      return CodeOfFailure(session);
    }
    changed_ = outcome.status == FormatStatus::kChanged ? 1 : 0;
    const bool only_tells = check_ || diff_;
    if (!console.Print(only_tells ? (diff_ ? outcome.diff : "") : outcome.text)) {
      return ExitCode::kFailed;
    }
    return Code(session);
  }

  // `12 files, 3 formatted`.
  std::string Totals(size_t files, const Console& console) const {
    const bool english = console.language() == Language::kEnglish;
    std::string line = english ? fmt::format("{} {}", files, files == 1 ? "file" : "files")
                               : fmt::format("{} 个文件", files);
    const auto add = [&](std::string_view pattern, size_t count) {
      line += fmt::format(fmt::runtime(pattern), count);
    };
    const bool writes = !check_ && !diff_;
    add(writes ? console.Say(", {} formatted", "，整理了 {} 个")
               : console.Say(", {} not formatted", "，{} 个尚未整理"),
        changed_);
    if (failed_ > 0) add(console.Say(", {} left as found", "，{} 个保持原样"), failed_);
    return line + "\n";
  }

  std::vector<std::string> rules_;
  bool check_ = false;
  bool diff_ = false;
  bool quiet_ = false;
  std::string operators_ = "keep";
  OperatorStyle style_ = OperatorStyle::kKeep;
  size_t changed_ = 0;
  size_t failed_ = 0;
};

}  // namespace

std::unique_ptr<Command> MakeFmt() { return std::make_unique<Fmt>(); }

}  // namespace steelyard
