// What `steelyard --help` prints: a line for each command, taken from its own help.
#pragma once

#include <string>
#include <string_view>

#include "cli/command.h"

namespace steelyard {

std::string OverallHelp(const Commands& commands, Language language);

// What the program is, in one line.
std::string_view Purpose(Language language);
// What all commands share, each `NAME  text` as in a command's help.
std::string_view SharedOptions(Language language);
// A paragraph on the exit codes.
std::string_view ExitCodes(Language language);

}  // namespace steelyard
