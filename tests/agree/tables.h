// Random data on which limits are met exactly, nearly, and by no means.
#pragma once

#include <string>
#include <vector>

#include "tests/agree/case.h"
#include "tests/agree/dice.h"

namespace steelyard::agree {

// A few numbers that data and formulas of one case have in common.
std::vector<std::string> MakeLevels(Dice& dice);

// Subjects `s`, which belong to `p`, their children `c`, and theirs, `g`.
std::vector<DataTable> MakeTables(Dice& dice, const std::vector<std::string>& levels, bool periods);

}  // namespace steelyard::agree
