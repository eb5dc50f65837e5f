// Mathematics as browsers set it by themselves.
#include "engine/base/check.h"
#include "engine/handbook/math.h"
#include "engine/report/html.h"

namespace steelyard {
namespace {

std::string Write(const Math& math);

std::string Element(const std::string& name, const std::string& inner) {
  return "<" + name + ">" + inner + "</" + name + ">";
}

// Several parts that must count as one.
std::string Grouped(const Math& math) {
  return math.kind == Math::Kind::kRow ? Element("mrow", Write(math)) : Write(math);
}

std::string Each(const std::vector<Math>& parts) {
  std::string text;
  for (const Math& part : parts) text += Grouped(part);
  return text;
}

std::string Fence(const Math& math) {
  const size_t half = math.text.size() / 2;
  const auto sign = [&](size_t at) {
    return Element("mo", EscapeHtml(math.text.substr(at, half)));
  };
  return Element("mrow", sign(0) + Each(math.parts) + sign(half));
}

std::string Cases(const Math& math) {
  std::string rows;
  for (size_t i = 0; i + 1 < math.parts.size(); i += 2) {
    const std::string value = Element("mtd", Grouped(math.parts[i]));
    rows += Element("mtr", value + Element("mtd", Grouped(math.parts[i + 1])));
  }
  return "<mrow><mo stretchy=\"true\">{</mo><mtable class=\"cases\">" + rows + "</mtable></mrow>";
}

// The sum sign keeps what is below it there, also within a line.
std::string Sign(const std::string& text) {
  if (text == "∑") return "<mo movablelimits=\"false\">∑</mo>";
  return Element("mo", EscapeHtml(text));
}

std::string Write(const Math& math) {
  switch (math.kind) {
    case Math::Kind::kRow: return Each(math.parts);
    case Math::Kind::kNumber: return Element("mn", EscapeHtml(math.text));
    case Math::Kind::kName: return Element("mtext", EscapeHtml(math.text));
    // Blanks at the ends of an element are dropped; these are not.
    case Math::Kind::kWord: return Element("mtext", "&#160;" + EscapeHtml(math.text) + "&#160;");
    case Math::Kind::kSign: return Sign(math.text);
    case Math::Kind::kFraction: return Element("mfrac", Each(math.parts));
    case Math::Kind::kPower: return Element("msup", Each(math.parts));
    case Math::Kind::kRoot: return Element("msqrt", Each(math.parts));
    case Math::Kind::kUnder: return Element("munder", Each(math.parts));
    case Math::Kind::kFence: return Fence(math);
    case Math::Kind::kCases: return Cases(math);
  }
  STEELYARD_CHECK(false);
}

}  // namespace

std::string ToMathMl(const Math& math, bool display) {
  return std::string(display ? "<math display=\"block\">" : "<math>") + Grouped(math) + "</math>";
}

}  // namespace steelyard
