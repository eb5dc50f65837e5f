// steelyard explain: one subject's result, from the grade down to the rows.
#include "engine/explain.h"

#include <fmt/format.h>

#include <filesystem>

#include "cli/command.h"
#include "cli/data_arguments.h"
#include "cli/progress.h"
#include "engine/base/text.h"
#include "engine/diag/printable.h"

namespace steelyard {

namespace {

constexpr std::string_view kHelpEnglish =
    R"(steelyard explain: one subject's result, from the grade down to the rows

usage: steelyard explain RULES --subject KEY [--data DIR|FILE|TABLE=FILE]… [options]

  --subject KEY        whose result; the parts of a key of several columns with commas between
                       them, or each after a --subject of its own
  --data DIR|FILE|TABLE=FILE …
                       where the data is, as for score
  --period P           of this period; otherwise of the last one in which there is a result
  --as-of DATE         by the rules in force on this day
  --format text|json|html
                       otherwise that of FILE's ending, or text
  -o, --output FILE    to a file instead of to standard output
  --rows N|all         how many rows of a figure to tell, the largest first; otherwise 10. JSON has
                       all of them
  --quiet              no progress
  --lang en|zh         language of texts and messages

Exit codes: 0 explained; 1 errors in the rules or the data, or the subject was rejected or is not
scored; 2 wrong usage, or there is no such subject; 3 a file that cannot be read or written.
)";

constexpr std::string_view kHelpChinese =
    R"(steelyard explain：说明一个对象的结果，从等级直到数据行

用法：steelyard explain 规则文件 --subject 主键 [--data 文件夹|文件|表=文件]… [选项]

  --subject 主键       说明哪个对象；主键由多列组成时用逗号分隔，或分别写在多个 --subject 之后
  --data 文件夹|文件|表=文件 …
                       数据的位置，与 score 相同
  --period 期间        说明这一期；默认为有结果的最后一期
  --as-of 日期         按这一天生效的规则
  --format text|json|html
                       格式；默认按文件的扩展名，否则为 text
  -o, --output 文件    写入文件，而不是标准输出
  --rows N|all         每个数字列出多少数据行，从最大的开始；默认 10 行。JSON 总是列出全部
  --quiet              不显示进度
  --lang en|zh         说明和消息的语言

退出码：0 已说明；1 规则或数据有错误，或该对象被拒绝、不评分；2 用法有误，或没有这个对象；
3 文件无法读取或写入。
)";

class ExplainCommand : public Command {
 public:
  std::string_view name() const override { return "explain"; }
  std::string_view Help(Language language) const override {
    return language == Language::kEnglish ? kHelpEnglish : kHelpChinese;
  }
  std::string_view Needs(Language language) const override {
    return language == Language::kEnglish ? "a rule file and --subject" : "规则文件和 --subject";
  }

  void Declare(CLI::App& app) override {
    app.add_option("rules", options_.score.rules)->required();
    app.add_option("--subject", options_.subject)->required()->take_all()->allow_extra_args(false);
    app.add_option("--data", options_.score.data)->take_all()->allow_extra_args(false);
    app.add_option("--period", options_.score.period);
    app.add_option("--as-of", options_.score.as_of);
    app.add_option("--format", format_);
    app.add_option("-o,--output", output_);
    app.add_option("--rows", rows_);
    app.add_flag("--quiet", quiet_);
  }

  void Prepare(std::vector<std::string>& arguments) const override { SpreadData(arguments); }

  ExitCode Run(const Console& console) override {
    if (output_ == "-") output_.clear();  // as elsewhere: standard output
    if (const std::optional<std::string> mistake = ReadOptions(console)) {
      console.TellError(*mistake);
      return ExitCode::kUsage;
    }
    Session session;
    const std::unique_ptr<ExplainOutcome> outcome = ExplainWithProgress(session, console);
    if (outcome == nullptr) {
      console.TellDiagnostics(session);
      return CodeOfFailure(session);
    }
    if (outcome->problem) {
      console.TellDiagnostics(session);
      console.TellError(outcome->problem->message, outcome->problem->advice);
      return outcome->problem->usage ? ExitCode::kUsage : ExitCode::kWanting;
    }
    if (!output_.empty() && WasRead(session, *outcome->score, output_)) {
      console.TellDiagnostics(session);
      console.TellOverwrites(output_);
      return ExitCode::kUsage;
    }
    const bool written = output_.empty() || WriteFile(session, output_, outcome->text);
    console.TellDiagnostics(session);
    if (!written) return CodeOfFailure(session);
    const bool printed = !output_.empty() || console.Print(outcome->text);
    return printed ? ExitCode::kDone : ExitCode::kFailed;
  }

 private:
  std::string Ending() const {
    return ToLower(std::filesystem::path(output_).extension().string());
  }

  // What is wrong with them, before anything is read.
  std::optional<std::string> ReadOptions(const Console& console) {
    const std::string ending = Ending();
    if (format_.empty()) {
      format_ = ending == ".json"                       ? "json"
                : ending == ".html" || ending == ".htm" ? "html"
                                                        : "text";
    }
    if (format_ != "text" && format_ != "json" && format_ != "html") {
      return fmt::format(
          fmt::runtime(console.Say("`explain --format` takes text, json or html, not `{}`",
                                   "`explain --format` 须为 text、json 或 html，而不是 `{}`")),
          Printable(format_, 60));
    }
    options_.format = format_ == "json"   ? ExplainFormat::kJson
                      : format_ == "html" ? ExplainFormat::kHtml
                                          : ExplainFormat::kText;
    options_.language = console.language();
    if (rows_ == "all") {
      options_.rows = kAllRowsOfFigures;
      return std::nullopt;
    }
    const bool whole = !rows_.empty() && rows_.size() <= 9 &&
                       rows_.find_first_not_of("0123456789") == std::string::npos;
    if (!whole) {
      return fmt::format(fmt::runtime(console.Say("`--rows` takes a number or all, not `{}`",
                                                  "`--rows` 须为整数或 all，而不是 `{}`")),
                         Printable(rows_, 60));
    }
    options_.rows = std::stoul(rows_);
    return std::nullopt;
  }

  std::unique_ptr<ExplainOutcome> ExplainWithProgress(Session& session, const Console& console) {
    ProgressLine progress(console, !quiet_);
    options_.score.progress = [&](const std::string& stage, uint64_t done) {
      progress.Show(stage, done);
    };
    return Explain(session, options_);
  }

  ExplainOptions options_;
  std::string output_;
  std::string format_;
  std::string rows_ = "10";
  bool quiet_ = false;
};

}  // namespace

std::unique_ptr<Command> MakeExplain() { return std::make_unique<ExplainCommand>(); }

}  // namespace steelyard
