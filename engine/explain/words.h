// Values and formulas as explanations write them: things by their names, numbers in their units.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "engine/check/model.h"
#include "engine/diag/diagnostic.h"

namespace steelyard {

// `4,200,000 CNY`, `35%`, `36 h`, `S`, `true`, `missing`; in Chinese also `420万 CNY`. A number
// that does not end, or has more than 12 digits, is rounded correctly and begins with `≈`.
std::string ShownValue(const Value& value, const Type& type, Language language,
                       std::optional<int> decimals = std::nullopt);

// `Total revenue`: the name, otherwise the id.
const std::string& LabelOf(const Definition& definition);
std::string LabelOf(const Schema& schema, ColumnId column);
std::string LabelOf(const TableSchema& table);
inline const std::string& LabelOf(const std::string& name, const std::string& id) {
  return name.empty() ? id : name;
}

// What a part of a formula is written as instead of its own words; empty: as its own words.
using PartWriter = std::function<std::optional<std::string>(TermId)>;

// A formula, with no more brackets than it needs. Names stand for what has a name.
std::string FormulaWords(const Model& model, TermId term, Language language,
                         const PartWriter& write = nullptr);

// Is it looked up or folded as a whole, rather than computed from parts in the same row?
bool IsFigure(const Term& term);

}  // namespace steelyard
