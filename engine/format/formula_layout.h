// Formulas with the blanks and signs of one hand. Words, names, numbers, texts and brackets stay as
// their author wrote them: `200万` is not 2000000, 且 is not `and`, and a bracket that is not
// needed may help a reader.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace steelyard {

enum class OperatorStyle : uint8_t {
  kKeep,         // signs as they are
  kAscii,        // * / <= >= !=
  kTypographic,  // × ÷ ≤ ≥ ≠
};

enum class FormulaKind : uint8_t { kFormula, kBand };

// The formula as it should be written; line ends stay where they are. Empty where it cannot be
// read, or where the new text would not be read as the same formula.
std::optional<std::string> LayOutFormula(std::string_view text, FormulaKind kind,
                                         OperatorStyle style);

// Are both texts read as the same formula? Not if one of them cannot be read.
bool IsSameFormula(std::string_view a, std::string_view b);

}  // namespace steelyard
