#include "engine/version.h"

namespace steelyard {

std::string_view EngineVersion() { return STEELYARD_VERSION; }

}  // namespace steelyard
