// Text from users' files made safe to show on a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace steelyard {

// Appends the character at `offset`, as it may be shown: tabs and line ends as one blank; control
// characters, marks that turn the direction of writing, and bytes that are not UTF-8 as `�`;
// nothing for a byte order mark. Returns its length in bytes.
size_t AppendPrintable(std::string_view text, size_t offset, std::string& out);

// All of `text`, or its first `limit` characters and `…`.
std::string Printable(std::string_view text, size_t limit);

}  // namespace steelyard
