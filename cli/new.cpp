// steelyard new: a scorecard to start from.
#include <fmt/format.h>

#include "cli/command.h"
#include "engine/diag/printable.h"
#include "engine/starter.h"

namespace steelyard {

namespace {

constexpr size_t kLongestPath = 400;

constexpr std::string_view kHelpEnglish =
    R"(steelyard new: write a small scorecard to start from

usage: steelyard new DIR

  DIR              a folder that is empty, or does not exist yet
  --lang en|zh     language of the files' comments, and of messages

Writes a rule file with comments, example data, tests and house rules, which all pass.

Exit codes: 0 written; 2 wrong usage, or a folder that is not empty; 3 a folder that cannot be
written.
)";

constexpr std::string_view kHelpChinese =
    R"(steelyard new：写出一份起步用的计分卡

用法：steelyard new 文件夹

  文件夹           空文件夹，或尚不存在的文件夹
  --lang en|zh     文件中注释的语言，也是消息的语言

写出带注释的规则文件、示例数据、测试和考核规范，全部可以通过检查。

退出码：0 已写出；2 用法有误，或文件夹不是空的；3 文件夹无法写入。
)";

class NewCommand : public Command {
 public:
  std::string_view name() const override { return "new"; }
  std::string_view Help(Language language) const override {
    return language == Language::kEnglish ? kHelpEnglish : kHelpChinese;
  }
  std::string_view Needs(Language language) const override {
    return language == Language::kEnglish ? "a folder" : "文件夹";
  }

  void Declare(CLI::App& app) override { app.add_option("folder", folder_)->required(); }

  ExitCode Run(const Console& console) override {
    Session session;
    if (!WriteStarter(session, folder_, console.language())) {
      console.TellDiagnostics(session);
      return CodeOfFailure(session);
    }
    std::string text;
    for (const StarterFile& file : StarterFiles(console.language())) {
      text += fmt::format("{}\n", file.path);
    }
    if (!console.Print(text)) return ExitCode::kFailed;
    console.Tell(
        fmt::format(fmt::runtime(console.Say("\nstart with `cd {}`, and read scorecard.yaml\n",
                                             "\n请先 `cd {}`，然后阅读 scorecard.yaml\n")),
                    Printable(folder_, kLongestPath)));
    return ExitCode::kDone;
  }

 private:
  std::string folder_;
};

}  // namespace

std::unique_ptr<Command> MakeNew() { return std::make_unique<NewCommand>(); }

}  // namespace steelyard
