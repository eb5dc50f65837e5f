// Several values after one `--data`.
#pragma once

#include <string>
#include <vector>

namespace steelyard {

// Writes `--data a b` as `--data a --data b`, and yet leaves the rule file alone in
// `--data a rules.yaml`: where none stands anywhere else, it is the last of those that follow.
// These are the arguments of `score`.
void SpreadData(std::vector<std::string>& arguments);

}  // namespace steelyard
