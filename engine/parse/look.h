// A look at the characters of a formula around one place, for messages: tokens, signs that other
// languages would have there, numbers with commas.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/parse/fold.h"

namespace steelyard {

// The word, number, text or sign that begins at `at` (blanks skipped); empty at the end.
Extent TokenAt(const FoldedText& text, size_t at);
// The one that ends before `at`; empty at the start.
Extent TokenBefore(const FoldedText& text, size_t at);
Extent CharacterAt(const FoldedText& text, size_t at);
// All the signs in a row around `at`: the `&&` of `a && b`.
Extent SignAround(const FoldedText& text, size_t at);
// `2026/4/1`, from its first digit.
Extent DateLikeAt(const FoldedText& text, size_t at);
// `1,234,567` around its first comma; empty where the digits are not in threes.
std::optional<Extent> ThousandsAround(const FoldedText& text, size_t comma);

// As the author wrote it, cut where it is long, fit to stand in backquotes.
std::string Shown(const FoldedText& text, Extent extent);

// Does a bracket close after `at` that no bracket opened after it?
bool ClosesLater(const FoldedText& text, size_t at);
bool StartsValue(const FoldedText& text, Extent token);
bool IsNameLike(const FoldedText& text, Extent token);
// A character that no formula has outside texts.
bool IsUnknown(const FoldedText& text, Extent token);

bool IsWord(std::string_view token, std::string_view word);  // English in either case
bool IsCurrencySign(std::string_view sign);
// What stands in this language for a sign of another; empty for other signs.
std::optional<std::string_view> WrittenHere(std::string_view sign);
// 如果, 若 or 非 at the start of a name; empty otherwise.
std::string_view ChineseOpener(std::string_view token);

}  // namespace steelyard
