// steelyard diff: what changed between two versions of rules.
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "engine/compare.h"

namespace steelyard {

namespace {

constexpr std::string_view kHelpEnglish =
    R"(steelyard diff: what changed between two versions of rules

usage: steelyard diff OLD NEW [--format FORMAT] [-o FILE] [--exit-code]

  OLD, NEW         files, folders, or either at a git revision: main:rules/sales.yaml
  --format FORMAT  text (as it is without), json, markdown or html
  -o, --output FILE
                   write it to a file
  --exit-code      exit with 1 where anything but layout differs
  --textconv FILE  prints the one file with a fact a line, for git to compare
  --git            called by git, with the seven arguments of a diff program
  --lang en|zh     language of messages

Exit codes: 0 compared; 1 rules with errors, or differences with --exit-code; 2 wrong usage; 3 a
file or revision that cannot be read.
)";

constexpr std::string_view kHelpChinese =
    R"(steelyard diff：比较两个版本的规则

用法：steelyard diff 旧版 新版 [--format 格式] [-o 文件] [--exit-code]

  旧版、新版       文件、文件夹，或它们在某个 git 版本中的内容：main:rules/sales.yaml
  --format 格式    text（默认）、json、markdown 或 html
  -o, --output 文件
                   写入文件
  --exit-code      除排版外有任何差异时以 1 退出
  --textconv 文件  输出该文件每行一个事实的文本，供 git 比较
  --git            由 git 调用，带差异程序的七个参数
  --lang en|zh     消息的语言

退出码：0 已比较；1 规则有错误，或加 --exit-code 时有差异；2 用法有误；3 文件或版本无法读取。
)";

constexpr size_t kGitArguments = 7;  // path old-file old-hex old-mode new-file new-hex new-mode
constexpr size_t kGitRenameArguments = 9;  // and the new name, and what was renamed

class DiffCommand : public Command {
 public:
  std::string_view name() const override { return "diff"; }
  std::string_view Help(Language language) const override {
    return language == Language::kEnglish ? kHelpEnglish : kHelpChinese;
  }
  std::string_view Needs(Language language) const override {
    return language == Language::kEnglish ? "two versions" : "两个版本";
  }

  void Declare(CLI::App& app) override {
    app.add_option("versions", versions_)->take_all();
    app.add_option("--format", format_);
    app.add_option("-o,--output", output_);
    app.add_flag("--exit-code", exit_code_);
    app.add_option("--textconv", textconv_);
    app.add_flag("--git", git_);
  }

  ExitCode Run(const Console& console) override {
    if (!textconv_.empty()) return PrintText(console);
    if (format_ != "text" && format_ != "json" && format_ != "markdown" && format_ != "html") {
      console.TellError(console.Say("`diff --format` takes text, json, markdown or html",
                                    "`diff --format` 须为 text、json、markdown 或 html"));
      return ExitCode::kUsage;
    }
    if (git_) return RunForGit(console);
    if (versions_.size() != 2) {
      console.TellError(
          console.Say("`diff` needs two versions: OLD NEW", "`diff` 需要两个版本：旧版 新版"));
      return ExitCode::kUsage;
    }
    Session session;
    auto before = OpenVersion(versions_[0], session.sink);
    auto after = OpenVersion(versions_[1], session.sink);
    if (!before || !after) {
      console.TellDiagnostics(session);
      return CodeOfFailure(session);
    }
    return Compare(*before, *after, session, console);
  }

 private:
  ExitCode PrintText(const Console& console) const {
    Session session;
    const std::optional<std::string> text = TextToCompare(session, textconv_);
    if (text) return console.Print(*text) ? ExitCode::kDone : ExitCode::kFailed;
    console.TellDiagnostics(session);
    return CodeOfFailure(session);
  }

  // What git says of versions that are in no file of that name. It takes any exit code but 0 as the
  // end of its own run.
  ExitCode RunForGit(const Console& console) const {
    if (versions_.size() != kGitArguments && versions_.size() != kGitRenameArguments) {
      console.TellError(console.Say("`diff --git` is for git, which gives it seven arguments",
                                    "`diff --git` 供 git 调用，须带七个参数"));
      return ExitCode::kUsage;
    }
    const bool renamed = versions_.size() == kGitRenameArguments;
    VersionSource before = StandIn(versions_[0], versions_[1]);
    VersionSource after = StandIn(renamed ? versions_[kGitArguments] : versions_[0], versions_[4]);
    Session session;
    const ExitCode code = Compare(before, after, session, console);
    return code == ExitCode::kWanting ? ExitCode::kDone : code;
  }

  ExitCode Compare(VersionSource& before, VersionSource& after, Session& session,
                   const Console& console) const {
    const std::optional<DiffOutcome> outcome = Diff(before, after, session.sink);
    TellErrors(*before.session, console);
    TellErrors(*after.session, console);
    if (!outcome) {
      console.TellDiagnostics(session);
      if (session.sink.HasErrors()) return CodeOfFailure(session);
      return CodeOfFailure(before.session->sink.HasErrors() ? *before.session : *after.session);
    }
    if (!Print(outcome->comparison, console)) return ExitCode::kFailed;
    const bool differs = exit_code_ && outcome->comparison.HasDifferences();
    return outcome->has_errors || differs ? ExitCode::kWanting : ExitCode::kDone;
  }

  // Warnings are for `check`.
  static void TellErrors(const Session& session, const Console& console) {
    std::string text;
    for (const Diagnostic& diagnostic : session.sink.Sorted()) {
      if (diagnostic.severity != Severity::kError) continue;
      text += Render(diagnostic, session.sources, console.render_options()) + "\n";
    }
    if (!text.empty()) console.Tell(text);
  }

  bool Print(const Comparison& comparison, const Console& console) const {
    const Language language = console.language();
    std::string text;
    if (format_ == "json") {
      text = JsonOf(comparison);
    } else if (format_ == "markdown") {
      text = MarkdownOf(comparison, language);
    } else if (format_ == "html") {
      text = HtmlOf(comparison, language);
    } else {
      text = TextOf(comparison, language, false);
    }
    if (output_.empty()) return console.Print(text);
    Session session;
    if (WriteFile(session, output_, text)) return true;
    console.TellDiagnostics(session);
    return false;
  }

  std::vector<std::string> versions_;
  std::string format_ = "text";
  std::string output_;
  bool exit_code_ = false;
  std::string textconv_;
  bool git_ = false;
};

}  // namespace

std::unique_ptr<Command> MakeDiff() { return std::make_unique<DiffCommand>(); }

}  // namespace steelyard
