// What a command's `--help` says, taken apart. The help texts are the only source: the overall
// help, the manual pages and the completions of shells are made from them. Their layout is fixed:
//
//   steelyard NAME: a summary
//
//   usage: steelyard NAME WHAT… [--option VALUE]
//
//     -o, --option VALUE   two blanks or more before its text, which may go on
//                          in further lines, or begin on the next one
//
//   A paragraph; an indented block is an example.
//
// In Chinese the same with wide colons and `用法：`. tests/unit/cli/help_test.cpp holds every help
// text, in both languages, against the options that its command declares.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace steelyard {

struct HelpOption {
  std::vector<std::string> names;  // `-o`, `--output`; or what is no option: `PATH`
  std::string value;               // `FILE`, `csv|json`; empty for a flag
  std::string text;
};

struct HelpBlock {
  bool example = false;  // lines as they stand; otherwise a paragraph, in one line
  std::string text;
};

struct HelpPage {
  std::string name;
  std::string summary;
  std::string usage;  // in one line, from `steelyard` on
  std::vector<HelpOption> options;
  std::vector<HelpBlock> blocks;

  // The usage up to its options, without the program's name: `check RULES…`.
  std::string Synopsis() const;
};

HelpPage ReadHelp(std::string_view text);

}  // namespace steelyard
