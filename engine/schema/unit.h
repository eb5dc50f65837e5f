// Units of measure, as dimensions: CNY, person, h, CNY/person. Units are symbols with whole
// exponents; anything a rule file names is a unit of its own, except the units of time, which are
// one dimension and convert among themselves. Values of time are kept in hours throughout the
// engine; a unit remembers which one of them to show.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/number.h"

namespace steelyard {

class Unit {
 public:
  Unit() = default;  // a plain number
  // `CNY`, `h`, `小时`, `CNY/person`, `CNY/(person·d)`; empty where the text is no unit.
  static std::optional<Unit> Parse(std::string_view text);
  static Unit Of(std::string_view symbol);

  bool plain() const { return powers_.empty(); }
  bool IsTime() const;  // a duration: time to the first power and nothing else
  // Same dimensions: the values may be added and compared. The shown unit of time may differ.
  bool SameDimensions(const Unit& other) const;
  // Of factors and quotients; the unit of time shown is the left one's, where it has one.
  Unit Times(const Unit& other) const;
  Unit Over(const Unit& other) const;
  Unit ToPower(int exponent) const;
  std::optional<Unit> Root(int degree) const;  // empty where an exponent does not divide

  // How many engine values (hours for time) one shown value is: 24 for `d`, 1/24 for `CNY/d`.
  Number Scale() const;
  // `CNY/person`, `h`, empty for a plain number.
  std::string ToString() const;
  // With another unit of time to show; no change where there is no time in it.
  Unit ShownIn(std::string_view time_symbol) const;
  friend bool operator==(const Unit&, const Unit&) = default;

 private:
  std::vector<std::pair<std::string, int>> powers_;  // sorted; time under "h"
  std::string time_;                                 // `min` `h` `d` `w` `s`, where time occurs
};

// Canonical symbol of a unit of time (`小时` → `h`, `days` → `d`), empty if it is none.
std::optional<std::string_view> TimeSymbol(std::string_view word);

}  // namespace steelyard
