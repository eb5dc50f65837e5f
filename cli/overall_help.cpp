#include "cli/overall_help.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/help.h"
#include "engine/report/lines.h"

namespace steelyard {

namespace {

std::string_view Say(Language language, std::string_view english, std::string_view chinese) {
  return language == Language::kEnglish ? english : chinese;
}

}  // namespace

std::string_view Purpose(Language language) {
  return Say(language, "steelyard scores people, teams and customers by rules that can be read.",
             "steelyard 按照可读的规则为人员、团队和客户评分。");
}

std::string_view SharedOptions(Language language) {
  return Say(language,
             R"(  COMMAND --help    what a command takes
  --lang en|zh      language of messages; otherwise that of LC_ALL, LC_MESSAGES or LANG
  --version         version of the program
)",
             R"(  命令 --help       该命令的用法
  --lang en|zh      消息的语言；默认取自 LC_ALL、LC_MESSAGES 或 LANG
  --version         程序版本
)");
}

std::string_view ExitCodes(Language language) {
  return Say(
      language,
      R"(Exit codes: 0 done, and what was asked for holds; 1 the rules or the data were found wanting;
2 the command line was not understood; 3 it could not be done (a file missing, a full disk).
)",
      R"(退出码：0 已完成且结果成立；1 规则或数据不合格；2 命令行有误；3 无法完成（文件缺失、磁盘已满等）。
)");
}

std::string OverallHelp(const Commands& commands, Language language) {
  LabelledLines lines;
  for (const auto& command : commands) {
    const HelpPage page = ReadHelp(command->Help(language));
    lines.Add("  " + page.Synopsis(), page.summary);
  }
  return fmt::format("{}\n\n{}\n\n{}\n{}\n{}", Purpose(language),
                     Say(language, "usage: steelyard COMMAND …", "用法：steelyard 命令 …"),
                     lines.ToText(), SharedOptions(language), ExitCodes(language));
}

}  // namespace steelyard
