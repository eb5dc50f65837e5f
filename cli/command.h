// What the commands have in common. Each has a file of its own.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cli/console.h"
#include "cli/exit_code.h"

namespace steelyard {

class Command {
 public:
  virtual ~Command() = default;

  virtual std::string_view name() const = 0;
  // All that `--help` prints. The overall help, manual pages and completions are made of it, so it
  // has the layout that cli/help.h tells.
  virtual std::string_view Help(Language language) const = 0;
  // What is missing where nothing follows the command: `a rule file`.
  virtual std::string_view Needs(Language language) const = 0;

  // Its options and arguments, to be kept in this object.
  virtual void Declare(CLI::App& app) = 0;
  // Puts arguments that CLI11 would misunderstand another way.
  virtual void Prepare(std::vector<std::string>& /*arguments*/) const {}

  virtual ExitCode Run(const Console& console) = 0;
};

std::unique_ptr<Command> MakeCheck();
std::unique_ptr<Command> MakeScore();
std::unique_ptr<Command> MakeExplain();
std::unique_ptr<Command> MakeTest();
std::unique_ptr<Command> MakeDiff();
std::unique_ptr<Command> MakeDoc();
std::unique_ptr<Command> MakeEval();
std::unique_ptr<Command> MakeExplainCode();
std::unique_ptr<Command> MakeCompletion();
std::unique_ptr<Command> MakeManual();
std::unique_ptr<Command> MakeFmt();
std::unique_ptr<Command> MakeVerify();
std::unique_ptr<Command> MakeNew();

// Each of them, in the order of the overall help. A new one is added in cli/commands.cpp.
using Commands = std::vector<std::unique_ptr<Command>>;
Commands AllCommands();

}  // namespace steelyard
