// steelyard eval: the value of one formula.
#include <cctype>

#include "cli/command.h"

namespace steelyard {

namespace {

constexpr std::string_view kHelpEnglish =
    R"(steelyard eval: the value of a formula

usage: steelyard eval 'FORMULA' [--set NAME=VALUE]… [--exact]

  --set NAME=VALUE   gives a name its value: a formula, or [a, b, …] for a column
  --exact            print a fraction where the decimals do not end
  --lang en|zh       language of messages

A value that is missing is followed by its cause on the next line. Everything after -- is a
formula; one like -2^2 is understood without it.

  steelyard eval '1 - 95% > 5%'
  steelyard eval 'sum(sales) ÷ 3' --set 'sales=[10, 20, 30]'
)";

constexpr std::string_view kHelpChinese =
    R"(steelyard eval：计算一个公式的值

用法：steelyard eval '公式' [--set 名称=值]… [--exact]

  --set 名称=值      为名称赋值：一个公式，或用 [a, b, …] 表示一列
  --exact            小数除不尽时输出分数
  --lang en|zh       消息的语言

值缺失时，下一行说明原因。-- 之后的内容都是公式；形如 -2^2 的公式不加 -- 也可识别。

  steelyard eval '1 - 95% > 5%'
  steelyard eval 'sum(销售额) ÷ 3' --set '销售额=[10, 20, 30]'
)";

// Could it be anything but a formula? `--exact` and `-h` could, `-x`, `-2^2` and `--2` could not.
bool LooksLikeOption(const std::string& argument) {
  if (!argument.starts_with('-') || argument == "-h" || argument == "--") return true;
  return argument.size() > 2 && argument[1] == '-' &&
         std::isalpha(static_cast<unsigned char>(argument[2])) != 0;
}

class Evaluate : public Command {
 public:
  std::string_view name() const override { return "eval"; }
  std::string_view Help(Language language) const override {
    return language == Language::kEnglish ? kHelpEnglish : kHelpChinese;
  }
  std::string_view Needs(Language language) const override {
    return language == Language::kEnglish ? "a formula, in quotes" : "公式（请加引号）";
  }

  void Declare(CLI::App& app) override {
    app.add_option("formula", formulas_)->required()->take_all();
    app.add_option("--set", options_.settings)->take_all()->allow_extra_args(false);
    app.add_flag("--exact", options_.exact);
  }

  // Moves a formula that begins with a minus behind `--`, where it is not taken for an option.
  void Prepare(std::vector<std::string>& arguments) const override {
    for (size_t i = 0; i < arguments.size() && arguments[i] != "--"; ++i) {
      if (LooksLikeOption(arguments[i]) || (i > 0 && arguments[i - 1] == "--set")) continue;
      const std::string formula = arguments[i];
      arguments.erase(arguments.begin() + static_cast<std::ptrdiff_t>(i));
      arguments.insert(arguments.end(), {"--", formula});
      return;
    }
  }

  ExitCode Run(const Console& console) override {
    if (formulas_.size() > 1) {
      console.TellError(console.Say("`eval` takes one formula: put it in quotes",
                                    "`eval` 只接受一个公式：请加引号"));
      return ExitCode::kUsage;
    }
    options_.formula = formulas_.front();
    Session session;
    const std::optional<EvalOutcome> outcome = Eval(session, options_);
    console.TellDiagnostics(session);
    if (!outcome) return CodeOfFailure(session);
    const std::string& cause = outcome->cause[static_cast<size_t>(console.language())];
    const std::string lines = outcome->text + "\n" + (cause.empty() ? "" : cause + "\n");
    return console.Print(lines) ? ExitCode::kDone : ExitCode::kFailed;
  }

 private:
  std::vector<std::string> formulas_;
  EvalOptions options_;
};

}  // namespace

std::unique_ptr<Command> MakeEval() { return std::make_unique<Evaluate>(); }

}  // namespace steelyard
