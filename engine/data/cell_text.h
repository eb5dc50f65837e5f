// The text of a cell before its type is looked at: blanks around it, full-width characters in it,
// and the marks that stand for nothing.
#pragma once

#include <string>
#include <string_view>

namespace steelyard {

// Without blanks, tabs, line ends, no-break and ideographic spaces at either end.
std::string_view TrimBlanks(std::string_view text);

// Full-width characters and the minus sign as ASCII; what is ASCII already comes back as it is,
// anything else from `scratch`.
std::string_view FoldCell(std::string_view text, std::string& scratch);

// Marks that programs write for no value: empty, `NULL`, `null`, `#N/A`, `#DIV/0!`. They hold in
// columns of texts too.
bool IsNullMark(std::string_view trimmed);
// Marks that people write: `NA`, `N/A`, `-`, `—`. In a column of texts they may well be texts.
bool IsBlankMark(std::string_view trimmed);

bool EqualIgnoringAsciiCase(std::string_view a, std::string_view b);

}  // namespace steelyard
