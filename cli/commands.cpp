#include "cli/command.h"

namespace steelyard {

Commands AllCommands() {
  Commands commands;
  commands.push_back(MakeCheck());
  commands.push_back(MakeScore());
  commands.push_back(MakeExplain());
  commands.push_back(MakeTest());
  commands.push_back(MakeDiff());
  commands.push_back(MakeDoc());
  commands.push_back(MakeFmt());
  commands.push_back(MakeEval());
  commands.push_back(MakeVerify());
  commands.push_back(MakeNew());
  commands.push_back(MakeExplainCode());
  commands.push_back(MakeCompletion());
  commands.push_back(MakeManual());
  return commands;
}

}  // namespace steelyard
