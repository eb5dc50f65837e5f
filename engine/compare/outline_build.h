// How the pieces of an outline are put together.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/compare/outline.h"

namespace steelyard {

Piece Glue(std::string_view text);
Piece Plain(std::string_view text);
Piece Name(const std::string& text, NameOf name_of, std::string table = {});
Piece Tree(const Formula& formula, Piece::Kind kind = Piece::Kind::kFormula);

Said SayWord(const Word& word);
Said SayName(const Word& word, NameOf name_of = NameOf::kAnything, std::string table = {});
Said SayNames(const std::vector<Word>& words, NameOf name_of, const std::string& table);
// In any order.
Said SaySet(const std::vector<Word>& words);
Said SayFormula(const Formula& formula);
Said SayFormulas(const std::vector<Formula>& formulas);
Said SayRange(const ValueRange& range);
Said SayDate(const std::optional<Date>& date, Span span);
Said SayDated(const std::vector<DatedFormula>& entries, Piece::Kind kind = Piece::Kind::kFormula);
// A word of a few; `span` is not valid where it is only implied.
Said SayChoice(std::string_view word, Span span);
Said SayMissing(const MissingDecl& missing);

Item MakeItem(Role role, Section section, const Word& id, const Word& name = {});

// Adds it, unless nothing is said.
void Add(Item& item, std::string_view field, Said said,
         ChangeEffect effect = ChangeEffect::kResults);

void OutlineTables(const RuleFile& file, Outline& outline);
void OutlineIndicators(const RuleFile& file, Outline& outline);
void OutlineWeights(const RuleFile& file, Outline& outline);
void OutlineGates(const RuleFile& file, Outline& outline);
void OutlinePay(const RuleFile& file, Outline& outline);

}  // namespace steelyard
