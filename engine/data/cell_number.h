// Numbers as people put them into tables: `1,234.50`, `85%`, `¥200万`, `36 h`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/data/decimal.h"
#include "engine/diag/diagnostic.h"
#include "engine/schema/type.h"

namespace steelyard {

// Reads the cells of one number column. Values come back in the unit the column shows.
class NumberReader {
 public:
  explicit NumberReader(const Type& type);

  // `text` is trimmed, folded and not empty. Empty where it is no such number; see why().
  std::optional<Decimal> Read(std::string_view text);
  HelpKind why() const { return why_; }

 private:
  std::nullopt_t Refuse(HelpKind why) {
    why_ = why;
    return std::nullopt;
  }
  bool IsCurrency(std::string_view word) const;
  bool ApplySuffix(std::string_view suffix, Decimal& value);
  bool ApplyUnit(std::string_view suffix, Decimal& value);
  std::optional<Decimal> CheckForm(Decimal value);

  Type type_;
  Number scale_;                         // of the unit the column shows
  std::vector<std::string> currencies_;  // what the column's currency may be written as
  HelpKind why_ = HelpKind::kWhyNotNumber;
  std::string last_suffix_;  // a unit seen before and what it multiplies by
  Number last_factor_;
};

}  // namespace steelyard
