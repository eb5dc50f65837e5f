// A pass over programs: drops the columns that nothing put out depends on.
#pragma once

#include "engine/program/program.h"

namespace steelyard {

// The same program without them; nodes are numbered anew, in the same order.
Program Pruned(const Program& program);

// The nodes that a program puts out.
std::vector<NodeId> Outputs(const Program& program);
// For each node, whether an output depends on it.
std::vector<bool> Needed(const Program& program);

}  // namespace steelyard
