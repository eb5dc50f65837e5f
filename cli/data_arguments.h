// Several values after one `--data`.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace steelyard {

// Writes `--data a b` as `--data a --data b`, and yet leaves the rule file alone in
// `--data a rules.yaml`: where fewer than `files` stand anywhere else, they are the last of those
// that follow. The options are those of `score` and `diff`.
void SpreadData(std::vector<std::string>& arguments, size_t files = 1);

}  // namespace steelyard
