// The scorecard of manager.yaml for rivals that are handed formulas as text, in their own language.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "bench/rivals/columns.h"

namespace bench {

struct Corner {
  double x, y;
};

struct Indicator {
  std::string_view name;
  std::string_view formula;      // written alike in every one of these languages
  std::string_view denominator;  // where it is zero there is no value
  std::vector<Corner> corners;   // straight lines between them, level beyond
  double director, manager;      // weights
};

const std::array<Indicator, kIndicators>& Card();

// The columns of the data that the scorecard looks at, and the names of the answers.
std::vector<std::string> InputNames();
std::vector<std::string> AnswerNames();

// SELECT of the columns `keys` and all answers, grades as letters, from `from`. `manager` holds for
// account managers. `fence` goes behind each of the nested queries: what keeps a database from
// writing their expressions out again wherever they are named.
std::string SelectStatement(const std::string& keys, const std::string& from,
                            const std::string& manager, const std::string& fence = "");

// Assignments to v0 … v7, p0 … p7, score and grade in a language with `condition ? yes : no`, for
// which `missing` is a not-a-number and `role` is 1 or 0. How a language assigns and ends a
// statement, and how it rounds half up to two decimals, varies.
struct Dialect {
  std::string assign, end;
  std::string rounded;  // with `score` in it
  std::string last;     // after the last statement
};
std::string Assignments(const Dialect& dialect);

std::string Text(double number);  // so that it reads back the same

}  // namespace bench
