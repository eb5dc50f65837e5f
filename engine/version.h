// Which version of the engine this is, as `--version` prints it.
#pragma once

#include <string_view>

namespace steelyard {

std::string_view EngineVersion();

}  // namespace steelyard
