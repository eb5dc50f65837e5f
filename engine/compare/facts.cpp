#include "engine/compare/facts.h"

#include <algorithm>
#include <vector>

#include "engine/compare/outline.h"
#include "engine/syntax/formula.h"

namespace steelyard {
namespace {

std::string TextOf(const Piece& piece) {
  if (piece.formula == nullptr) return piece.text;
  if (!piece.formula->parsed()) return piece.formula->source.text;
  return Print(piece.formula->tree, piece.formula->tree.root);
}

std::string TextOf(const Said& said) {
  std::vector<std::string> members;
  std::string text;
  for (const Piece& piece : said.pieces) {
    text += TextOf(piece);
    if (piece.kind != Piece::Kind::kGlue) members.push_back(TextOf(piece));
  }
  if (!said.as_set) return text;
  std::sort(members.begin(), members.end());
  text.clear();
  for (const std::string& member : members) text += (text.empty() ? "" : ", ") + member;
  return text;
}

bool IsSorted(Section section) {
  return section == Section::kTables || section == Section::kParameters ||
         section == Section::kValues || section == Section::kWeights ||
         section == Section::kDimensions;
}

void AddLines(const Item& item, const std::string& path, std::vector<std::string>& lines) {
  for (const Leaf& leaf : item.leaves) {
    if (leaf.said.implied) continue;
    std::string text = TextOf(leaf.said);
    std::replace(text.begin(), text.end(), '\n', ' ');
    lines.push_back(path + "." + std::string(leaf.field) + ": " + text);
  }
  for (const Item& part : item.items) {
    // Bands and points go by what they say, so that one more does not number all others anew.
    if (part.role == Role::kBand || part.role == Role::kPoint) {
      const bool band = part.role == Role::kBand;
      lines.push_back(path + (band ? ".score.bands: " : ".score.linear: ") +
                      TextOf(part.leaves[0].said) + ": " + TextOf(part.leaves[1].said));
    } else {
      AddLines(part, path + "." + part.part, lines);
    }
  }
}

}  // namespace

std::string FactsOf(const RuleFile& file) {
  std::string text;
  const Outline outline = MakeOutline(file);
  for (size_t first = 0; first < outline.items.size();) {
    std::vector<std::string> lines;
    const Section section = outline.items[first].section;
    size_t next = first;
    for (; next < outline.items.size() && outline.items[next].section == section; ++next) {
      const Item& item = outline.items[next];
      const std::string word(ToWord(section));
      AddLines(item, item.id.empty() ? word : word + "." + item.id, lines);
    }
    if (IsSorted(section)) std::sort(lines.begin(), lines.end());
    for (const std::string& line : lines) text += line + "\n";
    first = next;
  }
  return text;
}

}  // namespace steelyard
