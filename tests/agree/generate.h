// Random cases: everything the language has, over data that lie on every limit and beside it.
#pragma once

#include "tests/agree/case.h"

namespace steelyard::agree {

// The same for the same seed, on every machine.
Case MakeCase(uint64_t seed);

}  // namespace steelyard::agree
