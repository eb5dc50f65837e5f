// Words and signs by their meaning, for messages: those of the language, and what people write who
// come from other ones.
#pragma once

#include <optional>
#include <string_view>

namespace steelyard {

bool IsWord(std::string_view token, std::string_view word);  // English in either case
// A sign or word of the language that joins two values.
bool IsOperator(std::string_view token);
bool BelongsToChoice(std::string_view word);  // then, else, when …
bool BelongsToCall(std::string_view word);    // where, per, among
bool MeansMissing(std::string_view word);     // null, none …

bool IsCurrencySign(std::string_view sign);
// What stands here for a sign of another language: `and` for `&&`.
std::optional<std::string_view> InsteadOf(std::string_view sign);
// The operator that a word means: `>` for 大于.
std::optional<std::string_view> OperatorInWords(std::string_view word);

// 如果 or 若 at the start of a longer word, or nothing.
std::string_view ChineseOpener(std::string_view word);
// 则, 否则, 且 … at the start of a word, or nothing.
std::string_view ChineseWordAt(std::string_view word);
// The quote that ends a text which begins with `open`.
std::string_view ClosingQuote(std::string_view open);

}  // namespace steelyard
