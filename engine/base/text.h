// Unicode text as users type it: UTF-8 checks, canonical composition, full-width forms, width on a
// terminal, and how far two names are apart. Backed by utf8proc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace steelyard {

// Offset of the first byte that is not part of valid UTF-8; empty if all of it is valid.
std::optional<size_t> FirstInvalidUtf8(std::string_view text);

// Decodes the code point at `offset` (valid UTF-8 is a precondition) and its length in bytes.
struct CodePoint {
  char32_t value;
  size_t length;
};
CodePoint DecodeAt(std::string_view text, size_t offset);
void AppendUtf8(char32_t code_point, std::string& out);

// Unicode letter (any script; CJK, and 〇 with it) or `_`, full-width too; the second also digits
// and combining marks.
bool IsNameStart(char32_t code_point);
bool IsNamePart(char32_t code_point);

// The ASCII form of a full-width letter, digit or sign (`（` → `(`, `，` → `,`, ideographic space →
// blank); other code points come back as they are.
char32_t FoldWidth(char32_t code_point);

// How names compare: NFC, full-width forms folded. Case is kept.
std::string NormalizeName(std::string_view name);
// For suggestions and column binding only: also lower case.
std::string FoldCase(std::string_view text);

// Letters changed one by one, whatever the script.
std::string ToLower(std::string_view text);
std::string ToUpper(std::string_view text);

// Columns on a terminal: 2 for wide characters, 0 for combining marks, 1 for a tab.
size_t DisplayWidth(std::string_view text);

// Damerau-Levenshtein distance in code points, at most `limit` + 1 is told apart.
size_t EditDistance(std::string_view a, std::string_view b, size_t limit);
// Names to suggest from, made ready once where many are looked for among the same ones.
class NameIndex {
 public:
  explicit NameIndex(std::span<const std::string> names);

  // As NearestName.
  std::optional<std::string> Nearest(std::string_view name) const;

 private:
  struct Entry {
    std::string name;
    std::u32string folded;
    uint64_t letters = 0;  // a bit for each that occurs, several sharing one
  };
  std::vector<Entry> entries_;
};

// The candidate nearest to `name` (case folded), or empty if none is near enough to suggest: one
// edit for short names, a third of the characters of longer ones, three at most. Of equally near
// ones the first; never `name` itself.
std::optional<std::string> NearestName(std::string_view name,
                                       std::span<const std::string> candidates);

}  // namespace steelyard
