// Lines of a label and a text, the texts in one column however wide the labels' characters are.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace steelyard {

class LabelledLines {
 public:
  void Add(std::string_view label, std::string_view text = "");
  // Items with a separator between them, over as many lines as they need; nothing for no items.
  void AddList(std::string_view label, const std::vector<std::string>& items,
               std::string_view separator);
  void AddBlank();

  // All of them; no two blank lines together, and none at the ends.
  std::string ToText() const;

 private:
  struct Line {
    std::string label;
    std::string text;
  };
  std::vector<Line> lines_;
};

// `text` with blanks before it or after it, to `width` columns of a terminal.
std::string PadLeft(std::string_view text, size_t width);
std::string PadRight(std::string_view text, size_t width);

// part ÷ whole of `width` columns, to an eighth of one; empty only where `part` is 0.
std::string Bar(uint64_t part, uint64_t whole, size_t width);

// `1234567.5` as `1,234,567.5`; what is not a plain decimal stays as it is.
std::string GroupDigits(std::string_view decimal);

}  // namespace steelyard
