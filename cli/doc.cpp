// steelyard doc: a scorecard as a handbook for the people who are scored.
#include <fmt/format.h>

#include "cli/command.h"
#include "engine/diag/printable.h"
#include "engine/handbook.h"

namespace steelyard {

namespace {

constexpr std::string_view kHelpEnglish =
    R"(steelyard doc: a scorecard as a handbook for those who are scored

usage: steelyard doc RULES [--format markdown|html] [-o FILE] [--since OLD]

  --format markdown|html   Markdown with formulas as GitHub and GitLab set them, or one page of
                           HTML with everything in it; otherwise by the name of FILE, or markdown
  -o, --output FILE        where the handbook goes; otherwise to standard output
  --since OLD              adds what has changed since an earlier version: a file, or one of a
                           git revision as REV:path
  --lang en|zh             language of the handbook and of messages

The rules must have no errors.

Exit codes: 0 written; 1 the rules have errors; 2 wrong usage; 3 a file that cannot be read or
written.
)";

constexpr std::string_view kHelpChinese =
    R"(steelyard doc：把计分卡写成给被考核者看的说明书

用法：steelyard doc 规则文件 [--format markdown|html] [-o 文件] [--since 旧版]

  --format markdown|html   Markdown（公式按 GitHub、GitLab 的方式书写），或内容齐全的单个 HTML
                           页面；默认按输出文件的名称，否则为 markdown
  -o, --output 文件        说明书写入的文件；默认写到标准输出
  --since 旧版             另附与旧版相比的变化；旧版为文件，或 git 中的 版本:路径
  --lang en|zh             说明书和消息的语言

规则不能有错误。

退出码：0 已写出；1 规则有错误；2 用法有误；3 文件无法读取或写入。
)";

class Doc : public Command {
 public:
  std::string_view name() const override { return "doc"; }
  std::string_view Help(Language language) const override {
    return language == Language::kEnglish ? kHelpEnglish : kHelpChinese;
  }
  std::string_view Needs(Language language) const override {
    return language == Language::kEnglish ? "a rule file" : "规则文件";
  }

  void Declare(CLI::App& app) override {
    app.add_option("rules", options_.rules)->required();
    app.add_option("--format", format_);
    app.add_option("-o,--output", output_);
    app.add_option("--since", options_.since);
  }

  ExitCode Run(const Console& console) override {
    if (output_ == "-") output_.clear();  // as elsewhere: standard output
    if (!TakeFormat()) {
      console.TellError(console.Say("`doc --format` takes markdown or html",
                                    "`doc --format` 须为 markdown 或 html"));
      return ExitCode::kUsage;
    }
    options_.language = console.language();
    Session session;
    const HandbookOutcome outcome = MakeHandbook(session, options_);
    const bool lost =
        WasRead(session, output_) || (outcome.earlier && WasRead(*outcome.earlier, output_));
    if (!output_.empty() && lost) {
      console.TellOverwrites(output_);
      return ExitCode::kUsage;
    }
    const bool done = outcome.text && Write(session, *outcome.text, console);
    console.TellDiagnostics(session);
    if (outcome.earlier) console.TellDiagnostics(*outcome.earlier);
    if (done) return ExitCode::kDone;
    if (session.sink.HasErrors()) return CodeOfFailure(session);
    const bool old_is_wrong = outcome.earlier && outcome.earlier->sink.HasErrors();
    return old_is_wrong ? CodeOfFailure(*outcome.earlier) : ExitCode::kFailed;
  }

 private:
  bool TakeFormat() {
    const bool html = format_.empty() ? output_.ends_with(".html") || output_.ends_with(".htm")
                                      : format_ == "html";
    if (!html && !format_.empty() && format_ != "markdown") return false;
    options_.format = html ? HandbookFormat::kHtml : HandbookFormat::kMarkdown;
    return true;
  }

  bool Write(Session& session, const std::string& text, const Console& console) const {
    return output_.empty() ? console.Print(text) : WriteFile(session, output_, text);
  }

  HandbookOptions options_;
  std::string format_;
  std::string output_;
};

}  // namespace

std::unique_ptr<Command> MakeDoc() { return std::make_unique<Doc>(); }

}  // namespace steelyard
