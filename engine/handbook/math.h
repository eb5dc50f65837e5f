// Mathematics as a tree of what stands beside, above and below what, and the two ways to write it.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace steelyard {

struct Math {
  enum class Kind : uint8_t {
    kRow,       // its parts, one behind the other
    kNumber,    // text: digits, and a per cent sign
    kName,      // text: what something is called
    kWord,      // text: a word of the language, set apart from its neighbours
    kSign,      // text: `+`, `≤`, `∑` …
    kFraction,  // above, below
    kPower,     // base, exponent
    kRoot,      // what is under it
    kUnder,     // base, what stands below it
    kFence,     // text: the opening and the closing sign; what stands between
    kCases,     // value, condition, value, condition …; the last condition may be a kWord
  };
  Kind kind = Kind::kRow;
  std::string text;
  std::vector<Math> parts;

  static Math Number(std::string text) { return {Kind::kNumber, std::move(text), {}}; }
  static Math Name(std::string text) { return {Kind::kName, std::move(text), {}}; }
  static Math Word(std::string text) { return {Kind::kWord, std::move(text), {}}; }
  static Math Sign(std::string text) { return {Kind::kSign, std::move(text), {}}; }
  static Math Row(std::vector<Math> parts) { return {Kind::kRow, "", std::move(parts)}; }
  static Math Fenced(Math inner) { return {Kind::kFence, "()", {std::move(inner)}}; }
};

// A `<math>` element of MathML Core; `display`: on lines of its own.
std::string ToMathMl(const Math& math, bool display);
// LaTeX as both GitHub and GitLab set it, without dollar signs. Nothing in a name can end it.
std::string ToLatex(const Math& math);

}  // namespace steelyard
