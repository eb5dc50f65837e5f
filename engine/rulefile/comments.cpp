#include "engine/rulefile/comments.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace steelyard {

namespace {

using Range = std::pair<size_t, size_t>;

// Where texts stand, in which a `#` is a character like any other.
void AddTexts(const YamlNode& node, std::vector<Range>& ranges) {
  if (node.shape == Shape::kText || node.shape == Shape::kBroken) {
    ranges.emplace_back(node.span.begin, std::max(node.span.end, node.end));
  }
  for (const YamlNode& item : node.items) AddTexts(item, ranges);
  for (const YamlEntry& entry : node.entries) {
    AddTexts(entry.key, ranges);
    AddTexts(entry.value, ranges);
  }
}

bool BeginsComment(std::string_view text, size_t at) {
  return at == 0 || std::string_view(" \t\r\n").find(text[at - 1]) != std::string_view::npos;
}

}  // namespace

std::vector<Span> FindComments(const YamlNode& root, FileId file, const SourceFile& source) {
  const std::string_view text = source.text();
  std::vector<Range> texts;
  AddTexts(root, texts);
  std::sort(texts.begin(), texts.end());
  std::vector<Span> comments;
  auto next = texts.begin();
  for (size_t at = text.find('#'); at < text.size(); at = text.find('#', at + 1)) {
    while (next != texts.end() && next->second <= at) ++next;
    if (next != texts.end() && next->first <= at) {
      at = next->second - 1;
      continue;
    }
    if (!BeginsComment(text, at)) continue;
    const size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    comments.push_back({file, static_cast<uint32_t>(at), static_cast<uint32_t>(end)});
    at = end - 1;
  }
  return comments;
}

}  // namespace steelyard
