// steelyard test: runs tests of rules.
#include <fmt/format.h>

#include "cli/command.h"
#include "engine/diag/printable.h"

namespace steelyard {

namespace {

constexpr std::string_view kHelpEnglish =
    R"(steelyard test: run tests of rules

usage: steelyard test [PATH…] [--run REGEX]

  PATH             a file of tests, or a folder, in which every *.test.yaml is run; otherwise
                   the current folder
  --run REGEX      only cases whose name fits
  --format text    how results are shown: text is all there is so far
  --quiet          no count at the end
  --lang en|zh     language of messages

Exit codes: 0 all cases passed; 1 a case failed, or tests or rules have mistakes; 2 wrong usage;
3 a file that cannot be read, or no tests at all.
)";

constexpr std::string_view kHelpChinese =
    R"(steelyard test：运行规则测试

用法：steelyard test [路径…] [--run 正则表达式]

  路径              测试文件，或文件夹（运行其中所有 *.test.yaml）；默认为当前文件夹
  --run 正则表达式  只运行名称符合的用例
  --format text     结果的显示格式：目前只有 text
  --quiet           最后不显示统计
  --lang en|zh      消息的语言

退出码：0 全部通过；1 有用例未通过，或测试、规则有错误；2 用法有误；3 文件无法读取，或没有任何测试。
)";

constexpr size_t kLongestPath = 400;
constexpr size_t kLongestText = 200;

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
    app.add_option("--format", format_);
    app.add_flag("--quiet", quiet_);
  }

  ExitCode Run(const Console& console) override {
    if (format_ != "text") {
      console.TellError(console.Say("`test --format` takes text", "`test --format` 须为 text"));
      return ExitCode::kUsage;
    }
    if (options_.paths.empty()) options_.paths.emplace_back(".");
    Session session;
    const TestOutcome outcome = RunTests(session, options_);
    for (const Diagnostic& diagnostic : session.sink.Sorted()) {
      console.Tell(Render(diagnostic, session.sources, console.render_options()) + "\n");
    }
    if (!console.Print(Failures(outcome, console))) return ExitCode::kFailed;
    if (!quiet_) console.Tell(Totals(outcome, session, console));
    if (session.sink.HasEnvironmentErrors()) return ExitCode::kFailed;
    // A case may be wrong about periods and dates as well; that is not the command line's mistake.
    if (outcome.results.empty() && session.sink.HasUsageErrors()) return ExitCode::kUsage;
    if (session.sink.HasErrors()) return ExitCode::kWanting;
    return outcome.Count(TestStatus::kFailed) > 0 ? ExitCode::kWanting : ExitCode::kDone;
  }

 private:
  // A line for each expectation that does not hold.
  static std::string Failures(const TestOutcome& outcome, const Console& console) {
    std::string text;
    for (const TestResult& result : outcome.results) {
      for (const TestFailure& failure : result.failures) text += Line(result, failure, console);
    }
    return text;
  }

  // `team.test.yaml:12: churn above the limit: grade: expected B, found A`.
  static std::string Line(const TestResult& result, const TestFailure& failure,
                          const Console& console) {
    const auto language = static_cast<size_t>(console.language());
    const std::string whose =
        failure.subject.empty() ? "" : Printable(failure.subject, kLongestText) + " ";
    const auto pattern = console.Say("{}:{}: {}: {}{}: expected {}, found {}\n",
                                     "{}:{}：{}：{}{}：期望 {}，实际 {}\n");
    return fmt::format(fmt::runtime(pattern), Printable(result.file, kLongestPath), failure.line,
                       Printable(result.name, kLongestText), whose,
                       Printable(failure.output, kLongestText),
                       Printable(failure.expected[language], kLongestText),
                       Printable(failure.found[language], kLongestText));
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
  bool quiet_ = false;
};

}  // namespace

std::unique_ptr<Command> MakeTest() { return std::make_unique<Test>(); }

}  // namespace steelyard
