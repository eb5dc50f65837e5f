// One cell of a loaded column as a value.
#pragma once

#include "engine/base/value.h"
#include "engine/column/column.h"

namespace steelyard {

// Missing, with its cause, where the cell is empty.
Value CellAt(const Column& column, size_t row);

}  // namespace steelyard
