// From arguments to a command. CLI11 takes them apart; what is wrong with them is said here, in the
// user's language and with the word that was probably meant.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/console.h"
#include "cli/exit_code.h"

namespace steelyard {

// Takes `--lang en` out of the arguments, wherever it stands; empty where there is none. A value
// that is no language is left in.
std::optional<Language> TakeLanguage(std::vector<std::string>& arguments);

// Runs the command that the arguments name, or prints the help or the version they ask for.
ExitCode RunArguments(std::vector<std::string> arguments, const Console& console);

}  // namespace steelyard
