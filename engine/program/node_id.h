// Nodes of a program, by number.
#pragma once

#include "engine/base/typed_id.h"

namespace steelyard {

using NodeId = TypedId<struct NodeTag>;

}  // namespace steelyard
