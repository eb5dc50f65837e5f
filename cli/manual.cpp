// steelyard man: the manual pages, made of the help texts.
#include <fmt/format.h>

#include "cli/command.h"
#include "cli/help.h"
#include "cli/overall_help.h"
#include "engine/version.h"

namespace steelyard {

namespace {

constexpr std::string_view kHelpEnglish =
    R"(steelyard man: manual pages, as man and groff read them

usage: steelyard man [COMMAND] [--names]

  COMMAND          the page of one command; otherwise that of the program
  --names          print the names of all commands instead
  --lang en|zh     language of the page

  steelyard man check | man -l -
)";

constexpr std::string_view kHelpChinese =
    R"(steelyard man：输出手册页，供 man 和 groff 使用

用法：steelyard man [命令] [--names]

  命令             某个命令的手册页；默认为整个程序的
  --names          只输出全部命令的名称
  --lang en|zh     手册页的语言

  steelyard man check | man -l -
)";

// Text that roff shows as it stands. A line may end after a wide character, and within `a|b`.
std::string ForRoff(std::string_view text) {
  constexpr std::string_view kMayBreak = "\\:";
  constexpr unsigned char kFirstWide = 0xE3;
  constexpr size_t kWideBytes = 3;
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const char byte = text[i];
    if (static_cast<unsigned char>(byte) >= kFirstWide && i + kWideBytes <= text.size()) {
      out += text.substr(i, kWideBytes);
      out += kMayBreak;
      i += kWideBytes - 1;
      continue;
    }
    if ((byte == '.' || byte == '\'') && (out.empty() || out.back() == '\n')) out += "\\&";
    if (byte == '\\') {
      out += "\\e";
    } else if (byte == '-') {
      out += "\\-";
    } else {
      out += byte;
    }
    if (byte == '|') out += kMayBreak;
  }
  return out;
}

class Page {
 public:
  Page(Language language, const std::string& name) : language_(language) {
    std::string title;
    for (const char letter : name) {
      const bool lower = letter >= 'a' && letter <= 'z';
      title += lower ? static_cast<char>(letter - 'a' + 'A') : letter;
    }
    text_ = fmt::format(".TH {} 1 \"\" \"steelyard {}\"\n.ad l\n.nh\n", ForRoff(title),
                        EngineVersion());
  }

  void Section(std::string_view english, std::string_view chinese) {
    text_ += fmt::format(".SH {}\n", language_ == Language::kEnglish ? english : chinese);
  }
  void Line(std::string_view line) { text_ += ForRoff(line) + "\n"; }
  void Paragraph(std::string_view text) { text_ += fmt::format(".PP\n{}\n", ForRoff(text)); }
  void Example(std::string_view text) { text_ += fmt::format(".PP\n.nf\n{}.fi\n", ForRoff(text)); }
  void Item(std::string_view label, std::string_view text) {
    text_ += fmt::format(".TP\n\\fB{}\\fR\n{}\n", ForRoff(label), ForRoff(text));
  }
  std::string text() const { return text_; }

 private:
  Language language_;
  std::string text_;
};

std::string LabelOf(const HelpOption& option) {
  const std::string names = fmt::format("{}", fmt::join(option.names, ", "));
  return option.value.empty() ? names : names + " " + option.value;
}

std::string PageOfCommand(const Command& command, Language language) {
  const HelpPage help = ReadHelp(command.Help(language));
  Page page(language, "steelyard-" + help.name);
  page.Section("NAME", "名称");
  page.Line(fmt::format("steelyard-{} - {}", help.name, help.summary));
  page.Section("SYNOPSIS", "用法");
  page.Line(help.usage);
  page.Section("OPTIONS", "选项");
  for (const HelpOption& option : help.options) page.Item(LabelOf(option), option.text);
  if (!help.blocks.empty()) page.Section("NOTES", "说明");
  for (const HelpBlock& block : help.blocks) {
    block.example ? page.Example(block.text) : page.Paragraph(block.text);
  }
  page.Section("SEE ALSO", "另见");
  page.Line("steelyard(1)");
  return page.text();
}

std::string PageOfProgram(const Commands& commands, Language language) {
  Page page(language, "steelyard");
  page.Section("NAME", "名称");
  page.Line(fmt::format("steelyard - {}", Purpose(language)));
  page.Section("SYNOPSIS", "用法");
  page.Line(language == Language::kEnglish ? "steelyard COMMAND …" : "steelyard 命令 …");
  page.Section("COMMANDS", "命令");
  for (const auto& command : commands) {
    const HelpPage help = ReadHelp(command->Help(language));
    page.Item(help.Synopsis(), help.summary);
  }
  page.Section("OPTIONS", "选项");
  page.Example(SharedOptions(language));
  page.Section("EXIT STATUS", "退出码");
  page.Line(ExitCodes(language));
  page.Section("SEE ALSO", "另见");
  std::string others;
  for (const auto& command : commands) {
    others += fmt::format("{}steelyard-{}(1)", others.empty() ? "" : ", ", command->name());
  }
  page.Line(others);
  return page.text();
}

class Manual : public Command {
 public:
  std::string_view name() const override { return "man"; }
  std::string_view Help(Language language) const override {
    return language == Language::kEnglish ? kHelpEnglish : kHelpChinese;
  }
  std::string_view Needs(Language language) const override {
    return language == Language::kEnglish ? "a command" : "命令";
  }

  void Declare(CLI::App& app) override {
    app.add_option("command", command_);
    app.add_flag("--names", names_);
  }

  ExitCode Run(const Console& console) override {
    const Commands commands = AllCommands();
    const Language language = console.language();
    std::string text;
    if (command_.empty()) text = PageOfProgram(commands, language);
    std::vector<std::string> names;
    for (const auto& command : commands) {
      names.emplace_back(command->name());
      if (command->name() == command_) text = PageOfCommand(*command, language);
    }
    if (names_) text = fmt::format("{}\n", fmt::join(names, "\n"));
    if (text.empty()) {
      console.TellError(
          fmt::format(fmt::runtime(console.Say("`man` takes one of {}", "`man` 须为以下之一：{}")),
                      fmt::join(names, ", ")));
      return ExitCode::kUsage;
    }
    return console.Print(text) ? ExitCode::kDone : ExitCode::kFailed;
  }

 private:
  std::string command_;
  bool names_ = false;
};

}  // namespace

std::unique_ptr<Command> MakeManual() { return std::make_unique<Manual>(); }

}  // namespace steelyard
