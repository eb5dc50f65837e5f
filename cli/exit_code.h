// What the program tells its caller.
#pragma once

namespace steelyard {

enum class ExitCode : int {
  kDone = 0,     // done, and what was asked for holds
  kWanting = 1,  // the rules or the data were found wanting
  kUsage = 2,    // the command line was not understood
  kFailed = 3,   // could not do it: a file missing, a full disk, a fault of the engine
};

}  // namespace steelyard
