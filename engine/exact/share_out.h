// Dividing a whole number among rows without losing anything to rounding.
#pragma once

#include <vector>

#include "engine/base/value.h"

namespace steelyard {

// Whole numbers in proportion to `parts` that add to `whole`: each gets its share rounded down, and
// what is left goes one by one to the largest remainders (Hamilton's method, largest remainder);
// of equal remainders to the one that stands first.
//
// `wholes` must be the same on each row, otherwise all are missing. A missing part stays missing,
// one below 0 becomes so; the others share the whole. Where all parts are 0 there is no proportion.
std::vector<Value> ShareOut(const std::vector<const Value*>& parts,
                            const std::vector<const Value*>& wholes);

}  // namespace steelyard
