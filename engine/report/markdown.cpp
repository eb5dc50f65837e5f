#include "engine/report/markdown.h"

#include <algorithm>

#include "engine/diag/printable.h"

namespace steelyard {

namespace {

constexpr std::string_view kMarkup = "\\`*_[]<>|~$#&!";

// The longest run of backquotes in the text.
size_t LongestRun(std::string_view text) {
  size_t longest = 0;
  size_t run = 0;
  for (const char character : text) {
    run = character == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

// Where `12. ` or `- ` at the beginning of a line makes it an item of a list, or `---` a rule.
size_t ListMark(std::string_view text) {
  const size_t digits = text.find_first_not_of("0123456789");
  if (digits == std::string_view::npos) return digits;
  const std::string_view mark = text.substr(digits);
  const bool alone = mark.size() == 1 || mark[1] == ' ';
  const bool numbered = digits > 0 && (mark[0] == '.' || mark[0] == ')') && alone;
  const bool dashed = digits == 0 && (mark[0] == '-' || mark[0] == '+' || mark[0] == '=') &&
                      (alone || mark[1] == mark[0]);
  return numbered || dashed ? digits : std::string_view::npos;
}

}  // namespace

std::string EscapeMarkdown(std::string_view text) {
  std::string out;
  const size_t mark = ListMark(text);
  for (size_t i = 0; i < text.size();) {
    if (i == mark || kMarkup.find(text[i]) != std::string_view::npos) out += '\\';
    i += AppendPrintable(text, i, out);
  }
  return out;
}

std::string MarkdownCode(std::string_view code, bool in_table) {
  const std::string fence(LongestRun(code) + 1, '`');
  std::string out = fence;
  const bool apart = !code.empty() && (code.front() == '`' || code.back() == '`');
  if (apart) out += ' ';
  for (size_t i = 0; i < code.size();) {
    if (in_table && code[i] == '|') out += '\\';
    i += AppendPrintable(code, i, out);
  }
  if (apart) out += ' ';
  return out + fence;
}

}  // namespace steelyard
