// Mathematics in LaTeX, in the part of it that the renderers of GitHub and GitLab share.
#include <string_view>

#include "engine/base/check.h"
#include "engine/base/text.h"
#include "engine/diag/printable.h"
#include "engine/handbook/math.h"

namespace steelyard {
namespace {

// What would end or change a text stands outside of it, where all renderers agree on how it is
// written. Nothing of it can be taken for Markdown or HTML either.
std::string_view Command(char character) {
  switch (character) {
    case '\\': return "\\backslash ";
    case '{': return "\\lbrace ";
    case '}': return "\\rbrace ";
    // Of full width: some renderers look for the end of a formula even behind a backslash.
    case '$': return "\\text{＄}";
    case '%': return "\\%";
    case '#': return "\\#";
    case '&': return "\\&";
    case '_': return "\\_";
    case '^': return "\\wedge ";
    case '~': return "\\sim ";
    case '<': return "\\lt ";
    case '>': return "\\gt ";
    case '|': return "\\vert ";
    case '*': return "\\ast ";
    case '`': return "\\prime ";
    default: return "";
  }
}

std::string Text(std::string_view text, const char* around = "") {
  std::string printable;
  for (size_t i = 0; i < text.size();) i += AppendPrintable(text, i, printable);
  std::string out;
  std::string run = around;
  const auto end_run = [&] {
    if (!run.empty()) out += "\\text{" + run + "}";
    run.clear();
  };
  for (const char character : printable) {
    const std::string_view command = Command(character);
    if (command.empty()) {
      run += character;
      continue;
    }
    end_run();
    out += command;
  }
  run += around;
  end_run();
  return out;
}

std::string Number(std::string_view text) {
  std::string out;
  for (const char character : text) {
    if (character == '%') {
      out += "\\%";
    } else if (character == ',') {
      out += "{,}";  // without a gap behind it
    } else {
      out += character;
    }
  }
  return out;
}

std::string Sign(std::string_view sign) {
  struct Pair {
    std::string_view from;
    std::string_view to;
  };
  constexpr Pair kSigns[] = {
      {"×", "\\times"},       {"≤", "\\le"}, {"≥", "\\ge"}, {"≠", "\\ne"},
      {"<", "\\lt"},          {">", "\\gt"}, {"∈", "\\in"}, {"∉", "\\notin"},
      {"∑", "\\sum\\limits"}, {"−", "-"},    {"→", "\\to"},
  };
  for (const auto& [from, to] : kSigns) {
    if (sign == from) return " " + std::string(to) + " ";
  }
  return sign == "," || sign == "，" || sign == ";" ? std::string(", ")
                                                    : " " + std::string(sign) + " ";
}

std::string Write(const Math& math);

std::string Each(const std::vector<Math>& parts) {
  std::string text;
  for (const Math& part : parts) text += Write(part);
  return text;
}

std::string Fence(const Math& math) {
  const auto sign = [](std::string_view text) {
    if (text == "{") return std::string("\\lbrace ");
    if (text == "}") return std::string("\\rbrace ");
    if (text == "|") return std::string("\\vert ");
    return std::string(text) + " ";
  };
  const size_t half = math.text.size() / 2;
  return "\\left" + sign(math.text.substr(0, half)) + Each(math.parts) + " \\right" +
         sign(math.text.substr(half));
}

std::string Under(const Math& math) {
  const std::string base = Write(math.parts[0]);
  const std::string below = Write(math.parts[1]);
  const bool is_sum = math.parts[0].kind == Math::Kind::kSign;
  return is_sum ? base + "_{" + below + "}" : "\\underset{" + below + "}{" + base + "}";
}

std::string Cases(const Math& math) {
  std::string text = "\\begin{cases} ";
  for (size_t i = 0; i + 1 < math.parts.size(); i += 2) {
    if (i > 0) text += " \\\\ ";
    text += Write(math.parts[i]) + " & " + Write(math.parts[i + 1]);
  }
  return text + " \\end{cases}";
}

std::string Write(const Math& math) {
  const auto part = [&](size_t index) { return "{" + Write(math.parts[index]) + "}"; };
  switch (math.kind) {
    case Math::Kind::kRow: return Each(math.parts);
    case Math::Kind::kNumber: return Number(math.text);
    case Math::Kind::kName: return Text(math.text);
    case Math::Kind::kWord: return Text(math.text, " ");
    case Math::Kind::kSign: return Sign(math.text);
    case Math::Kind::kFraction: return "\\frac" + part(0) + part(1);
    case Math::Kind::kPower: return part(0) + "^" + part(1);
    case Math::Kind::kRoot: return "\\sqrt" + part(0);
    case Math::Kind::kUnder: return Under(math);
    case Math::Kind::kFence: return Fence(math);
    case Math::Kind::kCases: return Cases(math);
  }
  STEELYARD_CHECK(false);
}

}  // namespace

std::string ToLatex(const Math& math) { return Write(math); }

}  // namespace steelyard
