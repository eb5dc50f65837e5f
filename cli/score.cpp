// steelyard score: scores data by a rule file.
#include <fmt/format.h>

#include <filesystem>

#include "cli/command.h"
#include "cli/data_arguments.h"
#include "cli/progress.h"
#include "cli/rejects.h"
#include "engine/base/text.h"
#include "engine/diag/printable.h"
#include "engine/report/write.h"

namespace steelyard {

namespace {

constexpr std::string_view kHelpEnglish =
    R"(steelyard score: score data by a rule file

usage: steelyard score RULES [--data DIR|FILE|TABLE=FILE]… [-o FILE] [options]

  --data DIR|FILE|TABLE=FILE …
                       where the data is: a folder with a file named after each table, the file of
                       one table, or a single file, which is the subject's table
  -o, --output FILE    where the results go, instead of to standard output
  --format csv|json    their format; otherwise that of FILE's ending, or csv
  --period P           only this period: 2026, 2026H1, 2026Q1, 2026-04
  --as-of DATE         by the rules in force on this day
  --rejects FILE       rows that cannot be used, as csv; otherwise up to 20 of them are shown
  --strict             exit with 1 where rows were rejected
  --quiet              no progress and no summary
  --threads N          accepted; the exact evaluator works with one
  --lang en|zh         language of messages

Exit codes: 0 scored; 1 errors in the rules or the data, or rejected rows with --strict; 2 wrong
usage; 3 a file that cannot be read or written.
)";

constexpr std::string_view kHelpChinese =
    R"(steelyard score：按规则文件为数据评分

用法：steelyard score 规则文件 [--data 文件夹|文件|表=文件]… [-o 文件] [选项]

  --data 文件夹|文件|表=文件 …
                       数据的位置：文件夹（每张表一个同名文件）、某一张表的文件，
                       或单个文件（即考核对象的表）
  -o, --output 文件    结果写入文件，而不是标准输出
  --format csv|json    结果的格式；默认按文件的扩展名，否则为 csv
  --period 期间        只计算这一期：2026、2026H1、2026Q1、2026-04
  --as-of 日期         按这一天生效的规则评分
  --rejects 文件       无法使用的行，以 csv 写出；否则最多显示 20 行
  --strict             有被拒绝的行时退出码为 1
  --quiet              不显示进度和汇总
  --threads N          可以写，但精确计算只用一个线程
  --lang en|zh         消息的语言

退出码：0 已评分；1 规则或数据有错误，或加 --strict 时有被拒绝的行；2 用法有误；
3 文件无法读取或写入。
)";

class ScoreCommand : public Command {
 public:
  std::string_view name() const override { return "score"; }
  std::string_view Help(Language language) const override {
    return language == Language::kEnglish ? kHelpEnglish : kHelpChinese;
  }
  std::string_view Needs(Language language) const override {
    return language == Language::kEnglish ? "a rule file" : "规则文件";
  }

  void Declare(CLI::App& app) override {
    app.add_option("rules", options_.rules)->required();
    app.add_option("--data", options_.data)->take_all()->allow_extra_args(false);
    app.add_option("-o,--output", output_);
    app.add_option("--format", format_);
    app.add_option("--period", options_.period);
    app.add_option("--as-of", options_.as_of);
    app.add_option("--rejects", rejects_);
    app.add_option("--threads", threads_);
    app.add_flag("--strict", strict_);
    app.add_flag("--quiet", quiet_);
  }

  void Prepare(std::vector<std::string>& arguments) const override { SpreadData(arguments); }

  ExitCode Run(const Console& console) override {
    if (output_ == "-") output_.clear();  // as elsewhere: standard output
    if (const std::optional<std::string> mistake = FindMistake(console)) {
      console.TellError(*mistake);
      return ExitCode::kUsage;
    }
    Session session;
    const std::unique_ptr<ScoreOutcome> outcome = ScoreWithProgress(session, console);
    if (outcome == nullptr) {
      console.TellDiagnostics(session);
      return CodeOfFailure(session);
    }
    if (const std::optional<std::string> mistake = FindOverwritten(session, *outcome, console)) {
      console.TellDiagnostics(session);
      console.TellError(*mistake);
      return ExitCode::kUsage;
    }
    const bool written = WriteFiles(session, *outcome, console);
    console.TellDiagnostics(session);
    if (!written) return CodeOfFailure(session);
    if (output_.empty() && !console.Print(ResultText(*outcome))) return ExitCode::kFailed;
    TellOutcome(*outcome, console);
    return strict_ && !outcome->rejects.empty() ? ExitCode::kWanting : ExitCode::kDone;
  }

 private:
  // What is wrong with the options, before anything is read.
  std::optional<std::string> FindMistake(const Console& console) const {
    const auto say = [&](std::string_view english, std::string_view chinese,
                         std::string_view found) {
      return fmt::format(fmt::runtime(console.Say(english, chinese)), Printable(found, 60));
    };
    if (!format_.empty() && format_ != "csv" && format_ != "json") {
      return say("`score --format` takes csv or json, not `{}`",
                 "`score --format` 须为 csv 或 json，而不是 `{}`", format_);
    }
    if (format_.empty() && Ending() == ".parquet") {
      return say("`{}`: results are written as csv or json", "`{}`：结果只能写成 csv 或 json",
                 output_);
    }
    if (threads_.empty() || threads_.size() > 4 || threads_.starts_with('0') ||
        threads_.find_first_not_of("0123456789") != std::string::npos) {
      return say("`--threads` takes a number from 1 to 9999, not `{}`",
                 "`--threads` 须为 1 到 9999 的整数，而不是 `{}`", threads_);
    }
    if (!rejects_.empty() && !output_.empty() && SameFile(rejects_, output_)) {
      return say("results and rejects cannot both go to `{}`", "结果和拒绝行不能写入同一文件 `{}`",
                 output_);
    }
    return std::nullopt;
  }

  static bool SameFile(const std::string& one, const std::string& other) {
    std::error_code error;
    const auto real = [&](const std::string& path) {
      const std::filesystem::path found = std::filesystem::weakly_canonical(path, error);
      return error ? std::filesystem::path(path) : found;
    };
    const std::filesystem::path first = real(std::filesystem::absolute(one, error).string());
    return first == real(std::filesystem::absolute(other, error).string());
  }

  // A file to be written that has just been read: rules or data would be lost.
  std::optional<std::string> FindOverwritten(const Session& session, const ScoreOutcome& outcome,
                                             const Console& console) const {
    for (const std::string& path : {rejects_, output_}) {
      if (path.empty() || !WasRead(session, outcome, path)) continue;
      return fmt::format(
          fmt::runtime(console.Say("`{}` is read by this run and would be lost: name another file "
                                   "to write",
                                   "本次运行要读取 `{}`，写入会覆盖它：请换一个文件名写入")),
          Printable(path, 60));
    }
    return std::nullopt;
  }

  std::string Ending() const {
    return ToLower(std::filesystem::path(output_).extension().string());
  }

  std::unique_ptr<ScoreOutcome> ScoreWithProgress(Session& session, const Console& console) {
    ProgressLine progress(console, !quiet_);
    options_.progress = [&](const std::string& stage, uint64_t done) {
      progress.Show(stage, done);
    };
    return Score(session, options_);
  }

  std::string ResultText(const ScoreOutcome& outcome) const {
    const bool json = format_ == "json" || (format_.empty() && Ending() == ".json");
    return json ? ToJson(outcome.table) : ToCsv(outcome.table);
  }

  // Results last: where they are, all is.
  bool WriteFiles(Session& session, const ScoreOutcome& outcome, const Console& console) const {
    if (!rejects_.empty()) {
      const std::string text = RejectsCsv(outcome.rejects, console.language());
      if (!WriteFile(session, rejects_, text)) return false;
    }
    return output_.empty() || WriteFile(session, output_, ResultText(outcome));
  }

  // Rejected rows are told even to who wants it quiet: nothing is lost unseen.
  void TellOutcome(const ScoreOutcome& outcome, const Console& console) const {
    const std::string rejected = rejects_.empty() ? RejectsText(outcome.rejects, console) : "";
    console.Tell(rejected);
    if (quiet_) return;
    SummaryInput summary = outcome.summary;
    summary.output = output_;
    summary.rejects = rejects_;
    console.Tell((rejected.empty() ? "" : "\n") + Summary(summary, console.language()));
  }

  ScoreOptions options_;
  std::string output_;
  std::string format_;
  std::string rejects_;
  std::string threads_ = "1";
  bool strict_ = false;
  bool quiet_ = false;
};

}  // namespace

std::unique_ptr<Command> MakeScore() { return std::make_unique<ScoreCommand>(); }

}  // namespace steelyard
