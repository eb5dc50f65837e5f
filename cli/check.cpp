// steelyard check: finds the mistakes in rule files.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include "cli/command.h"
#include "engine/diag/printable.h"
#include "engine/report/findings.h"
#include "engine/version.h"

namespace steelyard {

namespace {

constexpr std::string_view kHelpEnglish =
    R"(steelyard check: find mistakes in rule files, without any data

usage: steelyard check RULES… [--policy FILE | --no-policy] [--strict] [--format FORMAT] [--dump]

  --policy FILE    the house rules; otherwise the nearest steelyard.policy.yaml in the folder of
                   the rule file or one above
  --no-policy      no house rules
  --strict         warnings count as errors
  --dump           print the program that the rules become
  --format text|json|sarif|github|junit
                   how findings are shown: for people, or on standard output for programs
  --lang en|zh     language of messages

A file named ….policy.yaml is checked as house rules. A comment in a rule file lets a warning stand:
# steelyard: allow SY0404 because it is on trial until July

Exit codes: 0 no errors; 1 errors, or warnings with --strict; 2 wrong usage; 3 a file that cannot
be read.
)";

constexpr std::string_view kHelpChinese =
    R"(steelyard check：检查规则文件中的错误，不需要数据

用法：steelyard check 规则文件… [--policy 文件 | --no-policy] [--strict] [--format 格式] [--dump]

  --policy 文件    考核规范；默认为规则文件所在文件夹或其上级文件夹中最近的
                   steelyard.policy.yaml
  --no-policy      不按考核规范检查
  --strict         警告也算错误
  --dump           输出规则编译成的程序
  --format text|json|sarif|github|junit
                   结果的格式：供人阅读，或写到标准输出供程序读取
  --lang en|zh     消息的语言

名称以 .policy.yaml 结尾的文件作为考核规范来检查。规则文件中可用注释允许某条警告：
# steelyard: allow SY0404 because 试行到七月

退出码：0 没有错误；1 有错误，或加 --strict 时有警告；2 用法有误；3 文件无法读取。
)";

class Check : public Command {
 public:
  std::string_view name() const override { return "check"; }
  std::string_view Help(Language language) const override {
    return language == Language::kEnglish ? kHelpEnglish : kHelpChinese;
  }
  std::string_view Needs(Language language) const override {
    return language == Language::kEnglish ? "a rule file" : "规则文件";
  }

  void Declare(CLI::App& app) override {
    app.add_option("rules", rules_)->required()->take_all();
    app.add_option("--policy", policy_);
    app.add_flag("--no-policy", no_policy_);
    app.add_option("--format", format_);
    app.add_flag("--strict", strict_);
    app.add_flag("--dump", dump_);
  }

  ExitCode Run(const Console& console) override {
    if (const std::optional<std::string> mistake = FindMistake(console)) {
      console.TellError(*mistake);
      return ExitCode::kUsage;
    }
    Session session;
    for (const std::string& path : rules_) {
      CheckOutcome outcome = CheckRules(session, path, dump_, {!no_policy_, policy_});
      if (!outcome.policy.empty()) ++policies_[outcome.policy];
      if (!PrintDump(path, outcome.dump, console)) return ExitCode::kFailed;
      Keep(path, std::move(outcome));
    }
    findings_ = session.sink.Sorted();
    for (const Diagnostic& diagnostic : findings_) {
      if (diagnostic.severity == Severity::kError) ++errors_;
      if (diagnostic.severity == Severity::kWarning) ++warnings_;
    }
    const ExitCode code = CodeOf(session);
    if (format_ == "text") {
      TellFindings(session, console);
    } else if (!console.Print(ForPrograms(session, code, console))) {
      return ExitCode::kFailed;
    }
    console.Tell(Totals(console) + PolicyLines(console));
    return code;
  }

 private:
  std::optional<std::string> FindMistake(const Console& console) const {
    constexpr std::array<std::string_view, 5> kFormats = {"text", "json", "sarif", "github",
                                                          "junit"};
    if (std::find(kFormats.begin(), kFormats.end(), format_) == kFormats.end()) {
      return fmt::format(fmt::runtime(console.Say(
                             "`check --format` takes text, json, sarif, github or junit, not `{}`",
                             "`check --format` 须为 text、json、sarif、github 或 junit，"
                             "而不是 `{}`")),
                         Printable(format_, 60));
    }
    if (dump_ && format_ != "text") {
      return std::string(console.Say("`--dump` goes with `--format text` only",
                                     "`--dump` 只能与 `--format text` 同用"));
    }
    if (no_policy_ && !policy_.empty()) {
      return std::string(console.Say("`--policy` and `--no-policy` exclude each other",
                                     "`--policy` 与 `--no-policy` 不能同时使用"));
    }
    return std::nullopt;
  }

  void Keep(const std::string& path, CheckOutcome outcome) {
    CheckedFile file{PlainPath(path),  "card",         outcome.indicators,
                     outcome.formulas, outcome.policy, outcome.passed};
    if (outcome.is_library) file.kind = "library";
    if (outcome.is_tests) file.kind = "tests";
    if (outcome.is_policy) file.kind = "policy";
    files_.push_back(std::move(file));
    for (AllowedFinding& allowed : outcome.allowed) {
      // Two cards may take from one library.
      const auto same = [&](const AllowedFinding& known) {
        return known.diagnostic == allowed.diagnostic;
      };
      if (std::none_of(allowed_.begin(), allowed_.end(), same)) {
        allowed_.push_back(std::move(allowed));
      }
    }
  }

  ExitCode CodeOf(const Session& session) const {
    if (session.sink.HasErrors()) return CodeOfFailure(session);
    return strict_ && warnings_ > 0 ? ExitCode::kWanting : ExitCode::kDone;
  }

  std::string ForPrograms(const Session& session, ExitCode code, const Console& console) const {
    CheckFindings check{
        session.sources,        findings_,      allowed_, files_, console.language(), strict_,
        static_cast<int>(code), EngineVersion()};
    if (format_ == "json") return FindingsJson(check);
    if (format_ == "sarif") return FindingsSarif(check);
    return format_ == "github" ? FindingsGithub(check) : FindingsJunit(check);
  }

  bool PrintDump(const std::string& path, const std::string& dump, const Console& console) const {
    if (dump.empty()) return true;
    const std::string title = rules_.size() > 1 ? "# " + path + "\n" : "";
    return console.Print(title + dump);
  }

  void TellFindings(const Session& session, const Console& console) const {
    std::string text;
    for (const Diagnostic& diagnostic : findings_) {
      text += Render(diagnostic, session.sources, console.render_options()) + "\n";
    }
    for (const CheckedFile& file : files_) {
      if (file.kind == "library") {
        text +=
            fmt::format("{}: {}\n", file.path,
                        console.Say("a library; its names are checked in the cards that import it",
                                    "库文件；其中的名称在导入它的计分卡中检查"));
      }
    }
    for (const CheckedFile& file : files_) {
      if (file.kind == "tests") {
        text += fmt::format("{}: {}\n", file.path,
                            console.Say("a file of tests; `steelyard test` runs them",
                                        "测试文件；请用 `steelyard test` 运行"));
      }
    }
    console.Tell(text);
  }

  // `2 files, 12 indicators, 30 formulas: no errors, 1 warning`.
  std::string Totals(const Console& console) const {
    const bool english = console.language() == Language::kEnglish;
    const auto count = [&](size_t number, std::string_view noun, std::string_view chinese) {
      return english ? fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s")
                     : fmt::format("{} 个{}", number, chinese);
    };
    size_t indicators = 0;
    size_t formulas = 0;
    for (const CheckedFile& file : files_) {
      indicators += file.indicators;
      formulas += file.formulas;
    }
    const std::string_view comma = console.Say(", ", "，");
    std::string line = count(rules_.size(), "file", "文件");
    if (errors_ == 0 && formulas > 0) {  // none: they are house rules
      line += fmt::format("{}{}{}{}", comma, count(indicators, "indicator", "指标"), comma,
                          count(formulas, "formula", "公式"));
    }
    line += console.Say(": ", "：");
    line += errors_ == 0 ? console.Say("no errors", "没有错误") : count(errors_, "error", "错误");
    if (warnings_ > 0) line += fmt::format("{}{}", comma, count(warnings_, "warning", "警告"));
    if (!allowed_.empty()) {
      line += fmt::format("{}{} {}", comma, allowed_.size(), console.Say("allowed", "处已允许"));
    }
    return line + "\n";
  }

  // `house rules: rules/steelyard.policy.yaml (2 of 3 files)`.
  std::string PolicyLines(const Console& console) const {
    std::string lines;
    for (const auto& [path, files] : policies_) {
      lines +=
          fmt::format("{}{}", console.Say("house rules: ", "考核规范："), Printable(path, 400));
      if (files < rules_.size()) {
        lines += fmt::format(
            fmt::runtime(console.Say(" ({0} of {1} files)", "（{1} 个文件中的 {0} 个）")), files,
            rules_.size());
      }
      lines += "\n";
    }
    return lines;
  }

  std::vector<std::string> rules_;
  std::string policy_;
  bool no_policy_ = false;
  std::string format_ = "text";
  bool strict_ = false;
  bool dump_ = false;

  std::vector<CheckedFile> files_;
  std::map<std::string, size_t> policies_;  // how many files each was applied to
  std::vector<Diagnostic> findings_;
  std::vector<AllowedFinding> allowed_;
  size_t errors_ = 0;
  size_t warnings_ = 0;
};

}  // namespace

std::unique_ptr<Command> MakeCheck() { return std::make_unique<Check>(); }

}  // namespace steelyard
