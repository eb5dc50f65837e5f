// A look at the characters of a formula around one place, for messages: tokens, signs that other
// languages would have there, numbers with commas.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/parse/fold.h"

namespace steelyard {

// The word, number, text or sign that begins at `at` (blanks skipped); empty at the end.
Extent TokenAt(const FoldedText& folded, size_t at);
// The one that ends before `at`; empty at the start.
Extent TokenBefore(const FoldedText& folded, size_t at);
Extent CharacterAt(const FoldedText& folded, size_t at);
// All the signs in a row around `at`: the `&&` of `a && b`.
Extent SignAround(const FoldedText& folded, size_t at);
// `2026/4/1`, from its first digit.
Extent DateLikeAt(const FoldedText& folded, size_t at);
// `1,234,567`, from its first digit.
Extent ThousandsAt(const FoldedText& folded, size_t at);
// The same around its first comma; empty where the digits are not in threes.
std::optional<Extent> ThousandsAround(const FoldedText& folded, size_t comma);

// A number that went wrong where `token` follows it without a blank: `1.2.3`, `1__0`, `5.`.
std::optional<Extent> OddNumberAround(const FoldedText& folded, Extent token);
// Where the names end that stand in a row from `token` on.
size_t EndOfNames(const FoldedText& folded, Extent token);
// The first name that begins with 如果 or 若, as one that lacks a blank does.
std::optional<Extent> NameWithOpener(const FoldedText& folded);

// As the author wrote it, cut where it is long, fit to stand in backquotes.
std::string Shown(const FoldedText& folded, Extent extent);

// Does a bracket close after `at` that no bracket opened after it?
bool ClosesLater(const FoldedText& folded, size_t at);
bool StartsValue(const FoldedText& folded, Extent token);
bool IsNameLike(const FoldedText& folded, Extent token);
// A character that no formula has outside texts.
bool IsUnknown(const FoldedText& folded, Extent token);

}  // namespace steelyard
