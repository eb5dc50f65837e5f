#include "cli/arguments.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string_view>

#include "cli/command.h"
#include "cli/overall_help.h"
#include "engine/base/text.h"
#include "engine/diag/printable.h"
#include "engine/version.h"

namespace steelyard {

namespace {

constexpr size_t kLongestArgument = 120;

using Advice = std::vector<std::string>;

std::string Fill(std::string_view pattern, std::string_view argument) {
  return fmt::format(fmt::runtime(pattern), Printable(argument, kLongestArgument));
}

// Adds `did you mean …` where one of the words is near.
void AddSuggestion(std::string_view word, const std::vector<std::string>& known,
                   const Console& console, Advice& advice) {
  if (const std::optional<std::string> near =
          NearestName(Printable(word, kLongestArgument), known)) {
    advice.push_back(Fill(console.Say("did you mean `{}`?", "您是指 `{}` 吗？"), *near));
  }
}

ExitCode UnknownCommand(std::string_view word, const Commands& commands, const Console& console) {
  std::vector<std::string> names;
  for (const auto& command : commands) names.emplace_back(command->name());
  const std::string list = fmt::format("{}", fmt::join(names, ", "));
  Advice advice;
  AddSuggestion(word, names, console, advice);
  advice.push_back(Fill(console.Say("commands: {}", "可用的命令：{}"), list));
  console.TellError(Fill(console.Say("unknown command `{}`", "未知命令 `{}`"), word), advice);
  return ExitCode::kUsage;
}

// Where the first argument begins with `-`.
ExitCode RunWithoutCommand(std::string_view option, const Commands& commands,
                           const Console& console) {
  if (option == "--help" || option == "-h") {
    return console.Print(OverallHelp(commands, console.language())) ? ExitCode::kDone
                                                                    : ExitCode::kFailed;
  }
  if (option == "--version") {
    return console.Print(fmt::format("steelyard {}\n", EngineVersion())) ? ExitCode::kDone
                                                                         : ExitCode::kFailed;
  }
  Advice advice;
  AddSuggestion(option, {"--help", "--lang", "--version"}, console, advice);
  advice.emplace_back(console.Say("options of a command stand after it", "命令的选项写在命令之后"));
  console.TellError(Fill(console.Say("unknown option `{}`", "未知选项 `{}`"), option), advice);
  return ExitCode::kUsage;
}

// Runs one command, once its arguments are understood.
class CommandLine {
 public:
  CommandLine(Command& command, const Console& console) : command_(command), console_(console) {
    app_.allow_extras();
    app_.set_help_flag("-h,--help");
    // The last of several values counts, as it does elsewhere.
    app_.option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    command_.Declare(app_);
  }

  ExitCode Run(std::vector<std::string> arguments) {
    command_.Prepare(arguments);
    std::reverse(arguments.begin(), arguments.end());  // what CLI11 wants of a vector
    try {
      app_.parse(std::move(arguments));
    } catch (const CLI::CallForHelp&) {
      return console_.Print(command_.Help(console_.language())) ? ExitCode::kDone
                                                                : ExitCode::kFailed;
    } catch (const CLI::ParseError& error) {
      return Misunderstood(error);
    }
    const std::optional<std::string> unknown = FirstUnknown();
    return unknown ? Unknown(*unknown) : command_.Run(console_);
  }

 private:
  // The first argument that found no place.
  std::optional<std::string> FirstUnknown() const {
    for (const std::string& argument : app_.remaining()) {
      if (argument != "--") return argument;
    }
    return std::nullopt;
  }

  ExitCode Unknown(const std::string& argument) const {
    Advice advice;
    if (argument.size() < 2 || argument.front() != '-') {
      const auto what = console_.Say("one argument too many: `{}`", "多余的参数：`{}`");
      return Tell(Fill(what, argument), advice);
    }
    std::vector<std::string> known = {"--lang"};
    for (const CLI::Option* option : app_.get_options()) {
      for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
    }
    const std::string name = argument.substr(0, argument.find('='));
    AddSuggestion(name, known, console_, advice);
    const auto what = console_.Say("`{0}` has no option `{1}`", "`{0}` 没有选项 `{1}`");
    return Tell(fmt::format(fmt::runtime(what), command_.name(), Printable(name, kLongestArgument)),
                advice);
  }

  // An unknown option is the likelier reason for whatever else does not fit.
  ExitCode Misunderstood(const CLI::ParseError& error) const {
    if (const std::optional<std::string> unknown = FirstUnknown()) return Unknown(*unknown);
    if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
      const auto what = console_.Say("`{0}` needs {1}", "`{0}` 需要{1}");
      return Tell(
          fmt::format(fmt::runtime(what), command_.name(), command_.Needs(console_.language())));
    }
    const std::string_view message = error.what();
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
      // CLI11 names the option first: `--period: 1 required TEXT missing`.
      const std::string_view option = message.substr(0, message.find_first_of(": "));
      return Tell(Fill(console_.Say("`{}` needs a value", "`{}` 需要一个值"), option));
    }
    return Tell(Fill("{}", message));
  }

  ExitCode Tell(const std::string& message, Advice advice = {}) const {
    const auto more =
        console_.Say("`steelyard {} --help` shows what it takes", "用法见 `steelyard {} --help`");
    advice.push_back(Fill(more, command_.name()));
    console_.TellError(message, advice);
    return ExitCode::kUsage;
  }

  Command& command_;
  const Console& console_;
  CLI::App app_;
};

std::optional<Language> LanguageFrom(std::string_view word) {
  if (word == "en") return Language::kEnglish;
  if (word == "zh") return Language::kChinese;
  return std::nullopt;
}

}  // namespace

std::optional<Language> TakeLanguage(std::vector<std::string>& arguments) {
  constexpr std::string_view kJoined = "--lang=";
  std::optional<Language> language;
  for (size_t i = 0; i < arguments.size() && arguments[i] != "--";) {
    const std::string& argument = arguments[i];
    std::optional<Language> found;
    size_t taken = 1;
    if (argument.starts_with(kJoined)) {
      found = LanguageFrom(argument.substr(kJoined.size()));
    } else if (argument == "--lang" && i + 1 < arguments.size()) {
      found = LanguageFrom(arguments[i + 1]);
      taken = 2;
    }
    if (!found) {
      ++i;
      continue;
    }
    language = found;
    const auto first = arguments.begin() + static_cast<std::ptrdiff_t>(i);
    arguments.erase(first, first + static_cast<std::ptrdiff_t>(taken));
  }
  return language;
}

ExitCode RunArguments(std::vector<std::string> arguments, const Console& console) {
  const auto is_lang = [](const std::string& argument) {
    return argument == "--lang" || argument.starts_with("--lang=");
  };
  const auto end = std::find(arguments.begin(), arguments.end(), "--");
  if (std::any_of(arguments.begin(), end, is_lang)) {  // TakeLanguage takes those that are right
    console.TellError(console.Say("`--lang` takes en or zh", "`--lang` 须为 en 或 zh"));
    return ExitCode::kUsage;
  }
  const Commands commands = AllCommands();
  if (arguments.empty()) {
    console.Tell(OverallHelp(commands, console.language()));
    return ExitCode::kUsage;
  }
  const std::string first = arguments.front();
  if (first.starts_with('-')) return RunWithoutCommand(first, commands, console);
  const auto command = std::find_if(commands.begin(), commands.end(),
                                    [&](const auto& known) { return known->name() == first; });
  if (command == commands.end()) return UnknownCommand(first, commands, console);
  arguments.erase(arguments.begin());
  return CommandLine(**command, console).Run(std::move(arguments));
}

}  // namespace steelyard
