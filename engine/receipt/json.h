// JSON from a file that anybody may have written: it may nest without end or name a key twice.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

namespace steelyard {

using Json = nlohmann::ordered_json;

// Empty where the text is not JSON, or nests deeper than any receipt; `at` is then the byte where.
std::optional<Json> ParseJson(std::string_view text, size_t& at);

// Without blanks, or on many lines.
std::string JsonLine(const Json& json);
std::string JsonText(const Json& json);

}  // namespace steelyard
