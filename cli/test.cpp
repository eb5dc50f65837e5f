// steelyard test: runs tests of rules.
#include <fmt/format.h>

#include "cli/command.h"
#include "engine/tests.h"

namespace steelyard {

namespace {

constexpr std::string_view kHelpEnglish =
    R"(steelyard test: run tests of rules

usage: steelyard test [PATH…] [--run REGEX] [--coverage] [--min PERCENT]

  PATH                 a file of tests, or a folder, in which every *.test.yaml is run; otherwise
                       the current folder
  --run REGEX          only cases whose name fits
  --coverage           tell what the cases reach of the rules, and where they do not
  --min PERCENT        the same, and less than this is a failure; 89.95 is less than 90
  --format text|json|junit
                       how results are shown
  --quiet              no count at the end
  --lang en|zh         language of messages

Exit codes: 0 all cases passed, and reach enough; 1 a case failed, tests or rules have mistakes, or
too little was reached; 2 wrong usage; 3 a file that cannot be read, or no tests at all.
)";

constexpr std::string_view kHelpChinese =
    R"(steelyard test：运行规则测试

用法：steelyard test [路径…] [--run 正则表达式] [--coverage] [--min 百分比]

  路径                 测试文件，或文件夹（运行其中所有 *.test.yaml）；默认为当前文件夹
  --run 正则表达式     只运行名称符合的用例
  --coverage           显示用例覆盖了规则的哪些部分、哪些没有覆盖
  --min 百分比         同上，覆盖率低于此值即为不合格；89.95 低于 90
  --format text|json|junit
                       结果的显示格式
  --quiet              最后不显示统计
  --lang en|zh         消息的语言

退出码：0 全部通过且覆盖足够；1 有用例未通过，测试、规则有错误，或覆盖不足；2 用法有误；3 文件无法读取，
或没有任何测试。
)";

class Test : public Command {
 public:
  std::string_view name() const override { return "test"; }
  std::string_view Help(Language language) const override {
    return language == Language::kEnglish ? kHelpEnglish : kHelpChinese;
  }
  std::string_view Needs(Language language) const override {
    return language == Language::kEnglish ? "a file of tests" : "测试文件";
  }

  void Declare(CLI::App& app) override {
    app.add_option("paths", options_.paths)->take_all();
    app.add_option("--run", options_.run);
    app.add_flag("--coverage", options_.coverage);
    app.add_option("--min", min_);
    app.add_option("--format", format_);
    app.add_flag("--quiet", quiet_);
  }

  ExitCode Run(const Console& console) override {
    if (!CheckOptions(console)) return ExitCode::kUsage;
    if (options_.paths.empty()) options_.paths.emplace_back(".");
    Session session;
    const TestOutcome outcome = RunTests(session, options_);
    for (const Diagnostic& diagnostic : session.sink.Sorted()) {
      console.Tell(Render(diagnostic, session.sources, console.render_options()) + "\n");
    }
    if (!console.Print(Shown(outcome, session, console))) return ExitCode::kFailed;
    if (!quiet_) console.Tell(Totals(outcome, session, console));
    const bool enough = !least_ || ReachesPercent(outcome.reached(), outcome.reachable(), *least_);
    if (!enough) console.TellError(TooLittle(outcome, console));
    return CodeOf(outcome, session, enough);
  }

 private:
  bool CheckOptions(const Console& console) {
    if (format_ != "text" && format_ != "json" && format_ != "junit") {
      console.TellError(console.Say("`test --format` takes text, json or junit",
                                    "`test --format` 须为 text、json 或 junit"));
      return false;
    }
    if (!min_) return true;
    options_.coverage = true;
    std::string number = *min_;
    if (number.ends_with('%')) number.pop_back();
    least_ = Number::FromDecimal(number);
    if (least_ && least_->Sign() >= 0 && *least_ <= Number(100)) return true;
    console.TellError(
        console.Say("`--min` takes a number from 0 to 100", "`--min` 须为 0 到 100 之间的数"));
    return false;
  }

  std::string Shown(const TestOutcome& outcome, const Session& session,
                    const Console& console) const {
    if (format_ == "json") return TestsAsJson(outcome, session, least_);
    if (format_ == "junit") return TestsAsJunit(outcome, session, least_);
    return TestsAsText(outcome, console.language());
  }

  // `the tests reach 85.7% of the rules, less than 90%`.
  std::string TooLittle(const TestOutcome& outcome, const Console& console) const {
    return fmt::format(fmt::runtime(console.Say("the tests reach {} of the rules, less than {}%",
                                                "测试只覆盖了规则的 {}，低于 {}%")),
                       PercentReached(outcome.reached(), outcome.reachable()),
                       FormatSignificant(*least_));
  }

  static ExitCode CodeOf(const TestOutcome& outcome, const Session& session, bool enough) {
    if (session.sink.HasEnvironmentErrors()) return ExitCode::kFailed;
    // A case may be wrong about periods and dates as well; that is not the command line's mistake.
    if (outcome.results.empty() && session.sink.HasUsageErrors()) return ExitCode::kUsage;
    if (session.sink.HasErrors() || !enough) return ExitCode::kWanting;
    return outcome.Count(TestStatus::kFailed) > 0 ? ExitCode::kWanting : ExitCode::kDone;
  }

  // `12 passed, 1 failed, 2 not run`, and the mistakes that were found.
  static std::string Totals(const TestOutcome& outcome, const Session& session,
                            const Console& console) {
    const auto count = [&](size_t number, std::string_view english, std::string_view chinese) {
      return fmt::format("{} {}", number, console.Say(english, chinese));
    };
    const std::string_view comma = console.Say(", ", "，");
    std::string line = count(outcome.Count(TestStatus::kPassed), "passed", "个通过") +
                       std::string(comma) +
                       count(outcome.Count(TestStatus::kFailed), "failed", "个未通过");
    if (const size_t not_run = outcome.Count(TestStatus::kNotRun); not_run > 0) {
      line += std::string(comma) + count(not_run, "not run", "个未运行");
    }
    if (const size_t errors = session.sink.error_count(); errors > 0) {
      line += std::string(console.Say("; ", "；")) +
              count(errors, errors == 1 ? "error" : "errors", "个错误");
    }
    return line + "\n";
  }

  TestOptions options_;
  std::string format_ = "text";
  std::optional<std::string> min_;
  LeastCoverage least_;
  bool quiet_ = false;
};

}  // namespace

std::unique_ptr<Command> MakeTest() { return std::make_unique<Test>(); }

}  // namespace steelyard
