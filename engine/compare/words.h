// How a designer calls the parts of a rule file, in both languages.
#pragma once

#include <string>
#include <string_view>

#include "engine/compare/outline.h"

namespace steelyard {

// In English and Chinese, by Language.
struct Both {
  std::string words[2];
};

// `veto 客户流失`, `净推荐值`.
Both CallThing(const Item& item);
// A part of a thing: `band \`>= 50%\` of 净推荐值`.
Both CallPart(const Item& part, const Item& top);
// What a key of it says: `weight of 净推荐值`.
Both CallField(const Item& item, const Item* top, std::string_view field);
// `status` of an indicator reads better in Chinese words.
std::string CallValue(std::string_view field, const std::string& value, bool chinese);

// What a change of this key does besides, where it is not plain; may be empty.
Both Remark(const Item& item, std::string_view field);

}  // namespace steelyard
