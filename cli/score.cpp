// steelyard score: scores data by a rule file.
#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "cli/command.h"
#include "cli/data_arguments.h"
#include "cli/progress.h"
#include "cli/rejects.h"
#include "cli/score_files.h"
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
  --receipt FILE       where the receipt goes; otherwise beside the results, as FILE.receipt.json,
                       and nowhere where these go to standard output
  --no-receipt         no receipt
  --ledger FILE        add the receipt to this ledger
  --strict             exit with 1 where rows were rejected
  --quiet              no progress and no summary
  --threads N          work on N threads; otherwise on as many as the machine has
  --exact              compute everything in exact arithmetic, on one thread: slower, and the same
                       results, which is what it is there to show
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
  --receipt 文件       收据写入此文件；默认写在结果旁边（结果文件名.receipt.json），
                       结果写到标准输出时则没有收据
  --no-receipt         不出具收据
  --ledger 文件        把收据追加到这份账本
  --strict             有被拒绝的行时退出码为 1
  --quiet              不显示进度和汇总
  --threads N          使用 N 个线程；默认与机器的处理器数相同
  --exact              全部用精确算术、单线程计算：较慢，结果相同，用来核对快速计算
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
    app.add_option("-o,--output", files_.output);
    app.add_option("--format", files_.format);
    app.add_option("--period", options_.period);
    app.add_option("--as-of", options_.as_of);
    app.add_option("--rejects", files_.rejects);
    app.add_option("--receipt", files_.receipt);
    app.add_flag("--no-receipt", files_.no_receipt);
    app.add_option("--ledger", files_.ledger);
    app.add_option("--threads", threads_);
    app.add_flag("--exact", exact_);
    app.add_flag("--strict", strict_);
    app.add_flag("--quiet", quiet_);
  }

  void Prepare(std::vector<std::string>& arguments) const override { SpreadData(arguments); }

  ExitCode Run(const Console& console) override {
    if (files_.output == "-") files_.output.clear();  // as elsewhere: standard output
    if (const std::optional<std::string> mistake = FindMistake(console)) {
      console.TellError(*mistake);
      return ExitCode::kUsage;
    }
    Session session;
    InputWatch watch;
    if (files_.WantsReceipt()) PrepareReceipt(options_, watch);
    ResultFile result(session, files_.output, files_.WantsReceipt());
    const std::unique_ptr<ScoreOutcome> outcome = ScoreWithProgress(session, result, console);
    if (outcome == nullptr) {
      console.TellDiagnostics(session);
      return CodeOfFailure(session);
    }
    if (const auto overwritten = files_.FindOverwritten(session, *outcome)) {
      console.TellDiagnostics(session);
      console.TellOverwrites(*overwritten);
      return ExitCode::kUsage;
    }
    const ExitCode code =
        files_.Write(session, options_, *outcome, watch, result, console, outcome->summary);
    console.TellDiagnostics(session);
    if (code != ExitCode::kDone) return code;
    TellOutcome(*outcome, console);
    return strict_ && !outcome->rejects.empty() ? ExitCode::kWanting : ExitCode::kDone;
  }

 private:
  // What is wrong with the options, before anything is read.
  std::optional<std::string> FindMistake(const Console& console) const {
    if (threads_ && (threads_->empty() || threads_->size() > 4 || threads_->starts_with('0') ||
                     threads_->find_first_not_of("0123456789") != std::string::npos)) {
      return fmt::format(
          fmt::runtime(console.Say("`--threads` takes a number from 1 to 9999, not `{}`",
                                   "`--threads` 须为 1 到 9999 的整数，而不是 `{}`")),
          Printable(*threads_, 60));
    }
    return files_.FindMistake(console);
  }

  std::unique_ptr<ScoreOutcome> ScoreWithProgress(Session& session, ResultFile& result,
                                                  const Console& console) {
    ProgressLine progress(console, !quiet_);
    options_.progress = [&](const std::string& stage, uint64_t done) {
      progress.Show(stage, done);
    };
    options_.threads =
        threads_ ? std::stoul(*threads_) : std::max<size_t>(std::thread::hardware_concurrency(), 1);
    const ScoreTarget target{files_.IsJson() ? ResultFormat::kJson : ResultFormat::kCsv, exact_};
    return ScoreTo(session, options_, target, result);
  }

  // Rejected rows are told even to who wants it quiet: nothing is lost unseen.
  void TellOutcome(const ScoreOutcome& outcome, const Console& console) const {
    const std::string rejected =
        files_.rejects.empty() ? RejectsText(outcome.rejects, console) : "";
    console.Tell(rejected);
    if (quiet_) return;
    SummaryInput summary = outcome.summary;
    summary.output = files_.output;
    summary.rejects = files_.rejects;
    console.Tell((rejected.empty() ? "" : "\n") + Summary(summary, console.language()));
  }

  ScoreOptions options_;
  ScoreFiles files_;
  std::optional<std::string> threads_;  // as typed
  bool exact_ = false;
  bool strict_ = false;
  bool quiet_ = false;
};

}  // namespace

std::unique_ptr<Command> MakeScore() { return std::make_unique<ScoreCommand>(); }

}  // namespace steelyard
