// A small result table that has a column of each role.
#pragma once

#include "engine/report/write.h"

namespace steelyard {

ResultTable SampleResults();

}  // namespace steelyard
