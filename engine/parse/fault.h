// The two ways in which a reading stops; both are thrown, and caught in parse.cpp.
#pragma once

#include <string>
#include <vector>

#include "engine/diag/diagnostic.h"
#include "engine/parse/fold.h"
#include "grammar/expected.h"

namespace steelyard {

// The grammar needs something that does not stand at this byte of the folded text.
struct Unexpected {
  grammar::Expected expected;
  size_t at;
};

// The grammar could go on, but what it read means nothing.
struct FormulaFault {
  DiagKind kind;
  Extent at;
  std::vector<std::string> args;
};

}  // namespace steelyard
