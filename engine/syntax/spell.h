// The smallest pieces of a formula as they are written.
#pragma once

#include <string>
#include <string_view>

#include "engine/syntax/formula.h"

namespace steelyard {

// Can `word` only be a name in backquotes?
bool IsReservedWord(std::string_view word);
// A name, in backquotes where it could not be read without them.
std::string SpellName(std::string_view name);
// `table.column`, or a name alone.
std::string SpellName(const Expr& name);
std::string SpellText(std::string_view text);  // in single quotes
// All digits of a decimal; a fraction for what no decimal can say.
std::string SpellNumber(const Number& number);

}  // namespace steelyard
