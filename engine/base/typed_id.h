// Small numbers that name things in vectors, one type for each kind of thing, so that a table's
// number cannot be taken for a column's.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace steelyard {

template <class Tag>
struct TypedId {
  int32_t value = -1;

  static TypedId None() { return TypedId{}; }
  bool valid() const { return value >= 0; }
  size_t index() const { return static_cast<size_t>(value); }
  auto operator<=>(const TypedId&) const = default;
};

}  // namespace steelyard

template <class Tag>
struct std::hash<steelyard::TypedId<Tag>> {
  size_t operator()(steelyard::TypedId<Tag> id) const { return std::hash<int32_t>()(id.value); }
};
