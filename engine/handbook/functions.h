// What the functions of the language are called in print, and what they do, for people who have
// never seen a rule file.
#pragma once

#include <string_view>

namespace steelyard {

// By Language.
struct FunctionWords {
  std::string_view name;  // canonical, as in schema/operation.h
  std::string_view label[2];
  std::string_view meaning[2];
};

// Empty pointer where the function has no words: a test sees to it that there is none.
const FunctionWords* WordsOfFunction(std::string_view canonical);

}  // namespace steelyard
