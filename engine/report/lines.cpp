#include "engine/report/lines.h"

#include <algorithm>
#include <array>

#include "engine/base/text.h"

namespace steelyard {

namespace {

constexpr size_t kWidestLabel = 30;  // a wider one pushes its own text only
constexpr size_t kGap = 2;
constexpr size_t kListColumns = 66;  // of a list's text on one line

}  // namespace

void LabelledLines::Add(std::string_view label, std::string_view text) {
  lines_.push_back({std::string(label), std::string(text)});
}

void LabelledLines::AddList(std::string_view label, const std::vector<std::string>& items,
                            std::string_view separator) {
  if (items.empty()) return;
  std::string line;
  for (size_t i = 0; i < items.size(); ++i) {
    std::string item = items[i];
    if (i + 1 < items.size()) item += separator;
    if (!line.empty() && DisplayWidth(line + item) > kListColumns) {
      Add(label, line);
      label = "";
      line.clear();
    }
    line += item;
  }
  Add(label, line);
}

void LabelledLines::AddBlank() {
  if (!lines_.empty() && !(lines_.back().label.empty() && lines_.back().text.empty())) Add("");
}

std::string LabelledLines::ToText() const {
  size_t width = 0;
  for (const Line& line : lines_) {
    const size_t own = DisplayWidth(line.label);
    if (!line.text.empty() && own <= kWidestLabel) width = std::max(width, own);
  }
  std::string out;
  for (const Line& line : lines_) {
    std::string shown = line.label;
    if (!line.text.empty())
      shown = PadRight(line.label, width) + std::string(kGap, ' ') + line.text;
    shown.erase(shown.find_last_not_of(' ') + 1);
    out += shown + '\n';
  }
  while (out.ends_with("\n\n")) out.pop_back();
  return out;
}

std::string PadLeft(std::string_view text, size_t width) {
  const size_t own = DisplayWidth(text);
  return std::string(width - std::min(own, width), ' ') + std::string(text);
}

std::string PadRight(std::string_view text, size_t width) {
  const size_t own = DisplayWidth(text);
  return std::string(text) + std::string(width - std::min(own, width), ' ');
}

std::string Bar(uint64_t part, uint64_t whole, size_t width) {
  constexpr std::array<std::string_view, 8> kEighths = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  if (part == 0 || whole == 0) return "";
  const double share = static_cast<double>(part) / static_cast<double>(whole);
  const auto eighths =
      std::max<size_t>(1, static_cast<size_t>(share * 8.0 * static_cast<double>(width) + 0.5));
  std::string bar;
  for (size_t i = 0; i < eighths / 8; ++i) bar += "█";
  return bar + std::string(kEighths[eighths % 8]);
}

std::string GroupDigits(std::string_view decimal) {
  const size_t first = decimal.starts_with('-') ? 1 : 0;
  const size_t end = std::min(decimal.find('.'), decimal.size());
  const bool plain = decimal.find_first_not_of("0123456789.", first) == std::string_view::npos;
  std::string grouped(decimal);
  if (!plain) return grouped;
  for (size_t place = end; place > first + 3;) {
    place -= 3;
    grouped.insert(place, 1, ',');
  }
  return grouped;
}

}  // namespace steelyard
