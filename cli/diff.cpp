// steelyard diff: what changed between two versions of rules.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/data_arguments.h"
#include "cli/progress.h"
#include "engine/compare.h"
#include "engine/compare_data.h"
#include "engine/diag/printable.h"

namespace steelyard {

namespace {

constexpr std::string_view kHelpEnglish =
    R"(steelyard diff: what changed between two versions of rules

usage: steelyard diff OLD NEW [--data DIR|FILE|TABLE=FILE]… [--format FORMAT] [-o FILE] [options]

  OLD, NEW         files, folders, or either at a git revision: main:rules/sales.yaml
  --data DIR|FILE|TABLE=FILE …
                   scores both versions on these data, as `score` does, and says whom the changes
                   move and which change causes it
  --period P       with --data: as for `score`, for both versions
  --as-of DATE     likewise
  --top N          with --data: how many movers are listed, 20 as it is without; 0 for all
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

用法：steelyard diff 旧版 新版 [--data 文件夹|文件|表=文件]… [--format 格式] [-o 文件] [选项]

  旧版、新版       文件、文件夹，或它们在某个 git 版本中的内容：main:rules/sales.yaml
  --data 文件夹|文件|表=文件 …
                   像 score 那样用这些数据为两个版本评分，说明修改影响到谁、由哪项修改引起
  --period 期间    与 --data 同用：同 score，对两个版本都有效
  --as-of 日期     同上
  --top N          与 --data 同用：列出多少个受影响的对象，默认 20；0 为全部
  --format 格式    text（默认）、json、markdown 或 html
  -o, --output 文件
                   写入文件
  --exit-code      除排版外有任何差异时以 1 退出
  --textconv 文件  输出该文件每行一个事实的文本，供 git 比较
  --git            由 git 调用，带差异程序的七个参数
  --lang en|zh     消息的语言

退出码：0 已比较；1 规则有错误，或加 --exit-code 时有差异；2 用法有误；3 文件或版本无法读取。
)";

constexpr size_t kVersions = 2;
constexpr const char* kDefaultTop = "20";
constexpr size_t kDigitsOfTop = 9;
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

  void Prepare(std::vector<std::string>& arguments) const override {
    SpreadData(arguments, kVersions);
  }

  void Declare(CLI::App& app) override {
    app.add_option("versions", versions_)->take_all();
    app.add_option("--data", options_.data)->take_all()->allow_extra_args(false);
    app.add_option("--period", options_.period);
    app.add_option("--as-of", options_.as_of);
    app.add_option("--top", top_);
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
    if (const std::optional<std::string> mistake = FindMistakeInData(console)) {
      console.TellError(*mistake);
      return ExitCode::kUsage;
    }
    if (versions_.size() != kVersions) {
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
    if (!options_.data.empty() && (before->is_folder || after->is_folder)) {
      console.TellError(console.Say("`diff --data` compares two rule files, not folders",
                                    "`diff --data` 比较两个规则文件，而不是文件夹"));
      return ExitCode::kUsage;
    }
    return Compare(*before, *after, session, console);
  }

 private:
  std::optional<std::string> FindMistakeInData(const Console& console) const {
    const bool asked = !options_.period.empty() || !options_.as_of.empty() || top_ != kDefaultTop;
    if (options_.data.empty() && asked) {
      return std::string(
          console.Say("`--period`, `--as-of` and `--top` of `diff` go with `--data`",
                      "`diff` 的 `--period`、`--as-of` 和 `--top` 须与 `--data` 同用"));
    }
    if (!top_.empty() && top_.size() <= kDigitsOfTop &&
        top_.find_first_not_of("0123456789") == std::string::npos) {
      return std::nullopt;
    }
    return fmt::format(fmt::runtime(console.Say("`--top` takes a whole number, not `{}`",
                                                "`--top` 须为整数，而不是 `{}`")),
                       Printable(top_, 60));
  }

  // Both versions on the same data. Nothing for files that are no scorecards, or only on one side.
  // False where a version could not be scored: why is told, and added to `errors`.
  bool AddData(VersionSource& before, VersionSource& after, DiffOutcome& outcome,
               DiagnosticSink& errors, const Console& console) const {
    bool scored = true;
    for (ComparedFile& file : outcome.comparison.files) {
      if (file.kind != FileKind::kCard || file.old_path.empty() || file.new_path.empty()) continue;
      ProgressLine progress(console, true);
      CompareDataOptions options = options_;
      options.progress = [&](const std::string& stage, uint64_t done) {
        progress.Show(stage, done);
      };
      const auto compared =
          CompareOnData({before.path, before.prefix, before.session->sources},
                        {after.path, after.prefix, after.session->sources}, file.changes, options);
      file.data = std::move(compared->section);
      file.data->top = static_cast<size_t>(std::stoul(top_));
      scored = scored && file.data->movers;
      errors.Append(file.data->old_errors);
      errors.Append(file.data->new_errors);
      // Rules that have errors by themselves were told to have them.
      if (file.errors[0] == 0) TellErrors(file.data->old_errors, compared->session, console);
      if (file.errors[1] == 0) TellErrors(file.data->new_errors, compared->session, console);
    }
    return scored;
  }

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
    std::optional<DiffOutcome> outcome = Diff(before, after, session.sink);
    TellErrors(before.session->sink, *before.session, console);
    TellErrors(after.session->sink, *after.session, console);
    if (!outcome) {
      console.TellDiagnostics(session);
      if (session.sink.HasErrors()) return CodeOfFailure(session);
      return CodeOfFailure(before.session->sink.HasErrors() ? *before.session : *after.session);
    }
    if (WouldOverwrite(before, after)) {
      console.TellOverwrites(output_);
      return ExitCode::kUsage;
    }
    const bool scored =
        options_.data.empty() || AddData(before, after, *outcome, session.sink, console);
    if (!Print(outcome->comparison, console)) return ExitCode::kFailed;
    if (!scored) return CodeOfFailure(session);
    const bool differs = exit_code_ && outcome->comparison.HasDifferences();
    return outcome->has_errors || differs ? ExitCode::kWanting : ExitCode::kDone;
  }

  // Rules of either side, or data.
  bool WouldOverwrite(const VersionSource& before, const VersionSource& after) const {
    if (output_.empty()) return false;
    if (WasRead(*before.session, output_) || WasRead(*after.session, output_)) return true;
    return std::any_of(options_.data.begin(), options_.data.end(), [&](const std::string& text) {
      namespace fs = std::filesystem;
      std::error_code error;
      const std::string path = text.substr(text.find('=') + 1);  // all of it where there is none
      if (!fs::is_directory(path, error)) return fs::equivalent(path, output_, error);
      const fs::path folder = fs::path(output_).parent_path();
      const std::string ending = fs::path(output_).extension().string();
      const bool data =
          ending == ".csv" || ending == ".tsv" || ending == ".parquet" || ending == ".json";
      return data && fs::exists(output_, error) &&
             fs::equivalent(path, folder.empty() ? fs::path(".") : folder, error);
    });
  }

  // Warnings are for `check`.
  static void TellErrors(const DiagnosticSink& sink, const Session& session,
                         const Console& console) {
    std::string text;
    for (const Diagnostic& diagnostic : sink.Sorted()) {
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
  CompareDataOptions options_;
  std::string top_ = kDefaultTop;
  std::string format_ = "text";
  std::string output_;
  bool exit_code_ = false;
  std::string textconv_;
  bool git_ = false;
};

}  // namespace

std::unique_ptr<Command> MakeDiff() { return std::make_unique<DiffCommand>(); }

}  // namespace steelyard
