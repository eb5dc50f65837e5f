// steelyard completion: what a shell proposes behind `steelyard`, made of the help texts.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "cli/command.h"
#include "cli/help.h"
#include "engine/diag/codes.h"

namespace steelyard {

namespace {

constexpr std::string_view kHelpEnglish =
    R"(steelyard completion: completion of commands, options and codes in a shell

usage: steelyard completion bash|zsh|fish

  --lang en|zh     language of the descriptions

  bash: source <(steelyard completion bash)
  zsh:  source <(steelyard completion zsh)
  fish: steelyard completion fish | source
)";

constexpr std::string_view kHelpChinese =
    R"(steelyard completion：在 shell 中补全命令、选项和代码

用法：steelyard completion bash|zsh|fish

  --lang en|zh     说明文字的语言

  bash: source <(steelyard completion bash)
  zsh:  source <(steelyard completion zsh)
  fish: steelyard completion fish | source
)";

// `en|zh` as `en zh`; empty for what stands for something else, such as FILE.
std::string ChoicesIn(std::string_view words) {
  std::string choices;
  size_t bars = 0;
  for (const char letter : words) {
    if (letter == '|') ++bars;
    const bool plain = std::islower(static_cast<unsigned char>(letter)) != 0 || letter == '-';
    if (!plain && letter != '|') return "";
    choices += letter == '|' ? ' ' : letter;
  }
  return bars > 0 ? choices : "";
}

bool Names(std::string_view words, std::initializer_list<std::string_view> what) {
  return std::any_of(what.begin(), what.end(), [&](std::string_view one) {
    return words.find(one) != std::string_view::npos;
  });
}

bool TakesFile(std::string_view words) {
  return Names(words, {"FILE", "DIR", "PATH", "RULES", "OLD", "NEW", "LEDGER"});
}

// In single quotes, as sh and zsh read them.
std::string Quoted(std::string_view text) {
  std::string out = "'";
  for (const char letter : text) out += letter == '\'' ? "'\\''" : std::string(1, letter);
  return out + "'";
}

std::string QuotedForFish(std::string_view text) {
  std::string out = "'";
  for (const char letter : text) {
    if (letter == '\'' || letter == '\\') out += '\\';
    out += letter;
  }
  return out + "'";
}

// One command: its page in English for what it takes, and in the user's language for what it says.
struct Described {
  HelpPage english;
  HelpPage page;

  std::string Options() const {
    std::string options = "--help";
    for (const HelpOption& option : english.options) {
      for (const std::string& name : option.names) {
        if (name.starts_with('-')) options += " " + name;
      }
    }
    return options;
  }
  // What may stand behind the command: words, or empty for files or for nothing.
  std::string Operands(const std::string& codes, const std::string& commands) const {
    const std::string operands = english.Synopsis().substr(english.name.size());
    if (Names(operands, {"CODE"})) return codes;
    if (Names(operands, {"COMMAND"})) return commands;
    return operands.empty() ? "" : ChoicesIn(operands.substr(1));
  }
  bool OperandsAreFiles() const { return TakesFile(english.Synopsis()); }
};

class Completion {
 public:
  explicit Completion(Language language) {
    for (const auto& command : AllCommands()) {
      commands_.push_back(
          {ReadHelp(command->Help(Language::kEnglish)), ReadHelp(command->Help(language))});
      names_ += (names_.empty() ? "" : " ") + std::string(command->name());
    }
    for (const DiagKind kind : KindsByCode()) {
      codes_ += (codes_.empty() ? "" : " ") + std::string(Info(kind).code);
    }
  }

  std::string Bash() const {
    return fmt::format(R"sh(# bash completion of steelyard
_steelyard_words() {{
  local word
  while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -W "$1" -- "$current")
}}
_steelyard_files() {{
  local word
  while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$current")
  compopt -o filenames 2>/dev/null
}}
_steelyard() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" previous="${{COMP_WORDS[COMP_CWORD - 1]}}"
  # `--option=value` comes in three words.
  if [[ $current == = ]]; then
    current=
  elif [[ $previous == = ]]; then
    previous="${{COMP_WORDS[COMP_CWORD - 2]}}"
  fi
  COMPREPLY=()
  if [[ $COMP_CWORD -eq 1 ]]; then
    _steelyard_words "{names} --help --lang --version"
    return
  fi
  case "${{COMP_WORDS[1]}} $previous" in
{values}  esac
  case "${{COMP_WORDS[1]}}" in
{operands}  esac
}}
complete -F _steelyard steelyard
)sh",
                       fmt::arg("names", names_),
                       fmt::arg("values", Values("_steelyard_words \"", "\"", "_steelyard_files")),
                       fmt::arg("operands", BashOperands()));
  }

  std::string Zsh() const {
    std::string commands;
    std::string operands;
    for (const Described& one : commands_) {
      commands += fmt::format("    {}\n", Quoted(one.page.name + ":" + one.page.summary));
      std::string options;
      for (const HelpOption& option : one.page.options) {
        for (const std::string& name : option.names) {
          if (name.starts_with('-')) options += " " + Quoted(name + ":" + option.text);
        }
      }
      const std::string words = one.Operands(codes_, names_);
      std::string other = one.OperandsAreFiles() ? "_files" : ":";
      if (!words.empty()) other = "compadd -- " + words;
      operands += fmt::format(
          "    {}) options=({}); [[ $words[CURRENT] == -* ]] && _describe option options || {} "
          ";;\n",
          one.page.name, options, other);
    }
    return fmt::format(R"sh(#compdef steelyard
_steelyard() {{
  local -a commands options
  commands=(
{commands}  )
  if (( CURRENT == 2 )); then
    _describe command commands
    compadd -- --help --lang --version
    return
  fi
  case "$words[2] $words[CURRENT-1]" in
{values}  esac
  case "$words[2]" in
{operands}  esac
}}
if [[ "$funcstack[1]" == _steelyard ]]; then
  _steelyard "$@"
else
  compdef _steelyard steelyard
fi
)sh",
                       fmt::arg("commands", commands),
                       fmt::arg("values", Values("compadd -- ", "", "_files")),
                       fmt::arg("operands", operands));
  }

  std::string Fish() const {
    std::string text =
        "# fish completion of steelyard\n"
        "complete -c steelyard -n __fish_use_subcommand -f -l help\n"
        "complete -c steelyard -n __fish_use_subcommand -f -l version\n";
    for (const Described& one : commands_) {
      text += fmt::format("complete -c steelyard -n __fish_use_subcommand -f -a {} -d {}\n",
                          one.page.name, QuotedForFish(one.page.summary));
      const std::string condition = "'__fish_seen_subcommand_from " + one.page.name + "'";
      const std::string words = one.Operands(codes_, names_);
      if (!words.empty()) {
        text += fmt::format("complete -c steelyard -n {} -f -a '{}'\n", condition, words);
      }
      for (size_t i = 0; i < one.page.options.size(); ++i) {
        text += FishOption(condition, one.english.options[i], one.page.options[i].text);
      }
    }
    return text;
  }

 private:
  static std::string FishOption(const std::string& condition, const HelpOption& option,
                                const std::string& description) {
    std::string names;
    for (const std::string& name : option.names) {
      if (name.starts_with("--")) {
        names += " -l " + name.substr(2);
      } else if (name.starts_with('-')) {
        names += " -s " + name.substr(1);
      }
    }
    if (names.empty()) return "";
    std::string value;
    if (const std::string choices = ChoicesIn(option.value); !choices.empty()) {
      value = " -x -a '" + choices + "'";
    } else if (!option.value.empty()) {
      value = TakesFile(option.value) ? " -r -F" : " -x";
    }
    return fmt::format("complete -c steelyard -n {}{}{} -d {}\n", condition, names, value,
                       QuotedForFish(description));
  }

  // Cases `COMMAND OPTION` for options that take a value.
  std::string Values(std::string_view words, std::string_view end, std::string_view files) const {
    std::string cases;
    for (const Described& one : commands_) {
      for (const HelpOption& option : one.english.options) {
        if (option.value.empty()) continue;
        for (const std::string& name : option.names) {
          const std::string choices = ChoicesIn(option.value);
          std::string action = TakesFile(option.value) ? std::string(files) : ":";
          if (!choices.empty()) action = fmt::format("{}{}{}", words, choices, end);
          cases += fmt::format("    '{} {}') {}; return ;;\n", one.page.name, name, action);
        }
      }
    }
    return cases;
  }

  std::string BashOperands() const {
    std::string cases;
    for (const Described& one : commands_) {
      const std::string words = one.Operands(codes_, names_);
      std::string other = one.OperandsAreFiles() ? "_steelyard_files" : ":";
      if (!words.empty()) other = fmt::format("_steelyard_words \"{}\"", words);
      cases += fmt::format(
          "    {}) if [[ $current == -* ]]; then _steelyard_words \"{}\"; else {}; fi ;;\n",
          one.page.name, one.Options(), other);
    }
    return cases;
  }

  std::vector<Described> commands_;
  std::string names_;
  std::string codes_;
};

class CompletionCommand : public Command {
 public:
  std::string_view name() const override { return "completion"; }
  std::string_view Help(Language language) const override {
    return language == Language::kEnglish ? kHelpEnglish : kHelpChinese;
  }
  std::string_view Needs(Language language) const override {
    return language == Language::kEnglish ? "a shell: bash, zsh or fish"
                                          : "shell：bash、zsh 或 fish";
  }

  void Declare(CLI::App& app) override { app.add_option("shell", shell_)->required(); }

  ExitCode Run(const Console& console) override {
    const Completion completion(console.language());
    std::string text;
    if (shell_ == "bash") text = completion.Bash();
    if (shell_ == "zsh") text = completion.Zsh();
    if (shell_ == "fish") text = completion.Fish();
    if (text.empty()) {
      console.TellError(console.Say("`completion` takes bash, zsh or fish",
                                    "`completion` 须为 bash、zsh 或 fish"));
      return ExitCode::kUsage;
    }
    return console.Print(text) ? ExitCode::kDone : ExitCode::kFailed;
  }

 private:
  std::string shell_;
};

}  // namespace

std::unique_ptr<Command> MakeCompletion() { return std::make_unique<CompletionCommand>(); }

}  // namespace steelyard
