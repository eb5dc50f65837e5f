// Pieces of an outline, and the value that they show.
#include "engine/compare/outline_build.h"

#include <algorithm>
#include <utility>

#include "engine/base/text.h"

namespace steelyard {
namespace {

// On one line: a folded or block text has line ends and runs of blanks in it.
std::string OneLine(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!blank) line += c;
    if (blank && !line.empty() && line.back() != ' ') line += ' ';
  }
  if (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

void Separate(std::vector<Piece>& pieces) {
  if (!pieces.empty()) pieces.push_back(Glue(", "));
}

}  // namespace

Piece Glue(std::string_view text) {
  Piece piece;
  piece.kind = Piece::Kind::kGlue;
  piece.text = text;
  return piece;
}

Piece Plain(std::string_view text) {
  Piece piece;
  piece.text = OneLine(text);
  return piece;
}

Piece Name(const std::string& text, NameOf name_of, std::string table) {
  Piece piece;
  piece.kind = Piece::Kind::kName;
  piece.text = text;
  piece.name_of = name_of;
  piece.table = std::move(table);
  return piece;
}

Piece Tree(const Formula& formula, Piece::Kind kind) {
  Piece piece;
  piece.kind = kind;
  piece.formula = &formula;
  return piece;
}

Said SayWord(const Word& word) {
  if (!word.present()) return {};
  return {{Plain(word.text)}, word.span};
}

Said SayName(const Word& word, NameOf name_of, std::string table) {
  if (!word.present()) return {};
  return {{Name(word.text, name_of, std::move(table))}, word.span};
}

Said SayNames(const std::vector<Word>& words, NameOf name_of, const std::string& table) {
  Said said;
  for (const Word& word : words) {
    Separate(said.pieces);
    said.pieces.push_back(Name(word.text, name_of, table));
    if (!said.span.valid()) said.span = word.span;
  }
  return said;
}

Said SaySet(const std::vector<Word>& words) {
  Said said;
  said.as_set = true;
  for (const Word& word : words) {
    Separate(said.pieces);
    said.pieces.push_back(Plain(word.text));
    if (!said.span.valid()) said.span = word.span;
  }
  return said;
}

Said SayFormula(const Formula& formula) {
  if (!formula.present()) return {};
  return {{Tree(formula)}, formula.span};
}

Said SayFormulas(const std::vector<Formula>& formulas) {
  Said said;
  said.as_set = true;
  for (const Formula& formula : formulas) {
    Separate(said.pieces);
    said.pieces.push_back(Tree(formula));
    if (!said.span.valid()) said.span = formula.span;
  }
  return said;
}

Said SayRange(const ValueRange& range) {
  if (!range.present()) return {};
  return {{Tree(range.low), Glue(".."), Tree(range.high)}, range.span};
}

Said SayDate(const std::optional<Date>& date, Span span) {
  if (!date) return {};
  return {{Plain(date->ToString())}, span};
}

Said SayDated(const std::vector<DatedFormula>& entries, Piece::Kind kind) {
  std::vector<const DatedFormula*> sorted;
  for (const DatedFormula& entry : entries) sorted.push_back(&entry);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const DatedFormula* a, const DatedFormula* b) { return a->from < b->from; });
  Said said;
  for (const DatedFormula* entry : sorted) {
    Separate(said.pieces);
    if (entry->from) {
      said.pieces.push_back(Plain(entry->from->ToString()));
      said.pieces.push_back(Glue(": "));
    }
    said.pieces.push_back(Tree(entry->formula, kind));
  }
  if (!entries.empty()) {
    said.span = entries.front().from ? entries.front().from_span : entries.front().formula.span;
  }
  return said;
}

Said SayChoice(std::string_view word, Span span) {
  Said said{{Plain(word)}, span};
  said.implied = !span.valid();
  return said;
}

Said SayMissing(const MissingDecl& missing) {
  constexpr std::string_view kWords[] = {"", "redistribute", "zero", "points", "carry", "error"};
  if (missing.policy == MissingPolicy::kDefault) return {};
  Said said{{Plain(kWords[static_cast<size_t>(missing.policy)])}, missing.span};
  if (missing.policy == MissingPolicy::kPoints) {
    said.pieces.push_back(Glue(" "));
    said.pieces.push_back(Tree(missing.points));
  }
  return said;
}

Item MakeItem(Role role, Section section, const Word& id, const Word& name) {
  Item item;
  item.role = role;
  item.section = section;
  item.id = id.text;
  item.name = name.text;
  item.span = id.span;
  return item;
}

void Add(Item& item, std::string_view field, Said said, ChangeEffect effect) {
  if (!said.empty()) item.leaves.push_back({field, std::move(said), effect});
}

std::string Shown(const Said& said) {
  std::string text;
  for (const Piece& piece : said.pieces) {
    text += piece.formula == nullptr ? piece.text : OneLine(piece.formula->source.text);
  }
  return text;
}

}  // namespace steelyard
