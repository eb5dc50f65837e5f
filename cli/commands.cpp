#include "cli/command.h"

namespace steelyard {

Commands AllCommands() {
  Commands commands;
  commands.push_back(MakeCheck());
  commands.push_back(MakeScore());
  commands.push_back(MakeTest());
  commands.push_back(MakeDiff());
  commands.push_back(MakeDoc());
  commands.push_back(MakeEval());
  return commands;
}

}  // namespace steelyard
